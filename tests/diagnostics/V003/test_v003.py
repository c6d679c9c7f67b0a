"""V003: a PDF without pages"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v003(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    assert "error V003: " in printed(capsys, write_pages(tmp_path / "none.pdf", 0))
    assert "V003" not in printed(capsys, book)
