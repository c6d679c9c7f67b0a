"""[structure] patterns, exclude and max_title."""

import pytest

from builder.core.book import Book
from builder.core.config import Config, HeadingPattern, StructureConfig
from builder.core.errors import ConfigError
from builder.core.traversal import walk
from tests.structure.making import manuscript_of, structured

TEXT = "※雾港※\n\n关卡7：灯下\n\n雨停了。\n\n关卡8 对岸\n\n第一封信\n\n天亮了。\n"


def book_with(text: str, **settings: object) -> Book:
    config = Config(structure=StructureConfig(**settings))  # type: ignore[arg-type]  # one key each
    return structured(manuscript_of(text), config=config).book


def headings(book: Book) -> list[tuple[int, str, int | None]]:
    return [(depth, section.heading, section.number) for depth, section in walk(book.sections)]


def test_a_pattern_makes_headings_of_its_level() -> None:
    book = book_with(
        TEXT,
        patterns=(
            HeadingPattern("volume", "※{t}※"),
            HeadingPattern("chapter", "关卡{n}：{t}"),
            HeadingPattern("chapter", "关卡{n} {t}"),
        ),
    )
    assert headings(book) == [(0, "雾港", None), (1, "关卡7　灯下", 7), (1, "关卡8　对岸", 8)]


def test_an_excluded_line_is_no_heading() -> None:
    text = "第一章 灯下\n\n雨停了。\n\n第二章 对岸\n\n天亮了。\n\n第三章 归舟\n\n完。\n"
    assert [h for _, h, _ in headings(book_with(text, exclude=("第二章 对岸",)))] == [
        "第一章　灯下",
        "第三章　归舟",
    ]
    assert len(headings(book_with(text, exclude=("第{n}章 {t}",)))) == 1


def test_max_title_says_what_is_too_long() -> None:
    title = "他站在渡口的石阶上看着那盏灯一直到天亮也没有等到要等的那条船和那一个人回来"
    text = f"第五章 {title}\n\n雨停了。\n"
    assert headings(book_with(text, max_title=60))[0][1] == f"第五章　{title}"
    assert [n for _, _, n in headings(book_with(f"他走了。\n\n{text}", max_title=2))] == [None]


@pytest.mark.parametrize("pattern", ["{n}{n}章", "{x}章", "{t}", "第章", "{n"])
def test_a_pattern_that_says_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError) as caught:
        book_with(TEXT, patterns=(HeadingPattern("chapter", pattern),))
    assert caught.value.diagnostic.code == "S201"
