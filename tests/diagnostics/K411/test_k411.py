"""A font that is only named is another font at the printer's."""

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from tests.check.printed import PROSE, book, only, told


def _named_font(pdf: pikepdf.Pdf) -> None:
    named = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Songti"))
    for page in pdf.pages:
        page.Resources.Font["/N"] = pdf.make_indirect(named)


USED = b"BT /N 12 Tf 200 300 Td (abc) Tj ET\n"


def test_a_font_that_is_used_and_only_named_is_told_once(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", [PROSE, USED, *[PROSE] * 22], edit=_named_font))
    assert (found.code, str(found.severity)) == ("K411", "error")
    assert found.message == "the font Songti is used and not embedded: page 2"


def test_it_is_found_inside_forms_too(tmp_path: Path) -> None:
    def in_a_form(pdf: pikepdf.Pdf) -> None:
        _named_font(pdf)
        fonts = pdf.pages[0].Resources.Font
        form = pdf.make_stream(
            USED, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 600],
            Resources=Dictionary(Font=Dictionary(N=fonts.N)),
        )  # fmt: skip
        pdf.pages[3].Resources.XObject["/X"] = form
        pdf.pages[3].Contents = pdf.make_stream(b"/X Do")

    assert only(book(tmp_path / "a.pdf", edit=in_a_form)).message.endswith("page 4")


def test_a_font_that_no_text_uses_is_silent(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", edit=_named_font)) == {}
