"""The printed page as a grid of characters and lines, or of columns, for each trim size.

The measure is a whole number of characters and the page a whole number of lines, so that full
lines end flush and the lines of both sides of a sheet fall on each other.
Source: W3C clreq, considerations_in_designing_type_area.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

FONT_SIZE_PT = 10.5  # 五号, the book size (clreq, considerations_in_designing_type_area)
LEADING_PT = 17.85  # 1.7 of it
_MM_TO_PT = 72 / 25.4


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A page as a grid: `columns` characters of the text size by `lines` lines."""

    width_mm: float
    height_mm: float
    columns: int
    lines: int
    top: ClassVar[float] = 0.46  # of what is left above and below

    def text_area_pt(self) -> tuple[float, float]:
        """Width and height of what is set in lines."""
        return self.columns * FONT_SIZE_PT, self.lines * LEADING_PT

    def margins_pt(self) -> tuple[float, float, float, float]:
        """Top, outer, bottom, inner: what the grid leaves, a little less of it at the top and inside."""
        width, height = self.text_area_pt()
        free_width = self.width_mm * _MM_TO_PT - width
        free_height = self.height_mm * _MM_TO_PT - height
        top, inner = round(free_height * self.top, 3), round(free_width * 0.48, 3)
        # A hair of air, or the last character of a full line would not fit for rounding.
        return top, free_width - inner - 0.05, free_height - top - 0.05, inner


class ColumnGrid(PageGrid):
    """The same for columns: `columns` of them, each `lines` characters long."""

    top: ClassVar[float] = 0.5  # 天头: columns hang from it

    def text_area_pt(self) -> tuple[float, float]:
        """Width and height of what is set in columns."""
        return self.columns * LEADING_PT, self.lines * FONT_SIZE_PT


GRIDS: dict[str, PageGrid] = {
    "A5": PageGrid(148, 210, columns=28, lines=25),
    "B6": PageGrid(125, 176, columns=23, lines=20),
    "B5": PageGrid(176, 250, columns=34, lines=31),
    "A4": PageGrid(210, 297, columns=40, lines=37),
}

COLUMN_GRIDS: dict[str, PageGrid] = {
    "A5": ColumnGrid(148, 210, columns=17, lines=42),
    "B6": ColumnGrid(125, 176, columns=14, lines=35),
    "B5": ColumnGrid(176, 250, columns=21, lines=51),
    "A4": ColumnGrid(210, 297, columns=26, lines=61),
}


def page_style(trim: str, title: str, *, is_vertical: bool = False) -> str:
    """The part of the style sheet that depends on the settings and on the book's title."""
    grid = (COLUMN_GRIDS if is_vertical else GRIDS)[trim]
    top, outer, bottom, inner = (f"{margin:.3f}pt" for margin in grid.margins_pt())
    return (
        f"@page {{ size: {grid.width_mm}mm {grid.height_mm}mm }}\n"
        f"@page :right {{ margin: {top} {outer} {bottom} {inner} }}\n"
        f"@page :left {{ margin: {top} {inner} {bottom} {outer} }}\n"
        f".opener > [data-heading], .divider > [data-heading] {{"
        f" string-set: book {_css_string(title)}, chapter attr(data-heading) }}\n"
    )


def _css_string(text: str) -> str:
    """`text` as a CSS string in which every character that could end it is escaped."""
    return '"' + re.sub(r'["\\\n\r\f\x00]', lambda it: f"\\{ord(it[0]) or 0xFFFD:x} ", text) + '"'
