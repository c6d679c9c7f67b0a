"""The first lines of a text: the title page's if it says them, and text if it does not."""

import pytest

from builder.core.book import Book
from builder.core.config import BookConfig, Config
from builder.core.manuscript import Mark, MarkKind
from builder.core.traversal import project
from builder.structure.metadata import author_of_line
from tests.structure.making import manuscript_of, source_of, structured

CHAPTERS = "\n\n第一章 灯下\n\n雨停了。\n\n第二章 对岸\n\n天亮了。"


def said(book: Book) -> tuple[str, str]:
    return book.metadata.title, "、".join(one.name for one in book.metadata.creators)


@pytest.mark.parametrize(
    ("first", "named"),
    [
        ("献给我的母亲", "渡口"),
        ("枣树记", "渡口"),
        ("《枣树记》", "渡口"),
        ("作者：林一舟", "渡口"),
    ],
)
def test_no_first_line_leaves_the_book_unless_the_title_page_says_it(
    first: str, named: str
) -> None:
    book = structured(
        manuscript_of(first + CHAPTERS), source=source_of(title=named, author="乙")
    ).book
    assert first in project(book)
    assert said(book) == ("渡口", "乙")


@pytest.mark.parametrize(
    ("first", "title", "author"),
    [
        ("书名：枣树记\n作者：林一舟", "枣树记", "林一舟"),
        ("《枣树记》作者：林一舟", "枣树记", "林一舟"),
        ("枣树记（修订本）", "枣树记（修订本）", ""),
        ("枣树记\n林一舟 著", "枣树记", "林一舟"),
    ],
)
def test_a_text_that_names_itself_is_called_so(first: str, title: str, author: str) -> None:
    name = "我的稿子" if "：" in first else "枣树记"
    book = structured(manuscript_of(first + CHAPTERS), source=source_of(title=name)).book
    assert said(book) == (title, author)
    assert project(book).startswith("第一章")


def test_a_first_line_says_more_than_a_name_that_says_nothing() -> None:
    book = structured(manuscript_of("枣树记" + CHAPTERS), source=source_of(slug="正文")).book
    assert said(book) == ("枣树记", "")


def test_the_top_heading_of_marked_text_is_its_title() -> None:
    text = "枣树记\n灯下\n雨停了。\n对岸\n天亮了。"
    marks = (
        Mark(MarkKind.HEADING, 0, 3, "1"),
        Mark(MarkKind.HEADING, 4, 6, "2"),
        Mark(MarkKind.HEADING, 12, 14, "2"),
    )
    manuscript = manuscript_of(text, marks=marks)
    assert structured(manuscript, source=source_of(title="草稿")).book.metadata.title == "枣树记"
    settled = Config(book=BookConfig(title="渡口"))
    book = structured(manuscript, config=settled).book
    assert book.metadata.title == "渡口"
    assert "枣树记" in project(book)


def test_a_break_between_title_and_first_chapter_makes_no_page() -> None:
    text = "枣树记\n***\n灯下\n雨停了。\n对岸\n天亮了。"
    marks = (
        Mark(MarkKind.HEADING, 0, 3, "1"),
        Mark(MarkKind.BREAK, 4, 7),
        Mark(MarkKind.HEADING, 8, 10, "2"),
        Mark(MarkKind.HEADING, 16, 18, "2"),
    )
    book = structured(manuscript_of(text, marks=marks)).book
    assert [section.heading for section in book.sections] == ["灯下", "对岸"]


@pytest.mark.parametrize("line", ["林一舟 著", "林一舟　撰", "林一舟著", "Lin Yizhou 著"])
def test_a_name_before_its_trade_is_an_author(line: str) -> None:
    assert author_of_line(line).startswith(("林一舟", "Lin"))


@pytest.mark.parametrize("line", ["世界名著", "他的著作", "这是一部原著", "风，雨 著", "巨著"])
def test_words_that_end_like_a_trade_are_no_author(line: str) -> None:
    assert author_of_line(line) == ""


def test_the_parts_of_a_chapter_share_its_number() -> None:
    text = "第一章 桥（上）\n\n甲。\n\n第一章 桥（中）\n\n乙。\n\n第一章 桥（下）\n\n丙。\n\n第二章 岸 1\n\n丁。\n\n第二章 岸 2\n\n戊。"
    assert not structured(manuscript_of(text)).diagnostics
    other = text.replace("岸 2", "船 2")
    assert [found.code for found in structured(manuscript_of(other)).diagnostics] == ["S103"]
