"""EPUBs made to hurt whoever checks them: refused or judged, never an exception of another's."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from builder.check import check_epub
from builder.check.package import MAX_TAGS, open_package
from builder.core.errors import SourceError
from tests.fuzz.areas import epub_with

HEAD = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>甲</title></head><body>'


def refused(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "b.epub"
    path.write_bytes(content)
    with pytest.raises(SourceError) as problem:
        check_epub(path)
    assert problem.value.diagnostic.code == "K002"
    return problem.value.message


def codes(tmp_path: Path, content: bytes) -> dict[str, str]:
    path = tmp_path / "b.epub"
    path.write_bytes(content)
    return {found.code: found.message for found in check_epub(path)}


@pytest.mark.parametrize(
    "encoding",
    ["gb18030", "big5", "hz", "zlib", "punycode", "idna", "undefined", "mbcs", "no-such", "rot13"],
)
def test_a_page_in_an_encoding_no_reader_knows_is_broken(tmp_path: Path, encoding: str) -> None:
    page = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<p>他走了。</p></body></html>'
    assert "K101" in codes(tmp_path, epub_with(**{"1": page.encode()}))
    refused(tmp_path, epub_with(a=page.encode()))


def test_a_member_beyond_the_end_of_the_file_is_damage(tmp_path: Path) -> None:
    content = epub_with()
    end = content.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HII", content, end + 10)
    directory = bytearray(content[start : start + size])
    # The first entry says: look for my place among the extra fields, and there it is 2**64 - 1.
    struct.pack_into("<I", directory, 42, 0xFFFFFFFF)
    name_bytes = struct.unpack_from("<H", directory, 28)[0]
    struct.pack_into("<H", directory, 30, 12)
    directory[46 + name_bytes : 46 + name_bytes] = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), start, 0)
    refused(tmp_path, content[:start] + bytes(directory) + tail)


def test_entities_of_a_page_are_not_resolved(tmp_path: Path) -> None:
    entity = '<!DOCTYPE html [<!ENTITY a "' + "<b/>" * 75 + '">]>'
    page = f"{entity}{HEAD}<p>{'&a;' * 100}</p></body></html>"
    for content in (page.encode(), page.encode("utf-16")):
        path = tmp_path / "b.epub"
        path.write_bytes(epub_with(**{"1": content}))
        package = open_package(path)
        assert "OEBPS/1.xhtml" not in package.documents
        assert [name for name, *_ in package.broken] == ["OEBPS/1.xhtml"]


def test_more_tags_than_memory_has_room_for_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"{MAX_TAGS:,}" in refused(tmp_path, _packed(b"<a/>" * (MAX_TAGS + 1)))
    assert f"{MAX_TAGS:,}" in refused(tmp_path, _packed(b"<a b=''/>" * (MAX_TAGS // 2 + 1)))
    monkeypatch.setattr("builder.check.package.MAX_TAGS", 40)
    refused(tmp_path, epub_with(a=b"<package>" + b"<item/>" * 40 + b"</package>"))


def _packed(body: bytes) -> bytes:
    """A book whose first page holds `body`, packed small."""
    stream = io.BytesIO()
    page = HEAD.encode() + body + b"</body></html>"
    with (
        zipfile.ZipFile(io.BytesIO(epub_with())) as sound,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            archive.writestr(name, page if name.endswith("1.xhtml") else sound.read(name))
    return stream.getvalue()
