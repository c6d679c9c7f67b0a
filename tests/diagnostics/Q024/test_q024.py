"""Q024: a page that is printed empty because what it draws cannot be read"""

import zlib
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q024(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 8)
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(book) as pdf:
        for page in (2, 4):
            content = pdf.pages[page].obj.Contents
            content.write(b"x\x9c" + b"\xff" * 40, filter=pikepdf.Name.FlateDecode)
        # Of several streams those that can be read are printed.
        last = pdf.pages[7].obj
        cut = pdf.make_stream(zlib.compress(b"0 0 9 9 re f " * 99)[:20])
        cut.Filter = pikepdf.Name.FlateDecode
        last.Contents = pikepdf.Array([last.Contents, cut])
        pdf.save(broken)
    found = printed(capsys, broken)
    assert f"{broken}#page=3: warning Q024: " in found
    assert "such pages: 3" in found
    with pymupdf.open(tmp_path / "broken.booklet.pdf") as sheets:
        words = sorted("".join(page.get_text() for page in sheets.pages()).split())
    assert words == [f"page{number}" for number in (1, 2, 4, 6, 7, 8)]
    assert "Q024" not in printed(capsys, book)
