"""Chapters are split, joined, renamed and moved in whatever was dropped, at any line that is shown."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.pipeline import BuildOptions, inspect
from builder.structure import plan_of
from builder.studio.contents import contents_of, keep_plan
from builder.studio.desk import Desks, Draft
from builder.studio.lines import is_place, lines_between
from builder.studio.worker import _analyse

CHAPTERS = (
    ("第一章 灯下", ("雨停的时候，老何才把船灯点上。", "她说：“走吧。”", "没有人接话。")),
    ("第二章 对岸", ("天亮以前，他数到第十二下。", "船到了对岸，灯还亮着。", "谁也没有回头看。")),
    ("第三章 尾声", ("后半夜，守堤的人换了班。", "灯芯剪短了，火苗还是跳。")),
)


def _html(chapters: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """A page as scrapers leave it: all of it on one line."""
    inside = "".join(
        f"<h2>{title}</h2>{''.join(f'<p>　　{line}</p>' for line in lines)}"
        for title, lines in chapters
    )
    return f"<!DOCTYPE html><html><head><title>水账</title></head><body>{inside}</body></html>"


def _plain(draft: Draft) -> None:
    text = "\r\n\r\n".join(
        f"{title}\r\n\r\n" + "\r\n\r\n".join(f"　　{line}" for line in lines)
        for title, lines in CHAPTERS
    )
    (draft.source / "水账.txt").write_bytes(text.encode("gb18030"))


def _one_page(draft: Draft) -> None:
    (draft.source / "水账.html").write_text(_html(CHAPTERS), encoding="utf-8")


def _pages(draft: Draft) -> None:
    for number, chapter in enumerate(CHAPTERS, 1):
        (draft.source / f"{number:02}.html").write_text(_html((chapter,)), encoding="utf-8")


def _markdown(draft: Draft) -> None:
    text = "\n\n".join(f"# {title}\n\n" + "\n\n".join(lines) for title, lines in CHAPTERS)
    (draft.source / "水账.md").write_text(text, encoding="utf-8")


def _zip(draft: Draft) -> None:
    with zipfile.ZipFile(draft.source / "水账.zip", "w") as archive:
        for number, (title, lines) in enumerate(CHAPTERS, 1):
            text = f"{title}\n" + "\n".join(f"　　{line}" for line in lines)
            archive.writestr(f"水账/{number}.txt", text.encode("gb18030"))


def _epub(draft: Draft) -> None:
    pages = [
        f"<h1>{title}</h1>{''.join(f'<p>{line}</p>' for line in lines)}"
        for title, lines in CHAPTERS
    ]
    names = [f"p{number}.xhtml" for number in range(1, 4)]
    items = "".join(
        f'<item id="{n[:2]}" href="{n}" media-type="application/xhtml+xml"/>' for n in names
    )
    refs = "".join(f'<itemref idref="{n[:2]}"/>' for n in names)
    with zipfile.ZipFile(draft.source / "水账.epub", "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="OEBPS/a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/a.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>水账</dc:title>'
            '<dc:language>zh</dc:language><dc:identifier id="i">a</dc:identifier></metadata>'
            f"<manifest>{items}</manifest><spine>{refs}</spine></package>",
        )
        for name, page in zip(names, pages, strict=True):
            archive.writestr(
                f"OEBPS/{name}",
                f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{page}</body></html>',
            )


SOURCES = (_plain, _one_page, _pages, _markdown, _zip, _epub)
Put = Callable[[Draft], None]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Desks(tmp_path).begin("0" * 32, "水账")


def read(draft: Draft) -> list[dict[str, object]]:
    """The rows of a book that has been read."""
    _analyse(draft)
    return contents_of(draft)


def headings(rows: list[dict[str, object]]) -> list[object]:
    return [row["heading"] for row in rows]


def shown(draft: Draft, rows: list[dict[str, object]], at: int) -> list[tuple[str, str]]:
    """The lines of a chapter as the page asks for them: place and words."""
    until = str(rows[at + 1]["place"]) if at + 1 < len(rows) else ""
    lines, is_more = lines_between(draft, str(rows[at]["place"]), until, skip=0, count=99)
    assert not is_more
    return [(line.place, line.text) for line in lines]


@pytest.mark.parametrize("put", SOURCES)
def test_the_lines_of_each_chapter_are_shown(draft: Draft, put: Put) -> None:
    put(draft)
    rows = read(draft)
    assert headings(rows) == ["第一章　灯下", "第二章　对岸", "第三章　尾声"]
    for at, (_, lines) in enumerate(CHAPTERS):
        assert [words for _, words in shown(draft, rows, at)] == list(lines)


@pytest.mark.parametrize("put", SOURCES)
def test_a_chapter_begins_at_any_line_that_is_shown(draft: Draft, put: Put) -> None:
    put(draft)
    rows = read(draft)
    for at in range(3):
        for count, (place, words) in enumerate(shown(draft, rows, at)):
            new = {"level": "chapter", "heading": "新的一章", "place": place}
            keep_plan(draft, [*rows[: at + 1], new, *rows[at + 1 :]])
            split = read(draft)
            assert headings(split)[at + 1] == "新的一章"
            assert len(split) == 4
            assert len(shown(draft, split, at)) == count
            body = inspect(draft.source, BuildOptions(environment={})).book.body[at + 1]
            assert len(body.blocks) == len(CHAPTERS[at][1]) - count
            assert words in str(body.blocks[0])
            keep_plan(draft, rows)
            assert headings(read(draft)) == headings(rows)


@pytest.mark.parametrize("put", SOURCES)
def test_chapters_are_joined_renamed_made_volumes_and_prefaces(draft: Draft, put: Put) -> None:
    put(draft)
    first, second, third = read(draft)
    keep_plan(
        draft,
        [
            {**first, "level": "volume", "heading": "第一卷　雾港"},
            {**third, "heading": "第二章　换过的"},
        ],
    )
    rows = read(draft)
    assert [(row["level"], row["heading"], row["depth"]) for row in rows] == [
        ("volume", "第一卷　雾港", 0), ("chapter", "第二章　换过的", 1),
    ]  # fmt: skip
    # The heading that is none is a line of the section before it.
    assert [words for _, words in shown(draft, rows, 0) if "对岸" in words][:1] == ["第二章 对岸"]

    keep_plan(
        draft,
        [{**first, "level": "preface"}, second, {**third, "level": "afterword", "heading": ""}],
    )
    book = inspect(draft.source, BuildOptions(environment={})).book
    assert [one.role for one in (*book.front, *book.body, *book.back)] == [
        "preface",
        "chapter",
        "afterword",
    ]
    assert book.back[0].title == ""


@pytest.mark.parametrize("put", SOURCES)
def test_the_plan_that_is_written_gives_the_same_book(draft: Draft, put: Put) -> None:
    put(draft)
    before = inspect(draft.source, BuildOptions(environment={}))
    (draft.source / "contents.plan").write_text(
        plan_of(before.book, before.manuscript), encoding="utf-8"
    )
    (draft.source / "book.toml").write_text(
        '[structure]\nplan = "contents.plan"\n', encoding="utf-8"
    )
    assert inspect(draft.source, BuildOptions(environment={})).book == before.book


def test_two_chapters_on_one_line_of_a_file_are_told_apart_by_columns(draft: Draft) -> None:
    _one_page(draft)
    places = [str(row["place"]).split(":") for row in read(draft)]
    assert [len(place) for place in places] == [2, 3, 3]
    assert {place[1] for place in places} == {"1"}


def test_a_list_of_short_lines_is_split_at_any_of_them(draft: Draft) -> None:
    poem = "第一章 灯下\n\n　　他念：\n\n　　江上无风\n　　灯下无人\n　　船在对岸\n　　雾在门外\n\n　　念完就停了。\n\n第二章 对岸\n\n　　天亮了。\n"
    (draft.source / "诗.txt").write_text(poem, encoding="utf-8")
    rows = read(draft)
    found = shown(draft, rows, 0)
    assert [words for _, words in found] == [
        "他念：",
        "江上无风",
        "灯下无人",
        "船在对岸",
        "雾在门外",
        "念完就停了。",
    ]
    keep_plan(draft, [rows[0], {"level": "chapter", "heading": "", "place": found[3][0]}, rows[1]])
    assert [words for _, words in shown(draft, read(draft), 0)] == [
        "他念：",
        "江上无风",
        "灯下无人",
    ]


def test_long_chapters_are_shown_in_parts(draft: Draft) -> None:
    lines = "\n".join(f"　　天亮以前，他数到第{n}下。" for n in range(1, 251))
    (draft.source / "长.txt").write_text(
        f"第一章 灯下\n{lines}\n第二章 对岸\n　　天亮了。\n", encoding="utf-8"
    )
    first, second = read(draft)
    parts = [
        lines_between(draft, str(first["place"]), str(second["place"]), skip=skip, count=120)
        for skip in (0, 120, 240)
    ]
    assert [(len(part), is_more) for part, is_more in parts] == [
        (120, True),
        (120, True),
        (10, False),
    ]
    assert parts[2][0][-1].place == "长.txt:251"
    assert lines_between(draft, str(second["place"]), "", skip=0, count=9)[0][0].text == "天亮了。"


def test_lines_that_cleaning_took_are_none_to_split_at(draft: Draft) -> None:
    (draft.source / "水账.txt").write_text(
        "第一章 灯下\n\n　　雨停了。\n\n　　请记住本书首发域名：www.qingluan9.cc\n\n　　天亮了。\n",
        encoding="utf-8",
    )
    assert [words for _, words in shown(draft, read(draft), 0)] == ["雨停了。", "天亮了。"]


def test_without_a_reading_there_are_no_lines(draft: Draft) -> None:
    _plain(draft)
    with pytest.raises(SourceError):
        lines_between(draft, "水账.txt:1", "", skip=0, count=9)


@pytest.mark.parametrize("words", ["水账.txt", "水账.txt:", "a\nb:1", ":1"])
def test_what_is_no_place(words: str) -> None:
    assert not is_place(words)
