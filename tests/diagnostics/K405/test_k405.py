"""Printers cut certain sizes."""

from pathlib import Path

from tests.check.printed import book, only, told


def test_a_size_that_is_not_cut_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", 32, size=(130, 184)), "lulu")
    assert (found.code, str(found.severity)) == ("K405", "error")
    assert "5x8in" in found.hint


def test_a_range_of_sizes_has_ends(tmp_path: Path) -> None:
    assert set(told(book(tmp_path / "a.pdf", size=(150, 120)))) == {"K405"}
    assert told(book(tmp_path / "a.pdf", size=(130, 184))) == {}


def test_a_size_that_is_cut_is_silent(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", 32, size=(148, 210)), "lulu") == {}
