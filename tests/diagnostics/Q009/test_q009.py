"""Q009: a thickness that is none"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q009(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    for text in ("thick", "0.1", "-1mm", "2mm"):
        assert f"--paper: error Q009: “{text}” is no length from 0 to 1 mm" in printed(
            capsys, book, f"--paper={text}"
        )
    assert "--mill: error Q009: " in printed(capsys, book, "--mill", "1m")
    for text in ("0", "0.12mm", "0.004in"):
        assert "Q009" not in printed(capsys, book, "--paper", text)
