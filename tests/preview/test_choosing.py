"""Which pages are shown when nobody says, and when somebody does."""

from pathlib import Path

import pymupdf
import pytest

from builder.core.errors import ConfigError
from builder.preview import KINDS, MOST_PAGES, preview
from tests.preview.books import write_pages

CHAPTERS = (("序", 7), ("第一卷　涨水", 11), ("第一章　灯下", 13), ("第二章　对岸", 41))


def pages_of(path: Path, asked: str = "") -> tuple[int, ...]:
    return preview(path, path.name, pages=asked, width=300).pages


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ("1", (1,)),
        ("5-8", (5, 6, 7, 8)),
        ("8, 2 - 3,2", (2, 3, 8)),
        ("58-", (58, 59, 60)),
        ("1–2", (1, 2)),
        ("cover", (1,)),
        ("END", (60,)),
        ("cover,58-,7", (1, 7, 58, 59, 60)),
    ],
)
def test_pages_are_asked_for_by_number_range_and_kind(
    asked: str, pages: tuple[int, ...], tmp_path: Path
) -> None:
    assert pages_of(write_pages(tmp_path / "a.pdf", 60), asked) == pages


@pytest.mark.parametrize("asked", ["0", "61", "8-5", "5-61", "five", "5..8", "-3", "1 2", "9" * 9])
def test_pages_that_are_not_there_are_told(asked: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        pages_of(write_pages(tmp_path / "a.pdf", 60), asked)
    assert caught.value.diagnostic.code == "V005"


def test_more_pages_than_can_be_seen_are_refused(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", MOST_PAGES + 1)
    assert len(pages_of(book, f"2-{MOST_PAGES}")) == MOST_PAGES - 1
    with pytest.raises(ConfigError) as caught:
        pages_of(book, "1-")
    assert caught.value.diagnostic.code == "V006"


def test_the_first_chapter_is_one_of_the_text_and_no_volume(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 60, roman=10, chapters=CHAPTERS)
    nested = tmp_path / "nested.pdf"
    with pymupdf.open(book) as pdf:
        levels = (1, 1, 2, 2)
        pdf.set_toc([[level, *chapter] for level, chapter in zip(levels, CHAPTERS, strict=True)])
        pdf.save(nested)
    assert pages_of(book, "opener") == (10, 11)
    assert pages_of(nested, "opener") == (12, 13)
    assert pages_of(write_pages(tmp_path / "b.pdf", 9), "cover,opener") == (1,)


def test_without_an_outline_the_first_chapter_begins_where_roman_numbers_end(
    tmp_path: Path,
) -> None:
    book = write_pages(tmp_path / "a.pdf", 60, roman=10)
    assert pages_of(book, "opener") == (10, 11)
    plain = write_pages(tmp_path / "b.pdf", 9)
    assert pages_of(plain, "cover,opener") == (1,)


def test_the_spread_is_in_the_middle_and_begins_no_chapter(tmp_path: Path) -> None:
    assert pages_of(write_pages(tmp_path / "a.pdf", 60), "spread") == (30, 31)
    middle = (("一", 30), ("二", 33), ("三", 28))
    book = write_pages(tmp_path / "b.pdf", 60, chapters=middle)
    (left, right) = pages_of(book, "spread")
    assert right == left + 1
    assert left % 2 == 0
    assert not {left, right} & {28, 30, 33}
    assert abs(left - 30) <= 6
    # A chapter that ends on page 31 leaves it half empty: the next pair will do better.
    ending = write_pages(tmp_path / "d.pdf", 60, chapters=(("一", 1), ("二", 32)))
    assert pages_of(ending, "spread") == (28, 29)
    everywhere = [(str(page), page) for page in range(1, 11)]
    dense = write_pages(tmp_path / "c.pdf", 10, chapters=everywhere)
    assert pages_of(dense, "spread") == (4, 5) or pages_of(dense, "spread") == (6, 7)


def test_contents_are_found_in_the_outline_or_on_a_page(tmp_path: Path) -> None:
    listed = write_pages(tmp_path / "a.pdf", 20, chapters=(("目　录", 4), ("第一章", 9)))
    assert pages_of(listed, "contents") == (4, 5)
    assert pages_of(listed, "opener") == (8, 9)
    written = tmp_path / "b.pdf"
    with pymupdf.open(write_pages(tmp_path / "c.pdf", 20, chapters=(("第一章", 9),))) as pdf:
        pdf[5].insert_text((60, 60), "C o n t e n t s", fontsize=20)
        pdf[10].insert_text((60, 60), "Contents of the box", fontsize=20)
        pdf.save(written)
    assert pages_of(written, "contents") == (6, 7)


def test_a_page_with_a_picture_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    with pymupdf.open(write_pages(tmp_path / "a.pdf", 30)) as pdf:
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 8, 8))
        for page in (0, 16):
            pdf[page].insert_image(pymupdf.Rect(50, 50, 200, 200), pixmap=pixels)
        pdf.save(path)
    assert pages_of(path, "picture") == (16, 17)
    assert pages_of(tmp_path / "a.pdf", "cover,picture") == (1,)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 60, 1000])
def test_every_book_has_something_to_look_at(count: int, tmp_path: Path) -> None:
    shown = pages_of(write_pages(tmp_path / "a.pdf", count, chapters=[("一", 1), ("二", count)]))
    assert {1, count} <= set(shown)
    assert len(shown) <= 2 * len(KINDS)
    assert pages_of(tmp_path / "a.pdf", ",".join(KINDS)) == shown
