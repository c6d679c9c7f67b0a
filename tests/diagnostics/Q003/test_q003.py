"""Q003: a PDF without pages"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q003(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "error Q003: " in printed(capsys, write_book(tmp_path / "none.pdf", 0))
    assert "Q003" not in printed(capsys, write_book(tmp_path / "one.pdf", 1))
