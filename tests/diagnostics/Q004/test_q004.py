"""Q004: a page without a size"""

from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q004(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 3)
    near = tmp_path / "near.pdf"
    wrong = tmp_path / "wrong.pdf"
    for box, unit, is_found in (
        ([0, 0, 0, 0], 1, True),
        ([0, 0, 10**12, 500], 1, True),
        ([0, 0, 400, 600], 100, True),
        ([0, 0, 14400, 14400], 1, False),
        ([600, 800, 0, 0], 1, False),
    ):
        path = wrong if is_found else near
        with pikepdf.open(book) as pdf:
            pdf.pages[1].obj.MediaBox = pikepdf.Array(box)
            pdf.pages[1].obj.UserUnit = unit
            pdf.save(path)
        assert (f"{path}#page=2: error Q004: " in printed(capsys, path)) is is_found
