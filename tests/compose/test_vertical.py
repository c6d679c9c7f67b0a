"""The vertical edition: columns from right to left, said in every way that readers ask for."""

from dataclasses import replace

from lxml import etree

from builder.compose import compose
from builder.core.book import Book, Metadata, Note, NoteRef, Paragraph, Text
from builder.core.config import Config, TypographyConfig
from builder.core.publication import Publication
from builder.epub.metadata import entries
from tests.compose.books import chapter, file, with_body
from tests.compose.sample import sample_book

MODIFIED = "2024-02-29T12:00:00Z"
COLUMNS = Config(typography=TypographyConfig(vertical=True))


def in_columns(book: Book) -> Publication:
    return compose(book, COLUMNS, modified=MODIFIED)


def in_lines(book: Book) -> Publication:
    return compose(book, Config(), modified=MODIFIED)


def test_it_turns_from_right_to_left_and_every_file_but_the_cover_is_vertical() -> None:
    made = in_columns(sample_book())
    assert made.direction == "rtl"
    assert any(b"writing-mode: vertical-rl" in item.content for item in made.manifest)
    documents = [item for item in made.manifest if item.media_type == "application/xhtml+xml"]
    assert len(documents) > 3
    for item in documents:
        is_cover = item.id == "cover"
        assert (etree.fromstring(item.content).get("class") == "vertical") is not is_cover
        assert (b"columns.css" in item.content) is not is_cover


def test_kindle_is_told_in_its_own_metadata() -> None:
    made = [dict(entry.attributes) for entry in entries(in_columns(sample_book()))]
    mode = {"name": "primary-writing-mode", "content": "vertical-rl"}
    assert mode in made
    assert mode not in [dict(entry.attributes) for entry in entries(in_lines(sample_book()))]


def test_it_is_another_book_to_a_reading_system() -> None:
    book = replace(sample_book(), metadata=Metadata("渡口", "zh-Hans"))
    lines = in_lines(book)
    assert lines.direction == "ltr"
    assert not any(b"vertical-rl" in item.content for item in lines.manifest)
    assert in_columns(book).identifier != lines.identifier


def test_numbers_stand_upright_in_the_text_the_contents_and_the_marks_of_notes() -> None:
    book = with_body(
        chapter("第12夜", Paragraph((Text("他等了30年"), NoteRef("n1"), Text("。"))), id="ch1"),
        notes=(Note("n1", (Paragraph((Text("整30年。"),)),)),),
    )
    made = in_columns(book)
    nav, page = (file(made, href).content.decode() for href in ("nav.xhtml", "text/ch1.xhtml"))
    assert '第<span class="tcy">12</span>夜</a>' in nav
    assert page.count('<span class="tcy">30</span>') == 2
    assert page.count('〔<span class="tcy">1</span>〕</a>') == 2
    assert "<title>第12夜</title>" in page
    assert "tcy" not in file(in_lines(book), "text/ch1.xhtml").content.decode()


def test_a_number_before_the_mark_of_a_note_is_not_parted() -> None:
    book = with_body(
        chapter("", Paragraph((Text("那年他12"), NoteRef("n1"))), id="ch1"),
        notes=(Note("n1", (Paragraph((Text("虚岁。"),)),)),),
    )
    page = file(in_columns(book), "text/ch1.xhtml").content.decode()
    assert '那年他<span class="bound"><span class="tcy">12</span><sup' in page
