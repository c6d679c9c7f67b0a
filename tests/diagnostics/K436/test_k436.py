"""A spine of less than 5 mm is hard to read."""

from pathlib import Path

from tests.check.wrapped import cover, on_the_spine, told


def test_writing_on_a_narrow_spine_is_told(tmp_path: Path) -> None:
    path = cover(tmp_path, on_the_spine(size=5), around=80, printer="tuwen")
    found = told(tmp_path, path, pages=80, printer="tuwen")["K436"]
    assert (str(found.severity), dict(found.values)["spine"]) == ("warning", "4")


def test_five_millimetres_are_enough(tmp_path: Path) -> None:
    path = cover(tmp_path, on_the_spine(size=5), around=100, printer="tuwen")
    assert told(tmp_path, path, pages=100, printer="tuwen") == {}
