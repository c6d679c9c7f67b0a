"""Covers are folded a hair to the left or right."""

from pathlib import Path

from tests.check.wrapped import cover, on_the_spine, told


def test_writing_up_to_the_fold_is_told(tmp_path: Path) -> None:
    # A spine of 11.44 mm leaves 8.27 mm between its clear edges.
    path = cover(tmp_path, on_the_spine(size=28), around=200)
    found = told(tmp_path, path, pages=200)["K437"]
    assert str(found.severity) == "error"
    assert dict(found.values)["wanted"] == "1.59"


def test_writing_with_room_at_both_folds_is_silent(tmp_path: Path) -> None:
    path = cover(tmp_path, on_the_spine(size=22), around=200)
    assert told(tmp_path, path, pages=200) == {}
