"""`builder cover`, and the cover that a build draws."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from PIL import Image
from pypdf import PdfReader

from builder.cli import main
from builder.covers import is_drawn


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "渡口"
    folder.mkdir()
    (folder / "01.txt").write_text("第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n", "utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "渡口的人"\ncreators = ["沈砚"]\n', "utf-8")
    return folder


def a_picture(path: Path) -> Path:
    Image.new("RGB", (600, 800), "navy").save(path)
    return path


def pixels(content: bytes) -> bytes:
    """What a picture shows, whatever its file says beside that."""
    with Image.open(BytesIO(content)) as image:
        return image.tobytes()


def test_a_cover_is_drawn_where_the_books_files_are(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("cover", book) == 0
    drawn = Path("dist/渡口/渡口.cover.jpg")
    with Image.open(drawn) as image:
        assert image.size == (1600, 2400)
    assert str(drawn) in capsys.readouterr().out
    assert run("cover", book, "--all", "--to", "zh-Hant") == 0
    assert Path("dist/渡口/渡口.zh-Hant.covers.jpg").is_file()
    assert "--design" in capsys.readouterr().out


def test_the_options_choose_and_the_result_can_be_json(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "c.jpg"
    contents = set()
    for options in (
        ("--design", "moon"),
        ("--design", "moon", "--colour", "plum"),
        ("--design", "moon", "--colour", "plum", "--set", "cover.writing=horizontal"),
        ("--design", "minimal"),
        ("--design", "minimal", "--vertical"),
    ):
        assert run("cover", book, "--out", out, "--json", *options) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == {
            "path": str(out),
            "design": options[1],
            "bytes": out.stat().st_size,
            "diagnostics": [],
        }
        contents.add(out.read_bytes())
    assert len(contents) == 5


def test_what_cannot_be_a_design_or_a_colour_is_told(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cover", book, "--design", "moo") == 3
    assert "moon" in capsys.readouterr().err
    assert run("cover", book, "--colour", "turquoise") == 3
    assert "indigo" in capsys.readouterr().err


def test_a_picture_of_the_users_is_not_written_over(book: Path, tmp_path: Path) -> None:
    mine = a_picture(tmp_path / "mine.jpg")
    before = mine.read_bytes()
    assert run("cover", book, "--out", mine) == 7
    assert mine.read_bytes() == before
    assert run("cover", book, "--out", mine, "--force") == 0
    assert is_drawn(mine.read_bytes())
    assert run("cover", book, "--out", mine, "--design", "seal") == 0


def test_the_books_own_cover_is_safe_but_one_that_was_drawn_may_change(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = a_picture(book / "cover.jpg")
    assert run("cover", book, "--out", own, "--force") == 7
    own.unlink()
    assert run("cover", book, "--out", own, "--design", "moon") == 0
    first = own.read_bytes()
    assert run("cover", book, "--out", own, "--design", "seal") == 0
    assert own.read_bytes() != first
    assert "E042" not in capsys.readouterr().err
    with (book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('cover = "cover.jpg"\n')
    assert run("cover", book, "--out", own) == 0
    assert "E042" not in capsys.readouterr().err


def test_a_character_without_a_font_is_told(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.toml").write_text('[book]\ntitle = "长\U0010fffd夜"\n', "utf-8")
    assert run("cover", book, "--out", tmp_path / "c.jpg") == 0
    assert "E041" in capsys.readouterr().err


def test_a_folder_in_the_way_is_told(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "c.jpg"
    folder.mkdir()
    assert run("cover", book, "--out", folder) == 7
    assert "B010" in capsys.readouterr().err


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_a_built_book_opens_with_its_cover_in_epub_and_pdf(book: Path, tmp_path: Path) -> None:
    assert run("build", book, "--out", tmp_path) == 0
    assert run("cover", book, "--out", tmp_path / "c.jpg") == 0
    drawn = (tmp_path / "c.jpg").read_bytes()
    with zipfile.ZipFile(tmp_path / "渡口" / "渡口.epub") as archive:
        assert pixels(archive.read("EPUB/images/cover.jpg")) == pixels(drawn)
        package = archive.read("EPUB/content.opf").decode()
        assert "images/cover.jpg" in archive.read("EPUB/text/cover.xhtml").decode()
    assert 'properties="cover-image"' in package
    assert package.index('idref="cover"') < package.index('idref="title-page"')
    (picture,) = PdfReader(tmp_path / "渡口" / "渡口.pdf").pages[0].images
    # As large as the page, at 304 dots an inch.
    with Image.open(BytesIO(picture.data)) as image:
        assert image.size == (1772, 2514)
    assert run("check", tmp_path / "渡口" / "渡口.epub", "--against", book) == 0


@pytest.mark.parametrize(
    "settings", [("pdf.trim=A4",), ("pdf.trim=5x8in", "pdf.bleed=3mm"), ("cover.writing=vertical",)]
)
def test_the_cover_of_a_pdf_fills_its_page_with_300_pixels_an_inch(
    book: Path, tmp_path: Path, settings: tuple[str, ...]
) -> None:
    words = [word for setting in settings for word in ("--set", setting)]
    assert run("build", book, "--format", "pdf", "--out", tmp_path, *words) == 0
    with pymupdf.open(tmp_path / "渡口" / "渡口.pdf") as document:
        page = document[0]
        (picture,) = page.get_image_info()
        left, top, right, bottom = picture["bbox"]
        assert (left, top) == pytest.approx((0, 0), abs=0.6)
        assert (right, bottom) == pytest.approx((page.rect.width, page.rect.height), abs=0.6)
        assert picture["width"] / (right - left) * 72 >= 300
        assert picture["height"] / (bottom - top) * 72 >= 300
        # Nothing is stretched.
        shape = picture["width"] / picture["height"]
        assert (right - left) / (bottom - top) == pytest.approx(shape, rel=0.002)


def test_a_book_of_words_is_a_choice(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--set", "cover.design=none", "--format", "epub", "--out", tmp_path)
    assert run("build", book, *options) == 0
    with zipfile.ZipFile(tmp_path / "渡口" / "渡口.epub") as archive:
        assert "EPUB/images/cover.jpg" not in archive.namelist()
        assert "渡口的人" in archive.read("EPUB/text/cover.xhtml").decode()
    assert "E040" not in capsys.readouterr().err


def test_the_command_draws_although_a_build_would_not(book: Path, tmp_path: Path) -> None:
    with (book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[cover]\ndesign = "none"\n')
    assert run("cover", book, "--out", tmp_path / "c.jpg") == 0
    assert is_drawn((tmp_path / "c.jpg").read_bytes())


def test_every_volume_of_a_split_book_has_a_cover_in_a_colour_of_its_own(
    book: Path, tmp_path: Path
) -> None:
    for volume, (name, chapter) in enumerate((("风起", "灯下"), ("云涌", "对岸")), start=1):
        text = f"第{'一二'[volume - 1]}卷 {name}\n\n第{'一二'[volume - 1]}章 {chapter}\n\n　　雨停了，船也走了。\n"
        (book / f"0{volume}.txt").write_text(text, "utf-8")
    split = ("--set", "structure.split=volume", "--set", "cover.design=stitched")
    assert run("build", book, "--format", "epub", "--out", tmp_path, *split) == 0
    cloths = []
    for volume in (1, 2):
        with zipfile.ZipFile(tmp_path / "渡口" / f"渡口.0{volume}.epub") as archive:
            content = archive.read("EPUB/images/cover.jpg")
        with Image.open(BytesIO(content)) as image:
            cloths.append(image.resize((1, 1), box=(1000, 1000, 1300, 1600)).getpixel((0, 0)))
    assert len(set(cloths)) == 2


def test_both_scripts_of_a_book_have_the_same_design(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    designs = set()
    for title in ("渡口的灯", "长夜", "归途", "水账", "书剑"):
        settings = f'[book]\ntitle = "{title}"\n'
        (book / "book.toml").write_text(settings, "utf-8")
        pair = set()
        for to in ((), ("--to", "zh-Hant-TW")):
            assert run("cover", book, "--out", tmp_path / "c.jpg", "--json", *to) == 0
            pair.add(json.loads(capsys.readouterr().out)["design"])
        assert len(pair) == 1
        designs |= pair
    assert len(designs) > 1
