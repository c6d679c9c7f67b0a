"""What is read back from the PDF is the book, character for character."""

import re
from dataclasses import replace

import pytest

from builder.core.book import Book, Metadata, Paragraph, Section, Text
from builder.core.traversal import project
from tests.compose.sample import sample_book
from tests.press.documents import SENTENCE, PrintBook, novel, print_columns, prose
from tests.press.reading import read_pdf

SPACE = re.compile(r"\s+")  # a line's end may stand where a space stood


def body_of(pdf: bytes) -> str:
    """The text of the book, then its notes: the order of the projection."""
    reading = read_pdf(pdf)
    text = reading.text(within="Art", without=("Lbl", "Note"))
    notes = reading.text(within="Note", without=("Lbl",))
    return SPACE.sub("", text + notes)


def lines_book(*lines: str) -> Book:
    section = Section("chapter", 1, "第一章", "字", tuple(map(prose, lines)), id="c1")
    return Book(Metadata("字", "zh-Hans"), body=(section,))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW"])
def test_every_block_and_note_reads_back_in_order(print_book: PrintBook, language: str) -> None:
    book = sample_book(language)
    assert body_of(print_book(book).pdf) == SPACE.sub("", project(book))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW"])
def test_columns_read_back_in_order(language: str) -> None:
    book = sample_book(language)
    pressed = print_columns(book)
    assert body_of(pressed.pdf) == SPACE.sub("", project(book))
    assert not pressed.diagnostics


def test_a_paragraph_across_pages_reads_back_whole(print_book: PrintBook) -> None:
    book = novel()
    assert body_of(print_book(book).pdf) == SPACE.sub("", project(book))


@pytest.mark.parametrize(
    "line",
    [
        "一⼀一，二⼆二，⽔水",  # a radical and its character share a glyph
        "省略号……和居中的⋯⋯并用",
        "波浪线～与〜",
        "葛\N{VARIATION SELECTOR-17}城，辻\N{VARIATION SELECTOR-18}",
        "𠮷野家，𡃁仔",  # outside the Basic Multilingual Plane
        "1—2，1–2，1-2，1‑2，1−2",
        "词\N{WORD JOINER}连，词\N{ZERO WIDTH SPACE}断",
        "office ﬁn",
        "他说：“‘好。’”\N{EM DASH}\N{EM DASH}“行。”",
        "King’s Cross，don’t",
        "(括号) \\反斜\\",
    ],
)
def test_characters_that_share_a_glyph_or_have_none_read_back(
    print_book: PrintBook, line: str
) -> None:
    # The plain line before decides which character a shared glyph is first drawn for.
    book = lines_book("一二水……～office1-2", line)
    got = body_of(print_book(book).pdf)
    assert got.endswith(SPACE.sub("", line)), got


@pytest.mark.parametrize("change", ["dropped", "doubled", "swapped", "altered"])
def test_the_comparison_sees_a_planted_fault(print_book: PrintBook, change: str) -> None:
    first, second = (prose(SENTENCE[:30]), prose(SENTENCE[30:]))
    faulty = {
        "dropped": (first,),
        "doubled": (first, second, second),
        "swapped": (second, first),
        "altered": (first, Paragraph((Text(SENTENCE[30:].replace("缆", "揽")),))),
    }[change]
    book = lines_book(SENTENCE[:30], SENTENCE[30:])
    section = replace(book.body[0], blocks=faulty)
    assert body_of(print_book(replace(book, body=(section,))).pdf) != SPACE.sub("", project(book))


def test_break_opportunities_beside_quotes_never_reach_the_text(print_book: PrintBook) -> None:
    pdf = print_book(novel(1)).pdf
    reading = read_pdf(pdf)
    assert "“" in reading.text(within="Art")
    assert "\N{ZERO WIDTH SPACE}" not in reading.text(within="Document")


def test_furniture_is_an_artifact_and_nothing_is_unmarked(print_book: PrintBook) -> None:
    reading = read_pdf(print_book(novel()).pdf)
    assert "第一章\N{IDEOGRAPHIC SPACE}渡口之1" in "".join(reading.artifacts)
    assert "".join(reading.loose) == ""
    assert "江上灯火" not in reading.text(within="Art")


def test_scene_breaks_are_drawn_not_written(print_book: PrintBook) -> None:
    reading = read_pdf(print_book(sample_book()).pdf)
    assert "＊" not in reading.text(within="Document")
    assert "＊" in "".join(reading.artifacts)
