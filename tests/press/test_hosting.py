"""What WeasyPrint lays out for the press: the pages before the book, and hosted blocks."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType

import pymupdf
import pytest
from PIL import Image

from builder.compose import compose_print
from builder.core.book import (
    Asset,
    Block,
    Book,
    Heading,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
)
from builder.core.book import Image as Picture
from builder.core.config import Config, PdfConfig
from builder.press.framing import frame_from
from builder.press.host import Host
from builder.press.hosting import Laid, lay_out
from tests.press.documents import PrintBook, novel, print_book, with_blocks


def cell(words: str) -> tuple[Text]:
    return (Text(words),)


TABLE = Table(((cell("船"), cell("渡资")), (cell("乌篷"), cell("两文"))), 1)
ROW = Table(((cell("一盏灯"),),))
ROW_PT = 14 + 2 * 2 + 2 * 0.4  # a line, padding and rules
NOTED = Table((((Text("船"), NoteRef("n1")),),))
NOTES = (Note("n1", (Paragraph(cell("一种小船。")),)),)


def laid(
    *blocks: Block,
    css: str = "",
    notes: tuple[Note, ...] = (),
    headed: Mapping[str, int] = MappingProxyType({}),
) -> Laid:
    section = Section("chapter", 1, "第一章", "灯下", blocks, id="c1")
    book = Book(Metadata("渡口", "zh-Hans"), body=(section,), notes=notes)
    config = replace(Config(), pdf=PdfConfig(engine="press", css="own.css" if css else ""))
    document = compose_print(book, config, modified="2026-01-01T00:00:00Z", user_css=css)
    host = Host(document.stylesheets, document.resources)
    frame = frame_from(document, host)
    page = frame.pages[frame.base.page, "recto", False]
    found = lay_out(document, host, page, leading=frame.base.leading, headed=headed)
    assert not host.remarks
    assert not host.refused
    return found


def test_the_front_is_cover_title_page_and_colophon_each_on_its_side() -> None:
    found = laid(Paragraph(cell("雨停了。")))
    assert found.front == ("cover", "", "title-page", "colophon")
    assert len(found.slabs.slabs) == 4
    assert not found.blocks


def test_a_hosted_block_is_as_high_as_what_it_holds() -> None:
    found = laid(TABLE, ROW)
    (table,), (row,) = (found.blocks["c1", (at,)] for at in (0, 1))
    assert [table.number, row.number] == [4, 5]
    assert table.height == pytest.approx(2 * (14 + 2 * 2) + 3 * 0.4, abs=0.5)
    assert row.height == pytest.approx(ROW_PT, abs=0.5)
    assert (table.characters, row.characters) == (7, 3)


def test_what_is_too_high_for_a_page_has_several_slabs() -> None:
    slabs = laid(Table(tuple((cell(f"第{n}盏灯"),) for n in range(60)))).blocks["c1", (0,)]
    assert len(slabs) == 3
    assert 23 * 17.85 < slabs[0].height < 25 * 17.85 + 0.1
    assert slabs[-1].height < 15 * 17.85
    assert [slab.number for slab in slabs] == [4, 5, 6]


def test_a_table_longer_than_a_page_has_its_caption_above_it_on_its_first_page() -> None:
    rows = tuple((cell(f"第{at}船"), cell("两文")) for at in range(60))
    blocks = (*(Paragraph(cell("雨停了。" * 20)),) * 4, Paragraph(cell("表一　各船")), Table(rows))
    book = Book(
        Metadata("渡口", "zh-Hans"),
        body=(Section("chapter", 1, "第一章", "灯下", blocks, id="c1"),),
    )
    with pymupdf.open(stream=print_book(book).pdf) as pdf:
        found = [page.get_text() for page in pdf]
    [page] = [page for page in found if "表一" in page]
    assert "第0船" in page
    assert "雨停了" not in page
    assert page.index("表一") < page.index("第0船")
    # And the rows that follow fill their pages as before.
    assert sum("两文" in one for one in found) == 3


def pages_of(*sections: Section) -> list[str]:
    book = Book(Metadata("渡口", "zh-Hans"), body=sections)
    with pymupdf.open(stream=print_book(book).pdf) as pdf:
        return [page.get_text() for page in pdf]


LONG = Table(tuple((cell(f"第{at}船"), cell("两文")) for at in range(60)))


@pytest.mark.parametrize("before", [(), (Paragraph(cell("雨停了。" * 90)),)])
def test_a_table_longer_than_a_page_begins_below_the_heading_of_its_section(
    before: tuple[Block, ...],
) -> None:
    table = Section("subchapter", 1, "", "各船名目", (LONG,), id="t1")
    chapter = Section("chapter", 1, "第一章", "灯下", before, (table,), id="c1")
    found = pages_of(chapter)
    [page] = [page for page in found if "第0船" in page]
    assert page.index("各船名目") < page.index("第0船")
    assert ("灯下" in page.partition("各船名目")[0]) == (not before)
    # And the rows that follow fill their pages as before.
    assert sum("两文" in one for one in found) == 3


def test_a_table_longer_than_a_page_opens_a_chapter_below_its_heading() -> None:
    [page] = [
        page
        for page in pages_of(Section("chapter", 1, "第一章", "灯下", (LONG,), id="c1"))
        if "第0船" in page
    ]
    assert page.index("灯下") < page.index("第0船") < page.index("第9船")


def test_a_table_longer_than_a_page_begins_below_a_heading_within_its_section() -> None:
    blocks = Paragraph(cell("雨停了。" * 90)), Heading(cell("各船名目"), 1), LONG
    found = pages_of(Section("chapter", 1, "第一章", "灯下", blocks, id="c1"))
    [page] = [page for page in found if "第0船" in page]
    assert page.index("各船名目") < page.index("第0船")


def test_a_table_below_a_heading_is_as_high_as_any() -> None:
    [(alone,)] = laid(TABLE).blocks.values()
    [(headed,)] = laid(TABLE, headed={"c1": 9}).blocks.values()
    assert headed.height == alone.height
    # Where a heading leaves too little of a page, none of it is kept for the heading.
    long, cramped = (laid(LONG, headed={"c1": rows}).blocks["c1", (0,)] for rows in (9, 24))
    assert long[0].height < cramped[0].height == laid(LONG).blocks["c1", (0,)][0].height


def test_a_table_after_a_paragraph_is_as_high_as_any() -> None:
    [(table,)] = laid(TABLE).blocks.values()
    [(led,)] = laid(Paragraph(cell("表一")), TABLE).blocks.values()
    assert led.height == table.height


def test_a_block_inside_a_quotation_keeps_its_inset_and_no_distance() -> None:
    found = laid(Quote((Paragraph(cell("船家说：")), ROW)))
    (slab,) = found.blocks["c1", (0, 1)]
    assert slab.height == pytest.approx(ROW_PT, abs=0.5)


def test_lists_are_set_by_the_press_and_what_is_hosted_in_them_has_its_place() -> None:
    found = laid(ListBlock(((Paragraph(cell("一项")),), (Paragraph(cell("二项")), ROW))))
    assert list(found.blocks) == [("c1", (0, 1, 1))]


def test_notes_stand_under_their_block() -> None:
    with_note, without = laid(NOTED, notes=NOTES), laid(Table(((cell("船"),),)))
    (noted,), (plain,) = with_note.blocks["c1", (0,)], without.blocks["c1", (0,)]
    assert noted.notes == ("n1",)
    assert noted.height == pytest.approx(plain.height + 13.5, abs=0.5)


def test_the_books_own_sheet_rules_hosted_blocks_too() -> None:
    wide = laid(TABLE, css="td, th { padding: 12pt 5pt }").blocks["c1", (0,)][0]
    assert wide.height == pytest.approx(2 * (14 + 2 * 12) + 3 * 0.4, abs=0.5)


def test_a_hosted_block_says_how_wide_it_is_and_where_it_begins() -> None:
    found = laid(TABLE, ROW)
    (table,), (row,) = (found.blocks["c1", (at,)] for at in (0, 1))
    measure = 28 * 10.5
    assert 40 < table.width < measure / 2
    assert table.left == pytest.approx((measure - table.width) / 2, abs=0.2)  # margin: auto
    assert row.width < table.width


@pytest.mark.parametrize("size", [(480, 640), (640, 480), (300, 900)])
def test_a_cover_of_the_books_own_fills_its_page_whatever_its_shape(
    print_book: PrintBook, size: tuple[int, int]
) -> None:
    content = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(content, "PNG")
    asset = Asset("cover.png", "image/png", content.getvalue())
    pressed = print_book(replace(novel(1, 1), assets=(asset,), cover="cover.png"))
    with pymupdf.open(stream=pressed.pdf) as pdf:
        shown = pdf[0].get_pixmap(dpi=20)
        corners = {shown.pixel(x, y) for x in (1, shown.width - 2) for y in (1, shown.height - 2)}
    assert all(red > 150 > 60 > green for red, green, _ in corners)


def test_of_a_paragraph_with_words_and_a_picture_the_picture_alone_is_hosted() -> None:
    seal = Asset(
        "seal.svg",
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="12pt" height="16pt"/>',
    )
    words = Paragraph((Text("挂着一方印"), Picture("seal.svg", "印"), Text("。")))
    section = Section("chapter", 1, "第一章", "灯下", (words,), id="c1")
    book = Book(Metadata("渡口", "zh-Hans"), body=(section,), assets=(seal,))
    document = compose_print(
        book, replace(Config(), pdf=PdfConfig(engine="press")), modified="2026-01-01T00:00:00Z"
    )
    (hosted,) = document.hosted
    assert hosted.path == (0, -1)
    assert "挂着" not in hosted.html
    assert 'alt="印"' in hosted.html


def test_a_picture_that_stands_among_words_again_and_again_is_laid_out_once() -> None:
    squares = [
        Asset(
            f"{name}.svg",
            "image/svg+xml",
            b'<svg xmlns="http://www.w3.org/2000/svg" width="12pt" height="12pt">'
            b'<rect width="12" height="12" fill="%b"/></svg>' % colour,
        )
        for name, colour in (("red", b"#c00000"), ("green", b"#00c000"))
    ]
    seals = [Picture("red.svg", "朱"), Picture("green.svg", "绿"), Picture("red.svg", "朱")]
    words = [part for seal in seals for part in (Text("一方印"), seal)]
    blocks = Paragraph(tuple(words)), Paragraph((Text("又一方印"), seals[1]))
    book = with_blocks(*blocks, assets=tuple(squares))
    document = compose_print(
        book, replace(Config(), pdf=PdfConfig(engine="press")), modified="2026-01-01T00:00:00Z"
    )
    host = Host(document.stylesheets, document.resources)
    frame = frame_from(document, host)
    found = lay_out(document, host, frame.pages[frame.base.page, "recto", False])
    numbers = {path: slab.number for (_, path), (slab,) in found.blocks.items()}
    assert numbers[0, -1] == numbers[0, -3] != numbers[0, -2] == numbers[1, -1]
    assert len(found.slabs.slabs) == len(found.front) + 2

    pressed = print_book(book)
    with pymupdf.open(stream=pressed.pdf) as pdf:
        page = next(page for page in pdf if "又一方印" in page.get_text())
        filled = [drawing["fill"] for drawing in page.get_drawings() if drawing["fill"]]
    assert [fill[1] > fill[0] for fill in filled if max(fill) > 0.5] == [False, True, False, True]
