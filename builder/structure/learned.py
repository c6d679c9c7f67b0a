"""Headings of families that no list has, learned from the book: 第三夜, 第三案, ☆ 夜雨.

A word after 第三 is a unit when short lines of their own count with it through the whole book,
one after another, with text between. An ornament before a title is one when nothing better
parts the book (choice.py asks last). A story that says 第三天 in a line of its own now and then,
or a list with ◎ before each item, is neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.core.numerals import NUMERAL_CLASS, to_number
from builder.structure.families import CHAPTER, RANKS
from builder.structure.headings import (
    FAMILY_SCORES,
    Heading,
    title_score,
)
from builder.structure.lines import Line
from builder.structure.ornaments import within_ornaments

# 第三夜, 第三封信 雪; the unit ends where the line or its label does. Not 第三天他走了.
COUNTED = re.compile(
    f"第[ ]?(?P<number>[{NUMERAL_CLASS}]{{1,9}})[ ]?(?P<unit>[\u4e00-\u9fff]{{1,2}})(?:[ \\t　:：、·—-]{{1,4}}|$)"
)
LONGEST_COUNTED = 40
LEAST_COUNTED = 3
LEAST_STEPS = 0.8  # of the steps are by one
LEAST_BODY = 150  # characters between two headings, on the average
EARLY, LATE = (
    0.35,
    0.5,
)  # of the text: where the first stands at the latest, the last at the earliest
SENTENCE_END = frozenset("。！？!?；;，,：:…")
ORNAMENTS = frozenset("☆★◆◇■□●○◎※▲△▼▽♦♥♡♠♣✦✧❀✿§")
LONGEST_ORNAMENTED = 30
ORNAMENTED_SCORE = 0.5  # below all that count


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line that counts in a unit that no list has; `title` is a stretch of the text."""

    line: int
    unit: str
    number: int
    label: tuple[int, int]
    title: tuple[int, int]


def counted(text: str, index: int, line: Line) -> Unknown | None:
    """The line as 第 and a numeral and some unit, if it is that."""
    if line.end - line.start > LONGEST_COUNTED or text[line.end - 1] in SENTENCE_END:
        return None
    match = COUNTED.match(text, line.start, line.end)
    number = to_number(match["number"]) if match else None
    if match is None or number is None or match["unit"][0] in RANKS:
        return None
    label = (line.start, match.end("unit"))
    return Unknown(index, match["unit"], number, label, (match.end(), line.end))


def learned(
    text: str, lines: Sequence[Line], unknown: Sequence[Unknown]
) -> Iterator[tuple[int, Heading]]:
    """The headings among the lines, by line: those whose unit counts through the book."""
    by_unit: dict[str, list[Unknown]] = defaultdict(list)
    for one in unknown:
        by_unit[one.unit].append(one)
    best = max(by_unit.values(), key=len, default=[])
    if not _count_through(text, lines, best):
        return
    for one in best:
        score = FAMILY_SCORES["unit"] + title_score(text[slice(*one.title)])
        heading = Heading(
            "unit", one.unit, one.number, CHAPTER, one.label, one.title, score,
            style=f"unit:{one.unit}",
        )  # fmt: skip
        yield one.line, heading


def _count_through(text: str, lines: Sequence[Line], found: Sequence[Unknown]) -> bool:
    if len(found) < LEAST_COUNTED or found[0].number > 2:
        return False
    steps = sum(b.number - a.number == 1 for a, b in pairwise(found))
    first, last = lines[found[0].line].start, lines[found[-1].line].start
    return (
        steps >= LEAST_STEPS * (len(found) - 1)
        and all(b.line > a.line + 1 for a, b in pairwise(found))
        and last - first >= LEAST_BODY * (len(found) - 1)
        and first <= EARLY * len(text)
        and last >= LATE * len(text)
    )


def ornamented(text: str, line: Line) -> Heading | None:
    """The line as an ornament and a title without a number, if it is that."""
    sign = text[line.start]
    if sign not in ORNAMENTS or line.end - line.start > LONGEST_ORNAMENTED:
        return None
    start, end = within_ornaments(text, line.start, line.end)
    if start == line.start or text[end - 1] in SENTENCE_END or not _has_letters(text[start:end]):
        return None
    return Heading(
        "ornament", "", None, CHAPTER, (start, start), (start, end), ORNAMENTED_SCORE,
        style=f"ornament:{sign}",
    )  # fmt: skip


def _has_letters(words: str) -> bool:
    return any(character.isalnum() for character in words)


def part_the_book(text: str, lines: Sequence[Line], at: Sequence[int]) -> bool:
    """Whether ornamented lines, by index, stand through the whole book with text between."""
    if len(at) < LEAST_COUNTED:
        return False
    starts = [lines[index].start for index in at]
    bodies = [b - a for a, b in pairwise(starts)]
    return (
        all(b > a + 1 for a, b in pairwise(at))
        and sum(body >= LEAST_BODY for body in bodies) >= LEAST_STEPS * len(bodies)
        and starts[0] <= EARLY * len(text)
        and starts[-1] >= LATE * len(text)
    )
