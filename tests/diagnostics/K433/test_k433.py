"""A thin spine carries no title."""

from pathlib import Path

from tests.check.wrapped import cover, on_the_spine, told


def test_writing_on_the_spine_of_a_thin_book_is_told(tmp_path: Path) -> None:
    path = cover(tmp_path, on_the_spine(size=4), around=78)
    found = told(tmp_path, path, pages=78)["K433"]
    assert str(found.severity) == "error"


def test_one_page_more_is_enough(tmp_path: Path) -> None:
    path = cover(tmp_path, on_the_spine(size=2), around=80)
    assert "K433" not in told(tmp_path, path, pages=80)


def test_a_bare_spine_of_a_thin_book_is_silent(tmp_path: Path) -> None:
    assert told(tmp_path, cover(tmp_path, around=78), pages=78) == {}
