"""Q006: paper that nobody makes"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q006(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    for name in ("SRA33", "A4x", "0x0", "5mx5m"):
        found = printed(capsys, book, "--sheet", name)
        assert f"--sheet: error Q006: “{name}” is no sheet" in found
    assert "did you mean SRA3?" in printed(capsys, book, "--sheet", "SRA33")
    for name in ("sra3", "letter", "8開", "320x450mm", "8.5×11in"):
        assert "Q006" not in printed(capsys, book, "--sheet", name)
