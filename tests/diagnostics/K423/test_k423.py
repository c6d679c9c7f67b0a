"""Paper has no links."""

from pathlib import Path

import pikepdf

from tests.check.printed import book, only, told


def _bookmarked(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("第一章", 0))


def test_bookmarks_are_noted_for_who_asks_for_none(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", edit=_bookmarked))
    assert (found.code, str(found.severity)) == ("K423", "note")


def test_others_do_not_mind(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", 24, edit=_bookmarked), "tuwen") == {}
    assert told(book(tmp_path / "a.pdf")) == {}
