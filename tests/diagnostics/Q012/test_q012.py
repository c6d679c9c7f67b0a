"""Q012: sheets that are not called a PDF"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q012(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    assert "error Q012: " in printed(capsys, book, "--out", tmp_path / "sheets.png")
    assert "Q012" not in printed(capsys, book, "--out", tmp_path / "sheets.PDF")
