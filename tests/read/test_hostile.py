"""Archives, packages and pictures that somebody made to do harm."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from builder.core.book import Paragraph, Quote
from builder.core.config import Config
from builder.core.drawing import safe_svg
from builder.core.errors import BuilderError, SourceError
from builder.pipeline import BuildOptions, build, inspect
from builder.read import discover, read
from builder.read.archive import Archive
from builder.read.assets import is_sound
from builder.read.epub_package import _SURROGATE
from builder.structure.blocks import DEEPEST_QUOTE
from tests.fuzz import areas
from tests.fuzz.understanding import clock

SECRET = "金丝雀不在书里"


def epub(**changed: str) -> bytes:
    """A whole EPUB, one of its members changed."""
    return areas.epub_with(**{name: content.encode() for name, content in changed.items()})


def said_by(tmp_path: Path, content: bytes) -> str:
    """What the book says, its metadata too; the error's sentence when it is refused."""
    (tmp_path / "书.epub").write_bytes(content)
    try:
        manuscript = read(discover(tmp_path / "书.epub"), Config()).manuscript
    except SourceError as error:
        return error.message
    return f"{manuscript.text} {manuscript.hints}"


@pytest.mark.parametrize("member", ["container", "a", "toc", "nav", "1"])
@pytest.mark.parametrize("kind", ["file", "parameter", "dtd", "bomb"])
def test_entities_bring_nothing_into_a_book(tmp_path: Path, member: str, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, "utf-8")
    address = secret.as_uri()
    many = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 20}'>" for n in range(9))
    head = {
        "file": f"<!DOCTYPE a [<!ENTITY x SYSTEM '{address}'>]>",
        "parameter": f"<!DOCTYPE a [<!ENTITY % p SYSTEM '{address}'> %p;]>",
        "dtd": f"<!DOCTYPE a SYSTEM '{address}'>",
        "bomb": f"<!DOCTYPE a [<!ENTITY e0 '{SECRET}'>{many}<!ENTITY x '&e9;'>]>",
    }[kind]
    whole = {"container": areas.CONTAINER, "a": areas.PACKAGE, "toc": areas.NCX}.get(
        member, areas.NAV if member == "nav" else areas.PAGE
    )
    hurt = head + whole.replace("第一章", "&x;第一章").replace("渡口", "渡口&x;")
    said = said_by(tmp_path, epub(**{member: hurt}))
    assert said
    # A page may show its own declaration as text; what is in it is not unfolded.
    assert said.count(SECRET) <= 1
    assert SECRET not in said or kind == "bomb"


def bomb(depth: int) -> bytes:
    """Ten megabytes of nothing in an archive in an archive …"""
    content, name = bytes(10_000_000), "0.txt"
    for level in range(depth):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        content, name = stream.getvalue(), f"{level}.epub"
    return content


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_a_bomb_in_archives_is_refused(tmp_path: Path, depth: int) -> None:
    (tmp_path / "书.zip").write_bytes(bomb(depth))
    with pytest.raises(SourceError, match=r"R02[468]|R030"):
        read(discover(tmp_path / "书.zip"), Config())


def test_entries_that_share_their_bytes_count_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(900_000))
        first = archive.infolist()[0]
        for number in range(20):
            again = zipfile.ZipInfo(f"b{number}.txt")
            for field in ("CRC", "compress_size", "file_size", "compress_type", "header_offset"):
                setattr(again, field, getattr(first, field))
            archive.filelist.append(again)
    monkeypatch.setattr("builder.read.archive.MAX_ARCHIVE_BYTES", 5_000_000)
    shared = Archive(stream.getvalue(), "书.zip")
    with pytest.raises(SourceError, match=r"R02[46]"):
        list(map(shared.read, shared.names))


def png(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are a picture of that size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(min((width + 1) * height, 10_000)))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_a_picture_is_judged_by_its_size_before_it_is_unpacked() -> None:
    assert is_sound(png(90, 100))
    assert not is_sound(png(100_000, 100_000))
    assert not is_sound(png(100_000_000, 2))


@pytest.mark.parametrize(
    "drawing",
    [
        "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_drawing_that_unfolds_or_goes_ever_deeper_is_none(drawing: str, encoding: str) -> None:
    assert safe_svg(drawing.encode(encoding)) == b""


def test_half_characters_by_their_numbers_are_read_as_damage(tmp_path: Path) -> None:
    broken = areas.PACKAGE.replace('"image/png"', '"a&#xD83D;b&#56832;"')
    assert broken != areas.PACKAGE
    (tmp_path / "a.epub").write_bytes(epub(a=broken))
    read(discover(tmp_path / "a.epub"), Config())
    numbers = (0xD7FF, 0xD800, 0xDBFF, 0xDFFF, 0xE000)
    assert [bool(_SURROGATE.fullmatch(b"&#%d;" % one)) for one in numbers] == [False, True, True, True, False]  # fmt: skip
    assert [bool(_SURROGATE.fullmatch(b"&#x%x;" % one)) for one in numbers] == [False, True, True, True, False]  # fmt: skip


def test_quotations_inside_quotations_end_where_no_page_could_show_them(tmp_path: Path) -> None:
    deep = "<blockquote>" * 2_000 + "<p>里面。</p>" + "</blockquote>" * 2_000
    (tmp_path / "1.html").write_text(f"<h1>第一章 灯下</h1>{deep}<p>外面。</p>", "utf-8")
    built = build(tmp_path, BuildOptions(out=tmp_path / "out", formats=("epub",), environment={}))
    (section,) = built.book.body
    depth, (block, after) = 0, section.blocks
    while isinstance(block, Quote):
        depth += 1
        (block,) = block.blocks
    assert depth == DEEPEST_QUOTE
    assert isinstance(block, Paragraph)
    assert isinstance(after, Paragraph)


def test_a_list_that_begins_at_a_giant_number_begins_at_one(tmp_path: Path) -> None:
    many = "9" * 8_000
    (tmp_path / "1.html").write_text(f"<h1>第一章</h1><ol start={many}><li>灯。</li></ol>", "utf-8")
    built = build(tmp_path, BuildOptions(out=tmp_path / "out", formats=("epub",), environment={}))
    (block,) = built.book.body[0].blocks
    assert getattr(block, "start", None) == 1


def test_a_line_of_headings_without_end_is_no_riddle_for_the_ads(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(f"第一章 灯下\n\n雨停了。\n{'第2回' * 2_000}\n", "utf-8")
    with clock(10):
        inspect(tmp_path / "1.txt", BuildOptions(environment={}))


def test_links_in_links_are_told_apart_in_the_time_of_their_length(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(
        "<h1>第一章</h1><p>" + '<a href="https://a.example/">灯' * 400, "utf-8"
    )
    with clock(10):
        build(tmp_path, BuildOptions(out=tmp_path / "out", formats=("pdf",), environment={}))


@pytest.mark.parametrize("name", ["a\\u0000.css", "a" * 100_000, "x/" * 40_000])
@pytest.mark.parametrize(
    "key", ["pdf.css", "epub.css", "epub.theme", "book.cover", "structure.plan"]
)
def test_a_file_whose_name_no_system_could_give_is_not_there(
    key: str, name: str, tmp_path: Path
) -> None:
    table, _, setting = key.partition(".")
    (tmp_path / "1.txt").write_text("第一章\n\n雨停了。\n", "utf-8")
    (tmp_path / "book.toml").write_text(f'[{table}]\n{setting} = "{name}"\n', "utf-8")
    options = BuildOptions(out=tmp_path / "out", formats=("epub", "pdf"), environment={})
    with pytest.raises(BuilderError):
        build(tmp_path, options)
