"""A page of any size has a whole grid, and margins that suit the book's thickness."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.compose.page_count import likely_page_count
from builder.compose.page_layout import PageLayout, layout_of
from builder.compose.page_rules import page_rules
from builder.core.config import PdfConfig
from builder.core.errors import ConfigError
from builder.core.printers import PRINTERS, PrinterName
from builder.core.trims import TRIMS
from tests.press.documents import novel

MM = 72 / 25.4
DIRECTIONS = pytest.mark.parametrize("is_vertical", [False, True], ids=["lines", "columns"])


def layout(page_count: int = 0, *, is_vertical: bool = False, **settings: Any) -> PageLayout:
    pdf = replace(PdfConfig(), **settings)
    return layout_of(pdf, is_vertical=is_vertical, page_count=page_count)


def layout_or_code(page_count: int, *, is_vertical: bool, **settings: Any) -> PageLayout | str:
    try:
        return layout(page_count, is_vertical=is_vertical, **settings)
    except ConfigError as refusal:
        return refusal.diagnostic.code


def margins_mm(found: PageLayout) -> tuple[float, float, float, float]:
    top, outer, bottom, inner = (
        margin / MM for margin in (found.top, found.outer, found.bottom, found.inner)
    )
    return top, outer, bottom, inner


# Characters by lines, and columns by characters, that books have had from the start.
GRIDS = {
    "A5": ((28, 25), (17, 42)),
    "B6": ((23, 20), (14, 35)),
    "B5": ((34, 31), (21, 51)),
    "A4": ((40, 37), (26, 61)),
}


@pytest.mark.parametrize("trim", GRIDS)
def test_the_first_four_trims_keep_their_grids(trim: str) -> None:
    for is_vertical, wanted in zip((False, True), GRIDS[trim], strict=True):
        grid = layout(trim=trim, is_vertical=is_vertical).grid
        assert (grid.columns, grid.lines) == wanted


def test_a5_keeps_its_margins_however_thick_the_book() -> None:
    thin = layout()
    assert (thin.top, thin.inner) == (68.552, 60.253)
    assert layout(page_count=6000) == thin


@DIRECTIONS
@pytest.mark.parametrize("trim", TRIMS)
def test_every_trim_has_a_grid_with_room_around_it(trim: str, is_vertical: bool) -> None:
    found = layout(trim=trim, is_vertical=is_vertical)
    characters, lines = found.grid.characters_and_lines
    assert characters >= 16
    assert lines >= 9
    assert is_vertical or characters <= 40
    top, outer, bottom, inner = margins_mm(found)
    assert min(top, bottom) > 17
    assert min(outer, inner) > 14
    assert max(outer, inner) < 0.2 * found.width_mm


# --- what is asked for ---------------------------------------------------------------------


def test_a_grid_that_is_asked_for_stands_in_good_proportions() -> None:
    found = layout(grid="30x26")
    assert (found.grid.columns, found.grid.lines) == (30, 26)
    columns = layout(grid="40x16", is_vertical=True).grid
    assert (columns.columns, columns.lines) == (16, 40)
    assert found.inner < found.outer
    assert found.top < found.bottom


def test_margins_that_are_asked_for_hold_inside_and_above() -> None:
    found = layout(margin="20mm 15mm 22mm 18mm")
    top, outer, bottom, inner = margins_mm(found)
    assert top == pytest.approx(20)
    assert inner == pytest.approx(18)
    assert 15 <= outer + 0.02 < 15 + 10.5 / MM
    assert 22 <= bottom + 0.02 < 22 + 17.85 / MM


@pytest.mark.parametrize(
    ("settings", "room"),
    [
        ({"grid": "60x26"}, "34 × 30"),
        ({"grid": "28x60"}, "34 × 30"),
        ({"margin": "100mm"}, "0 × 1"),
        ({"margin": "20mm 60mm"}, "7 × 26"),
        ({"margin": "20mm", "grid": "30x26"}, "29 × 26"),
        ({"trim": "40x40mm"}, "4 × 1"),
        ({"device": "phone-6.1", "grid": "28x25"}, "16 × 23"),
        ({"device": "kobo-libra", "margin": "50mm"}, "1 × 6"),
    ],
)
def test_a_page_without_room_is_refused_and_says_how_much_it_has(
    settings: dict[str, Any], room: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        layout(**settings)
    assert caught.value.diagnostic.code == "P030"
    assert room in caught.value.hint


sizes = st.floats(40, 900, allow_nan=False).map(lambda side: round(side, 1))
lengths = st.floats(0, 60, allow_nan=False).map(lambda length: f"{length:.2f}mm")


@given(
    width=sizes,
    height=sizes,
    grid=st.one_of(st.just(""), st.tuples(st.integers(8, 80), st.integers(5, 80))),
    margin=st.lists(lengths, max_size=4).map(" ".join),
    pages=st.integers(0, 5000),
    printer=st.sampled_from([None, *PRINTERS]),
    is_vertical=st.booleans(),
)
def test_any_page_is_whole_or_refused(
    width: float,
    height: float,
    grid: str | tuple[int, int],
    margin: str,
    pages: int,
    printer: PrinterName | None,
    is_vertical: bool,
) -> None:
    own = f"{grid[0]}x{grid[1]}" if isinstance(grid, tuple) else grid
    found = layout_or_code(
        pages,
        trim=f"{width}x{height}mm",
        grid=own,
        margin=margin,
        printer=printer,
        is_vertical=is_vertical,
    )
    if isinstance(found, str):
        assert found == "P030"
        return
    assert min(found.top, found.outer, found.bottom, found.inner) > -0.1
    across = found.inner + found.outer + found.grid.width_pt
    down = found.top + found.bottom + found.grid.height_pt
    assert across == pytest.approx(found.width_mm * MM, abs=0.06)
    assert down == pytest.approx(found.height_mm * MM, abs=0.06)
    if isinstance(grid, tuple):
        assert found.grid.characters_and_lines == grid


# --- the gutter ------------------------------------------------------------------------------


@DIRECTIONS
@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("printer", PRINTERS)
def test_the_gutter_and_the_outside_are_what_the_printer_wants(
    trim: str,
    printer: PrinterName,
    is_vertical: bool,
) -> None:
    rules = PRINTERS[printer]
    for pages in (24, 151, 301, 501, 701, 800):
        found = layout(pages, trim=trim, printer=printer, is_vertical=is_vertical)
        _, outer, _, inner = margins_mm(found)
        assert inner >= rules.gutter_mm(pages) - 0.02
        assert rules.outside_mm is not None
        assert outer >= rules.outside_mm - 0.02


def test_the_text_moves_outwards_before_it_loses_a_character() -> None:
    thin, thick = layout(100, trim="B6"), layout(600, trim="B6")
    assert thick.grid == thin.grid
    assert thick.inner == pytest.approx(20 * MM)
    assert thick.inner + thick.outer == pytest.approx(thin.inner + thin.outer)
    pocket: dict[str, Any] = {"trim": "4.25x6.875in", "printer": "lulu"}
    small, large = layout(100, **pocket), layout(500, **pocket)
    assert large.grid.columns < small.grid.columns
    assert large.grid.lines == small.grid.lines


@given(st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(sorted(TRIMS)))
def test_a_thicker_book_never_has_a_smaller_gutter(one: int, other: int, trim: str) -> None:
    assume(one < other)
    for printer in (None, *PRINTERS):
        thin, thick = (layout(pages, trim=trim, printer=printer) for pages in (one, other))
        assert thin.grid.columns >= thick.grid.columns
        if thin.grid == thick.grid:
            assert thin.inner <= thick.inner


def test_margins_and_grids_of_ones_own_win_over_the_printer() -> None:
    own = layout(800, margin="15mm 12mm", printer="lulu")
    assert own.inner == pytest.approx(12 * MM)
    wide = layout(800, trim="5x8in", grid="26x26", printer="lulu")
    assert wide.grid.columns == 26
    # As far outwards as the printer lets it.
    assert wide.outer == pytest.approx(12.7 * MM, abs=0.06)


@pytest.mark.parametrize("trim", ["A5", "B6", "A4"])
def test_the_guess_is_near_enough(trim: str) -> None:
    found = layout(trim=trim)
    pages = {"A5": 36, "B6": 51, "A4": 21}[trim]
    assert likely_page_count(novel(5), found.grid) == pytest.approx(pages, rel=0.12, abs=2)


# --- as a style sheet ------------------------------------------------------------------------


def test_heads_and_folios_come_nearer_where_the_margin_is_narrow_and_go_where_there_is_none() -> (
    None
):
    assert "padding" not in page_rules(layout(), "书")
    narrow = page_rules(layout(margin="12mm"), "书")
    assert "@top-left { padding-bottom: " in narrow
    assert "content: none" not in narrow
    none = page_rules(layout(margin="6mm"), "书")
    assert none.count("content: none") == 8
    assert "front:right { @bottom-right { content: none } }" in none


def test_a_cover_is_cut_on_book_pages_and_shown_whole_on_others() -> None:
    assert "contain" not in page_rules(layout(), "书")
    assert "contain" in page_rules(layout(trim="8x10in"), "书")
    assert "contain" in page_rules(layout(device="phone-6.1"), "书")
