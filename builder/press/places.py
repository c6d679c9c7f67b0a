"""Where on a page stands what is no line: slabs, pictures, places to lead to; where a page starts."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from builder.core.page_starts import BEFORE_ALL, PageStart, visible
from builder.press.area import Area
from builder.press.contents import Entry
from builder.press.grid import Piece, rows_of
from builder.press.setting import OBJECT, Anchor, Line
from builder.press.strips import Leaf, SlabStrip, Strip

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab

_MIDDLE = 0.38  # of the em box of Chinese characters above the baseline


def slab_corner(slab: "LaidSlab", area: Area, top: float, leading: float) -> tuple[float, float]:
    """Where the lower left corner of a slab is: in columns it stands in the middle of its
    columns, half way down.
    """
    if not area.is_vertical:
        return area.point(0.0, top + slab.height)
    columns = max(1, rows_of(slab.width, leading)) * leading
    aside = slab.left + slab.width + (columns - slab.width) / 2
    x, y = area.point((area.measure + slab.height) / 2, top)
    return x - aside, y


def picture_corner(
    slab: "LaidSlab", area: Area, inline: tuple[float, float], block: float, size: float
) -> tuple[float, float]:
    """Where the lower left corner of a picture is that takes up `inline` on a line at `block`:
    it stands in the middle of characters of `size`.
    """
    if area.is_vertical:
        axis, foot = area.point(inline[1], block)
        left = axis - slab.width / 2
    else:
        left, baseline = area.point(inline[0], block)
        foot = baseline + _MIDDLE * size - slab.height / 2
    return left - slab.left, foot


def anchored(name: str, area: Area, inline: float, block: float) -> Anchor:
    """A place to lead to. A page of columns is read from its right edge: a reader that shows a
    part of it must not begin at the column.
    """
    x, y = area.point(inline, block)
    return Anchor(name, None if area.is_vertical else x, y)


class PageStarts:
    """Where in the book each page starts; asked for one page after the other.

    What it counted for one page counts for the next: a paragraph may go on for a thousand pages.
    """

    def __init__(self) -> None:
        self._text = ""
        self._first = self._at = self._count = 0

    def of(self, pieces: Sequence[Piece[Leaf]], label: str) -> Iterator[PageStart]:
        """Where a page starts, if anything of the book is on it."""
        for piece in pieces:
            subject = piece.block.subject
            if not isinstance(subject, Strip | SlabStrip | Entry):
                continue
            where, lines, starts = subject.place, piece.block.lines, piece.block.starts
            characters, number = where.characters, max(bisect_right(starts, piece.first) - 1, 0)
            if piece.first and isinstance(subject, Strip):
                first = cast("Line", lines[starts[number] if starts else 0])
                line = cast("Line", lines[piece.first])
                characters += self._between(subject.copied.copy.text, first.start, line.start)
            block = where.block + number if where.block >= 0 else BEFORE_ALL
            yield PageStart(label, where.section, block, characters)
            return

    def _between(self, text: str, start: int, end: int) -> int:
        """How many characters are visible from `start` to `end`."""
        if text is not self._text or start != self._first or end < self._at:
            self._text, self._first, self._at, self._count = text, start, start, 0
        self._count += len(visible(text[self._at : end]).replace(OBJECT, ""))
        self._at = end
        return self._count
