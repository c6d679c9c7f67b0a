"""V004: a page that cannot be drawn"""

from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from tests.preview.books import write_pages


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v004(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_pages(tmp_path / "book.pdf", 4)
    with pikepdf.open(book) as pdf:
        third = pdf.pages[2].obj.objgen[0]
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(book.read_bytes().replace(b"%d 0 obj" % third, b"%d 0 obx" % third))
    assert f"{broken}#page=3: warning V004: " in printed(capsys, broken, "--pages", "1-4")
    assert "V004" not in printed(capsys, broken, "--pages", "1,2,4")
