"""Q011: the PDF itself in the way"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q011(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    before = book.read_bytes()
    assert f"{book}: error Q011: " in printed(capsys, book, "--out", book, "--force")
    assert book.read_bytes() == before
    assert "Q011" not in printed(capsys, book, "--out", tmp_path / "sheets.pdf")
