"""Q021: pages so small that nobody can read them"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import A5, write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q021(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = write_book(tmp_path / "large.pdf", 4, size=(A5[0] * 2, A5[1] * 2))
    assert "warning Q021: the pages are made smaller, to 50%" in printed(capsys, large)
    assert "Q021" not in printed(capsys, large, "--sheet", "A3")
