"""An XHTML file that is no XML is named with the line."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import chapter, place, write_epub


def test_an_unclosed_paragraph_is_found(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/c1.xhtml": chapter().replace("</h1>", "")})
    found = [one for one in faults(open_package(path)) if one.code == "K101"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/c1.xhtml:10:42", "error", "not well-formed: mismatched tag"),
    ]


def test_a_sound_file_is_not(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/c1.xhtml": chapter()})
    assert "K101" not in [one.code for one in faults(open_package(path))]
