"""A book and each of its files say what language they are in."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import OPF, chapter, place, write_epub


def test_a_missing_language_is_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {
            "EPUB/book.opf": OPF.replace("<dc:language>zh-Hans</dc:language>", ""),
            "EPUB/c1.xhtml": chapter().replace('xml:lang="zh-Hans"', ""),
        },
    )
    found = [one for one in faults(open_package(path)) if one.code == "K107"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/book.opf", "error", "no language is given"),
        ("EPUB/c1.xhtml", "error", "no language is given"),
    ]


def test_a_language_is_not(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {})
    assert "K107" not in [one.code for one in faults(open_package(path))]
