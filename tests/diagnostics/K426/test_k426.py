"""A printer takes the sheet for the page."""

from pathlib import Path

from tests.check.printed import book, only, told


def test_room_for_marks_is_told_by_who_takes_none(tmp_path: Path) -> None:
    trim = (10, 10, 162.4, 238.6)
    found = only(book(tmp_path / "a.pdf", size=(172.4, 248.6), TrimBox=trim))
    assert (found.code, str(found.severity)) == ("K426", "error")
    assert "sheet(s) of 172.4 × 248.6 mm" in found.message


def test_bleed_at_the_fold_is_room_to_kdp_and_bleed_to_lulu(tmp_path: Path) -> None:
    around = {"size": (158.75, 234.95), "TrimBox": (3.175, 3.175, 155.575, 231.775)}
    path = book(tmp_path / "a.pdf", 32, **around)  # type: ignore[arg-type]  # size and a box
    assert set(told(path)) == {"K426"}
    assert told(path, "lulu") == {}


def test_the_page_with_its_bleed_is_silent(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", size=(155.575, 234.95))) == {}


def test_a_sheet_with_bleed_on_all_sides_is_known_without_boxes(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf", 32, size=(158.75, 234.95))
    assert set(told(path)) == {"K426"}
    assert told(path, "lulu") == {}
