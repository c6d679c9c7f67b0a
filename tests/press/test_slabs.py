"""Hosted blocks in our pages: seen where they are placed, tagged, linked, judged."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pydyf
import pymupdf
import pytest

from builder.check.pdf_text import pdf_to_streams
from builder.core.files import style
from builder.press.host.handover import hand_over
from builder.press.slabs import Slab, Slabs, place
from builder.press.tree import Tree
from tests.judges import qpdf_check, verapdf
from tests.press.assembling import SmallBook, elements, prose, walked
from tests.press.slab_documents import laid_out
from tests.press.test_pictures import asset, drawn

BROKEN = "<table><tr><th>头</th></tr><tr><td>1</td><td>文</td></tr><tr><th>侧</th><td>文</td><td>三</td></tr></table>"
TABLE = """<table><tr><th>船</th><th>灯</th></tr>
<tr><td>一</td><td></td></tr><tr><td>二</td><td>三</td></tr></table>"""
LIST = "<ol><li><p>甲</p></li><li>乙<ul><li>丙</li></ul></li></ol>"
LINKS = '<p>见<a href="book:/in#ch0">第一章</a>和<a href="https://example.org/">网</a></p>'
PICTURE = '<figure><img src="book:/a.png" alt="江边"><figcaption>图一</figcaption></figure>'


def hosting(*blocks: str, css: str = "", wrapper: str = "div") -> SmallBook:
    """A book with each block on a page between two lines of text."""
    picture = asset(drawn())
    slabs = laid_out(*blocks, css=css, resources=[picture], wrapper=wrapper)
    book = prose(1, slabs=slabs)
    section = book.tree.kinds.index("Sect")
    for number in range(len(blocks)):
        sheet = book.sheet()
        sheet.line("在前。", book.tree.add("P", section))
        sheet.slabs.append(
            place(slabs, number, book.tree, parent=section, page=sheet.index, x=40, y=250)
        )
        sheet.line("在后。", book.tree.add("P", section))
    return book


def pictured(alt: str) -> SmallBook:
    """A book with a picture; `alt` describes it."""
    return hosting(PICTURE.replace("江边", alt))


@pytest.mark.parametrize("block", [TABLE, BROKEN, LIST, LINKS, PICTURE])
def test_the_judges_find_no_fault(block: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(hosting(block).assembled("pdf/ua-1", "pdf/a-2u").pdf)
    assert qpdf_check(path) == []
    assert verapdf(path, "ua1") == []
    assert verapdf(path, "2u") == []


def test_the_text_comes_in_the_order_of_reading() -> None:
    with hosting(TABLE, LINKS).opened() as pdf:
        assert pdf_to_streams(pdf).body.endswith("在前。船灯一二三在后。在前。见第一章和网在后。")


def test_a_slab_is_painted_where_it_is_placed() -> None:
    """Slabs are 300 by 200 pt; the picture stands in the upper left corner of this one."""
    css = "body, figure, img { margin: 0; display: block } img { width: 60pt }"
    with pymupdf.open("pdf", hosting(PICTURE, css=css).assembled().pdf) as document:
        shown = document[2].get_pixmap()
    top = round(595.28 - 450)
    assert shown.pixel(45, top + 5) == (200, 0, 0)
    assert shown.pixel(95, top + 5) == (0, 200, 0)
    assert shown.pixel(105, top + 5) == shown.pixel(45, top - 3) == (255, 255, 255)


def test_a_figure_knows_where_it_stands_on_the_page() -> None:
    css = "body, figure, img { margin: 0; display: block } img { width: 60pt }"
    with hosting(PICTURE, css=css).opened() as pdf:
        [figure] = [one for one in elements(pdf) if str(one.S) == "/Figure"]
        assert [float(edge) for edge in figure.A.BBox] == [40, 390, 100, 450]
        assert str(figure.Alt) == "江边"


def test_tables_keep_empty_cells_and_headers() -> None:
    with hosting(TABLE).opened() as pdf:
        cells = [one for one in elements(pdf) if str(one.S) in {"/TD", "/TH"}]
        heads = {str(one.ID) for one in cells if str(one.S) == "/TH"}
        assert len(cells) == 6
        assert {
            str(head) for one in cells if "/Headers" in one.A for head in one.A.Headers
        } == heads
        names = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        assert heads < {str(name) for name in names[::2]}
        assert [str(name) for name in names[::2]] == sorted(str(name) for name in names[::2])


def test_items_of_a_list_have_labels_and_bodies_and_nothing_else() -> None:
    with hosting(LIST).opened() as pdf:
        kinds = list(walked(pdf.Root.StructTreeRoot.K))
        inside = {
            child
            for at, (depth, kind) in enumerate(kinds)
            if kind == "/LI"
            for level, child in kinds[at + 1 :]
            if level == depth + 1
        }
        assert {"/Lbl", "/LBody"} <= inside


def test_the_head_of_a_table_is_read_once_though_every_page_shows_it(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{row}</td><td>舟</td></tr>" for row in range(30))
    slabs = laid_out(f"<table><thead><tr><th>头</th><th>船</th></tr></thead>{rows}</table>")
    assert len(slabs.slabs) > 2
    book = prose(1, slabs=slabs)
    for number in range(len(slabs.slabs)):
        sheet = book.sheet()
        section = book.tree.kinds.index("Sect")
        sheet.slabs.append(place(slabs, number, book.tree, parent=section, page=sheet.index))
    path = tmp_path / "a.pdf"
    path.write_bytes(book.assembled("pdf/ua-1", "pdf/a-2u").pdf)
    assert verapdf(path, "ua1") == []
    assert verapdf(path, "2u") == []
    with pikepdf.open(path) as pdf:
        assert pdf_to_streams(pdf).body.count("头") == 1
    with pymupdf.open(path) as document:
        assert all("头" in page.get_text() for page in document.pages(2))


def test_what_holds_only_the_block_is_left_out() -> None:
    """The press has articles, sections and items of its own around it."""
    wrapped = f"<article><section><ul><li>{TABLE}</li></ul></section></article>"
    css = "li { list-style: none }"
    for blocks in (wrapped, f"<div><div>{LINKS}</div></div>"):
        slab = laid_out(blocks, css=css).slabs[0]
        assert [slab.elements[root].kind for root in slab.roots] in (["Table"], ["P"])
        assert {slab.elements[link.element].kind for link in slab.links} <= {"Link"}


def test_a_table_without_words_in_an_item_leaves_no_gap() -> None:
    with hosting("<ul><li><table><tr><td></td></tr></table></li></ul>").opened() as pdf:
        kinds = {str(one.S) for one in elements(pdf)}
    assert {"/LBody", "/Table", "/TD"} <= kinds


def test_links_lead_into_the_book_and_the_web() -> None:
    with hosting(LINKS).opened() as pdf:
        inner, outer = pdf.pages[2].Annots
        assert inner.Dest[0].objgen == pdf.pages[1].obj.objgen
        assert str(inner.Contents) == "第一章"
        assert str(outer.A.URI) == "https://example.org/"
        left, bottom, right, top = (float(edge) for edge in inner.Rect)
        assert 40 <= left < right <= 340
        assert 250 <= bottom < top <= 450


def test_anchors_of_slabs_can_be_linked_to() -> None:
    book = hosting('<p id="table-1">一</p>')
    [link] = book.sheets[0].links
    book.sheets[0].links = [replace(link, target="#table-1")]
    with book.opened() as pdf:
        goal = pdf.pages[0].Annots[0].Dest
        assert goal[0].objgen == pdf.pages[2].obj.objgen
        assert 250 < float(goal[3]) <= 450


def test_furniture_of_slabs_stays_furniture() -> None:
    css = "@page { margin-bottom: 30pt; @bottom-center { content: '页' } }"
    with hosting("<p>一</p>", css=css).opened() as pdf:
        assert "页" not in pdf_to_streams(pdf).body


def test_only_what_a_page_uses_is_among_its_resources() -> None:
    with hosting(PICTURE, TABLE).opened() as pdf:
        with_picture, without = pdf.pages[2], pdf.pages[3]
        assert len(with_picture.Resources.XObject.keys()) == 1
        assert "/XObject" not in without.Resources
        assert pdf.pages[1].Resources.keys() == {"/Font"}


def test_characters_that_share_a_glyph_read_as_they_were_written() -> None:
    with hosting("<p>⼀一</p>").opened() as pdf:
        assert "⼀一" in pdf_to_streams(pdf).body


def test_a_whole_page_can_be_a_slab(tmp_path: Path) -> None:
    slabs = laid_out("<h1>江上灯火</h1>", css="@page { size: 419.53pt 595.28pt }")
    book = SmallBook(slabs=slabs)
    sheet = book.sheet()
    sheet.slabs.append(place(slabs, 0, book.tree, parent=0, page=0))
    path = tmp_path / "a.pdf"
    path.write_bytes(book.assembled("pdf/ua-1", "pdf/a-2u").pdf)
    assert verapdf(path, "ua1") == []
    with pymupdf.open(path) as document:
        assert document[0].get_text().strip() == "江上灯火"


def test_the_same_blocks_give_the_same_bytes() -> None:
    assert hosting(TABLE, PICTURE).assembled().pdf == hosting(TABLE, PICTURE).assembled().pdf


@pytest.mark.parametrize(
    ("css", "is_rgb"), [("p { color: device-cmyk(0 1 1 0) }", False), ("p { color: red }", True)]
)
def test_colours_of_printing_inks_are_noticed(css: str, *, is_rgb: bool) -> None:
    assert laid_out("<p>一</p>", css=css).is_rgb is is_rgb


def test_no_pages_are_no_slabs() -> None:
    assert hand_over(pydyf.PDF()) == Slabs()


def test_marks_are_numbered_on() -> None:
    slab = Slab((b"/P <</MCID ", b">> BDC EMC /P <</MCID ", b">> BDC EMC"), (), (), (0, 0))
    assert slab.content(7, 1.5, 0) == (
        b"q 1 0 0 1 1.5 0 cm\n/P <</MCID 7>> BDC EMC /P <</MCID 8>> BDC EMC\nQ\n"
    )


def test_parents_are_those_of_the_place() -> None:
    slabs = laid_out("<p>一</p>")
    tree = Tree()
    section = tree.add("Sect")
    placed = place(slabs, 0, tree, parent=section, page=0)
    assert tree.parents[placed.first_element] == section
    assert (placed.first_mcid, tree.mark_count(0)) == (0, 1)
    again = place(slabs, 0, tree, parent=section, page=0)
    assert again.first_mcid == 1


def test_numbers_in_narrow_columns_are_not_broken() -> None:
    """Rule 20 of typesetting; elsewhere the style sheet of print lets words break anywhere."""
    table = f"<table><tr><td>12,345</td><td>{'很长的文字' * 40}</td></tr></table>"
    slabs = laid_out(table, css=style("print.css"))
    [slab] = [one for one in slabs.slabs if one.elements]
    cell = next(one for one in slab.elements if one.kind == "TD")
    assert len(cell.kids) == 1  # a line
