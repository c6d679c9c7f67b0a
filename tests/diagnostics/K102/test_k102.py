"""Vertical text needs pages that turn from right to left: no validator says so."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import OPF, place, write_epub

VERTICAL = "html { writing-mode: vertical-rl }"


def test_vertical_text_without_page_progression_is_found(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/book.css": VERTICAL})
    found = [one for one in faults(open_package(path)) if one.code == "K102"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/book.opf", "error", "the text is vertical, but pages turn from left to right"),
    ]


def test_vertical_text_with_page_progression_is_not(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {
            "EPUB/book.css": VERTICAL,
            "EPUB/book.opf": OPF.replace("<spine>", '<spine page-progression-direction="rtl">'),
        },
    )
    assert "K102" not in [one.code for one in faults(open_package(path))]
