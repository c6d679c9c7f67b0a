"""One book a volume, and nothing of the whole lost between them."""

from collections import Counter
from dataclasses import replace

from builder.core.book import Book, Metadata, Note, NoteRef, Paragraph, Section, Series, Text
from builder.core.traversal import project
from builder.structure import split_volumes


def prose(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def chapter(number: int, text: str, note: str = "") -> Section:
    mark = (NoteRef(note),) if note else ()
    return Section(
        "chapter", number, f"第{number}章", "", (Paragraph((Text(text), *mark)),), id=f"c{number}"
    )


def volume(number: int, title: str, *chapters: Section) -> Section:
    return Section("volume", number, f"第{number}卷", title, (), chapters, id=f"v{number}")


def whole() -> Book:
    return Book(
        Metadata("渡口", "zh-Hans", identifier="urn:x", isbn="978"),
        front=(Section("preface", None, "序", "", (prose("序文。"),), id="p"),),
        body=(
            chapter(0, "卷前。"),
            volume(1, "涨水", chapter(1, "水来了。", "n1")),
            Section("bonus", None, "番外", "", (prose("一件小事。"),), id="b"),
            volume(2, "退水", chapter(2, "水走了。", "n2")),
        ),
        back=(Section("afterword", None, "后记", "", (prose("记。"),), id="a"),),
        notes=(
            Note("n1", (prose("注一。"),)),
            Note("n2", (prose("注二。"),)),
            Note("n3", (prose("无人提起。"),)),
        ),
    )


def test_each_volume_is_a_book_of_a_series() -> None:
    first, second = split_volumes(whole())
    assert first.metadata.title == "渡口 第1卷\u3000涨水"
    assert (first.metadata.series, second.metadata.series) == (Series("渡口", 1), Series("渡口", 2))
    assert (first.metadata.identifier, first.metadata.isbn) == ("", "")
    assert [section.id for section in first.sections] == ["p", "c0", "v1", "b"]
    assert [section.id for section in second.sections] == ["v2", "a"]
    assert [note.id for note in first.notes] == ["n1", "n3"]
    assert [note.id for note in second.notes] == ["n2"]


def test_together_they_hold_every_line_once() -> None:
    lines = Counter(project(whole()).split("\n"))
    parts = Counter(line for book in split_volumes(whole()) for line in project(book).split("\n"))
    assert parts == lines


def test_a_series_of_its_own_is_kept() -> None:
    book = whole()
    named = replace(book, metadata=replace(book.metadata, series=Series("江河", 7)))
    assert [part.metadata.series for part in split_volumes(named)] == [
        Series("江河", 1),
        Series("江河", 2),
    ]


def test_a_book_of_one_volume_stays_whole() -> None:
    book = replace(whole(), body=(volume(1, "涨水", chapter(1, "水来了。")),))
    assert split_volumes(book) == (book,)


def test_the_volumes_sort_in_their_order() -> None:
    book = replace(whole(), metadata=replace(whole().metadata, file_as="du kou"))
    assert [part.metadata.file_as for part in split_volumes(book)] == ["du kou 01", "du kou 02"]
    assert [part.metadata.file_as for part in split_volumes(whole())] == ["", ""]
