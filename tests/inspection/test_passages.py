"""Passages: every block of the book, with its section and its place, headings apart."""

from builder.core.book import (
    Block,
    Book,
    Break,
    Figure,
    Heading,
    Image,
    ListBlock,
    Metadata,
    Note,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.manuscript import Manuscript, SourceFile
from builder.core.span import Span
from builder.inspection.passages import Passages
from tests.inspection.making import passages_of

LINES = (
    "灯下",
    "小题",
    "一段。",
    "引文。",
    "第一条。",
    "春水船如天上坐",
    "表。",
    "图。",
    "码",
    "注。",
)


def a_book_of_every_block() -> Passages:
    text = "\n".join(LINES)
    spans = {line: Span(text.index(line), text.index(line) + len(line)) for line in LINES}

    def inlines(line: str) -> tuple[Text]:
        return (Text(line),)

    def paragraph(line: str) -> Paragraph:
        return Paragraph(inlines(line), span=spans[line])

    blocks: tuple[Block, ...] = (
        Heading(inlines("小题"), span=spans["小题"]),
        paragraph("一段。"),
        Quote((paragraph("引文。"),)),
        ListBlock(((paragraph("第一条。"),),)),
        Break(),
        Verse((inlines("春水船如天上坐"),), spans["春水船如天上坐"]),
        Table(((inlines("表。"),),), span=spans["表。"]),
        Figure(Image("a.png"), inlines("图。"), spans["图。"]),
        Raw("码", spans["码"]),
    )
    section = Section("chapter", 1, "", "灯下", blocks, id="c1", span=Span(0, len(text) - 3))
    note = Note("n1", (paragraph("注。"),), spans["注。"])
    book = Book(Metadata("渡口", "zh-Hans"), body=(section,), notes=(note,))
    return Passages(book, Manuscript(text, text, (SourceFile("a.txt", 0, len(text), "utf-8"),)))


def test_every_block_is_a_passage_once_and_in_order() -> None:
    passages = a_book_of_every_block()
    assert tuple(passage.text for passage in passages.all) == LINES[1:]
    for passage in passages.all:
        assert passages.text.startswith(passage.text, passage.start)
    assert {passage.section for passage in passages.all} == {0}


def test_only_prose_is_prose() -> None:
    prose = [passage.text for passage in a_book_of_every_block().all if passage.is_prose]
    assert prose == ["小题", "一段。", "引文。", "第一条。", "注。"]


def test_a_place_knows_its_section_and_its_line() -> None:
    passages = passages_of(("灯下", ["雨停了。"]), ("对岸", ["天亮了。"]))
    place = passages.place(passages.text.index("亮"))
    assert (str(place.location), place.section) == ("a.txt:4:2", 1)


def test_a_block_made_without_a_place_has_its_words() -> None:
    section = Section("chapter", 1, "", "灯下", (Paragraph((Text("一段。"),)),), id="c1")
    manuscript = Manuscript("灯下", "灯下", (SourceFile("a.txt", 0, 2, "utf-8"),))
    [passage] = Passages(Book(Metadata("渡口", "zh"), body=(section,)), manuscript).all
    assert passage.text == "一段。"


def test_context_stays_on_its_line() -> None:
    passages = passages_of(("灯下", ["雨停了。", "天亮了。"]))
    start = passages.text.index("天")
    assert passages.around(start, start + 1) == ("", "亮了。")
