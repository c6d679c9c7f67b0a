"""The lines of a manuscript, as the rest of the room sees them."""

import re
from bisect import bisect_right
from typing import NamedTuple

from builder.core.manuscript import Mark, MarkKind

SPACES = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
# A line without the spaces around it; linear, for what is greedy is given back once.
LINE = re.compile(f"[^\n{SPACES}](?:[^\n]*[^\n{SPACES}])?")


Stretch = tuple[int, int]


class Line(NamedTuple):
    """`[start, end)` of the text, without the spaces around it. `file` counts from 0.

    `is_apart` says that a blank line, or the start of a file, stands before it.
    """

    start: int
    end: int
    file: int
    is_apart: bool


def lines_of(
    text: str, boundaries: tuple[int, ...], marks: tuple[Mark, ...] = ()
) -> tuple[Line, ...]:
    """Every line with something on it, and those on which a mark alone stands (a picture)."""
    spans = [match.span() for match in LINE.finditer(text)]
    breaks = {mark.start for mark in marks if mark.kind is MarkKind.LINE_BREAK}
    if breaks:
        spans = _joined(text, spans, breaks)
    empty = {
        mark.start
        for mark in marks
        if mark.start == mark.end and mark.kind in {MarkKind.IMAGE, MarkKind.BREAK}
    }
    if empty:
        spans = sorted({*spans, *((at, at) for at in _outside(spans, empty))})
    lines: list[Line] = []
    previous_end = previous_file = -1
    has_files = len(boundaries) > 1
    for start, end in spans:
        file = max(bisect_right(boundaries, start) - 1, 0) if has_files else 0
        is_apart = file != previous_file or (
            start > previous_end + 1 and text.count("\n", previous_end, start) > 1
        )
        lines.append(Line(start, end, file, is_apart))
        previous_end, previous_file = end, file
    return tuple(lines)


def _joined(text: str, spans: list[Stretch], breaks: set[int]) -> list[Stretch]:
    """The lines, those joined that only a break inside a paragraph parts."""
    joined: list[Stretch] = []
    for start, end in spans:
        gap = text[joined[-1][1] : start] if joined else ""
        if joined and gap.strip(SPACES) == "\n" and joined[-1][1] + gap.index("\n") in breaks:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _outside(spans: list[Stretch], positions: set[int]) -> set[int]:
    """The positions that no line covers."""
    found: set[int] = set()
    for at in positions:
        index = bisect_right(spans, (at, at)) - 1
        is_covered = index >= 0 and spans[index][0] <= at <= spans[index][1]
        is_next = index + 1 < len(spans) and spans[index + 1][0] == at
        if not (is_covered or is_next):
            found.add(at)
    return found


def is_spaced(lines: tuple[Line, ...], count: int) -> tuple[bool, ...]:
    """For each of `count` files, whether blank lines part its paragraphs.

    Where they do, lines that follow each other at once belong together; where they do not,
    every line is a paragraph.
    """
    apart, together = [0] * count, [0] * count
    for line, previous in zip(lines[1:], lines, strict=False):
        if line.file == previous.file:
            counts = apart if line.is_apart else together
            counts[line.file] += 1
    return tuple(a >= t and a > 0 for a, t in zip(apart, together, strict=True))
