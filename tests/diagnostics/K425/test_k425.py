"""A crop that is smaller than the page hides what is cut to."""

from pathlib import Path

from tests.check.printed import book, only, told


def test_a_crop_inside_the_trim_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf", CropBox=(5, 5, 140, 220), TrimBox=(0, 0, 152.4, 228.6))
    found = only(path)
    assert (found.code, str(found.severity)) == ("K425", "error")


def test_a_crop_around_the_trim_is_silent(tmp_path: Path) -> None:
    whole = (0, 0, 152.4, 228.6)
    assert told(book(tmp_path / "a.pdf", CropBox=whole, TrimBox=whole)) == {}
