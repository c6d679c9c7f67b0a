"""Volumes that folders and files are called by."""

from dataclasses import replace

from builder.core.book import Book
from builder.core.traversal import walk
from tests.structure.making import manuscript_of, structured


def book_in(*files: tuple[str, str]) -> Book:
    """The book of files in folders, named by their whole path."""
    manuscript = manuscript_of(*(text for _, text in files), names=tuple(name for name, _ in files))
    placed = tuple(
        replace(file, folders=tuple(file.path.split("/")[:-1])) for file in manuscript.files
    )
    return structured(replace(manuscript, files=placed)).book


def outline(book: Book) -> list[tuple[int, str, str]]:
    return [(depth, section.role, section.heading) for depth, section in walk(book.sections)]


def chapter(number: int, title: str) -> str:
    return f"第{number}章 {title}\n\n他在{title}站了很久，没有等到要等的人。\n"


def test_a_folder_is_a_volume() -> None:
    book = book_in(
        ("第一卷 雾港/01.txt", chapter(1, "灯下")),
        ("第一卷 雾港/02.txt", chapter(2, "对岸")),
        ("02-下卷/01.txt", chapter(1, "归舟")),
    )
    assert outline(book) == [
        (0, "volume", "第一卷　雾港"),
        (1, "chapter", "第1章　灯下"),
        (1, "chapter", "第2章　对岸"),
        (0, "volume", "下卷"),
        (1, "chapter", "第1章　归舟"),
    ]


def test_folders_in_folders_are_parts_and_volumes() -> None:
    book = book_in(
        ("上部/卷一 雾港/1.txt", chapter(1, "灯下")),
        ("上部/卷二 退潮/1.txt", chapter(2, "对岸")),
        ("下部/卷三 归舟/1.txt", chapter(3, "长堤")),
    )
    assert [(depth, heading) for depth, _, heading in outline(book)] == [
        (0, "上部"), (1, "卷一　雾港"), (2, "第1章　灯下"), (1, "卷二　退潮"), (2, "第2章　对岸"),
        (0, "下部"), (1, "卷三　归舟"), (2, "第3章　长堤"),
    ]  # fmt: skip


def test_a_folder_of_any_name_is_a_volume_beside_others() -> None:
    book = book_in(("1 雾港/1.txt", chapter(1, "灯下")), ("2 退潮/1.txt", chapter(2, "对岸")))
    assert [heading for depth, _, heading in outline(book) if not depth] == ["雾港", "退潮"]
    lone = book_in(("正文/1.txt", chapter(1, "灯下")), ("正文/2.txt", chapter(2, "对岸")))
    assert [depth for depth, _, _ in outline(lone)] == [0, 0]


def test_a_volume_that_the_text_names_is_not_made_again() -> None:
    book = book_in(
        ("卷一/1.txt", "第一卷 雾港\n\n" + chapter(1, "灯下")),
        ("卷二/1.txt", chapter(2, "对岸")),
    )
    assert [heading for depth, _, heading in outline(book) if not depth] == ["第一卷　雾港", "卷二"]


def test_a_file_is_a_volume_when_its_name_says_so_and_it_holds_chapters() -> None:
    first = chapter(1, "灯下") + "\n" + chapter(2, "对岸")
    again = chapter(1, "归舟") + "\n" + chapter(2, "长堤")
    for names in (
        ("第一卷 雾港", "第二卷 退潮"),
        ("渡口（上）", "渡口（下）"),
        ("渡口 上册", "渡口 下册"),
    ):
        book = book_in((f"{names[0]}.txt", first), (f"{names[1]}.txt", again))
        assert [depth for depth, _, _ in outline(book)] == [0, 1, 1, 0, 1, 1], names
        assert [role for depth, role, _ in outline(book) if not depth] == ["volume", "volume"]


def test_the_back_of_the_book_may_be_a_folder() -> None:
    book = book_in(
        ("第一卷/1.txt", chapter(1, "灯下")),
        ("番外/1.txt", chapter(1, "雪夜")),
    )
    assert [section.role for section in book.back] == ["bonus"]


def test_a_chapter_saved_page_by_page_loses_the_page_of_its_file_name() -> None:
    told = "邮局的门总是半开着，里面坐着一个戴眼镜的老头。\n"
    names = ("第一章 邮局(1).txt", "第一章 邮局(2).txt", "第二章 旧信(1).txt")
    manuscript = manuscript_of(told, told, told, names=names)
    first, second, third = manuscript.files
    files = (first, replace(second, continues=True), third)
    book = structured(replace(manuscript, files=files)).book
    assert [section.heading for section in book.body] == ["第一章　邮局", "第二章　旧信(1)"]
