"""Trim sizes and lengths: what people write, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.trims import (
    MAX_TRIM_MM,
    MIN_TRIM_MM,
    TRIMS,
    Trim,
    length_mm,
    trim_like,
    trim_named,
)


@pytest.mark.parametrize("name", TRIMS)
def test_every_trim_answers_to_its_own_name(name: str) -> None:
    assert trim_named(name) == TRIMS[name]
    assert trim_named(f"  {name.lower()} ") == TRIMS[name]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("32開", "32开"),
        ("32K", "32开"),
        ("正32开", "32开"),
        ("大 32 开", "大32开"),
        ("大16K", "大16开"),
        ("5×8 in", "5x8in"),
        ("5*8寸", "5x8in"),
        ("６×９吋", "6x9in"),
        ('6x9"', "6x9in"),
        ("6 × 9 ″", "6x9in"),
        ("148x210", "A5"),
        ("14.8cm x 21cm", "A5"),
    ],
)
def test_a_trim_may_be_written_in_several_ways(written: str, name: str) -> None:
    assert trim_named(written) == TRIMS[name]


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("130x190", 130, 190),
        ("130mm x 190mm", 130, 190),
        ("5.25×8.5in", 133.35, 215.9),
        ("13x19cm", 130, 190),
        ("4.5x7", 114.3, 177.8),
    ],
)
def test_a_size_of_ones_own_is_a_trim(written: str, width: float, height: float) -> None:
    trim = trim_named(written)
    assert trim
    assert (trim.width_mm, trim.height_mm) == pytest.approx((width, height))
    again = trim_named(trim.name)
    assert again
    assert again.is_like(trim)


@pytest.mark.parametrize(
    "written",
    ["", "x", "B7", "33开", "130", "x190", "3x3mm", "0x0", "1x1m", "5000x7000", "130x190x20",
     "-130x190", "1e9x1e9", "大度32开", "k", "nanxnan"],
)  # fmt: skip
def test_what_is_no_size_of_a_book_is_no_trim(written: str) -> None:
    assert trim_named(written) is None


@given(st.text(max_size=40))
def test_no_text_upsets_the_reading_of_sizes(written: str) -> None:
    trim = trim_named(written)
    assert trim is None or MIN_TRIM_MM <= trim.width_mm <= MAX_TRIM_MM
    length = length_mm(written)
    assert length is None or length >= 0


@pytest.mark.parametrize(
    ("written", "mm"),
    [
        ("3mm", 3),
        ("0.125in", 3.175),
        ("12pt", 4.2333),
        (".5 inch", 12.7),
        ("1cm", 10),
        ("3 毫米", 3),
        ("1寸", 25.4),
        ("0", 0),
        ("0mm", 0),
    ],
)
def test_lengths_carry_a_unit(written: str, mm: float) -> None:
    assert length_mm(written) == pytest.approx(mm, abs=1e-3)


@pytest.mark.parametrize("written", ["", "3", "-3mm", "1e3mm", "mm", "3 mm mm", "3em", "∞mm"])
def test_what_is_no_length_is_none(written: str) -> None:
    assert length_mm(written) is None


def test_a_measured_page_is_named_by_what_it_is() -> None:
    assert trim_like(147.9, 210.1) == TRIMS["A5"]
    assert trim_like(152.4, 228.7).name == "6x9in"
    assert trim_like(120, 190) == Trim("120x190mm", 120, 190)
