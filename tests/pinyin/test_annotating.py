"""Laws of added readings: marked as added, no character of the text changed."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.compose.xhtml import Medium, block_to_xhtml
from builder.convert import simplified
from builder.core.book import (
    Block,
    Book,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.traversal import inlines_of, project, walk
from builder.pinyin import annotate
from builder.pinyin.annotating import Scope, Script
from builder.pinyin.common import COMMON, rare_in


def book_of(*blocks: Block, language: str = "zh-Hans", notes: tuple[Note, ...] = ()) -> Book:
    section = Section("chapter", 1, "第一章", "饕餮", blocks, id="c1")
    return Book(Metadata("渡口", language), body=(section,), notes=notes)


def paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def with_readings(book: Book, scope: Scope = "rare", script: Script = "pinyin") -> Book:
    return annotate(book, scope, script=script, simplify=simplified)


def added(book: Book) -> list[str]:
    return [f"{ruby.base}{ruby.reading}" for ruby in _rubies(book) if ruby.is_added]


def _rubies(book: Book) -> Iterator[Ruby]:
    blocks = [block for _, section in walk(book.sections) for block in section.blocks]
    blocks += [block for note in book.notes for block in note.blocks]
    return (inline for inline in inlines_of(tuple(blocks)) if isinstance(inline, Ruby))


def test_a_rare_character_has_its_reading_once_a_chapter() -> None:
    book = book_of(paragraph("他觊觎渡船，觊觎已久。"), paragraph("觊者，望也。"))
    assert added(with_readings(book)) == ["觊jì", "觎yú"]


def test_the_next_chapter_says_it_again_and_a_subchapter_does_not() -> None:
    inner = Section("subchapter", 1, "一", "", (paragraph("觎"),), id="s1")
    one = Section("chapter", 1, "第一章", "", (paragraph("觊觎"),), (inner,), id="c1")
    two = Section("chapter", 2, "第二章", "", (paragraph("觎"),), id="c2")
    book = Book(Metadata("渡口", "zh-Hans"), body=(one, two))
    assert added(with_readings(book)) == ["觊jì", "觎yú", "觎yú"]


def test_a_word_read_otherwise_than_it_looks_has_its_reading_once() -> None:
    book = book_of(paragraph("单于不简单，见了单于。"), paragraph("简单于此。"))
    assert added(with_readings(book)) == ["单chán", "于yú"]


def test_common_characters_have_no_reading() -> None:
    book = book_of(paragraph("老船夫在渡口等了一夜，尴尬地笑。"))
    assert with_readings(book) == book


def test_a_traditional_character_is_as_common_as_its_simplified_form() -> None:
    book = book_of(paragraph("單于聽說龜茲來了，覬覦驛馬。"), language="zh-Hant")
    assert added(with_readings(book)) == ["單chán", "于yú", "龜qiū", "茲cí", "覬jì", "覦yú"]
    stray = book_of(paragraph("他寫信，覬覦。"))
    assert added(with_readings(stray)) == ["覬jì", "覦yú"]


def test_all_means_every_han_character_but_those_that_have_a_reading() -> None:
    book = book_of(paragraph("渡口", Ruby("彧", "yù"), "，", Code("船"), Emphasis((Text("夜"),))))
    assert added(with_readings(book, "all")) == ["渡dù", "口kǒu", "夜yè"]


def test_words_reach_over_marks_and_breaks_keep_their_place() -> None:
    book = book_of(
        paragraph("单", NoteRef("n1"), "于", LineBreak(), Link("#c1", (Text("觊"),)), Image("a")),
        notes=(Note("n1", (paragraph("觊觎"),)),),
    )
    assert added(with_readings(book)) == ["单chán", "于yú", "觊jì", "觊jì", "觎yú"]


def test_a_selector_stays_with_its_character() -> None:
    book = book_of(paragraph("觊\N{VARIATION SELECTOR-17}了"))
    (annotated,) = with_readings(book).body[0].blocks
    assert isinstance(annotated, Paragraph)
    assert annotated.inlines[0] == Ruby("觊\N{VARIATION SELECTOR-17}", "jì", is_added=True)


def test_zhuyin_is_written_when_asked_for() -> None:
    book = book_of(paragraph("觊觎"))
    assert added(with_readings(book, script="zhuyin")) == ["觊ㄐㄧˋ", "觎ㄩˊ"]


def test_readings_that_are_added_are_no_text_of_the_book() -> None:
    (block,) = with_readings(book_of(paragraph("觊"))).body[0].blocks
    medium = Medium(lambda _: "", lambda _: "", lambda _: "")
    assert block_to_xhtml(block, medium) == ('<p><ruby>觊<rt class="furniture">jì</rt></ruby></p>')


@pytest.mark.parametrize(
    "block",
    [
        Heading((Text("觊"),)),
        Verse(((Text("觊"),), ())),
        Quote((paragraph("觊"),)),
        ListBlock(((paragraph("觊"),),)),
        Table((((Text("觊"),),),)),
        Figure(Image("a.png"), (Text("觊"),)),
    ],
)
def test_every_kind_of_block_has_readings(block: Block) -> None:
    assert added(with_readings(book_of(block))) == ["觊jì"]


def test_what_must_keep_its_form_has_none() -> None:
    assert added(with_readings(book_of(Raw("觊觎")), "all")) == []


@given(
    st.text(alphabet="单于觊觎得地，A\n長髮著𠮷〇", max_size=30), st.sampled_from(["rare", "all"])
)
def test_the_text_without_readings_is_the_same(text: str, scope: Scope) -> None:
    book = book_of(paragraph(text))
    annotated = with_readings(book, scope)
    assert project(annotated, readings=False) == project(book, readings=False)


def test_common_characters_are_those_that_readers_know() -> None:
    assert rare_in("的一是嗯咖啡，A1") == frozenset()
    assert rare_in("饕餮𠮷") == frozenset("饕餮𠮷")
    assert len(COMMON) > 3755
