"""V001: a file that is no PDF, or too broken to be one"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v001(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(book.read_bytes()[:200])
    text = tmp_path / "text.pdf"
    text.write_text("第一章 灯下", "utf-8")
    for path in (broken, text, tmp_path / "没有.pdf"):
        assert f"{path}: error V001: " in printed(capsys, path)
    assert "V001" not in printed(capsys, book)
