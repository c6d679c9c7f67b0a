"""Some presses do not follow a turn of the page."""

from pathlib import Path

import pikepdf

from tests.check.printed import Edit, book, only, told


def _turned(by: int) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = by

    return edit


def test_turned_pages_are_told_and_judged_as_they_are_read(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", size=(228.6, 152.4), edit=_turned(90)))
    assert (found.code, str(found.severity)) == ("K422", "warning")


def test_a_whole_turn_is_none(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", edit=_turned(360))) == {}
    assert told(book(tmp_path / "a.pdf", edit=_turned(0))) == {}
