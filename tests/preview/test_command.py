"""`builder preview`: a picture beside a PDF, or of a book that has no PDF yet."""

import json
from pathlib import Path

import pytest
from PIL import Image

from builder.cli import main
from tests.preview.books import write_pages


def run(*arguments: str | Path) -> int:
    return main(["preview", *map(str, arguments)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "渡口"
    folder.mkdir()
    for number, title in ((1, "灯下"), (2, "对岸")):
        text = f"第{'一二'[number - 1]}章 {title}\n\n" + "　　雨停了，船也走了。\n" * 60
        (folder / f"0{number}.txt").write_text(text, "utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "渡口的人"\n', "utf-8")
    return folder


def test_a_picture_lies_beside_its_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = write_pages(tmp_path / "a.pdf", 40)
    for _ in range(2):
        assert run(pdf) == 0
    picture = tmp_path / "a.preview.png"
    with Image.open(picture) as image:
        assert image.width == pytest.approx(2000, rel=0.1)
    printed = capsys.readouterr().out
    assert f"{picture}  " in printed
    assert "pages 1–3, 20–21, 40 of 40" in printed


def test_a_pdf_by_another_name_is_a_pdf(tmp_path: Path) -> None:
    pdf = write_pages(tmp_path / "a.bin", 4)
    assert run(pdf, "--out", tmp_path / "p.PNG") == 0


def test_a_book_is_set_and_shown_and_no_other_file_is_written(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(book, "--json", "--pages", "cover,opener", "--width", "600") == 0
    told = json.loads(capsys.readouterr().out)
    picture = Path("dist/渡口/渡口.preview.png")
    assert told["path"] == str(picture)
    assert told["bytes"] == picture.stat().st_size
    assert told["width"] == pytest.approx(600, rel=0.1)
    assert told["pages"][0] == 1
    assert len(told["pages"]) == 3
    assert [path.name for path in picture.parent.iterdir()] == [picture.name]


def test_the_options_of_a_build_hold(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = set()
    for options in (
        (),
        ("--single",),
        ("--device", "kobo-libra"),
        ("--vertical",),
        ("--set", "pdf.trim=B6"),
        ("--to", "zh-Hant"),
    ):
        out = tmp_path / "p.png"
        assert run(book, "--out", out, "--width", "600", *options) == 0
        pictures.add(out.read_bytes())
    assert len(pictures) == 6


def test_one_volume_of_a_split_book_is_shown(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in ((1, "风起"), (2, "云涌")):
        path = book / f"0{number}.txt"
        text = path.read_text("utf-8")
        path.write_text(f"第{'一二'[number - 1]}卷 {name}\n\n{text}", "utf-8")
    split = ("--set", "structure.split=volume", "--width", "400")
    assert run(book, "--volume", "2", *split) == 0
    assert Path("dist/渡口/渡口.02.preview.png").is_file()
    assert run(book, "--volume", "3", *split) == 3
    assert "error V009: there is no volume 3; the book has 2" in capsys.readouterr().err


def test_a_book_that_cannot_be_read_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "没有") == 4
    assert "R001" in capsys.readouterr().err
