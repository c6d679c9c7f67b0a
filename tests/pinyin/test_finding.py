"""Laws of readings in brackets: they are set beside their words, or nothing changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.book import (
    Book,
    Emphasis,
    Inline,
    Link,
    Metadata,
    Note,
    Paragraph,
    Raw,
    Ruby,
    Section,
    Text,
)
from builder.core.ledger import invert, replay
from builder.core.traversal import project
from builder.pinyin import find_readings, may_have_readings


def book_of(*inlines: Inline | str) -> Book:
    line = tuple(Text(one) if isinstance(one, str) else one for one in inlines)
    section = Section("chapter", 1, "第一章", "渡口（dùkǒu）", (Paragraph(line),), id="c1")
    return Book(Metadata("渡口", "zh-Hans"), body=(section,))


def found_in(*inlines: Inline | str) -> tuple[Inline, ...]:
    book = book_of(*inlines)
    found = find_readings(book)
    assert replay(project(book), found.layer) == project(found.book)
    (paragraph,) = found.book.body[0].blocks
    assert isinstance(paragraph, Paragraph)
    return paragraph.inlines


@pytest.mark.parametrize(
    ("text", "base", "reading"),
    [
        ("他叫荀彧（xúnyù）。", "荀彧", "xúnyù"),
        ("他叫荀彧(xún yù)。", "荀彧", "xún yù"),
        ("他叫荀彧（Xún Yù）。", "荀彧", "Xún Yù"),
        ("这是西安（xī'ān）。", "西安", "xī'ān"),
        ("看見龜茲（qiūcí）國", "龜茲", "qiūcí"),
        ("看見龜茲（ㄑㄧㄡ ㄘˊ）國", "龜茲", "ㄑㄧㄡ ㄘˊ"),
        ("看見｜龜茲《ㄍㄨㄟ ㄗ》國", "龜茲", "ㄍㄨㄟ ㄗ"),
        ("看見龜茲《ㄑㄧㄡ ㄘˊ》國", "龜茲", "ㄑㄧㄡ ㄘˊ"),
        ("小女儿（nǚ'ér）来了", "女儿", "nǚ'ér"),
    ],
)
def test_a_reading_in_brackets_stands_beside_its_word(text: str, base: str, reading: str) -> None:
    inlines = found_in(text)
    assert Ruby(base, reading) in inlines
    before, after = text.split(base)[0].rstrip("｜"), text[-1]
    assert inlines[0] == Text(before)
    assert isinstance(inlines[-1], Text)
    assert inlines[-1].value.endswith(after)


@pytest.mark.parametrize(
    "text",
    [
        "他说（nǐ hǎo）。",  # reads other characters
        "他叫荀彧（xunyu）。",  # no tone mark: might be any word
        "他叫荀彧（音yù）。",
        "他叫荀彧（xúnyù》。",  # no pair
        "（xúnyù）",
        "彧，（yù）",
        "汉字（Hello）",
        "他爱读《红楼》（hónglóu）",
        "你好（nǐ，hǎo）",
        "字（hànzì）",  # a syllable too many
        "｜，《ㄏㄢˋ》",
        "字（ ）",
    ],
)
def test_what_reads_something_else_stays(text: str) -> None:
    assert found_in(text) == (Text(text),)


def test_two_readings_in_one_run_and_a_reading_alone() -> None:
    assert found_in("荀彧（xúnyù）曹操（cáocāo）") == (
        Ruby("荀彧", "xúnyù"),
        Ruby("曹操", "cáocāo"),
    )
    assert found_in("彧（yù）") == (Ruby("彧", "yù"),)


def test_emphasis_and_links_are_looked_into_and_headings_code_and_ruby_are_not() -> None:
    assert found_in(Emphasis((Text("彧（yù）"),)), Link("#c1", (Text("彧（yù）"),))) == (
        Emphasis((Ruby("彧", "yù"),)),
        Link("#c1", (Ruby("彧", "yù"),)),
    )
    assert found_in(Ruby("彧（yù）", "yù")) == (Ruby("彧（yù）", "yù"),)


def test_notes_have_readings_and_what_keeps_its_form_has_none() -> None:
    note = Note("n1", (Paragraph((Text("彧（yù）"),)), Raw("彧（yù）")))
    section = Section("chapter", 1, "第一章", "", (Raw("彧（yù）"),), id="c1")
    book = Book(Metadata("渡口", "zh-Hans"), body=(section,), notes=(note,))
    found = find_readings(book)
    assert [(edit.rule, edit.before) for edit in found.layer] == [("S015", "（"), ("S015", "）")]
    assert found.book.body == book.body
    assert replay(project(book), found.layer) == project(found.book)


def test_a_book_without_readings_comes_back_as_it_is() -> None:
    book = book_of("老船夫（他姓沈）说：“渡口《水账》在此。”")
    assert find_readings(book).book is book
    assert not may_have_readings(project(book_of("船（他）")).replace("dùkǒu", "他"))
    assert may_have_readings("彧（yù）")


@given(st.text(alphabet="彧渡口｜（）()《》yùdkǒu ㄩˋ'，", max_size=30))
def test_every_change_is_in_the_ledger(text: str) -> None:
    before = project(book_of(text))
    found = find_readings(book_of(text))
    assert replay(before, found.layer) == project(found.book)
    assert replay(project(found.book), invert(found.layer)) == before
