"""Pages of the printed edition: found in the files of the EPUB, and marked there."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from builder.compose import compose
from builder.compose.page_marks import Mark, with_marks
from builder.compose.xhtml import Medium, block_to_xhtml
from builder.core.book import (
    Block,
    Book,
    Break,
    Emphasis,
    Figure,
    Image,
    Link,
    ListBlock,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Table,
    Text,
    Verse,
)
from builder.core.config import Config
from builder.core.page_starts import BEFORE_ALL, PageStart, visible
from builder.core.publication import Publication
from tests.compose.books import XHTML, blocks, books, chapter, document, file, with_body, within
from tests.compose.sample import prose, sample_book

EPUB = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
MEDIUM = Medium(
    note_ref=lambda _: '<sup class="note-mark"><a href="#n">[1]</a></sup>',
    link_href=lambda target: target,
    image_src=lambda name: name,
    binds_marks=True,
)
MARK = re.compile(
    r'<(?:span|div) epub:type="pagebreak"[^>]* aria-label="([^"]*)"></(?:span|div)>\n?'
)


def marked(block: Block, *characters: int) -> str:
    """The markup of a block with its marks as |1|, |2| …"""
    marks = tuple(Mark(count, str(number)) for number, count in enumerate(characters, 1))
    return MARK.sub(r"|\1|", with_marks(block_to_xhtml(block, MEDIUM), marks))


def composed(book: Book, *pages: PageStart) -> Publication:
    return compose(book, Config(), modified="2024-02-29T12:00:00Z", pages=pages)


# --- in the markup of a block ---------------------------------------------------------------


def test_a_mark_stands_before_the_first_character_of_its_page() -> None:
    assert marked(prose("灯亮了。 船来了。"), 0, 4, 6) == "<p>|1|灯亮了。 |2|船来|3|了。</p>"


def test_two_pages_may_start_at_one_place() -> None:
    assert marked(prose("灯亮了。"), 2, 2) == "<p>灯亮|1||2|了。</p>"


def test_a_reference_is_one_character() -> None:
    assert marked(prose("A&B<C"), 2, 4) == "<p>A&amp;|1|B&lt;|2|C</p>"


def test_a_mark_inside_emphasis_stays_there() -> None:
    block = Paragraph((Text("他"), Emphasis((Text("不可"),), strong=True), Text("走")))
    assert marked(block, 2) == "<p>他<strong>不|1|可</strong>走</p>"


@pytest.mark.parametrize(
    ("inline", "markup"),
    [
        (Ruby("渡口", "dùkǒu"), "|1|<ruby>渡口<rt>dùkǒu</rt></ruby>"),
        (Link("#c1", (Text("渡口"),)), '|1|<a href="#c1">渡口</a>'),
    ],
)
def test_a_mark_inside_ruby_or_a_link_goes_before_it(inline: Ruby | Link, markup: str) -> None:
    block = Paragraph((Text("在"), inline, Text("等")))
    assert marked(block, 2) == f"<p>在{markup}等</p>"
    assert marked(block, 3).endswith("|1|等</p>")


def test_readings_and_marks_of_notes_do_not_count() -> None:
    block = Paragraph((Ruby("彧", "yù"), Text("不认得"), NoteRef("n1"), Text("，再说")))
    assert marked(block, 4).endswith("</sup></span>|1|，再说</p>")


def test_a_mark_stands_in_the_line_the_item_or_the_cell() -> None:
    verse = Verse(((Text("江上风"),), (Text("灯前客"),)))
    assert '<p class="line">|1|灯前客</p>' in marked(verse, 3)
    items = ListBlock(((prose("竹篙"),), (prose("旧船"),)))
    assert "<p>|1|旧船</p>" in marked(items, 2)
    table = Table((((Text("日"),), (Text("客"),)), ((Text("一"),), (Text("二"),))), 1)
    assert "<td>|1|一</td>" in marked(table, 2)
    assert "<p>|1|凡渡者" in marked(Quote((prose("凡渡者"),)), 0)
    assert marked(Raw("船 价"), 1) == '<pre class="raw">船 |1|价</pre>'


@pytest.mark.parametrize("block", [Break(), Figure(Image("a.png", "旧照")), Paragraph(())])
def test_where_there_are_no_words_a_mark_stands_before_the_block(block: Block) -> None:
    assert marked(block, 0) == f"|1|{block_to_xhtml(block, MEDIUM)}"


@given(blocks, st.lists(st.integers(0, 40), max_size=4).map(sorted))
def test_marks_change_no_character_stay_in_order_and_in_place(
    block: Block, counts: list[int]
) -> None:
    markup = block_to_xhtml(block, MEDIUM)
    marks = tuple(Mark(count, str(number)) for number, count in enumerate(counts))
    result = with_marks(markup, marks)
    assert MARK.sub("", result) == markup
    assert MARK.findall(result) == [mark.label for mark in marks]
    etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{result}</div>')


# --- in the files of a book -----------------------------------------------------------------


def pages_of(publication: Publication) -> list[tuple[str, str]]:
    return [(page.label, page.href) for page in publication.pages]


def test_pages_before_the_text_lead_to_its_files() -> None:
    publication = composed(
        sample_book(),
        PageStart("i", "cover", 0),
        PageStart("iii", "title-page", 0),
        PageStart("iv", "colophon"),
        PageStart("v", "contents", 0),
        PageStart("vi", "contents", 30),
        PageStart("vii", "s-preface"),
        PageStart("12", "notes", 0),
        PageStart("13", "notes", 1),
    )
    assert pages_of(publication) == [
        ("i", "text/cover.xhtml"),
        ("iii", "text/title-page.xhtml"),
        ("iv", "text/colophon.xhtml"),
        ("v", "nav.xhtml"),
        ("vii", "text/preface.xhtml#page-vii"),
        ("12", "text/notes.xhtml"),
    ]


def test_a_page_that_starts_with_a_heading_is_marked_before_its_section() -> None:
    publication = composed(
        sample_book(), PageStart("3", "s-ch2"), PageStart("4", "s-ch2-2"), PageStart("5", "s-ch3")
    )
    body = file(publication, "text/ch2.xhtml").content.decode()
    assert re.findall(r'id="(page-\d|ch2[-\d]*)"', body) == [
        "page-3", "ch2", "ch2-1", "page-4", "ch2-2",
    ]  # fmt: skip
    assert pages_of(publication)[1] == ("4", "text/ch2.xhtml#page-4")


def test_a_page_that_starts_inside_a_block_is_marked_there() -> None:
    publication = composed(sample_book(), PageStart("4", "s-ch1", 3, 12))
    root = document(publication, "text/ch1.xhtml")
    mark = root.find(f'.//*[@{EPUB}type="pagebreak"]')
    assert mark is not None
    assert dict(mark.items()) == {
        f"{EPUB}type": "pagebreak",
        "role": "doc-pagebreak",
        "id": "page-4",
        "aria-label": "4",
    }
    assert (mark.tail or "") == "一篙秋水外，"


SENTENCES = "渡口的灯亮了一夜。船家说：“天不亮，不开船。”客人只好坐在石阶上，数对岸的鸡叫……"


def test_pages_of_a_chapter_in_several_files_are_marked_in_the_right_one() -> None:
    """Also in a paragraph that two files share."""
    wall = SENTENCES * 6000
    book = with_body(chapter("墙", prose("一"), prose(wall), prose("完"), id="c1"))
    plain = composed(book)
    length = len(visible(wall))
    starts = [*range(0, length, 1000)]
    pages = [PageStart(str(n), "s-c1", 1, at) for n, at in enumerate(starts, 1)]
    publication = composed(book, *pages, PageStart("999", "s-c1", 2, 0))
    assert [page.label for page in publication.pages] == [page.label for page in pages] + ["999"]
    text = ""
    found: dict[str, int] = {}
    for item in (one for one in publication.manifest if one.id.startswith("text-")):
        content = item.content.decode()
        assert MARK.sub("", content).encode() == file(plain, item.href).content
        body = content.partition("</h1>")[2] or content.partition("<body")[2].partition(">")[2]
        for piece in re.split(r'(<span epub:type="pagebreak"[^>]*></span>)', body):
            if piece.startswith("<span"):
                label = re.search(r'id="page-(\d+)"', piece)
                assert label is not None
                assert (label[1], f"{item.href}#page-{label[1]}") in pages_of(publication)
                found[label[1]] = len(text)
            else:
                text += visible(re.sub(r"<[^>]*>", "", piece))
    assert len({href.partition("#")[0] for _, href in pages_of(publication)}) == 4
    assert [found[page.label] - 1 for page in pages] == starts
    assert found["999"] == length + 1


def test_pages_of_a_chapter_and_of_its_subchapter_stay_apart() -> None:
    inner = chapter("节", *[prose(SENTENCES * 4)] * 900, role="subchapter", id="s1")
    book = with_body(within(chapter("长夜", prose("灯。"), id="c1"), inner))
    pages = (
        PageStart("1", "s-c1"),
        PageStart("2", "s-c1", 0, 1),
        PageStart("3", "s-s1"),
        PageStart("4", "s-s1", 899, 5),
    )
    assert pages_of(composed(book, *pages)) == [
        ("1", "text/c1.xhtml#page-1"),
        ("2", "text/c1.xhtml#page-2"),
        ("3", "text/c1.xhtml#page-3"),
        ("4", "text/c1-3.xhtml#page-4"),
    ]


def test_a_section_that_had_to_be_renamed_still_has_its_pages() -> None:
    publication = composed(
        with_body(chapter("一", prose("灯"), id="第一章")), PageStart("1", "s-第一章")
    )
    assert len(publication.pages) == 1
    assert publication.pages[0].href.endswith(".xhtml#page-1")


def test_a_page_of_nothing_in_the_book_is_left_out_and_none_steps_back() -> None:
    publication = composed(
        sample_book(),
        PageStart("1", "s-ch2"),
        PageStart("2", "s-nowhere"),
        PageStart("3", "s-ch1"),
        PageStart("4", "s-ch2-2", 0, 4),
        PageStart("5", "s-ch2-2", 0, 2),
        PageStart("6", "s-ch2-1"),
        PageStart("7", "s-ch2-2", 0, 4),
        PageStart("8", "s-ch3"),
    )
    assert [page.label for page in publication.pages] == ["1", "4", "7", "8"]


def test_without_a_printed_edition_there_is_no_page_list_and_no_claim_of_one() -> None:
    publication = composed(sample_book())
    assert publication.pages == ()
    assert publication.page_source == ""
    assert b"page-list" not in file(publication, "nav.xhtml").content
    assert b"pageList" not in file(publication, "toc.ncx").content
    assert not {"pageNavigation", "pageBreakMarkers"} & set(publication.accessibility.features)


def test_the_page_list_stands_in_both_ways_into_the_book() -> None:
    publication = composed(sample_book(), PageStart("iii", "title-page", 0), PageStart("1", "s-v1"))
    nav = document(publication, "nav.xhtml")
    pages = nav.findall(f'.//{XHTML}nav[@{EPUB}type="page-list"]//{XHTML}a')
    assert [(a.text, a.get("href")) for a in pages] == pages_of(publication)
    ncx = etree.fromstring(file(publication, "toc.ncx").content)
    targets = ncx.findall(f".//{NCX}pageTarget")
    assert [
        (one.get("type"), one.get("value"), one.find(f"{NCX}content").get("src"))  # type: ignore[union-attr]  # every target has one
        for one in targets
    ] == [("front", None, "text/title-page.xhtml"), ("normal", "1", "text/v1.xhtml#page-1")]
    orders = [one.get("playOrder") for one in ncx.iter(f"{NCX}navPoint", f"{NCX}pageTarget")]
    assert sorted(map(int, filter(None, orders))) == list(range(1, len(orders) + 1))
    heads = {meta.get("name"): meta.get("content") for meta in ncx.iter(f"{NCX}meta")}
    assert (heads["dtb:totalPageCount"], heads["dtb:maxPageNumber"]) == ("2", "1")
    assert publication.page_source == "渡口 & <灯> (PDF, A5)"
    assert {"pageNavigation", "pageBreakMarkers"} <= set(publication.accessibility.features)


def test_a_page_that_leads_where_an_entry_leads_bears_its_number() -> None:
    """The standard of the NCX asks for it; such is a book without any heading."""
    publication = composed(with_body(chapter("")), PageStart("iii", "title-page", 0))
    ncx = etree.fromstring(file(publication, "toc.ncx").content)
    orders = [one.get("playOrder") for one in ncx.iter(f"{NCX}navPoint", f"{NCX}pageTarget")]
    assert orders == ["1", "1"]


@settings(max_examples=30, deadline=None)
@given(books(), st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 9)), max_size=5))
def test_pages_change_no_text_and_every_page_of_the_list_is_there(
    book: Book, places: list[tuple[int, int]]
) -> None:
    sections = [f"s-{section.id}" for section in book.sections]
    pages = [
        PageStart(str(number), section, block, characters if block != BEFORE_ALL else 0)
        for number, (section, (block, characters)) in enumerate(
            ((one, place) for one in sections for place in sorted(places)), 1
        )
    ]
    plain, publication = composed(book), composed(book, *pages)
    names = [item.href for item in plain.manifest]
    assert [item.href for item in publication.manifest] == names
    for item in publication.manifest:
        if item.id.startswith("text-"):
            assert MARK.sub("", item.content.decode()).encode() == file(plain, item.href).content
    for page in publication.pages:
        href, _, identity = page.href.partition("#")
        assert f'id="{identity}"'.encode() in file(publication, href).content
    order = [names.index(page.href.partition("#")[0]) for page in publication.pages]
    assert all(one <= other for one, other in pairwise(order))
