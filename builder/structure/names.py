"""Headings that files and folders are called by: 003_第三章 夜雨.txt."""

import re
from dataclasses import dataclass

from builder.core.book import Role
from builder.structure.headings import parse_heading

# 003_ or 12. or 7 - before the words of a name.
LEADING_NUMBER = re.compile("[0-9]{1,6}[ _.、-]*")
LEAST_SCORE = 1.5


@dataclass(frozen=True, slots=True)
class NameHeading:
    """The heading that a name is: its words, not their places."""

    rank: int
    role: Role | None
    number: int | None
    label: str
    title: str


def without_number(name: str) -> str:
    """The name without the number that only sorts it."""
    return LEADING_NUMBER.sub("", name, count=1).strip()


def heading_of_name(name: str) -> NameHeading | None:
    """The heading that a name is, with or without its sorting number; None when it is none."""
    for words in (name, without_number(name)):
        for heading in parse_heading(words, 0, len(words))[:1]:
            if heading.family in {"unit", "matter", "english"} and heading.score > LEAST_SCORE:
                label = words[slice(*heading.label)]
                if heading.family != "english":
                    label = label.replace(" ", "")
                title = words[slice(*heading.title)]
                return NameHeading(heading.rank, heading.role, heading.number, label, title)
    return None
