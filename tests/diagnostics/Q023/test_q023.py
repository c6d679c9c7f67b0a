"""Q023: a PDF that had to be mended"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q023(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(book.read_bytes().replace(b"startxref", b"startxxxx"))
    assert f"{damaged}: warning Q023: " in printed(capsys, damaged)
    assert "Q023" not in printed(capsys, book)
