"""Q010: another file in the way"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q010(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    other = write_book(tmp_path / "other.pdf", 1)
    before = other.read_bytes()
    assert f"{other}: error Q010: " in printed(capsys, book, "--out", other)
    assert other.read_bytes() == before
    assert "Q010" not in printed(capsys, book, "--out", other, "--force")
    assert "Q010" not in printed(capsys, book, "--out", other, "--bound", "right")
    broken = tmp_path / "broken.pdf"
    broken.write_text("no PDF at all", "utf-8")
    assert f"{broken}: error Q010: " in printed(capsys, book, "--out", broken)
    picture = tmp_path / "other.folding.png"
    picture.write_bytes(b"mine")
    assert main(["impose", str(book), "--out", str(other)]) == 7
    assert f"{picture}: error Q010: " in capsys.readouterr().err
    assert picture.read_bytes() == b"mine"
