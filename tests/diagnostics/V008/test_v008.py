"""V008: somebody's picture in the way"""

from pathlib import Path

import pytest
from PIL import Image

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v008(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    mine = tmp_path / "mine.png"
    Image.new("RGB", (9, 9)).save(mine)
    before = mine.read_bytes()
    assert f"{mine}: error V008: " in printed(capsys, book, "--out", mine)
    assert mine.read_bytes() == before
    assert "V008" not in printed(capsys, book, "--out", mine, "--force")
    assert "V008" not in printed(capsys, book, "--out", mine)
