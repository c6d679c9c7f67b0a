"""A paragraph costs the press as much as it is long, whatever stands in it."""

import cProfile
import pstats
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from builder.core.book import (
    Block,
    Book,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Section,
    Text,
)
from builder.core.page_starts import visible
from builder.press import places
from builder.press.copy import Copied, LinkSpan
from builder.press.setting import Copy
from tests.press.documents import SENTENCE, print_book, print_columns, prose

WORDS = Text("船没有来")
NOTE = (Note("n", (prose("注"),)),)


def book_of(*blocks: Block, notes: tuple[Note, ...] = ()) -> Book:
    chapter = Section("chapter", 1, "第一章", "渡口", blocks, id="c1")
    return Book(Metadata("江上", "zh-Hans"), body=(chapter,), notes=notes)


def of_many(count: int, *inlines: Inline) -> Book:
    return book_of(Paragraph(inlines * count))


def with_notes(count: int) -> Book:
    notes = tuple(Note(f"n{number}", (prose("注"),)) for number in range(count))
    inlines = (inline for note in notes for inline in (WORDS, NoteRef(note.id)))
    return book_of(Paragraph(tuple(inlines)), notes=notes)


KINDS: dict[str, Callable[[int], Book]] = {
    "emphasis": lambda count: of_many(count, WORDS, Emphasis((Text("灯"),))),
    "links": lambda count: of_many(count, WORDS, Link("https://example.org/", (Text("灯"),))),
    "line breaks": lambda count: of_many(count, WORDS, LineBreak()),
    "one note again and again": lambda count: replace(
        of_many(count, WORDS, NoteRef("n")), notes=NOTE
    ),
    "notes": with_notes,
    "quotation marks of Latin words": lambda count: of_many(count, Text("it’s “so” 灯")),
}
FEW = 200


def calls(book: Book, *, in_columns: bool) -> int:
    profile = cProfile.Profile()
    profile.runcall(print_columns if in_columns else print_book, book)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]  # not in typeshed


@pytest.fixture(scope="module")
def least() -> dict[bool, int]:
    """What a book costs that has next to nothing in it, when everything is loaded."""
    small = book_of(Paragraph((WORDS, Emphasis((Text("灯"),)), NoteRef("n"))), notes=NOTE)
    for _ in range(2):
        found = {in_columns: calls(small, in_columns=in_columns) for in_columns in (False, True)}
    return found


@pytest.mark.parametrize("in_columns", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("kind", KINDS)
def test_four_times_as_much_in_a_paragraph_costs_about_four_times_as_much(
    kind: str, in_columns: bool, least: dict[bool, int]
) -> None:
    few, many = (
        calls(KINDS[kind](count), in_columns=in_columns) - least[in_columns]
        for count in (FEW, 4 * FEW)
    )
    assert few > 0
    assert many < 5.5 * few


def test_where_pages_start_is_counted_once_for_a_paragraph_of_many_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[int] = []

    def counting(text: str) -> str:
        counted.append(len(text))
        return visible(text)

    monkeypatch.setattr(places, "visible", counting)
    text = SENTENCE * 2000
    pressed = print_book(book_of(prose(text)))
    starts = [start for start in pressed.pages if start.element_id == "s-c1" and start.characters]
    assert len(starts) > 20
    assert sum(counted) <= len(text)
    # A page of the grid holds as many characters as the next, but for marks that lose room.
    steps = [two.characters - one.characters for one, two in pairwise(starts)]
    assert max(steps) < 1.2 * min(steps)


def test_a_link_of_a_whole_book_says_its_first_words_only() -> None:
    pressed = print_book(
        book_of(Paragraph((Link("https://example.org/", (Text(SENTENCE * 400),)),)))
    )
    with pikepdf.open(BytesIO(pressed.pdf)) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", ()) if "/A" in link]
        said = [str(link.Contents) for link in links]
    assert len(said) > 100
    assert set(said) == {f"{(SENTENCE * 400)[:500]}…"}


def test_links_are_found_by_where_they_are_and_come_in_their_order() -> None:
    # Links that hold marks of notes, which come before them, and others between.
    links: list[LinkSpan] = []
    for at in range(0, 400, 20):
        links += [
            LinkSpan(at + 3, at + 4, "#note", 1),
            LinkSpan(at + 9, at + 10, "#note", 2),
            LinkSpan(at, at + 10, "web", 3),
            LinkSpan(at + 12, at + 15, "web", 4),
        ]
    copied = Copied(Copy("文" * 400, (), 100.0), links=tuple(links))
    for start in range(0, 400, 7):
        for end in (start + 1, start + 5, start + 30):
            want = [link for link in links if link.start < end and link.end > start]
            assert list(copied.links_in(start, end)) == want
