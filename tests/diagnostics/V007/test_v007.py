"""V007: a picture that is not called a PNG"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v007(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    assert "error V007: " in printed(capsys, book, "--out", tmp_path / "a.jpg")
    assert "V007" not in printed(capsys, book, "--out", tmp_path / "a.png")
