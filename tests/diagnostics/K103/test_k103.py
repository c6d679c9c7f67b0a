"""Garbage under a font's name passes EPUBCheck."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import OPF, place, write_epub
from tests.fonts.drawing import draw_font

WITH_FONT = OPF.replace(
    "</manifest>", '<item id="f" href="song.otf" media-type="font/otf"/></manifest>'
)


def test_garbage_font_bytes_are_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub", {"EPUB/book.opf": WITH_FONT, "EPUB/song.otf": b"OTTO" + bytes(64)}
    )
    found = [one for one in faults(open_package(path)) if one.code == "K103"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/song.otf", "error", "these bytes are no font"),
    ]


def test_a_font_without_characters_is_found_though_its_tables_lie_where_they_should(
    tmp_path: Path,
) -> None:
    content = draw_font(tmp_path / "song.ttf", "Song", "船灯").read_bytes()
    at = content.index(b"cmap")
    start = int.from_bytes(content[at + 8 : at + 12], "big")
    length = int.from_bytes(content[at + 12 : at + 16], "big")
    broken = content[:start] + bytes(length) + content[start + length :]
    path = write_epub(tmp_path / "a.epub", {"EPUB/book.opf": WITH_FONT, "EPUB/song.otf": broken})
    assert "K103" in [one.code for one in faults(open_package(path))]


def test_a_font_is_not(tmp_path: Path) -> None:
    content = draw_font(tmp_path / "song.ttf", "Song", "船灯").read_bytes()
    path = write_epub(tmp_path / "a.epub", {"EPUB/book.opf": WITH_FONT, "EPUB/song.otf": content})
    assert "K103" not in [one.code for one in faults(open_package(path))]
