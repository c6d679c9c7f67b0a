"""A wrap cover is one sheet."""

from pathlib import Path

from tests.check.wrapped import cover, told


def test_a_cover_of_two_pages_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, cover(tmp_path, pages=2))["K431"]
    assert str(found.severity) == "error"


def test_one_page_is_silent(tmp_path: Path) -> None:
    assert told(tmp_path, cover(tmp_path)) == {}
