"""EPUBCheck, the standard's own judge, on a book that uses everything."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest

from builder.compose import compose
from builder.core.book import Book, Creator, Metadata, Role, Series
from builder.core.config import Config
from builder.core.page_starts import PageStart
from builder.epub import write_epub
from tests.compose.books import chapter, with_body, within
from tests.compose.sample import prose, sample_book, without_cover
from tests.judges import epubcheck
from tests.judges.epubcheck import ALL

pytestmark = pytest.mark.judge


# As the press tells them of the sample: before the text, at a heading, in a verse, before a
# figure, at the notes.
PAGES = (
    PageStart("i", "cover", 0),
    PageStart("iii", "title-page", 0),
    PageStart("iv", "colophon"),
    PageStart("v", "contents", 0),
    PageStart("vi", "contents", 30),
    PageStart("vii", "s-preface"),
    PageStart("1", "s-v1"),
    PageStart("3", "s-ch1", 1, 3),
    PageStart("4", "s-ch1", 3, 12),
    PageStart("5", "s-ch1", 9, 6),
    PageStart("6", "s-ch1", 10),
    PageStart("7", "s-ch2-1"),
    PageStart("8", "notes", 0),
)


def epub_of(book: Book, pages: tuple[PageStart, ...] = ()) -> bytes:
    return write_epub(compose(book, Config(), modified="2024-02-29T12:00:00Z", pages=pages))


def messages(folder: Path, content: bytes) -> list[str]:
    """What EPUBCheck says, usage notes included."""
    book = folder / "book.epub"
    book.write_bytes(content)
    return epubcheck([book], severities=ALL)[book]


def strange() -> Book:
    """Titles, ids and a shape that nobody expects."""
    metadata = Metadata(
        "渡\x01口 -- <下>",
        "zh-Hant-HK",
        creators=(Creator("甲 & 乙", ""), Creator("甲 & 乙", "edt"), Creator(" ")),
        isbn="统一书号 10019·3",
        date="民国廿三年",
        series=Series("渡"),
        subjects=("", "小說"),
    )
    nested = within(
        chapter("部", id="部", role="part"),
        within(chapter("", id="1"), chapter("節", prose("雪。"), id="1", role="subchapter")),
        chapter("章 -- ]]>", prose("\x02"), id="note-1"),
    )
    return Book(metadata, body=(nested, chapter("", id="NAV")))


@pytest.mark.parametrize(
    "book",
    [
        sample_book("zh-Hans"),
        without_cover(sample_book("zh-Hant-TW")),
        strange(),
        with_body(),
    ],
    ids=["everything", "without cover, Traditional", "strange", "empty"],
)
def test_epubcheck_has_nothing_to_say(book: Book, tmp_path: Path) -> None:
    assert messages(tmp_path, epub_of(book)) == []


def test_epubcheck_has_nothing_to_say_of_pages(tmp_path: Path) -> None:
    assert messages(tmp_path, epub_of(sample_book(), PAGES)) == []
    untitled = with_body(chapter("", prose("灯亮了。"), id="c1"))
    assert messages(tmp_path, epub_of(untitled, (PAGES[1], PageStart("1", "s-c1", 0)))) == []


def test_epubcheck_has_nothing_to_say_of_chapters_in_several_files(tmp_path: Path) -> None:
    section = within(
        chapter("长夜", *[prose("渡口的灯亮了一夜。" * 40)] * 400, id="c1"),
        chapter("一", prose("船家说：不开船。" * 20_000), role="subchapter", id="c1-2"),
    )
    pages = tuple(PageStart(str(n), "s-c1", n * 3, n * 5) for n in range(1, 100))
    assert messages(tmp_path, epub_of(with_body(section), pages)) == []


def test_epubcheck_has_nothing_to_say_of_any_kind_of_section(tmp_path: Path) -> None:
    sections = (chapter(role, prose("灯亮了。"), role=role, id=role) for role in get_args(Role))
    assert messages(tmp_path, epub_of(with_body(*sections))) == []


def test_epubcheck_would_say_something(tmp_path: Path) -> None:
    """A note whose anchor is broken, and a book without its cover image."""
    made = compose(sample_book(), Config(), modified="2024-02-29T12:00:00Z")
    damaged = tuple(
        replace(item, content=item.content.replace(b'id="note-n1"', b'id="note-n9"'))
        for item in made.manifest
    )
    content = BytesIO()
    source = zipfile.ZipFile(BytesIO(write_epub(replace(made, manifest=damaged))))
    with zipfile.ZipFile(content, "w") as target:
        for entry in source.infolist():
            if entry.filename != "EPUB/images/cover.jpg":
                target.writestr(entry, source.read(entry))
    codes = {message.split()[1] for message in messages(tmp_path, content.getvalue())}
    assert codes == {"RSC-012", "RSC-001"}
