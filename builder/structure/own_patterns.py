"""Headings that [structure] patterns describes, and lines that [structure] exclude rules out.

A pattern is plain text with `{n}` for a numeral and `{t}` for the title, each at most once;
where it has a space, a line may have any spaces or none. So every pattern takes linear time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from builder.core.config import Level, StructureConfig
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.numerals import ENCLOSED_CLASS, NUMERAL_CLASS, ROMAN_CHARACTERS, to_number
from builder.structure.families import CHAPTER, DIVISION, PART, SUBCHAPTER, VOLUME
from builder.structure.headings import LONGEST_TITLE, Heading

NUMERAL = (
    rf"(?P<number>[{NUMERAL_CLASS}]{{1,12}}|[{ENCLOSED_CLASS}{ROMAN_CHARACTERS}]|[IVXLC]{{1,8}})"
)
TITLE = "(?P<title>[^\n]{0,120})"
# {n} and {t}, but also {x}, which is refused.
PART_OF_PATTERN = re.compile(r"\{[^{}]*\}|[{}]| +|[^{} ]+")
SPACES = "[ \t\N{IDEOGRAPHIC SPACE}]{0,8}"
LABEL_ENDS = " \t\N{IDEOGRAPHIC SPACE}:：、"
CERTAIN = 12.0


@dataclass(frozen=True, slots=True)
class OwnPatterns:
    """What the settings say about single lines."""

    headings: tuple[tuple[int, re.Pattern[str]], ...] = ()  # rank, pattern
    excluded: tuple[re.Pattern[str], ...] = ()
    max_title: int = LONGEST_TITLE

    def heading(self, text: str, start: int, end: int) -> Heading | None:
        """The heading that a pattern sees on the line, if one does."""
        for rank, pattern in self.headings:
            if match := pattern.fullmatch(text, start, end):
                return _heading(match, rank)
        return None

    def is_excluded(self, text: str, start: int, end: int) -> bool:
        """Whether the line is said to be no heading."""
        return any(pattern.fullmatch(text, start, end) for pattern in self.excluded)


NO_PATTERNS = OwnPatterns()


def own_patterns(config: StructureConfig) -> OwnPatterns:
    """The patterns of the settings, checked. Raises ConfigError S201 for one that cannot be used."""
    headings = tuple(
        (rank_of(one.level), _compiled(one.pattern, needs_part=True)) for one in config.patterns
    )
    excluded = tuple(_compiled(words, needs_part=False) for words in config.exclude)
    return OwnPatterns(headings, excluded, config.max_title)


def rank_of(level: Level) -> int:
    """How high a level stands."""
    match level:
        case "part":
            return PART
        case "volume":
            return VOLUME
        case "division":
            return DIVISION
        case "chapter":
            return CHAPTER
        case "section":
            return SUBCHAPTER
        case _:
            assert_never(level)


def _compiled(pattern: str, *, needs_part: bool) -> re.Pattern[str]:
    parts = PART_OF_PATTERN.findall(pattern.strip())
    named = [part for part in parts if part[0] in "{}"]
    is_known = set(named) <= {"{n}", "{t}"} and len(named) == len(set(named))
    has_words = any(part.strip() and part[0] not in "{}" for part in parts)
    if not is_known or not (has_words or "{n}" in named) or (needs_part and not named):
        raise ConfigError("S201", location=Location("[structure]"), pattern=pattern)
    return re.compile("".join(_expressions(parts)))


def _expressions(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        match part:
            case "{n}":
                yield NUMERAL
            case "{t}":
                yield TITLE
            case _ if part.isspace():
                yield SPACES
            case _:
                yield re.escape(part)


def _heading(match: re.Match[str], rank: int) -> Heading | None:
    groups = match.groupdict()
    number = to_number(groups["number"]) if groups.get("number") else None
    title = match.span("title") if "title" in groups else (match.end(), match.end())
    start, end = match.start(), title[0]
    while end > start and match.string[end - 1] in LABEL_ENDS:
        end -= 1
    has_label = number is not None or "title" not in groups
    label = (start, end if has_label else start)
    unit = "own" if number is not None else ""
    return Heading("mark", unit, number, rank, label, title, CERTAIN, style=f"own:{rank}")
