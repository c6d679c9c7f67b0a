"""Q008: signatures for a binding that has none"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q008(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 20)
    for binding in ("saddle", "stack"):
        found = printed(capsys, book, "--signature", "8", "--binding", binding)
        assert f"--signature: error Q008: a {binding} binding has no signatures" in found
    for binding in ("sewn", "perfect"):
        assert "Q008" not in printed(capsys, book, "--signature", "8", "--binding", binding)
