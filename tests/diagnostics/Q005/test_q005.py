"""Q005: pages that have no room at their own size"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q005(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    asked = (book, "--scale", "actual", "--sheet")
    assert "error Q005: pages of 148 × 210 mm have no room on A5" in printed(capsys, *asked, "A5")
    assert "Q005" not in printed(capsys, *asked, "A4")
    thick = printed(capsys, *asked, "A4", "--mill", "5mm", "--binding", "perfect")
    assert "each may have 144 × 210 mm" in thick
