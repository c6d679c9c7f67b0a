"""Shelves show a grey page for a book without a cover."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import place, write_epub


def test_a_removed_cover_is_found(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/cover.svg": None})
    found = [one for one in faults(open_package(path)) if one.code == "K105"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/book.opf", "warning", "there is no cover image"),
    ]


def test_a_cover_is_not(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {})
    assert "K105" not in [one.code for one in faults(open_package(path))]
