"""V005: pages that are not there"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v005(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    for asked in ("5", "2-5", "0", "coverr"):
        assert f"--pages: error V005: “{asked}” names no page of 4" in printed(
            capsys, book, "--pages", asked
        )
    assert "V005" not in printed(capsys, book, "--pages", "1-4,end")
