"""A printer binds so few pages at least and so many at most."""

from pathlib import Path

from tests.check.printed import book, only, told


def test_too_few_pages_are_refused(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", 22))
    assert (found.code, str(found.severity)) == ("K401", "error")
    assert found.message == "22 pages; Amazon KDP binds 24 to 828"


def test_the_paper_decides_how_many_are_too_many(tmp_path: Path) -> None:
    thick = book(tmp_path / "a.pdf", 800)
    assert "K401" in told(thick, paper="cream")
    assert told(thick, paper="white") == {}


def test_the_fewest_pages_are_enough(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", 24)) == {}
    assert told(book(tmp_path / "a.pdf", 2), "tuwen") == {}
