"""Q025: no room for crop marks"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q025(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    assert "warning Q025: the pages fill A4" in printed(capsys, book, "--marks", "crop")
    assert "Q025" not in printed(capsys, book, "--marks", "crop", "--sheet", "SRA3")
    assert "Q025" not in printed(capsys, book, "--marks", "fold")
