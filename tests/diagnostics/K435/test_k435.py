"""What is not published is not judged."""

from pathlib import Path

from tests.check.wrapped import cover, told


def test_a_printer_that_publishes_no_paper_is_not_judged_by_the_spine(tmp_path: Path) -> None:
    found = told(tmp_path, cover(tmp_path), printer="ingram")
    assert str(found["K435"].severity) == "note"
    assert set(found) == {"K435"}


def test_a_thickness_that_is_given_is_judged(tmp_path: Path) -> None:
    path = cover(tmp_path, paper="0.1mm", around=200)
    assert told(tmp_path, path, pages=200, printer="ingram", paper="0.1mm") == {}
    assert set(told(tmp_path, path, pages=200, printer="ingram", paper="0.14mm")) == {"K432"}
