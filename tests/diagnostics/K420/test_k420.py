"""Lines can be too thin to print."""

from pathlib import Path

from tests.check.printed import PROSE, area, book, line, only, told


def test_a_thin_line_is_told_with_its_thickness(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [line(40, 60, 90, 60, thick_pt=0.25), *[PROSE] * 23]))
    assert (found.code, str(found.severity)) == ("K420", "warning")
    assert dict(found.values)["found"] == "0.25"


def test_a_line_drawn_as_a_strip_counts_too(tmp_path: Path) -> None:
    strip = area(40, 60, 50, 0.1)
    assert set(told(book(tmp_path / "a.pdf", [strip, *[PROSE] * 23]))) == {"K420"}


def test_thick_lines_and_dots_are_silent(tmp_path: Path) -> None:
    pages = [line(40, 60, 90, 60, thick_pt=0.75) + area(60, 80, 0.2, 0.2), *[PROSE] * 23]
    assert told(book(tmp_path / "a.pdf", pages)) == {}


def test_an_area_without_any_is_no_line(tmp_path: Path) -> None:
    flat = b"100 100 m 200 100 l f "
    assert told(book(tmp_path / "a.pdf", [flat, *[PROSE] * 23])) == {}
