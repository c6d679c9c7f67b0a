"""So much ink does not dry."""

from pathlib import Path

from tests.check.printed import PROSE, area, book, only, told


def test_four_inks_at_full_strength_are_told(tmp_path: Path) -> None:
    pages = [area(60, 60, 9, 9, "0.8 0.7 0.6 0.9 k"), *[PROSE] * 22, b""]
    found = only(book(tmp_path / "a.pdf", pages), "ingram")
    assert (found.code, str(found.severity)) == ("K414", "warning")
    assert dict(found.values)["found"] == 300


def test_as_much_as_is_taken_is_silent(tmp_path: Path) -> None:
    pages = [area(60, 60, 9, 9, "0.6 0.4 0.4 1 k"), *[PROSE] * 22, b""]
    assert told(book(tmp_path / "a.pdf", pages), "ingram") == {}
