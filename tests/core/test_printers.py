"""The printers' figures, as they are published, and what is worked out from them."""

from datetime import date

import pytest

from builder.core.printers import PRINTER_NAMES, PRINTERS, Printer, printer_named
from builder.core.trims import MM_PER_INCH, TRIMS

KDP = PRINTERS["kdp"]


@pytest.mark.parametrize("printer", PRINTERS.values(), ids=lambda printer: printer.name)
def test_every_printer_is_dated_and_consistent(printer: Printer) -> None:
    assert date.fromisoformat(printer.dated) <= date(2026, 12, 31)
    assert set(printer.trims) <= set(TRIMS)
    assert set(printer.trim_pages) <= set(TRIMS)
    assert all(source.startswith("http") for source in printer.sources)
    lasts = [last for last, _ in printer.gutters]
    margins = [margin for _, margin in printer.gutters]
    assert lasts == sorted(set(lasts))
    assert margins == sorted(margins)
    assert all(fewest < most for fewest, most in printer.pages.values())
    assert printer.page_multiple >= 1


def test_names_and_printers_are_the_same_set() -> None:
    assert set(PRINTER_NAMES) == set(PRINTERS)


@pytest.mark.parametrize(
    ("pages", "inches"),
    [(24, 0.375), (150, 0.375), (151, 0.5), (300, 0.5), (301, 0.625), (500, 0.625), (501, 0.75),
     (700, 0.75), (701, 0.875), (828, 0.875), (2000, 0.875)],
)  # fmt: skip
def test_the_gutter_of_kdp_grows_by_its_table(pages: int, inches: float) -> None:
    assert KDP.gutter_mm(pages) == pytest.approx(inches * MM_PER_INCH)


@pytest.mark.parametrize(
    ("pages", "inches"),
    [(59, 0.5), (60, 0.625), (150, 0.625), (399, 1.0), (400, 1.125), (601, 1.25)],
)
def test_the_gutter_of_lulu_takes_the_wider_where_its_table_says_two(
    pages: int, inches: float
) -> None:
    assert PRINTERS["lulu"].gutter_mm(pages) == pytest.approx(inches * MM_PER_INCH)


@pytest.mark.parametrize(
    ("paper", "inches"),
    [("white", 0.4504), ("cream", 0.5), ("premium-color", 0.4694), ("", 0.4504)],
)
def test_the_spine_of_kdp_is_pages_by_paper(paper: str, inches: float) -> None:
    spine = KDP.spine_mm(200, paper)
    assert spine
    assert spine / MM_PER_INCH == pytest.approx(inches)


def test_the_spine_of_lulu_has_its_cover_in_it() -> None:
    spine = PRINTERS["lulu"].spine_mm(222)
    assert spine == pytest.approx((222 / 444 + 0.06) * MM_PER_INCH)


def test_a_chinese_spine_is_leaves_by_their_thickness() -> None:
    shop = PRINTERS["tuwen"]
    assert shop.spine_mm(240, "80g") == pytest.approx(12)
    assert shop.spine_mm(240, "0.13mm") == pytest.approx(15.6)


def test_an_unknown_paper_has_no_thickness() -> None:
    assert PRINTERS["ingram"].spine_mm(200) is None
    assert KDP.spine_mm(200, "vellum") is None
    assert KDP.spine_mm(200, "0mm") is None


def test_page_ranges_follow_paper_and_trim() -> None:
    assert KDP.page_range() == (24, 828)
    assert KDP.page_range("cream") == (24, 776)
    assert KDP.page_range("standard-color") == (72, 600)
    assert KDP.page_range("white", "A4") == (24, 780)
    assert PRINTERS["home"].page_range() is None


@pytest.mark.parametrize(
    ("name", "width", "height", "is_taken"),
    [
        ("kdp", 130, 184, True),
        ("kdp", 210, 297, True),
        ("kdp", 100, 184, False),
        ("kdp", 130, 300, False),
        ("lulu", 148, 210, True),
        ("lulu", 130, 184, False),
        ("tuwen", 130, 184, True),
        ("home", 77, 91, True),
    ],
)
def test_sizes_are_taken_by_list_or_by_range(
    name: str, width: float, height: float, *, is_taken: bool
) -> None:
    printer = printer_named(name)
    assert printer
    assert printer.takes(width, height, tolerance_mm=0.6) == is_taken


@pytest.mark.parametrize(
    ("said", "name"),
    [("kdp", "kdp"), ("KDP", "kdp"), ("Amazon KDP", "kdp"), ("图文店", "tuwen"), ("圖文店", "tuwen"),
     ("IngramSpark", "ingram"), (" lulu ", "lulu"), ("home printer", "home")],
)  # fmt: skip
def test_printers_have_more_than_one_name(said: str, name: str) -> None:
    printer = printer_named(said)
    assert printer
    assert printer.name == name


def test_a_stranger_is_no_printer() -> None:
    assert printer_named("kpd") is None
    assert printer_named("") is None
