"""Comments and forms lie over the page."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.check.printed import Edit, book, only, told


def _annotated(kind: str, flags: int = 0) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[9, 9, 99, 99], F=flags)
        shown = pdf.make_indirect(one)
        pdf.pages[2].Annots = Array([shown])
        pdf.Root.AcroForm = Dictionary(Fields=Array([shown]))

    return edit


@pytest.mark.parametrize("kind", ["/Text", "/FreeText", "/Highlight", "/Widget", "/Stamp"])
def test_what_lies_over_a_page_is_told(kind: str, tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", edit=_annotated(kind)))
    assert (found.code, str(found.severity)) == ("K417", "error")
    assert found.message.endswith(f"({kind.removeprefix('/')}): page 3")


def test_links_and_what_is_hidden_are_not(tmp_path: Path) -> None:
    assert set(told(book(tmp_path / "a.pdf", edit=_annotated("/Link")))) == {"K423"}
    assert told(book(tmp_path / "a.pdf", edit=_annotated("/Text", flags=2))) == {}
