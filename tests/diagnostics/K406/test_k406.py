"""A page's boxes lie inside one another."""

from pathlib import Path

import pytest

from tests.check.printed import book, told


@pytest.mark.parametrize(
    "box", [(0, 0, 0, 0), (300, 300, 400, 500), (-20, -20, 150, 220), (10, 10, 10, 200)]
)
def test_a_trim_that_is_none_or_off_the_sheet_is_told(
    box: tuple[float, float, float, float], tmp_path: Path
) -> None:
    found = told(book(tmp_path / "a.pdf", TrimBox=box))["K406"]
    assert str(found.severity) == "error"
    assert "TrimBox" in found.message


def test_boxes_that_name_other_corners_are_boxes(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", TrimBox=(152.4, 228.6, 0, 0))) == {}
