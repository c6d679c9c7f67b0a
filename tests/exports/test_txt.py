"""A TXT looks as Chinese readers know it, and `builder` finds the book in it again."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder.core.book import (
    Block,
    Book,
    Break,
    Creator,
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
from builder.core.traversal import project, walk
from builder.exports import to_txt
from builder.pipeline import BuildOptions, inspect
from tests.compose.sample import sample_book


def prose(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def written(*blocks: Block, notes: tuple[Note, ...] = (), language: str = "zh-Hans") -> list[str]:
    """The lines below the title."""
    chapter = Section("chapter", 1, "第一章", "夜雨", blocks, id="c")
    book = Book(Metadata("渡口", language), body=(chapter,), notes=notes)
    return to_txt(book).decode().split("\n")[3:-1]


def test_headings_stand_flush_left_and_paragraphs_are_indented() -> None:
    assert written(prose("雨停了。"), prose("他走了。")) == [
        "第一章　夜雨",
        "",
        "　　雨停了。",
        "　　他走了。",
    ]


def test_the_title_comes_first_with_those_who_made_the_book() -> None:
    creators = (Creator("沈砚"), Creator("周渡"), Creator("何舟", "trl"), Creator("Ng", "cov"))
    metadata = Metadata("渡口", "zh-Hant-TW", "冬", creators, description="一條河。\n\n一盞燈。")
    assert to_txt(Book(metadata)).decode() == (
        "《渡口：冬》\n作者：沈砚、周渡\n譯者：何舟\n參與：Ng\n\n內容簡介\n\n　　一條河。\n　　一盞燈。\n"
    )


def test_what_is_set_apart_has_blank_lines_around_it() -> None:
    verse = Verse(((Text("江上"),), (), (Text("灯前"),)))
    quote = Quote((prose("先问水。"), Break()))
    assert written(prose("甲"), verse, quote, prose("乙"))[2:] == [
        "　　甲",
        "",
        "　　　　江上",
        "",
        "　　　　灯前",
        "",
        "　　　　先问水。",
        "",
        "　　　　＊＊＊",
        "",
        "　　乙",
    ]


def test_a_letter_opens_flush_and_is_signed_on_the_right() -> None:
    letter = Quote(
        (
            Paragraph((Text("阿舟："),), "salutation"),
            prose("见信好。"),
            Paragraph((Text("沈七"),), "signature"),
        ),
        "letter",
    )
    assert written(letter)[2:] == ["　　阿舟：", "　　　　见信好。", f"{'　' * 10}沈七"]


def test_lists_tables_and_forms_are_lines() -> None:
    items = ((prose("竹篙"),), (prose("旧船"), prose("补过"), ListBlock(((prose("篷"),),))), ())
    table = Table((((Text("日"),), (Text("客"), LineBreak(), Text("数"))),))
    assert written(ListBlock(items[:2]), table, Raw("a\n  b"))[2:] == [
        "　　· 竹篙",
        "　　· 旧船",
        "　　　　补过",
        "　　　　· 篷",
        "",
        "日\t客 数",
        "",
        "a",
        "  b",
    ]
    assert written(ListBlock(items[2:], is_ordered=True, start=3))[2:] == ["　　3. "]


def test_a_reading_stands_in_brackets_and_a_picture_by_its_words() -> None:
    title = Heading((Emphasis((Text("渡"),)), Link("https://a.cn", (Text("口"),))))
    assert written(title, prose("甲"))[2:] == ["　　渡口", "", "　　甲"]
    line = prose("名", Ruby("彧", "yù"), Image("a", "㵘"), Image("b", "一方印"), LineBreak(), "完")
    assert written(line, Figure(Image("c", "灯")), Figure(Image("d")))[2:] == [
        "　　名彧（yù）㵘［一方印］",
        "　　完",
        "　　［图：灯］",
    ]
    assert written(Figure(Image("c", "灯"), (Text("图一"),)))[2:] == ["　　图一"]


def test_notes_stand_behind_their_section_with_their_marks() -> None:
    notes = (
        Note("n", (prose("甲注", NoteRef("m")), Verse(((Text("一"),), (), (Text("二"),))))),
        Note("m", ()),
        Note("x", (prose("没有谁提到。"),)),
    )
    assert written(prose("字", NoteRef("n"), NoteRef("gone"), "。"), notes=notes)[2:] == [
        "　　字〔1〕。",
        "",
        "〔1〕甲注〔2〕",
        "　　　　一",
        "　　　　二",
        "〔2〕",
        "",
        "",
        "注释",
        "",
        "〔1〕没有谁提到。",
    ]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW"])
def test_builder_finds_the_chapters_again(language: str, tmp_path: Path) -> None:
    book = sample_book(language)
    chapters = [one for _, one in walk(book.sections) if one.role == "chapter"]
    plain = tuple(
        replace(one, blocks=(prose("雨停了。他把伞收起来。"), prose("天亮了。")), children=())
        for one in chapters
    )
    book = Book(book.metadata, body=plain)
    (tmp_path / "r.txt").write_bytes(to_txt(book))
    again = inspect(tmp_path / "r.txt", BuildOptions(environment={})).book
    assert [one.heading for _, one in walk(again.sections)][-3:] == [one.heading for one in plain]
    assert project(again).endswith(project(book))
    assert again.metadata.creators[0].name == "林未晚"
