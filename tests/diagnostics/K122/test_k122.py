"""A font that is only named is another font on another machine."""

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from builder.check import check_pdf
from tests.check.books import place, write_pdf


def test_a_font_that_is_only_named_is_found_once_at_its_first_page(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for page in pdf.pages:
            page.resources.Font["/F99"] = font
        pdf.save(path)
    found = [one for one in check_pdf(path) if one.code == "K122"]
    assert [(place(one), one.message) for one in found] == [
        ("page=1", "the font Helvetica is not embedded")
    ]


def test_embedded_fonts_and_drawn_fonts_are_not(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        drawn = Dictionary(Type=Name.Font, Subtype=Name.Type3)
        pdf.pages[0].resources.Font["/F98"] = pdf.make_indirect(drawn)
        pdf.save(path)
    assert "K122" not in [one.code for one in check_pdf(path)]
