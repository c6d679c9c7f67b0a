"""Pages of paper: every trim, bound left and right, as the file has them.

What is asserted of a file is read from the file: by poppler, by pikepdf, by the typography
checker's reader of glyphs.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import builder.compose
import builder.press
from builder.check.typography import count_faults
from builder.core.book import Book
from builder.core.config import Config, OutputConfig, PdfConfig, TypographyConfig
from builder.core.printers import PRINTERS, PrinterName
from builder.core.publication import OwnStyles
from builder.core.trims import TRIMS
from builder.making import make
from tests.compose.sample import sample_book
from tests.judges import verapdf
from tests.press.documents import MODIFIED
from tests.press.placing import Box, SeenPage, seen_pages, text_area
from tests.press.seen import Line, lines_of
from tests.press.test_page import labels_of
from tests.press.told import TITLE, told

MM = 72 / 25.4
SIZE, LEADING = 10.5, 17.85
DIRECTIONS = pytest.mark.parametrize("is_vertical", [False, True], ids=["lines", "columns"])


def made(book: Book, *, is_vertical: bool = False, **settings: object) -> bytes:
    """The PDF as `builder build` makes it."""
    config = Config(
        pdf=replace(PdfConfig(), **settings),  # type: ignore[arg-type]  # keys of the dataclass
        typography=TypographyConfig(vertical=is_vertical),
        output=OutputConfig(formats=("pdf",)),
    )
    [file] = make(book, config, modified=MODIFIED, css=lambda _: OwnStyles()).files
    return file.content


@cache
def book_in(trim: str, *, is_vertical: bool) -> bytes:
    book = told(paragraphs=26, is_vertical=is_vertical)
    return made(book, is_vertical=is_vertical, trim=trim)


def prose_pages(pages: list[SeenPage], side: int) -> list[SeenPage]:
    """The rectos (0) or versos (1) that have the text from their top on and nothing else."""
    return [
        page
        for page in pages[side::2]
        if page.lines and all(abs(line.size - SIZE) < 0.05 for line in page.lines)
    ]


def areas(pages: list[SeenPage], *, is_vertical: bool) -> tuple[Box, Box]:
    """The text area of rectos and that of versos."""
    recto, verso = (
        text_area(prose_pages(pages, side), SIZE, LEADING, is_vertical=is_vertical)
        for side in (0, 1)
    )
    return recto, verso


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


# --- where the text stands -----------------------------------------------------------------


@DIRECTIONS
@pytest.mark.parametrize("trim", TRIMS)
def test_pages_have_their_trims_size_and_a_text_area_of_whole_characters_and_lines(
    trim: str,
    is_vertical: bool,
) -> None:
    pages = seen_pages(book_in(trim, is_vertical=is_vertical))
    for page in pages:
        assert page.width == pytest.approx(TRIMS[trim].width_mm * MM, abs=0.02)
        assert page.height == pytest.approx(TRIMS[trim].height_mm * MM, abs=0.02)
    cell = (LEADING, SIZE) if is_vertical else (SIZE, LEADING)
    page = pages[0]
    for left, top, right, bottom in areas(pages, is_vertical=is_vertical):
        for length, unit in ((right - left, cell[0]), (bottom - top, cell[1])):
            assert length / unit == pytest.approx(round(length / unit), abs=0.02)
        assert min(left, page.width - right) > 13 * MM
        assert min(top, page.height - bottom) > 16 * MM


@DIRECTIONS
@pytest.mark.parametrize("trim", TRIMS)
def test_pages_mirror_each_other_about_the_fold(
    trim: str,
    is_vertical: bool,
) -> None:
    pages = seen_pages(book_in(trim, is_vertical=is_vertical))
    recto, verso = areas(pages, is_vertical=is_vertical)
    width = pages[0].width
    # The first page is a recto: a right page, or a left one where a book is bound at the right.
    # Where lines or columns begin, which every page shows.
    if is_vertical:
        inner, outer, unit = width - recto[2], width - verso[2], LEADING
    else:
        inner, outer, unit = recto[0], verso[0], SIZE
    assert 0.47 < inner / (inner + outer) < 0.49
    # So what is left for the text is the same on both sides, but for a hair.
    count = (width - inner - outer) / unit
    assert count == pytest.approx(round(count), abs=0.02)
    assert recto[1] == pytest.approx(verso[1], abs=0.01)


@DIRECTIONS
@pytest.mark.parametrize("trim", ["A5", "32开", "大32开", "16开", "5x8in", "6x9in", "64开"])
def test_no_trim_has_a_fault_of_typography(
    trim: str,
    is_vertical: bool,
    tmp_path: Path,
) -> None:
    report = count_faults(written(tmp_path / "a.pdf", book_in(trim, is_vertical=is_vertical)))
    assert report.faults == ()
    assert report.is_vertical == is_vertical
    assert report.lines > 100
    assert report.leading_pt == pytest.approx(LEADING, abs=0.05)


# --- what stands beside the text -----------------------------------------------------------


def furniture(page: tuple[Line, ...], area: Box) -> tuple[list[Line], list[Line]]:
    """What poppler sees above and below the text area of a page."""
    _, top, _, bottom = area
    return (
        [one for one in page if (one.y0 + one.y1) / 2 < top - 6],
        [one for one in page if (one.y0 + one.y1) / 2 > bottom + 6],
    )


@DIRECTIONS
@pytest.mark.parametrize("trim", ["A5", "32开", "6x9in", "A4"])
def test_heads_and_folios_stand_outside_and_openers_have_no_head(
    trim: str,
    is_vertical: bool,
    tmp_path: Path,
) -> None:
    content = book_in(trim, is_vertical=is_vertical)
    path = written(tmp_path / "a.pdf", content)
    labels, seen = labels_of(path), seen_pages(content)
    sides = areas(seen, is_vertical=is_vertical)
    chapters = [section.heading for part in told().body for section in part.children]
    chapter, heads_seen = "", 0
    for at, page in enumerate(lines_of(path)):
        headings = {line.text for line in seen[at].lines if line.size > SIZE + 3}
        opened = [one for one in chapters if one.partition("\u3000")[2] in headings]
        heads, feet = furniture(page, sides[at % 2])
        if labels[at].isdecimal() and seen[at].lines and not headings & {"第一卷", "第二卷"}:
            assert [foot.text for foot in feet] == [labels[at]]
            is_right = (at % 2 == 0) != is_vertical
            middle = (feet[0].x0 + feet[0].x1) / 2
            assert (middle > seen[at].width / 2) == is_right
            if opened:
                chapter = opened[0]
                assert heads == []
            else:
                said = "".join(line.text for line in heads)
                wanted = chapter if at % 2 == 0 else TITLE
                # In a vertical book poppler may read a line that is none of its columns backwards.
                assert sorted(said) == sorted(wanted.replace("\u3000", ""))
                assert ((heads[0].x0 + heads[0].x1) / 2 > seen[at].width / 2) == is_right
                heads_seen += 1
    assert heads_seen > 3


def test_a_page_of_few_columns_has_small_headings() -> None:
    for trim, most in (("A5", 16.0), ("64开", 13.0)):
        pages = seen_pages(book_in(trim, is_vertical=True))
        titles = {section.title for part in told().body for section in part.children}
        sizes = {line.size for page in pages for line in page.lines if line.text in titles}
        assert max(sizes) == pytest.approx(most, abs=0.01)


@DIRECTIONS
@pytest.mark.parametrize(("trim", "length"), [("64开", 39), ("A6", 60), ("A5", 120), ("A5", 39)])
def test_a_long_title_stands_on_one_page(
    trim: str, length: int, *, is_vertical: bool, tmp_path: Path
) -> None:
    title = ("一条大河从很远的地方流过来又向很远的地方流过去" * 6)[:length]
    book = told(paragraphs=3, is_vertical=is_vertical)
    metadata = replace(book.metadata, title=title)
    content = made(replace(book, metadata=metadata), is_vertical=is_vertical, trim=trim, cover="no")
    poppler = list(lines_of(written(tmp_path / "a.pdf", content)))
    found = "".join(line.text for line in poppler[0])
    assert title in "".join(found.split())
    assert "书名" in {line.text[:2] for line in poppler[1]}


@DIRECTIONS
def test_front_matter_is_roman_and_what_opens_on_rectos_leaves_bare_versos(
    is_vertical: bool,
    tmp_path: Path,
) -> None:
    content = book_in("A5", is_vertical=is_vertical)
    path = written(tmp_path / "a.pdf", content)
    labels, seen = labels_of(path), seen_pages(content)
    first = labels.index("1")
    assert first % 2 == 0
    assert labels[:4] == ["i", "ii", "iii", "iv"]
    for number in ("第一卷", "第二卷"):
        [at] = [
            at
            for at, page in enumerate(seen)
            if number in {line.text for line in page.lines if line.size > SIZE + 5}
        ]
        assert at % 2 == 0
        assert not seen[at + 1].lines
    poppler = list(lines_of(path))
    bare = [at for at, page in enumerate(seen) if not page.lines and at > 4]
    assert bare
    assert all(not poppler[at] for at in bare if at % 2)


def test_a_chapter_can_be_asked_to_open_on_a_recto(tmp_path: Path) -> None:
    for is_vertical in (False, True):
        config = Config(
            pdf=PdfConfig(css="mine.css"), typography=TypographyConfig(vertical=is_vertical)
        )
        document = builder.compose.compose_print(
            told(), config, modified=MODIFIED, user_css="section.chapter { break-before: recto }"
        )
        content = builder.press.press(document, config).pdf
        names = {section.title for part in told().body for section in part.children}
        opened = [
            at
            for at, page in enumerate(seen_pages(content))
            if names & {line.text for line in page.lines if line.size > SIZE + 3}
        ]
        assert len(opened) == 4
        assert all(at % 2 == 0 for at in opened)


# --- who prints it --------------------------------------------------------------------------


@DIRECTIONS
@pytest.mark.parametrize("printer", PRINTERS)
def test_a_printer_gets_as_many_pages_as_he_takes_and_the_cover_apart(
    printer: PrinterName,
    is_vertical: bool,
) -> None:
    rules = PRINTERS[printer]
    for paragraphs in (9, 14):
        book = told(paragraphs=paragraphs, is_vertical=is_vertical)
        content = made(book, is_vertical=is_vertical, printer=printer, trim="5x8in")
        pages = seen_pages(content)
        assert len(pages) % rules.page_multiple == 0
        assert not (rules.needs_blank_last and pages[-1].lines)
        # The title page is the first, and its back the colophon, where the cover is apart.
        is_title = any(TITLE in line.text for line in pages[0].lines)
        assert is_title == rules.prints_cover_apart


@pytest.mark.parametrize(("cover", "first"), [("yes", 2), ("no", 0)])
def test_the_cover_page_is_in_or_out_as_one_says(cover: str, first: int) -> None:
    pages = seen_pages(made(told(), printer="kdp", cover=cover))
    found = [at for at, page in enumerate(pages) if any(TITLE in one.text for one in page.lines)]
    assert found[0] == first


@DIRECTIONS
def test_who_wants_no_links_and_bookmarks_gets_none(
    is_vertical: bool,
    tmp_path: Path,
) -> None:
    book = told(is_vertical=is_vertical)
    for printer, rules in PRINTERS.items():
        path = tmp_path / f"{printer}.pdf"
        path.write_bytes(
            made(book, is_vertical=is_vertical, printer=printer, variant=("pdf/ua-1",))
        )
        with pikepdf.open(path) as pdf:
            is_bare = "/Outlines" not in pdf.Root
            assert is_bare == rules.wants_bare
            assert is_bare == all("/Annots" not in page for page in pdf.pages)
    assert verapdf(tmp_path / "kdp.pdf", "ua1") == []


def rules_over_notes(content: bytes) -> set[float]:
    """How thick the lines are that run over half of a page."""
    found: set[float] = set()
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            width, start = 0.0, 0.0
            for instruction in pikepdf.parse_content_stream(page):
                operands, operator = instruction.operands, str(instruction.operator)
                if operator == "w":
                    width = float(operands[0])
                elif operator == "m":
                    start = float(operands[0])
                elif operator == "l" and abs(float(operands[0]) - start) > 200:
                    found.add(width)
    return found


def test_lines_are_no_thinner_than_the_printer_prints_well() -> None:
    assert rules_over_notes(made(sample_book())) == {0.4}
    assert rules_over_notes(made(sample_book(), printer="kdp")) == {0.75}


@pytest.fixture
def pressings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages each pressing gave."""
    counts: list[int] = []
    whole = builder.press.press

    def counted(*arguments: object, **more: object) -> builder.press.Pressed:
        pressed = whole(*arguments, **more)  # type: ignore[arg-type]  # passed on
        counts.append(pressed.page_count)
        return pressed

    monkeypatch.setattr(builder.press, "press", counted)
    return counts


def guessing(monkeypatch: pytest.MonkeyPatch, guess: Callable[..., int]) -> None:
    monkeypatch.setattr(builder.compose, "likely_page_count", guess)


def test_a_book_whose_page_is_the_same_at_any_thickness_is_not_even_guessed(
    pressings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> int:
        raise AssertionError

    guessing(monkeypatch, never)
    made(told())
    assert len(pressings) == 1


THICK: dict[str, Any] = {"printer": "lulu", "trim": "4.25x6.875in"}


def inner_mm(content: bytes) -> tuple[int, float, float]:
    """How many pages, and the least margin at the fold and outside that any full page has."""
    pages = seen_pages(content)
    inner, outer = [], []
    for side, area in enumerate(areas(pages, is_vertical=False)):
        sides = (area[0], pages[0].width - area[2])
        inner.append(sides[side] / MM)
        outer.append(sides[1 - side] / MM)
    return len(pages), min(inner), min(outer)


def test_a_good_guess_presses_once_and_gives_the_gutter_of_the_pages(
    pressings: list[int],
) -> None:
    for paragraphs in (20, 200):
        pressings.clear()
        pages, inner, outer = inner_mm(made(told(6, paragraphs), **THICK))
        assert len(pressings) == 1
        assert inner >= PRINTERS["lulu"].gutter_mm(pages) - 0.05
        assert outer >= 12.7 - 0.05


@pytest.mark.parametrize("guess", [1, 100_000])
def test_a_wrong_guess_presses_again_until_the_gutter_is_that_of_the_pages(
    guess: int, pressings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = made(told(6, 200), **THICK)
    pressings.clear()
    guessing(monkeypatch, lambda *_: guess)
    assert made(told(6, 200), **THICK) == right
    assert 2 <= len(pressings) <= 3
