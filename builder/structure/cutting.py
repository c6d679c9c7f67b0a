"""Texts without headings, cut into sections of sensible length, so that a place is found again.

Cuts stand between paragraphs. A line longer than any section is no paragraph, but a text that
has lost its line ends: it is parted where sentences end.
"""

import re
from collections.abc import Iterator, Sequence

from builder.core.numerals import to_chinese
from builder.structure import trace
from builder.structure.families import CHAPTER
from builder.structure.lines import Line
from builder.structure.outline import Opening
from builder.structure.trace import made

# A text without headings longer than this is cut.
LONGEST_SECTION = 30_000
SENSIBLE_SECTION = 8_000
# The end of a sentence, with the quotation marks that close behind it.
SENTENCE_END = re.compile("[。！？!?…][。！？!?…”」』’）)]{0,6}")
WIDEST_SEARCH = 2_000  # characters before a cut in which a sentence may end


def without_giants(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those longer than a section parted where sentences end."""
    if all(line.end - line.start <= LONGEST_SECTION for line in lines):
        return tuple(lines)
    parted: list[Line] = []
    for line in lines:
        if line.end - line.start <= LONGEST_SECTION:
            parted.append(line)
            continue
        for number, (start, end) in enumerate(_parts(text, line.start, line.end)):
            parted.append(Line(start, end, line.file, line.is_apart or number > 0))
    return tuple(parted)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > SENSIBLE_SECTION:
        limit = start + SENSIBLE_SECTION
        ends = [match.end() for match in SENTENCE_END.finditer(text, limit - WIDEST_SEARCH, limit)]
        cut = ends[-1] if ends else limit
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def made_opening(title: str, start: int, end: int, number: int | None = None) -> Opening:
    """The opening of a section that no line opens."""
    label, name = (title, "") if number is not None else ("", title)
    return Opening(
        CHAPTER, None, number, label, name, (made(title, trace.MADE_TITLE),), start, start, end,
        is_made=True,
    )  # fmt: skip


def sections_of_sensible_length(lines: Sequence[Line], start: int) -> Iterator[Opening]:
    """Sections from the line `start` on, cut between paragraphs."""
    first, number = start, 1
    for index in range(start, len(lines)):
        is_last = index + 1 == len(lines)
        length = lines[index].end - lines[first].start
        if (
            is_last
            or length >= SENSIBLE_SECTION
            or (
                length * 2 >= SENSIBLE_SECTION
                and lines[index + 1].end - lines[first].start > SENSIBLE_SECTION + WIDEST_SEARCH
            )
        ):
            yield made_opening(f"第{to_chinese(number)}节", first, index + 1, number)
            first, number = index + 1, number + 1
