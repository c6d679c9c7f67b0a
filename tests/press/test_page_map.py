"""Where pages start, as the press tells it, compared with the pages that pikepdf reads."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
import weasyprint

from builder.compose import compose, compose_print
from builder.core.book import (
    Book,
    Emphasis,
    Figure,
    Image,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.config import Config, PdfConfig
from builder.core.page_starts import visible
from builder.press.host.fetching import BookFetcher
from builder.press.page_map import _blocks, page_label
from tests.compose.sample import every_block, prose, sample_book
from tests.press.documents import MODIFIED, SENTENCE, PrintBook, novel
from tests.press.reading import read_pdf

MARK = re.compile(r'<(?:span|div) epub:type="pagebreak"[^>]* aria-label="([^"]*)"></(?:span|div)>')
FURNITURE = {"Lbl", "Note", "RT", "TOC"}


def rich_novel() -> Book:
    """A book in which pages start inside everything that has words."""
    marked = Paragraph(
        (
            Text(SENTENCE * 3),
            Emphasis((Text(SENTENCE), Ruby("彧", "yù")), strong=True),
            NoteRef("n1"),
            Text("King’s " + SENTENCE * 2),
        )
    )
    verse = Verse(tuple((Text(f"灯前第{n}句，一篙秋水外"),) if n % 5 else () for n in range(1, 40)))
    items = ListBlock(tuple((prose(SENTENCE),) for _ in range(12)), is_ordered=True)
    table = Table(tuple((((Text(f"初{n}"),), (Text("七人"),))) for n in range(40)))
    figure = Figure(Image("ferry.png", "旧照"), (Text("图一　渡口"),))
    inner = Section("subchapter", 1, "一", "", (marked, figure, marked) * 4, id="c2-1")
    chapters = (
        Section("chapter", 1, "第一章", "", (marked, verse, marked, items, marked), id="c1"),
        Section("chapter", 2, "第二章", "", (Quote((marked,) * 6), table), (inner,), id="c2"),
    )
    volume = Section("volume", 1, "第一卷", "水", (prose(SENTENCE * 30),), chapters, id="v1")
    front = Section("preface", None, "", "序", (prose(SENTENCE * 30),), id="preface")
    return Book(
        Metadata("江上灯火", "zh-Hans"),
        front=(front,),
        body=(volume,),
        notes=(Note("n1", (prose("彧，有文采的样子。" * 12),)),),
        assets=sample_book().assets,
    )


BOOKS = {
    "novel": novel(2),
    "sample": sample_book(),
    "rich": rich_novel(),
    "one paragraph": replace(novel(1), body=(Section("chapter", 1, "一", "", (prose(SENTENCE * 200),), id="c"),)),
}  # fmt: skip


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_the_marks_of_the_epub_stand_where_the_pages_of_the_pdf_start(
    print_book: PrintBook, book: Book
) -> None:
    """For each page, the words after its mark are the first words on the printed page."""
    pressed = print_book(book)
    publication = compose(book, Config(), modified=MODIFIED, pages=pressed.pages)
    printed = _first_words(pressed.pdf)
    marked: dict[str, str] = {}
    for item in publication.manifest:
        if item.id.startswith("text-") and item.id != "text-notes":
            text = item.content.decode().partition("<body")[2].partition('<div class="notes">')[0]
            text = re.sub(r"<rt>.*?</rt>|<sup.*?</sup>", "", text)
            pieces = MARK.split(text)
            for label, words in zip(pieces[1::2], pieces[2::2], strict=True):
                marked[label] = visible(re.sub(r"<[^>]*>|&[^;]+;", "", words))
    assert len(marked) > 3
    assert {label: printed[label].startswith(words[:12]) for label, words in marked.items()} == (
        dict.fromkeys(marked, True)
    )
    # Every page with words of the book is in the list.
    assert {label for label, words in printed.items() if words} <= set(marked) | {"12"}


def _first_words(pdf: bytes) -> dict[str, str]:
    """The words of the text on each page, by the label that the PDF gives the page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        labels = [str(page.label) for page in opened.pages]
    words = dict.fromkeys(labels, "")
    for run in read_pdf(pdf).runs:
        if "Art" in run.path and not FURNITURE & set(run.path):
            words[labels[run.page]] += visible(run.text)
    return words


def test_a_label_is_what_the_pdf_calls_the_page(print_book: PrintBook) -> None:
    pressed = print_book(sample_book())
    with pikepdf.open(io.BytesIO(pressed.pdf)) as opened:
        labels = [str(page.label) for page in opened.pages]
    told = [str(page.label) for page in pressed.pages]
    assert [label for label in labels if label in told] == told
    assert told[:4] == ["i", "iii", "iv", "v"]


def test_blank_pages_are_not_told(print_book: PrintBook) -> None:
    told = {page.label for page in print_book(sample_book()).pages}
    assert "ii" not in told
    assert "2" not in told  # the back of a volume's title


@pytest.mark.parametrize(
    ("index", "label"), [(0, "i"), (3, "iv"), (8, "ix"), (40, "xli"), (98, "xcix"), (99, "1")]
)
def test_front_pages_bear_roman_numerals(index: int, label: str) -> None:
    assert page_label(index, 99) == label


def test_a_book_without_text_tells_the_pages_that_it_has(print_book: PrintBook) -> None:
    pages = print_book(Book(Metadata("空", "zh-Hans"))).pages
    assert [page.element_id for page in pages] == ["cover", "title-page", "colophon"]


def test_a_style_sheet_of_the_user_moves_the_pages_and_the_map_with_them(
    print_book: PrintBook,
) -> None:
    one = print_book(novel(1)).pages
    other = print_book(novel(1), user_css="p { margin-bottom: 17.85pt }").pages
    assert other != one


def test_every_kind_of_block_is_one_element_for_the_map() -> None:
    """The press counts elements where compose counts blocks."""
    book = sample_book()
    whole = Config(pdf=PdfConfig(engine="weasyprint"))
    text = compose_print(book, whole, modified=MODIFIED).html
    html = weasyprint.HTML(string=text, url_fetcher=BookFetcher(book.assets))
    sections = [one for one in html.etree_element.iter("section") if one.get("id") == "s-ch1"]
    assert len(list(_blocks(sections[0]))) == len(every_block())
