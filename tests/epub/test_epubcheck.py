"""EPUBCheck, the standard's own judge, on a book that uses everything."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from builder.compose import compose
from builder.core.book import Book, Creator, Metadata, Series
from builder.core.config import Config
from builder.epub import write_epub
from tests.compose.books import chapter, with_body, within
from tests.compose.sample import prose, sample_book, without_cover
from tests.judges import epubcheck
from tests.judges.epubcheck import ALL

pytestmark = pytest.mark.judge


def epub_of(book: Book) -> bytes:
    return write_epub(compose(book, Config(), modified="2024-02-29T12:00:00Z"))


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
