"""A Markdown file says what the book says, to every program that reads CommonMark."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder.core.book import (
    Asset,
    Block,
    Book,
    Code,
    Creator,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.traversal import project, walk
from builder.exports import to_markdown
from builder.exports.head import head
from builder.pipeline import BuildOptions, build, inspect
from tests.compose.sample import sample_book

TAGS = re.compile(r"<[^>]+>")


def written(*blocks: Block, **more: object) -> str:
    """Some blocks as they stand in the file."""
    book = Book(Metadata("渡", "zh-Hans"), body=(Section("chapter", 1, "", "", blocks, id="c"),))
    text, _ = to_markdown(replace(book, **more), pictures="p")  # type: ignore[arg-type]  # any field
    return text.decode().partition("---\n\n")[2].removesuffix("\n")


def line(*inlines: Inline) -> str:
    return written(Paragraph(inlines))


def shown(markdown: str) -> str:
    """What CommonMark's own rules show, without its tags."""
    rendered = MarkdownIt("commonmark").render(markdown)
    return html.unescape(TAGS.sub("", rendered)).removesuffix("\n")


@given(st.text("字a1*_`[]<>#&;-+.)=~\\! (|", min_size=1, max_size=30))
def test_words_are_shown_as_they_are(words: str) -> None:
    markdown = line(Text(words))
    assert shown(markdown) == words.strip(" ")
    assert len(MarkdownIt("commonmark").parse(markdown)) == (3 if words.strip(" ") else 0)


@pytest.mark.parametrize("words", ["&amp; &lt;", "1. 甲", "12) 乙", "# 甲", "~~甲~~", "---", "- "])
def test_what_looks_like_markup_is_none(words: str) -> None:
    assert shown(line(Text(words))) == words.strip()


@given(st.text("字”。a*` ", min_size=1, max_size=8), st.text("字“，a", max_size=3), st.booleans())
def test_stress_is_stress_beside_any_sign(words: str, around: str, strong: bool) -> None:
    markdown = line(Text(around), Emphasis((Text(words),), strong=strong), Text(around))
    assert shown(markdown).strip(" ") == f"{around}{words}{around}".strip(" ")
    tag = "strong" if strong else "em"
    if words.strip():
        assert f"<{tag}>" in MarkdownIt("commonmark").render(markdown)


@given(st.text("字` ", min_size=1, max_size=12).filter(str.strip))
def test_code_keeps_its_backticks(words: str) -> None:
    assert shown(line(Text("甲"), Code(words))) == f"甲{words}"


def test_two_stresses_side_by_side_stay_two() -> None:
    markdown = line(Emphasis((Text("甲"),)), Emphasis((Text("乙"),), strong=True))
    assert markdown == "*甲*<strong>乙</strong>"


def test_a_line_break_is_a_backslash_and_links_lead_to_headings() -> None:
    assert line(Text("上"), LineBreak(), Text("- 下")) == "上\\\n\\- 下"
    chapter = Section("chapter", 2, "第二章", "风 Snow!", id="two")
    link = Paragraph((Link("#two", (Text("见"),)), Link("#none", (Text("无"),))))
    assert written(link, body=(Section("chapter", 1, "", "", (link,), id="one"), chapter)) == (
        "[见](#第二章风-snow)无\n\n# 第二章　风 Snow!"
    )
    assert line(Text("甲"), Link("https://a.cn", (NoteRef("gone"),))) == "甲"
    assert line(Link("https://a.cn/(b)", (Text("甲"),))) == "[甲](<https://a.cn/(b)>)"


def test_a_table_without_headings_gets_an_empty_one() -> None:
    rows = (((Text("甲|乙"),), (Text("丙"), LineBreak(), Text("丁"))), ((Text("戊"),),))
    assert written(Table(rows)) == "| | |\n| --- | --- |\n| 甲\\|乙 | 丙<br>丁 |\n| 戊 | |"
    assert written(Table(())) == ""


def test_verse_and_letters_keep_their_lines() -> None:
    verse = Verse(((Text("江上"),), (Text("灯前"),), (), (), (Text("一篙"),)))
    assert written(verse) == "江上\\\n灯前\n\n一篙"
    inner = Quote((Paragraph((Text("甲"),)), Raw("a\n\nb")))
    assert written(inner) == "> 甲\n>\n> ```\n> a\n>\n> b\n> ```"


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert written(Raw("```\na\n```")) == "````\n```\na\n```\n````"


def test_headings_go_no_lower_than_six() -> None:
    assert written(Heading((Text("甲"), LineBreak(), Text("乙")), 9)) == "###### 甲 乙"


def test_a_note_is_one_paragraph_and_stands_where_it_is_first_mentioned() -> None:
    note = Note(
        "n",
        (
            Paragraph((Text("甲"), NoteRef("m"))),
            Verse(((Text("乙"),), (Text("丙"),))),
            Quote((Raw("# 丁\n戊"),)),
        ),
    )
    other = Note("m", (Paragraph((Text("己"),)),))
    mark = Paragraph((Text("见"), NoteRef("n"), NoteRef("gone")))
    sections = tuple(Section("chapter", at, "", f"章{at}", (mark,), id=f"c{at}") for at in (1, 2))
    assert written(body=sections, notes=(note, other)) == (
        "# 章1\n\n见[^1]\n\n"
        "[^1]: 甲[^2]\\\n    乙\\\n    丙\\\n    # 丁\\\n    戊\n\n[^2]: 己\n\n# 章2\n\n见[^1]"
    )


def test_pictures_stand_in_a_folder_beside_the_file() -> None:
    assets = (Asset("图 1.png", "image/png", b"1"), Asset("b.png", "image/png", b"2"))
    figure = Figure(Image("图 1.png", "灯[1]"), (Text("图一"),))
    book = Book(
        Metadata("渡", "zh-Hans"),
        body=(Section("chapter", 1, "", "", (figure,), id="c"),),
        assets=assets,
    )
    text, files = to_markdown(book, pictures="渡.pictures")
    assert text.decode().endswith("![灯\\[1\\]](%E6%B8%A1.pictures/%E5%9B%BE%201.png)\n\n图一\n")
    assert files == (("图 1.png", b"1"),)
    assert to_markdown(replace(book, cover="b.png"), pictures="p")[1] == (
        ("图 1.png", b"1"),
        ("b.png", b"2"),
    )


def test_the_head_is_yaml_that_needs_no_reader_of_minds() -> None:
    creators = (Creator("甲"), Creator("乙"), Creator("丙", "cov"))
    metadata = Metadata("他说: '走'", "zh-Hans", creators=creators, description="一\n二  三")
    lines = head(Book(replace(metadata, date="2024", subtitle="\"'")), "").split("\n")
    assert lines == [
        "---",
        "title: \"他说: '走'\"",
        "subtitle: '\"'''",
        "author:",
        "  - 甲",
        "  - 乙",
        "contributor: 丙",
        "lang: zh-Hans",
        "date: '2024'",
        "description: 一 二 三",
        "---",
    ]


def test_builder_reads_again_what_it_wrote(tmp_path: Path) -> None:
    book = sample_book()
    text, files = to_markdown(book, pictures="r.pictures")
    (tmp_path / "r.pictures").mkdir()
    for name, content in files:
        (tmp_path / "r.pictures" / name).write_bytes(content)
    (tmp_path / "r.md").write_bytes(text)
    again = inspect(tmp_path / "r.md", BuildOptions(environment={})).book
    headings = [one.heading for _, one in walk(book.sections)]
    found = [one.heading for _, one in walk(again.sections)]
    assert [one for one in found if one not in {"渡口的人", "注释"}] == headings
    squeezed = [re.sub(r"\s", "", project(one)) for one in (book, again)]
    assert set(squeezed[0]) - set(squeezed[1]) == set()
    assert "彧yù，旁人都不认得。见渡口志，也见下一章和后来的事。" in squeezed[1]
    assert [one.name for one in again.metadata.creators] == ["林未晚", "周渡", "A. B. Carr"]
    assert again.metadata.title == book.metadata.title
    assert again.metadata.series == book.metadata.series
    assert len(again.notes) == 3


def test_a_build_writes_the_file_and_its_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "雨"
    folder.mkdir()
    book = sample_book()
    (folder / "灯.png").write_bytes(book.assets[0].content)
    (folder / "01.md").write_text("# 第一章 夜雨\n\n雨停了。\n\n![灯](灯.png)\n", "utf-8")
    options = BuildOptions(formats=("md", "txt"), out=tmp_path / "out", environment={})
    built = build(folder, options).files
    assert [
        (file.path.relative_to(tmp_path / "out/雨").as_posix(), file.format) for file in built
    ] == [
        ("雨.md", "md"),
        ("雨.pictures/灯.png", "md"),
        ("雨.txt", "txt"),
    ]
    assert "![灯](%E9%9B%A8.pictures/%E7%81%AF.png)" in built[0].path.read_text("utf-8")
