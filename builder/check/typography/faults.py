"""The faults of one text: what the rules of line and page say against how its lines stand.

Source: W3C clreq, line composition; GB/T 15834-2011, 5.1. What counts and what does not is said
in docs/checking.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from builder.check.typography.lines import Line
from builder.check.typography.marks import (
    HAN,
    INSEPARABLE,
    LINE_END_PROHIBITED,
    LINE_START_PROHIBITED,
    letters,
)
from builder.check.typography.measure import FLUSH_EM, Shape, off_grid
from builder.check.typography.paragraphs import Placed, paragraphs

# A baseline this far from the grid has left it, as a share of the leading: browsers round
# baselines to whole pixels.
_OFF_GRID = 0.05
# Lines with holes that make a page contents or a table, and which part of its lines they are.
_LISTED_LINES, _LISTED_SHARE = 3, 0.3
# A heading's size over the text's; in how many lines of text under a heading it is one.
_HEADING_SIZE = 1.08
_BOLD_NAMES = ("bold", "black", "heavy", "hei", "-bd")
_TEXT_ABOVE_HEADING = 3
# What begins farther in than this is centred or set to the right, and has a place of its own.
_DEEPEST_TEXT_EM = 4.5


class FaultKind(StrEnum):
    """What can be wrong with set text."""

    LINE_START = "line_start"
    LINE_END = "line_end"
    SPLIT = "split"
    UNFLUSHED = "unflushed"
    OVERFULL = "overfull"
    UNSQUEEZED = "unsqueezed"
    WIDOW = "widow"
    ORPHAN = "orphan"
    LONELY = "lonely"
    HEADING = "heading"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the page, counted from 1, the line's text, and where in it the fault lies."""

    kind: FaultKind
    page: int
    text: str
    at: int = 0


def _fault(kind: FaultKind, line: Line, at: int = 0) -> Fault:
    return Fault(kind, line.page + 1, line.text, at)


def line_faults(lines: Sequence[Placed], shape: Shape) -> Iterator[Fault]:
    """Faults inside paragraphs: starts, ends, split pairs, edges, pairs of marks, last lines."""
    for paragraph in paragraphs(lines):
        for before, after in pairwise(paragraph):
            yield from _break_faults(before.line, after.line)
        for placed in paragraph:
            line = placed.line
            yield from (_fault(FaultKind.UNSQUEEZED, line, at) for at in line.pairs)
            if line.is_han and not line.has_hole and not is_heading(placed, shape):
                yield from _edge_faults(placed)
        last = paragraph[-1].line
        if len(paragraph) > 1 and letters(last.text) <= 1 and HAN.search(last.text):
            yield _fault(FaultKind.LONELY, last)


def _edge_faults(placed: Placed) -> Iterator[Fault]:
    line = placed.line
    if not placed.is_last and placed.short > FLUSH_EM * line.size:
        yield _fault(FaultKind.UNFLUSHED, line, len(line.text) - 1)
    if placed.edges and placed.short < 0 and line.earliest > placed.edges.limit:
        yield _fault(FaultKind.OVERFULL, line, len(line.text) - 1)


def _break_faults(before: Line, after: Line) -> Iterator[Fault]:
    """What is wrong with breaking a paragraph between these two lines."""
    end, start = before.text[-1], after.text[0]
    if start in INSEPARABLE and end == start and _trailing(before.text) % 2:
        yield _fault(FaultKind.SPLIT, after)
    elif start in LINE_START_PROHIBITED or (start in INSEPARABLE and after.text[1:2] != start):
        yield _fault(FaultKind.LINE_START, after)
    if end in LINE_END_PROHIBITED:
        yield _fault(FaultKind.LINE_END, before, len(before.text) - 1)


def _trailing(text: str) -> int:
    return len(text) - len(text.rstrip(text[-1]))


def page_faults(pages: Sequence[Sequence[Placed]], shape: Shape) -> Iterator[Fault]:
    """Faults at the edges of pages and off the grid."""
    tops = [[] if _is_listing(page) else _body(page) for page in pages]
    for number, page in enumerate(pages):
        body = tops[number]
        yield from _heading_at_foot(page, shape)
        yield from _drifts(page, shape) if shape.grid else ()
        if not body:
            continue
        first, last = body[0], body[-1]
        if first.goes_on and first.is_last and first is page[0]:
            yield _fault(FaultKind.WIDOW, first.line)
        if not last.is_last and not last.goes_on and _ends_text(page, last):
            yield _fault(FaultKind.ORPHAN, last.line)


def _body(page: Sequence[Placed]) -> list[Placed]:
    return [placed for placed in page if placed.is_body and not placed.line.has_hole]


def _ends_text(page: Sequence[Placed], last: Placed) -> bool:
    """Whether nothing but smaller lines, notes, follows."""
    at = next(number for number, placed in enumerate(page) if placed is last)
    return all(placed.line.size < last.line.size for placed in page[at + 1 :])


def is_heading(placed: Placed, shape: Shape) -> bool:
    line = placed.line
    if line.size > _HEADING_SIZE * shape.size:
        return True
    name = line.font.lower()
    return placed.is_body and line.font != shape.font and any(one in name for one in _BOLD_NAMES)


def _heading_at_foot(page: Sequence[Placed], shape: Shape) -> Iterator[Fault]:
    text = [placed for placed in page if placed.line.size >= 0.96 * shape.size]
    if not text or not is_heading(text[-1], shape):
        return
    above = [placed for placed in text if placed.is_body and not is_heading(placed, shape)]
    if len(above) >= _TEXT_ABOVE_HEADING and text[-1].line.is_han:
        yield _fault(FaultKind.HEADING, text[-1].line)


def _is_listing(page: Sequence[Placed]) -> bool:
    """Whether a page is contents or a table, which have rows of their own: some of its lines have
    holes; those without are the first of titles that fill two.
    """
    holes = sum(placed.line.has_hole for placed in page)
    return holes >= _LISTED_LINES and holes >= _LISTED_SHARE * len(page)


def _drifts(page: Sequence[Placed], shape: Shape) -> Iterator[Fault]:
    """Each stretch of text lines that keeps a distance from the grid, once."""
    if _is_listing(page):
        return
    away: float | None = None
    for placed in page:
        line = placed.line
        if not placed.is_body or line.font != shape.font or line.has_hole or not line.is_han:
            continue
        if placed.inset > _DEEPEST_TEXT_EM and not placed.goes_on:
            continue
        leading = shape.leading(line)
        off = off_grid(line.across - shape.grid[line.page % 2], leading)
        # A stretch ends when it is left by more than rounding, not when it grazes the bound.
        if away is not None and abs(off - away) <= _OFF_GRID * leading:
            continue
        away = off if abs(off) > _OFF_GRID * leading else None
        if away is not None:
            yield _fault(FaultKind.GRID, line)
