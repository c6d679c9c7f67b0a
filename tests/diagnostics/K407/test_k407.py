"""The gutter eats what stands in it."""

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from tests.check.printed import PROSE, area, book, only, text, told

# 24 pages: 0.375 in, 9.525 mm.
IN_THE_GUTTER, BESIDE_IT = text(8, 100), text(9.6, 100)


def test_text_in_the_gutter_is_told_with_how_near_it_is(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [IN_THE_GUTTER, *[PROSE] * 23]))
    assert (found.code, str(found.severity)) == ("K407", "error")
    assert dict(found.values)["found"] == "8"
    assert dict(found.values)["wanted"] == "9.53"


def test_text_just_beside_it_is_silent(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", [BESIDE_IT, *[PROSE] * 23])) == {}


def test_on_a_left_hand_page_the_gutter_is_at_the_right(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", [PROSE, IN_THE_GUTTER, *[PROSE] * 22])) == {}
    near = text(152.4 - 11.5, 100)
    assert set(told(book(tmp_path / "a.pdf", [PROSE, near, *[PROSE] * 22]))) == {"K407"}


def test_a_book_bound_at_the_right_is_mirrored(tmp_path: Path) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)

    path = book(tmp_path / "a.pdf", [IN_THE_GUTTER, *[PROSE] * 23], edit=turn)
    assert told(path) == {}
    assert set(told(path, right=False)) == {"K407"}


def test_the_gutter_grows_with_the_book(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", [BESIDE_IT, *[PROSE] * 149])) == {}
    assert set(told(book(tmp_path / "a.pdf", [BESIDE_IT, *[PROSE] * 151]))) == {"K407"}


def test_blank_halves_and_white_areas_are_no_ink(tmp_path: Path) -> None:
    blank = text(2, 100, "  ") + area(0, 0, 40, 40, "1 1 1 rg")
    assert told(book(tmp_path / "a.pdf", [blank, *[PROSE] * 23])) == {}
