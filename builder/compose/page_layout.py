"""Where the text stands on the page: what [pdf] says of it, and the number of pages.

The inner margin grows with the number of pages, because a thick book does not lie open (订口).
The text then moves outwards on the same grid; only where it would come too near to the outer
edge does it lose characters. On a screen there is no inner margin, and no side.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.compose.page_grid import MM_TO_PT, PageGrid, grid_for, grid_within
from builder.core.config import Config, PdfConfig
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.page_settings import LEAST_GRID, grid_of, margins_mm
from builder.core.printers import PRINTERS, Printer
from builder.core.screen_pages import screen_page
from builder.core.trims import trim_named

# Where no printer says so: up to how many pages which inner margin, in mm. A glued book of
# 500 pages (25 mm) takes some 10 mm of it; that much again is to be seen.
GUTTERS_MM: tuple[tuple[int, float], ...] = ((150, 13), (300, 16), (500, 18), (700, 20))
THICKEST_GUTTER_MM = 21.0
# What the text keeps of the outside at least, and what heads and folios keep.
OUTSIDE_MM, EDGE_MM = 10.0, 5.0
# Of what is left above and below, inside and outside: lines stand a little above the middle and
# nearer to the fold; columns hang from the top (天头).
_TOP, _COLUMNS_TOP, _INNER = 0.46, 0.5, 0.48
# A hair of air, or the last character of a full line would not fit for rounding.
_HAIR = 0.05


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page of a book: its size in mm, its grid, its margins in points.

    `edge` is how near to the outer edges anything may stand, in points.
    """

    width_mm: float
    height_mm: float
    grid: PageGrid
    top: float
    outer: float
    bottom: float
    inner: float
    edge: float
    is_screen: bool = False


@dataclass(frozen=True, slots=True)
class _Paper:
    """A page of paper in points, and who prints it. Columns are bound on the right."""

    width_mm: float
    height_mm: float
    outside: float
    edge: float
    gutter: float
    is_vertical: bool

    @property
    def width(self) -> float:
        return self.width_mm * MM_TO_PT

    @property
    def height(self) -> float:
        return self.height_mm * MM_TO_PT


def layout_of(pdf: PdfConfig, *, is_vertical: bool, page_count: int = 0) -> PageLayout:
    """The layout of a book of `page_count` pages, 0 for a thin one.

    Raises ConfigError P030 when the page has no room for the text.
    """
    if pdf.device:
        return _of_screen(pdf, is_vertical=is_vertical)
    paper = _paper(pdf, is_vertical=is_vertical, page_count=page_count)
    own = grid_of(pdf.grid)
    if margins := margins_mm(pdf.margin):
        return _within_margins(paper, margins, own)
    if own:
        return _with_own_grid(paper, own)
    grid = grid_for(paper.width_mm, paper.height_mm, is_vertical=is_vertical)
    while grid.columns > 0 and paper.width - grid.width_pt < paper.gutter + paper.outside:
        grid = replace(grid, columns=grid.columns - 1)
    return _placed(paper, _required(grid, grid, paper.width_mm, paper.height_mm))


def layouts_of(config: Config) -> Callable[[int], PageLayout]:
    """What gives the layout of a book for a number of pages."""
    return lambda page_count: layout_of(
        config.pdf, is_vertical=config.typography.vertical, page_count=page_count
    )


def _paper(pdf: PdfConfig, *, is_vertical: bool, page_count: int) -> _Paper:
    trim = trim_named(pdf.trim)
    if trim is None:
        raise ConfigError("B003", location=Location("[pdf] trim"), key="pdf.trim", wanted="A5")
    printer = PRINTERS[pdf.printer] if pdf.printer else None
    outside = _outside_mm(pdf, printer)
    return _Paper(
        trim.width_mm,
        trim.height_mm,
        (OUTSIDE_MM if outside is None else outside) * MM_TO_PT,
        (EDGE_MM if outside is None else outside) * MM_TO_PT,
        gutter_mm(printer, page_count) * MM_TO_PT,
        is_vertical,
    )


def gutter_mm(printer: Printer | None, page_count: int) -> float:
    """The inner margin that a book of so many pages needs."""
    if printer is not None and printer.gutters:
        return printer.gutter_mm(page_count)
    return next((mm for most, mm in GUTTERS_MM if page_count <= most), THICKEST_GUTTER_MM)


def _outside_mm(pdf: PdfConfig, printer: Printer | None) -> float | None:
    """What a printer wants blank at the outer edges."""
    if printer and pdf.bleed and printer.outside_with_bleed_mm is not None:
        return printer.outside_with_bleed_mm
    return printer.outside_mm if printer else None


def _required(grid: PageGrid, most: PageGrid, width_mm: float, height_mm: float) -> PageGrid:
    """`grid`, if it is a page's and no larger than `most`. Raises ConfigError P030."""
    if grid.columns <= most.columns and grid.lines <= most.lines and grid.has_room:
        return grid
    asked = grid.characters_and_lines if grid.has_room else LEAST_GRID
    room = most.characters_and_lines
    raise ConfigError(
        "P030",
        location=Location("[pdf]"),
        width=f"{width_mm:.4g}",
        height=f"{height_mm:.4g}",
        asked=f"{asked[0]} × {asked[1]}",
        room=f"{room[0]} × {room[1]}",
    )


def _within_margins(
    paper: _Paper, margins: tuple[float, float, float, float], own: tuple[int, int] | None
) -> PageLayout:
    """Margins as they were asked for: above and inside exactly, outside and below at least."""
    top, outer, bottom, inner = (mm * MM_TO_PT for mm in margins)
    most = grid_within(
        paper.width - inner - outer,
        paper.height - top - bottom,
        is_vertical=paper.is_vertical,
    )
    grid = _own(own, most) if own else most
    grid = _required(grid, most, paper.width_mm, paper.height_mm)
    return _at(paper, grid, top, inner)


def _with_own_grid(paper: _Paper, own: tuple[int, int]) -> PageLayout:
    """A grid as it was asked for; the inner margin gets what the outer one can give."""
    most = grid_within(
        paper.width - 2 * paper.outside,
        paper.height - 2 * paper.outside,
        is_vertical=paper.is_vertical,
    )
    grid = _required(_own(own, most), most, paper.width_mm, paper.height_mm)
    return _placed(paper, grid)


def _own(own: tuple[int, int], like: PageGrid) -> PageGrid:
    measure, lines = own
    columns, rows = (lines, measure) if like.is_vertical else (measure, lines)
    return replace(like, columns=columns, lines=rows)


def _placed(paper: _Paper, grid: PageGrid) -> PageLayout:
    """The grid on its page: in good proportions, but for what the gutter takes of the outside."""
    free_width = paper.width - grid.width_pt
    free_height = paper.height - grid.height_pt
    top = round(free_height * (_COLUMNS_TOP if paper.is_vertical else _TOP), 3)
    inner = max(
        round(free_width * _INNER, 3),
        min(paper.gutter, free_width - paper.outside),
    )
    return _at(paper, grid, top, inner)


def _at(paper: _Paper, grid: PageGrid, top: float, inner: float) -> PageLayout:
    return PageLayout(
        paper.width_mm,
        paper.height_mm,
        grid,
        top=top,
        outer=paper.width - grid.width_pt - inner - _HAIR,
        bottom=paper.height - grid.height_pt - top - _HAIR,
        inner=inner,
        edge=paper.edge,
    )


def _of_screen(pdf: PdfConfig, *, is_vertical: bool) -> PageLayout:
    """A page as large as a screen, with the largest grid in the middle of it."""
    assert pdf.device is not None  # noqa: S101  (the caller chose by it)
    page = screen_page(pdf.device)
    width, height = page.width_mm * MM_TO_PT, page.height_mm * MM_TO_PT
    margins = margins_mm(pdf.margin) or (page.margin_mm,) * 4
    top, outer, bottom, inner = (mm * MM_TO_PT for mm in margins)
    most = grid_within(
        width - inner - outer,
        height - top - bottom,
        size_pt=page.size_pt,
        leading_pt=page.leading_pt,
        is_vertical=is_vertical,
    )
    own = grid_of(pdf.grid)
    grid = _required(_own(own, most) if own else most, most, page.width_mm, page.height_mm)
    left = inner + (width - inner - outer - grid.width_pt) / 2
    above = top + (height - top - bottom - grid.height_pt) / 2
    return PageLayout(
        page.width_mm,
        page.height_mm,
        grid,
        top=above,
        outer=width - grid.width_pt - left - _HAIR,
        bottom=height - grid.height_pt - above - _HAIR,
        inner=left,
        edge=0.0,
        is_screen=True,
    )
