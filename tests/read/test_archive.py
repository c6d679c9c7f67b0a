"""Archives: read without being trusted, in memory only."""

import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builder.read.archive as archive_module
from builder.core.config import Config, SourceConfig
from builder.core.errors import SourceError
from builder.read import Reading, discover, read
from builder.read.archive import Archive

from .conftest import assert_exact, suppress_told, zipped

PROSE = "雨下了一夜，渡口的石阶没进水里，船夫把缆绳又紧了两圈。\n"


def read_archive(tmp_path: Path, content: bytes, name: str = "夜航.zip") -> Reading:
    path = tmp_path / name
    path.write_bytes(content)
    reading = read(discover(path), Config())
    assert_exact(reading.manuscript)
    return reading


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_all(content)
    return caught.value.diagnostic.code


def read_all(content: bytes) -> None:
    archive = Archive(content, "夜航.zip")
    for name in archive.names:
        archive.read(name)


def test_chapters_are_read_in_order_whatever_their_kind(tmp_path: Path) -> None:
    content = zipped(
        {
            "夜航/第10章.txt": f"第十章\n{PROSE}",
            "夜航/第2章.md": f"# 第二章\n\n{PROSE}",
            "夜航/第1章.html": f"<h1>第一章</h1><p>{PROSE}</p>",
            "夜航/README.md": "不是正文",
            "__MACOSX/夜航/._第2章.md": b"\x00\x05\x16\x07",
        }
    )
    manuscript = read_archive(tmp_path, content).manuscript
    assert [file.path.rpartition("/")[2] for file in manuscript.files] == [
        "第1章.html",
        "第2章.md",
        "第10章.txt",
    ]
    assert [file.folders for file in manuscript.files] == [()] * 3
    assert "!/夜航/第1章.html" in manuscript.files[0].path
    assert manuscript.text.startswith("第一章\n\n雨下")


def test_volumes_in_an_archive_are_folders(tmp_path: Path) -> None:
    content = zipped(
        {"第二卷/第1章.txt": PROSE, "第一卷/第2章.txt": PROSE, "第一卷/第1章.txt": PROSE}
    )
    files = read_archive(tmp_path, content).manuscript.files
    assert [file.folders for file in files] == [("第一卷",), ("第一卷",), ("第二卷",)]


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    packed = zipped({"AAAAAAAA.txt": PROSE})
    name = "夜航船上".encode("gbk")
    content = packed.replace(b"AAAAAAAA", name)
    (file,) = read_archive_names(content)
    assert file == "夜航船上.txt"


def read_archive_names(content: bytes) -> tuple[str, ...]:
    return Archive(content, "夜航.zip").names


def test_the_unicode_name_field_counts() -> None:
    info = zipfile.ZipInfo("x.txt")
    field = b"\x01\0\0\0\0" + "夜航.txt".encode()
    info.extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, PROSE)
    assert read_archive_names(packed.getvalue()) == ("夜航.txt",)


def test_pictures_and_cover_come_from_the_archive(tmp_path: Path) -> None:
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (3, 3)).save(picture, "PNG")
    content = zipped(
        {
            "书/text/1.html": f"<p>{PROSE}</p><img src='../图/塔.png' alt='塔'/>"
            "<img src='../../../etc/passwd'/>",
            "书/图/塔.png": picture.getvalue(),
            "书/text/cover.png": picture.getvalue(),
        }
    )
    reading = read_archive(tmp_path, content)
    assert [asset.name for asset in reading.manuscript.assets] == ["cover.png", "塔.png"]
    assert reading.manuscript.cover == "cover.png"
    assert [found.code for found in reading.diagnostics] == ["R019"]


def test_one_epub_in_an_archive_is_the_book(tmp_path: Path) -> None:
    from .test_epub import book

    content = zipped({"readme.txt": "请阅读", "夜航.epub": book({"a.xhtml": f"<p>{PROSE}</p>"})})
    assert read_archive(tmp_path, content).manuscript.text == PROSE.strip()


@pytest.mark.parametrize(
    "name", ["../夜航.txt", "/夜航.txt", "a/../../夜航.txt", "C:/夜航.txt", "a\\夜航.txt", ".."]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert refusal(zipped({"1.txt": PROSE, name: PROSE})) == "R025"


def test_a_nul_in_a_name_is_refused() -> None:
    assert refusal(zipped({"aXb.txt": PROSE}).replace(b"aXb.txt", b"a\0b.txt")) == "R025"


def test_a_name_that_is_there_twice_is_refused() -> None:
    content = zipped({"a1.txt": PROSE, "a2.txt": PROSE}).replace(b"a2.txt", b"a1.txt")
    assert refusal(content) == "R025"


def test_a_link_is_refused() -> None:
    info = zipfile.ZipInfo("1.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refusal(packed.getvalue()) == "R025"


def test_an_encrypted_archive_is_refused() -> None:
    packed = bytearray(zipped({"1.txt": PROSE}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(packed)) == "R027"


def test_a_bomb_is_stopped_by_the_bytes_that_come(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(zipped({"1.txt": b" " * 3_000_000})) == "R026"
    assert Archive(zipped({"1.txt": b" " * 900_000}), "夜航.zip").read("1.txt")
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 100)
    assert refusal(zipped({"1.txt": PROSE, "2.txt": PROSE})) == "R026"


def test_what_the_header_says_about_sizes_is_not_believed() -> None:
    packed = bytearray(zipped({"1.txt": b" " * 3_000_000}))
    at = packed.index(b"PK\x01\x02") + 24
    packed[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(packed)) in {"R024", "R026"}


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_ENTRIES", 3)
    names = {f"{number}.txt": "" for number in range(4)}
    assert refusal(zipped(names)) == "R026"


def test_damage_is_told_as_damage() -> None:
    packed = bytearray(zipped({"1.txt": PROSE * 50}))
    packed[60] ^= 0xFF
    assert refusal(bytes(packed)) == "R024"
    assert refusal(b"PK\x03\x04") == "R024"
    assert refusal(b"") == "R024"


def test_an_archive_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="R028"):
        read_archive(tmp_path, zipped({"a.jpg": b"\xff\xd8\xff"}))


def test_a_folder_with_one_archive_and_nothing_else_is_that_book(tmp_path: Path) -> None:
    (tmp_path / "夜航.zip").write_bytes(zipped({"1.txt": PROSE}))
    assert read(discover(tmp_path), Config()).manuscript.text == PROSE.strip()


def test_book_toml_may_name_an_archive(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('[source]\nfiles = ["旧/夜航.zip"]\n', encoding="utf-8")
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "夜航.zip").write_bytes(zipped({"1.txt": PROSE}))
    config = Config(source=SourceConfig(files=("旧/夜航.zip",)))
    assert read(discover(tmp_path), config).manuscript.text == PROSE.strip()


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_damage_raises_only_what_people_are_told(data: st.DataObject) -> None:
    packed = bytearray(zipped({"第1章.txt": PROSE * 3, "b/2.txt": PROSE}))
    for _ in range(data.draw(st.integers(1, 6))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    with suppress_told({"R024", "R025", "R026", "R027"}):
        read_all(bytes(packed[: data.draw(st.integers(0, len(packed)))]))
