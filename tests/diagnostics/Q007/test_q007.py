"""Q007: a signature that no sheet can be folded to"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q007(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 20)
    found = printed(capsys, book, "--signature", "18")
    assert "error Q007: a signature of 18 pages cannot be folded: a sheet has 4 of them" in found
    assert "--signature 16" in found
    folded = printed(capsys, book, "--signature", "8", "--folds", "3")
    assert "a sheet has 16 of them" in folded
    assert "Q007" not in printed(capsys, book, "--signature", "12")
