"""Q013: marks that nobody makes"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q013(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    assert "--marks: error Q013: “crops” is no kind" in printed(capsys, book, "--marks", "crops")
    assert "Q013" not in printed(capsys, book, "--marks", "fold, crop")
