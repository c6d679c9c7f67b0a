"""Q022: a booklet too thick to be stapled"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q022(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    thick = write_book(tmp_path / "thick.pdf", 84)
    assert "warning Q022: sheets in one another: 21;" in printed(capsys, thick)
    assert "Q022" not in printed(capsys, thick, "--signature", "16")
    assert "Q022" not in printed(capsys, write_book(tmp_path / "thin.pdf", 80))
