"""`builder themes`, and the theme that a build takes from the settings."""

import json
import zipfile
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.choices import THEMES
from builder.core.files import style


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "渡口"
    folder.mkdir()
    (folder / "01.txt").write_text("第一章 灯下\n\n　　船家等了30年，才把灯点上。\n", "utf-8")
    (folder / "book.toml").write_text(
        '[book]\ntitle = "渡口的人"\n[cover]\ndesign = "none"\n[output]\nformats = ["epub"]\n',
        "utf-8",
    )
    return folder


def built(book: Path, out: Path, *options: str) -> dict[str, str]:
    assert run("build", book, "--out", out, *options) == 0
    [path] = (out / "渡口").glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return {name: archive.read(name).decode() for name in names if not name.endswith(".jpg")}


def test_themes_are_listed_with_their_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("themes") == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in THEMES)
    assert 'theme = "mine.css"' in printed
    assert run("themes", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["themes"]
    assert [one["name"] for one in listed] == list(THEMES)
    assert all(one["description"] for one in listed)


def test_the_style_sheet_of_a_theme_is_printed_to_be_copied(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("themes", "song") == 0
    assert capsys.readouterr().out == style("themes/song.css")
    assert run("themes", "song", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"name": "song", "css": style("themes/song.css")}


def test_an_unknown_theme_is_answered_with_those_there_are(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("themes", "sung") == 3
    assert "plain, song, kai, sans, vertical" in capsys.readouterr().err
    assert run("build", book, "--set", "epub.theme=sung", "--out", tmp_path / "o") == 3
    wrong = capsys.readouterr().err
    assert "B003" in wrong
    assert all(name in wrong for name in THEMES)


def test_a_named_theme_is_in_the_book(book: Path, tmp_path: Path) -> None:
    files = built(book, tmp_path / "o", "--set", "epub.theme=kai")
    assert files["EPUB/styles/theme.css"] == style("themes/kai.css")


def test_a_theme_of_the_book_folder_is_in_the_book(book: Path, tmp_path: Path) -> None:
    (book / "mine.css").write_text("h1 { letter-spacing: 1em }", "utf-8")
    with (book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[epub]\ntheme = "mine.css"\n')
    assert built(book, tmp_path / "o")["EPUB/styles/theme.css"] == "h1 { letter-spacing: 1em }"


def test_a_theme_that_is_not_there_is_an_error(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", book, "--set", "epub.theme=no.css", "--out", tmp_path / "o") == 3
    assert "B026" in capsys.readouterr().err


def test_the_vertical_theme_asks_for_columns(book: Path, tmp_path: Path) -> None:
    files = built(book, tmp_path / "o", "--set", "epub.theme=vertical")
    assert 'page-progression-direction="rtl"' in files["EPUB/content.opf"]
    assert "EPUB/styles/columns.css" in files
    assert any('<span class="tcy">30</span>' in text for text in files.values())
