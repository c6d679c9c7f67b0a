"""Q001: a file that is no PDF, or too broken to be one"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q001(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(book.read_bytes()[:200])
    text = tmp_path / "book.txt"
    text.write_text("第一章 灯下", "utf-8")
    for path in (broken, text, tmp_path / "没有.pdf"):
        assert f"{path}: error Q001: " in printed(capsys, path)
    assert "Q001" not in printed(capsys, book)
