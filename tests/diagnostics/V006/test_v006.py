"""V006: too many pages for one picture"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v006(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    long = write_pages(tmp_path / "long.pdf", 201)
    found = printed(capsys, long, "--pages", "1-201", "--width", "400")
    assert "--pages: error V006: more than 200 pages" in found
    assert "V006" not in printed(capsys, long, "--pages", "1-20", "--width", "400")
    assert "V006" not in printed(capsys, book, "--pages", "1-,1-,2-")
