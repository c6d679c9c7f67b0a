"""Q020: what cannot go onto sheets is told"""

from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from tests.impose.books import write_book


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["impose", *map(str, arguments), "--no-picture"])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_q020(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    assert "Q020" not in printed(capsys, book)
    linked = tmp_path / "linked.pdf"
    with pikepdf.open(book) as pdf:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            Dest=[pdf.pages[1].obj, pikepdf.Name.Fit],
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("第一章", 1))
        pdf.save(linked)
    assert f"{linked}: note Q020: sheets have no bookmarks, links: " in printed(capsys, linked)
