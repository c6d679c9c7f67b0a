"""Text on a cover keeps away from the knife."""

from pathlib import Path

from tests.check.printed import text
from tests.check.wrapped import cover, told


def test_text_near_the_edge_of_the_cover_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, cover(tmp_path, text(200, 3.175 + 2, size=9)))["K434"]
    assert str(found.severity) == "warning"
    assert dict(found.values)["found"] == "2"


def test_text_at_a_distance_is_silent(tmp_path: Path) -> None:
    assert told(tmp_path, cover(tmp_path, text(200, 3.175 + 3.3, size=9))) == {}
