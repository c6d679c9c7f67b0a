"""The cover goes around the book."""

from pathlib import Path

from tests.check.printed import TRIM, book
from tests.check.wrapped import cover, spine_mm, told


def test_a_spine_for_fewer_pages_is_told_with_what_is_wanted(tmp_path: Path) -> None:
    found = told(tmp_path, cover(tmp_path, around=160), pages=200)["K432"]
    assert str(found.severity) == "error"
    # 2 x 152.4 + 200 x 0.0572 + 2 x 3.175.
    assert dict(found.values)["wanted"] == "322.6 × 235"
    assert dict(found.values)["spine"] == "11.44"


def test_a_cover_without_bleed_is_told(tmp_path: Path) -> None:
    assert set(told(tmp_path, cover(tmp_path, bleed=0))) == {"K432"}


def test_the_paper_decides_how_wide_the_spine_is(tmp_path: Path) -> None:
    thick = cover(tmp_path, around=400, paper="cream")
    assert set(told(tmp_path, thick, pages=400, paper="white")) == {"K432"}
    assert told(tmp_path, thick, pages=400, paper="cream") == {}
    assert told(tmp_path, thick, pages=400) == {}


def test_a_cover_that_fits_is_silent(tmp_path: Path) -> None:
    assert told(tmp_path, cover(tmp_path, around=200), pages=200) == {}


def test_who_cuts_at_home_may_have_any_bleed(tmp_path: Path) -> None:
    wide = spine_mm(120, printer="home") + 2 * TRIM[0]
    trim = (3.0, 3.0, 3.0 + wide, 3.0 + TRIM[1])
    path = book(tmp_path / "c.pdf", [b""], size=(wide + 6, TRIM[1] + 6), TrimBox=trim)
    assert told(tmp_path, path, printer="home") == {}
    assert set(told(tmp_path, path, pages=160, printer="home")) == {"K432"}
