"""Garbage under a font's name passes EPUBCheck."""

import struct
from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import OPF, place, write_epub

WITH_FONT = OPF.replace(
    "</manifest>", '<item id="f" href="song.otf" media-type="font/otf"/></manifest>'
)
TABLES = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"]
FONT = (
    struct.pack(">4sHHHH", b"OTTO", len(TABLES), 0, 0, 0)
    + b"".join(struct.pack(">4sIII", tag, 0, 12 + 16 * len(TABLES), 4) for tag in TABLES)
    + b"\0" * 4
)


def test_garbage_font_bytes_are_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub", {"EPUB/book.opf": WITH_FONT, "EPUB/song.otf": b"OTTO" + bytes(64)}
    )
    found = [one for one in faults(open_package(path)) if one.code == "K103"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/song.otf", "error", "these bytes are no font"),
    ]


def test_a_font_is_not(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "a.epub", {"EPUB/book.opf": WITH_FONT, "EPUB/song.otf": FONT})
    assert "K103" not in [one.code for one in faults(open_package(path))]
