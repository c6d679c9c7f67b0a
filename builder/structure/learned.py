"""Titles behind an ornament, and nothing else: ☆ 夜雨.

They are headings when nothing better parts the book (choice.py asks last), and they part all of
it. A list with ◎ before each item does not.
"""

from collections.abc import Sequence
from itertools import pairwise

from builder.structure.families import CHAPTER
from builder.structure.headings import Heading
from builder.structure.lines import Line
from builder.structure.ornaments import within_ornaments

LEAST_COUNTED = 3
LEAST_STEPS = 0.8  # of the bodies are long enough
LEAST_BODY = 150  # characters between two titles
EARLY, LATE = 0.35, 0.5  # of the text: where the first stands at most, the last at least
SENTENCE_END = frozenset("。！？!?；;，,：:…")
ORNAMENTS = frozenset("☆★◆◇■□●○◎※▲△▼▽♦♥♡♠♣✦✧❀✿§")
LONGEST_ORNAMENTED = 30
ORNAMENTED_SCORE = 0.5  # below all that count


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
