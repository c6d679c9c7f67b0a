"""Colours a press has to guess at."""

from pathlib import Path

import pytest

from tests.check.printed import PROSE, area, book, only, picture, told


@pytest.mark.parametrize(
    ("colour", "kind"), [("0 0 0 rg", "RGB"), ("0.2 0.4 0.9 rg", "RGB"), ("/Q cs 1 sc", "spot")]
)
def test_rgb_and_spots_are_told_where_grey_and_cmyk_are_wanted(
    colour: str, kind: str, tmp_path: Path
) -> None:
    found = only(
        book(tmp_path / "a.pdf", [area(60, 60, 9, 9, colour), *[PROSE] * 22, b""]), "ingram"
    )
    assert (found.code, str(found.severity)) == ("K413", "warning")
    assert kind in found.message


def test_black_alone_and_grey_pictures_are_silent(tmp_path: Path) -> None:
    black = area(60, 60, 9, 9, "0 0 0 1 k") + area(60, 80, 9, 9, "0.3 g") + picture(60, 90, 5, 5)
    assert told(book(tmp_path / "a.pdf", [black, *[PROSE] * 22, b""]), "ingram") == {}


def test_white_of_any_kind_is_no_colour(tmp_path: Path) -> None:
    white = area(60, 60, 9, 9, "1 1 1 rg")
    assert told(book(tmp_path / "a.pdf", [white, *[PROSE] * 22, b""]), "ingram") == {}


def test_kdp_takes_any(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", [area(60, 60, 9, 9, "1 0 0 rg"), *[PROSE] * 23])) == {}
