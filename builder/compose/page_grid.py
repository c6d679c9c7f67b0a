"""The printed page as a grid of characters and lines, or of columns.

The measure is a whole number of characters and the page a whole number of lines, so that full
lines end flush and the lines of both sides of a sheet fall on each other.
Source: W3C clreq, considerations_in_designing_type_area.
"""

from dataclasses import dataclass
from math import floor

from builder.core.page_settings import LEAST_GRID

FONT_SIZE_PT = 10.5  # 五号, the book size (clreq, considerations_in_designing_type_area)
LEADING_PT = 17.85  # 1.7 of it
MM_TO_PT = 72 / 25.4
# The eye loses its way back to the start of the next line in longer ones.
MAX_MEASURE = 40
# Rounding of lengths, in points.
_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class Whites:
    """What a page of good proportions leaves blank along one side: a share of it and some mm."""

    share: float
    mm: float

    def room_pt(self, side_mm: float) -> float:
        """What is left of a side for the text."""
        return (side_mm * (1 - self.share) - self.mm) * MM_TO_PT


# Small pages need more white than their share, or thumbs would lie on the text and nothing
# would fit above and below it. Chosen so that A5 has 28 × 25, B6 23 × 20, B5 34 × 31, A4 40 × 37
# (in columns 17 × 42, 14 × 35, 21 × 51, 26 × 61), as when these were all.
ACROSS, DOWN = Whites(0.2, 13), Whites(0.1, 29)
COLUMNS_ACROSS, COLUMNS_DOWN = Whites(0.12, 19), Whites(0.2, 10)


@dataclass(frozen=True, slots=True)
class PageGrid:
    """`columns` across by `lines` down: characters and lines; in a vertical book columns and
    characters.
    """

    columns: int
    lines: int
    size_pt: float = FONT_SIZE_PT
    leading_pt: float = LEADING_PT
    is_vertical: bool = False

    @property
    def cell_pt(self) -> tuple[float, float]:
        """Width and height of a character with the room between lines."""
        if self.is_vertical:
            return self.leading_pt, self.size_pt
        return self.size_pt, self.leading_pt

    @property
    def width_pt(self) -> float:
        """Of what is set."""
        return self.columns * self.cell_pt[0]

    @property
    def height_pt(self) -> float:
        """Of what is set."""
        return self.lines * self.cell_pt[1]

    @property
    def characters_and_lines(self) -> tuple[int, int]:
        """Characters a line and lines, or characters a column and columns."""
        return (self.lines, self.columns) if self.is_vertical else (self.columns, self.lines)

    @property
    def has_room(self) -> bool:
        """Whether it is as much as a page of a book needs."""
        measure, lines = self.characters_and_lines
        return measure >= LEAST_GRID[0] and lines >= LEAST_GRID[1]


def grid_within(
    width_pt: float,
    height_pt: float,
    *,
    size_pt: float = FONT_SIZE_PT,
    leading_pt: float = LEADING_PT,
    is_vertical: bool = False,
) -> PageGrid:
    """The largest grid in some room; it may have no characters at all."""
    one = PageGrid(1, 1, size_pt, leading_pt, is_vertical)
    across, down = one.cell_pt
    return PageGrid(
        max(0, floor((width_pt + _HAIR) / across)),
        max(0, floor((height_pt + _HAIR) / down)),
        size_pt,
        leading_pt,
        is_vertical,
    )


def grid_for(width_mm: float, height_mm: float, *, is_vertical: bool = False) -> PageGrid:
    """The grid of a page of good proportions."""
    across, down = (COLUMNS_ACROSS, COLUMNS_DOWN) if is_vertical else (ACROSS, DOWN)
    width = across.room_pt(width_mm)
    if not is_vertical:
        width = min(width, MAX_MEASURE * FONT_SIZE_PT)
    return grid_within(width, down.room_pt(height_mm), is_vertical=is_vertical)
