"""Every book needs a contents list and landmarks."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import nav, place, write_epub


def test_empty_landmarks_are_found(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/nav.xhtml": nav("<li><span>正文</span></li>")})
    found = [one for one in faults(open_package(path)) if one.code == "K106"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/book.opf", "warning", "the navigation document has no landmarks"),
    ]


def test_landmarks_are_not(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/nav.xhtml": nav()})
    assert "K106" not in [one.code for one in faults(open_package(path))]
