"""V002: a PDF behind a password"""

from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v002(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    for user, is_locked in (("secret", True), ("", False)):
        locked = tmp_path / "locked.pdf"
        with pikepdf.open(book) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user=user))
        assert (f"{locked}: error V002: " in printed(capsys, locked)) is is_locked
