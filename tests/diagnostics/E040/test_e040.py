"""Needs a machine without Chinese fonts."""

import zipfile
from pathlib import Path

import pytest

from builder.cli import main
from builder.covers import typefaces
from tests.diagnostics.test_diagnostics import lines_of

SAID = """\
warning E040: no cover was drawn: no installed font has Chinese characters for zh-Hans
  hint: the book opens with a page of words; install a Chinese font, put cover.jpg beside the text, or set [cover] design = "none\""""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "长夜.txt"
    path.write_text("第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n", "utf-8")
    return path


@pytest.fixture
def _without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "installed_faces", tuple)
    monkeypatch.setattr(typefaces, "faces_of", lambda _family: ())


@pytest.mark.usefixtures("_without_fonts")
def test_a_book_without_fonts_opens_with_words_and_says_why(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(book), "--format", "epub", "--out", str(tmp_path)]) == 0
    assert lines_of("E040", capsys.readouterr().err) == SAID
    with zipfile.ZipFile(tmp_path / "长夜" / "长夜.epub") as archive:
        assert "EPUB/images/cover.jpg" not in archive.namelist()


def test_near_miss_a_book_with_fonts(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(book), "--format", "epub", "--out", str(tmp_path)]) == 0
    assert lines_of("E040", capsys.readouterr().err) == ""


@pytest.mark.usefixtures("_without_fonts")
def test_near_miss_a_book_that_wants_no_picture(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--set", "cover.design=none", "--format", "epub", "--out", str(tmp_path)]
    assert main(["build", str(book), *options]) == 0
    assert lines_of("E040", capsys.readouterr().err) == ""
