"""A leaf has two pages."""

from pathlib import Path

from tests.check.printed import book, only, told


def test_an_odd_number_of_pages_is_told_with_what_is_missing(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", 25))
    assert (found.code, str(found.severity)) == ("K402", "error")
    assert "add 1 blank page" in found.hint


def test_who_adds_the_page_himself_only_advises(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", 25), "tuwen")
    assert (found.code, str(found.severity)) == ("K402", "warning")


def test_an_even_number_is_silent_and_at_home_any_is(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", 26)) == {}
    assert told(book(tmp_path / "a.pdf", 25), "home") == {}
