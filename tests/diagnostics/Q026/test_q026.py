"""Q026: pages of several sizes"""

from pathlib import Path

import pytest

from builder.cli import main
from tests.impose.books import A5, MM, write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q026(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [A5, A5, (A5[1], A5[0]), A5, (100 * MM, 150 * MM)]
    mixed = write_book(tmp_path / "mixed.pdf", 5, sizes=sizes)
    found = printed(capsys, mixed)
    assert "warning Q026: pages of another size than 148 × 210 mm: 2; " in found
    assert "so as to fit: 1" in found
    nearly = [A5, (A5[0] + 1, A5[1]), A5, A5, A5]
    assert "Q026" not in printed(capsys, write_book(tmp_path / "near.pdf", 5, sizes=nearly))
