"""Covers and pictures: from inside the book's folder, known by their bytes, whole."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from builder.core import pictures
from builder.core.config import BookConfig, Config
from builder.core.errors import BuilderError
from builder.core.manuscript import MarkKind
from builder.read import assets as assets_module
from builder.read import discover, read
from builder.read.assets import is_sound, media_type_of

from .conftest import ReadFiles


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 12)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, (40, 60, 80)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("BMP", "image/bmp"),
        ("TIFF", "image/tiff"),
        ("AVIF", "image/avif"),
        ("PPM", ""),
    ],
)
def test_the_bytes_say_what_a_picture_is(kind: str, media_type: str) -> None:
    assert media_type_of(picture(kind)) == media_type


def test_a_cut_or_huge_picture_is_not_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_sound(picture())
    assert not is_sound(picture("JPEG", (200, 200))[:-300])
    monkeypatch.setattr(pictures, "MAX_PIXELS", 90)
    assert not is_sound(picture())


def test_the_cover_beside_the_text_is_taken(read_files: ReadFiles) -> None:
    manuscript = read_files({"1.txt": "雨停了。", "cover.jpg": picture()}).manuscript
    assert manuscript.cover == "cover.png"
    assert [(asset.name, asset.media_type) for asset in manuscript.assets] == [
        ("cover.png", "image/png")
    ]


def test_the_cover_that_book_toml_names_comes_first(read_files: ReadFiles) -> None:
    config = Config(book=BookConfig(cover="图/面.webp"))
    files: dict[str, str | bytes] = {
        "1.txt": "雨停了。",
        "cover.jpg": picture(),
        "图/面.webp": picture("WEBP"),
    }
    assert read_files(files, config).manuscript.cover == "cover.webp"


@pytest.mark.parametrize("name", ["没有.jpg", "../面.png", "/etc/hostname"])
def test_a_cover_that_is_not_there_is_located(tmp_path: Path, name: str) -> None:
    (tmp_path / "面.png").write_bytes(picture())
    root = tmp_path / "夜航"
    root.mkdir()
    (root / "1.txt").write_text("雨停了。", encoding="utf-8")
    (root / "book.toml").write_text(f'[book]\ntitle = "夜航"\ncover = "{name}"\n', encoding="utf-8")
    with pytest.raises(BuilderError) as caught:
        read(discover(root), Config(book=BookConfig(cover=name)))
    assert caught.value.diagnostic.code == "R017"
    assert str(caught.value.location) == f"{root}/book.toml:3"


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", picture()[:50], picture("PPM"), b"<svg/>"]
)
def test_an_unreadable_cover_is_an_error(read_files: ReadFiles, content: bytes) -> None:
    with pytest.raises(BuilderError) as caught:
        read_files({"1.txt": "雨停了。", "cover.png": content})
    assert caught.value.diagnostic.code == "R018"


def test_a_cover_too_large_is_an_error(
    read_files: ReadFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets_module, "MAX_IMAGE_BYTES", 10)
    with pytest.raises(BuilderError) as caught:
        read_files({"1.txt": "雨停了。", "cover.png": picture()})
    assert caught.value.diagnostic.code == "R018"


def test_pictures_of_html_and_markdown_become_assets_once(read_files: ReadFiles) -> None:
    files: dict[str, str | bytes] = {
        "1.html": "<p>雨<img src='图/山%20水.png' alt='山水'>停</p><img src='./图/山 水.png?x=1'>",
        "2.md": "看![](图/山%20水.png)与![塔](另/山 水.png)与![塔](<另/山 水.png>)。",
        "图/山 水.png": picture(),
        "另/山 水.png": picture("JPEG"),
    }
    manuscript = read_files(files).manuscript
    names = [asset.name for asset in manuscript.assets]
    assert names[0] == "山-水.png"
    assert len(names) == len(set(names)) == 2
    assert manuscript.assets[1].media_type == "image/jpeg"
    found = [mark.value for mark in manuscript.marks if mark.kind is MarkKind.IMAGE]
    assert found == [names[0], names[0], names[0], names[1]]


def test_a_drawing_is_taken_without_what_runs(read_files: ReadFiles) -> None:
    files: dict[str, str | bytes] = {
        "1.html": "<p>印<img src=印.svg><img src=坏.svg></p>",
        "印.svg": b'<?xml version="1.0"?><svg><script>a()</script><rect id="b"/></svg>',
        "坏.svg": b"<svg><rect></svg>",
    }
    reading = read_files(files)
    (asset,) = reading.manuscript.assets
    assert (asset.name, asset.media_type) == ("印.svg", "image/svg+xml")
    assert b'id="b"' in asset.content
    assert b"script" not in asset.content
    assert [found.code for found in reading.diagnostics] == ["R020"]


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "AVIF"])
def test_pictures_of_scanners_and_cameras_are_taken(read_files: ReadFiles, kind: str) -> None:
    files: dict[str, str | bytes] = {"1.html": "<p>印<img src=印></p>", "印": picture(kind)}
    (asset,) = read_files(files).manuscript.assets
    assert asset.media_type == f"image/{kind.lower()}"


def test_two_pictures_of_one_name_keep_apart(read_files: ReadFiles) -> None:
    files: dict[str, str | bytes] = {
        "1.html": "<p><img src=a/图.png><img src=b/图.png><img src=cover.png></p>",
        "a/图.png": picture(),
        "b/图.png": picture(size=(9, 9)),
        "cover.png": picture(),
    }
    names = [asset.name for asset in read_files(files).manuscript.assets]
    assert len(set(names)) == len(names) == 4
    assert names[0] == "cover.png"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("没有.png", "R019"),
        ("../面.png", "R019"),
        ("", "R019"),
        ("%00.png", "R019"),
        ("夜" * 300, "R019"),
        ("坏.png", "R020"),
        ("https://example.org/a.png", "R021"),
        ("//example.org/a.png", "R021"),
        ("data:image/png;base64,AAAA", "R021"),
        ("file:///etc/hostname", "R021"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(
    read_files: ReadFiles, tmp_path: Path, source: str, code: str
) -> None:
    (tmp_path / "面.png").write_bytes(picture())
    reading = read_files({"1.html": f"<p>雨</p>\n<img src='{source}'>", "坏.png": b"x"})
    (found,) = reading.diagnostics
    assert found.code == code
    assert found.location is not None
    assert (found.location.line, found.location.column) == (2, 1)
    assert reading.manuscript.assets == ()
    assert reading.manuscript.text == "雨"


def test_all_pictures_together_have_a_limit(
    read_files: ReadFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets_module, "MAX_IMAGES_BYTES", len(picture()))
    files: dict[str, str | bytes] = {
        "1.html": "<p>雨<img src=a.png><img src=b.png></p>",
        "a.png": picture(),
        "b.png": picture(),
    }
    reading = read_files(files)
    assert [asset.name for asset in reading.manuscript.assets] == ["a.png"]
    assert [found.code for found in reading.diagnostics] == ["R020"]


def drawing_with(*pictures: bytes) -> str:
    shown = "".join(
        f'<image href="data:image/png;base64,{b64encode(one).decode()}"/>' for one in pictures
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{shown}</svg>'


def test_the_pictures_inside_a_drawing_count_together(
    read_files: ReadFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets_module, "MAX_DRAWN_PIXELS", 200)
    text = "# 第一章\n\n![图](a.svg)\n\n![图](b.svg)\n\n![图](c.svg)\n\n雨停了。\n"
    reading = read_files(
        {
            "1.md": text,
            "a.svg": drawing_with(picture()),
            "b.svg": drawing_with(picture(), picture(), picture()),
            "c.svg": drawing_with(picture()[:50]),
        }
    )
    assert [asset.name for asset in reading.manuscript.assets] == ["a.svg"]
    assert [one.code for one in reading.diagnostics if one.code == "R020"] == ["R020", "R020"]
