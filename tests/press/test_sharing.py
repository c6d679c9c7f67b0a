"""A face is in the file once, whoever sets in it: the press, or WeasyPrint for a hosted block."""

import inspect
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
import weasyprint.pdf
from weasyprint.pdf import fonts
from weasyprint.pdf.stream import Stream

from builder.check.pdf_text import pdf_to_streams
from builder.core.book import Asset
from builder.press import host
from builder.press.host import sharing
from builder.press.slabs import place
from tests.fonts.drawing import draw_font
from tests.judges import pdffonts, verapdf
from tests.press.assembling import SmallBook, prose, song
from tests.press.slab_documents import laid_out
from tests.press.test_embed import variable


def hosting(block: str, *, css: str = "", resources: tuple[Asset, ...] = ()) -> SmallBook:
    slabs = laid_out(block, css=css, resources=resources)
    book = prose(1, slabs=slabs)
    sheet = book.sheet()
    section = book.tree.kinds.index("Sect")
    sheet.slabs.append(place(slabs, 0, book.tree, parent=section, page=sheet.index, x=40, y=250))
    return book


def descendants(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    resources: Any = pdf.pages[-1].Resources.Font
    return {font.DescendantFonts[0].objgen for font in resources.values()}


def test_a_face_of_the_press_serves_hosted_blocks_too() -> None:
    book = hosting("<p>渡口的舟，一灯如豆。</p>")
    with book.opened() as pdf:
        assert len(pdf.pages[-1].Resources.Font.keys()) == 2
        assert len(descendants(pdf)) == 1
        assert pdf_to_streams(pdf).body.endswith("渡口的舟，一灯如豆。")


def test_a_face_that_only_hosted_blocks_use_is_cut_as_ours_are(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(hosting("<p>灯<b>粗</b></p>").assembled("pdf/ua-1", "pdf/a-2u").pdf)
    kinds = {
        font.name.partition("+")[2].split("-Identity")[0]: font.kind for font in pdffonts(path)
    }
    assert kinds["NotoSerifCJKsc-Bold-Codes-H"] == "CID Type 0C"
    assert verapdf(path, "ua1") == []
    assert verapdf(path, "2u") == []
    assert path.stat().st_size < 60_000


def test_characters_that_share_a_glyph_read_as_each_side_means_them() -> None:
    """The press reads the glyph of ⼀ and 一 as the one that it met first, the block as its own."""
    book = hosting("<p>⼀二</p>")
    book.sheets[1].line("一", book.tree.kinds.index("P"))
    with book.opened() as pdf:
        body = pdf_to_streams(pdf).body
    assert "一" in body
    assert body.endswith("⼀二")


def test_fonts_that_the_press_cannot_embed_weasyprint_embeds(tmp_path: Path) -> None:
    font = variable(tmp_path / "v.ttf")
    css = "@font-face { font-family: V; src: url('book:/v.ttf') } p { font-family: V, 'Noto Serif CJK SC' }"
    resources = (Asset("v.ttf", "font/ttf", font.read_bytes()),)
    book = hosting("<p>丁江</p>", css=css, resources=resources)
    assert [one.file for one in book.slabs.fonts] == [song()]
    with book.opened() as pdf:
        assert pdf_to_streams(pdf).body.endswith("丁江")
        assert len(descendants(pdf)) == 2


def test_a_font_of_the_style_sheet_is_shared_by_its_file(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "m.ttf", "Mine", "丁")
    css = "@font-face { font-family: Mine; src: url('book:/m.ttf') } p { font-family: Mine }"
    resources = (Asset("m.ttf", "font/ttf", font.read_bytes()),)
    slabs = laid_out("<p>丁</p>", css=css, resources=resources)
    [shared] = slabs.fonts
    assert list(shared.readings.values()) == ["丁"]
    assert shared.file != song()


def test_fonts_inside_groups_are_found() -> None:
    """A group has resources of its own, which name the object of all fonts."""
    book = hosting("<p style='opacity: 0.5'>半明半暗</p>")
    with book.opened() as pdf:
        [group] = list(pdf.pages[-1].Resources.XObject.values())
        names = {str(name) for name in group.Resources.Font}
        assert names == {str(name) for name in pdf.pages[-1].Resources.Font}


def test_a_font_whose_file_is_not_known_is_left_to_weasyprint() -> None:
    known: Any = SimpleNamespace(hash="ABCDEF")
    assert not sharing.TakenFonts().is_taken(known)


def test_a_document_of_its_own_embeds_its_fonts() -> None:
    made = weasyprint.HTML(string="<p style='font-family: Noto Serif CJK SC'>灯</p>").write_pdf()
    with pikepdf.open(BytesIO(made)) as pdf:
        [font] = pdf.pages[0].Resources.Font.values()
        assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor


# --- what of WeasyPrint this relies on ----------------------------------------------------------


def test_our_replacements_are_in_place_and_what_they_replace_is_used() -> None:
    assert Stream.add_font is sharing._noting_add_font
    assert weasyprint.pdf.build_fonts_dictionary is sharing._build_the_rest  # type: ignore[attr-defined]  # not exported
    assert "build_fonts_dictionary(pdf, document.fonts," in inspect.getsource(
        weasyprint.pdf.generate_pdf
    )
    read = "self.file_content = get_hb_object_data(self.hb_face)"
    assert read in inspect.getsource(weasyprint.pdf.fonts.Font.__init__)
    assert "stream.add_font(pango_font)" in inspect.getsource(
        inspect.getmodule(weasyprint.draw.text.draw_text)  # type: ignore[arg-type]  # it has one
    )


@pytest.mark.parametrize(
    "name",
    ["hash", "to_unicode", "bitmap", "png", "svg", "colr", "tables", "missing", "used_in_forms"],
)
def test_a_font_says_what_we_ask(name: str) -> None:
    assert name in fonts.Font.__init__.__code__.co_names
    assert host.SCHEME
