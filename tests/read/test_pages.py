"""Chapters in several files, and volumes in folders."""

import pytest

from builder.core.config import Config
from builder.core.manuscript import Manuscript, MarkKind
from builder.core.traversal import walk
from builder.read import discover
from builder.structure import structure

from .conftest import ReadFiles

A = "　　雨下了一夜，渡口的石阶没进水里，船夫把缆绳又紧了两圈。\n"
B = "　　天亮的时候雾散了，对岸的灯一盏一盏熄下去。\n"


def joins(manuscript: Manuscript) -> list[bool]:
    return [file.continues for file in manuscript.files]


@pytest.mark.parametrize(
    "names",
    [
        ("第12章(1).txt", "第12章(2).txt"),
        ("第12章.txt", "第12章(2).txt"),
        ("第十二章 夜雨_1.txt", "第十二章 夜雨_2.txt"),
        ("012_1.txt", "012_2.txt"),
        ("第12章第1页.txt", "第12章第2页.txt"),
    ],
)
def test_names_that_count_pages_make_one_chapter(
    read_files: ReadFiles, names: tuple[str, str]
) -> None:
    reading = read_files({names[0]: f"第十二章 夜雨\n{A}", names[1]: B})
    assert joins(reading.manuscript) == [False, True]
    assert reading.manuscript.text == f"第十二章 夜雨\n{A}{B}".rstrip()
    assert [found.code for found in reading.diagnostics] == ["R033"]
    source = discover(reading_root(reading.manuscript))
    book = structure(reading.manuscript, Config(), language="zh-Hans", source=source).book
    assert [section.heading for _, section in walk(book.sections)] == ["第十二章　夜雨"]


def reading_root(manuscript: Manuscript):  # type: ignore[no-untyped-def]  # a path
    from pathlib import Path

    return Path(manuscript.files[0].path).parent


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"第十二章 夜雨(1/2)\n{A}", f"第十二章 夜雨(2/2)\n{B}"),
        (f"第十二章 夜雨（1）\n{A}", f"第十二章 夜雨（2）\n{B}"),
        (f"第十二章 夜雨\n{A}", f"第十二章 夜雨(2)\n{B}"),
    ],
)
def test_a_title_repeated_on_each_page_is_printed_once(
    read_files: ReadFiles, first: str, second: str
) -> None:
    manuscript = read_files({"031.txt": first, "032.txt": second}).manuscript
    assert joins(manuscript) == [False, True]
    assert manuscript.text == f"第十二章 夜雨\n{A}{B}".rstrip()


def test_pages_counted_in_the_text_belong_together(read_files: ReadFiles) -> None:
    manuscript = read_files(
        {
            "a031.txt": f"第十二章 夜雨\n{A}第(1/3)页\n",
            "a032.txt": f"{B}第(2/3)页\n",
            "a033.txt": f"{B}第(3/3)页\n",
            "a034.txt": f"第十三章 对岸\n{A}",
        }
    ).manuscript
    assert joins(manuscript) == [False, True, True, False]
    assert manuscript.boundaries()[1] == manuscript.boundaries()[3]


def test_marks_move_when_a_repeated_title_goes(read_files: ReadFiles) -> None:
    manuscript = read_files(
        {
            "1.html": "<h1>第十二章 夜雨(1)</h1><p>雨<em>停</em>了。</p>",
            "2.html": "<h1>第十二章 夜雨(2)</h1><p>天<em>亮</em>了。</p>",
        }
    ).manuscript
    shown = [(mark.kind, manuscript.text[mark.start : mark.end]) for mark in manuscript.marks]
    assert shown == [
        (MarkKind.HEADING, "第十二章 夜雨"),
        (MarkKind.EMPHASIS, "停"),
        (MarkKind.EMPHASIS, "亮"),
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"第11章(1).txt": f"第十一章\n{A}", "第11章(2).txt": f"第十二章\n{B}"},
        {"夜航_1.txt": A, "夜航_2.txt": B},
        {"2024-01.txt": A, "2024-02.txt": B},
        {"1.txt": f"第一章 夜雨(上)\n{A}", "2.txt": f"第二章 夜雨(下)\n{B}"},
        {"1.txt": f"第一章 夜雨(1)\n{A}", "2.txt": f"第二章 夜雨(2)\n{B}"},
        {f"1_{number}.txt": A for number in range(1, 15)},
        {"甲/第1章(1).txt": A, "乙/第1章(2).txt": B},
    ],
)
def test_chapters_are_not_taken_for_pages(read_files: ReadFiles, files: dict[str, str]) -> None:
    assert not any(joins(read_files(files).manuscript))


# --- folders ------------------------------------------------------------------------------


def test_folders_of_volumes_are_read_in_order_and_remembered(read_files: ReadFiles) -> None:
    manuscript = read_files(
        {
            "第十卷 归/第1章.txt": B,
            "第二卷/下部/第3章.txt": A,
            "第二卷/第1章.txt": B,
            "第一卷/第2章.txt": A,
            "第一卷/第10章.txt": B,
        }
    ).manuscript
    assert [file.folders for file in manuscript.files] == [
        ("第一卷",),
        ("第一卷",),
        ("第二卷",),
        ("第二卷", "下部"),
        ("第十卷 归",),
    ]


def test_beside_chapters_only_folders_of_volumes_count(read_files: ReadFiles) -> None:
    files = {
        "第1章.txt": A,
        "番外/1.txt": B,
        "旧稿/第1章.txt": B,
        "drafts/1.txt": B,
        ".git/1.txt": B,
    }
    manuscript = read_files(files).manuscript
    assert [file.folders for file in manuscript.files] == [(), ("番外",)]


def test_another_book_in_a_folder_stays_another_book(read_files: ReadFiles) -> None:
    files = {"第1章.txt": A, "第二部/book.toml": "", "第二部/1.txt": B}
    assert len(read_files(files).manuscript.files) == 1
