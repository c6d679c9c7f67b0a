"""Two reading engines open every edition: direction, contents, text, pictures, fonts, notes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.core.book import Note
from builder.core.traversal import block_lines, section_lines, walk
from tests.editions.editions import Edition, Made, editions, make
from tests.judges import (
    Entry,
    Opened,
    View,
    leaf_through_in_epubjs,
    leaf_through_in_foliate,
    open_in_epubjs,
    open_in_foliate,
    pop_ups_in_foliate,
)

pytestmark = pytest.mark.judge

MODES = {False: ("ltr", "horizontal-tb"), True: ("rtl", "vertical-rl")}
NOTE_START = 6  # characters: before any reading that an edition may add
LANDMARKS = {
    *("cover", "titlepage", "colophon", "toc", "preface"),
    *("frontmatter", "bodymatter", "backmatter", "afterword"),
}


@pytest.fixture(scope="module", params=editions(), ids=lambda edition: edition.name)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    edition: Edition = request.param
    return make((edition,), tmp_path_factory.mktemp("edition"))[0]


@pytest.mark.parametrize("open_in", [open_in_foliate, open_in_epubjs])
def test_an_engine_finds_every_way_into_the_book(
    made: Made, open_in: Callable[[Path], Opened]
) -> None:
    opened = open_in(made.path)
    metadata = made.result.book.metadata
    assert (opened.title, opened.language) == (metadata.title, metadata.language)
    assert opened.authors[:1] == (metadata.creators[0].name,)
    assert opened.direction == MODES[made.edition.vertical][0]
    assert opened.dead_entries == ()
    assert flat(opened.toc) == made.headings
    assert {kind for mark in opened.landmarks for kind in mark.types} == LANDMARKS


@pytest.mark.parametrize("leaf_through", [leaf_through_in_foliate, leaf_through_in_epubjs])
def test_an_engine_shows_every_section_as_it_is_meant(
    made: Made, leaf_through: Callable[[Path], tuple[View, ...]]
) -> None:
    views = leaf_through(made.path)
    # A picture would stand at the edge of a page in columns, so the cover is in lines.
    cover, *others = views
    assert cover.writing_mode == "horizontal-tb"
    assert {view.writing_mode for view in others} == {MODES[made.edition.vertical][1]}
    assert [view.href for view in views if view.blank] == []
    assert {status for view in views for status in view.fonts.values()} <= {"loaded", "unloaded"}
    text = "".join("".join(view.text.split()) for view in views)
    assert [heading for _, heading in made.headings if bare(heading) not in text] == []
    assert bare(views[-1].text).endswith(bare(last_line(made)))


def test_every_note_pops_up_with_its_own_words(made: Made) -> None:
    shown = pop_ups_in_foliate(made.path)
    assert [one.kind for one in shown] == ["footnote"] * 3
    assert {one.writing_mode for one in shown} == {MODES[made.edition.vertical][1]}
    words = {bare(one.text).removeprefix(one.mark)[:NOTE_START] for one in shown}
    assert words == {note_start(note) for note in made.result.book.notes}


def flat(entries: tuple[Entry, ...], depth: int = 0) -> list[tuple[int, str]]:
    return [
        pair
        for entry in entries
        for pair in (
            (depth, " ".join(entry.label.split())),
            *flat(entry.children, depth + 1),
        )
    ]


def bare(text: str) -> str:
    return "".join(text.split())


def last_line(made: Made) -> str:
    """The last line of the text, which comes before all notes in the book's projection."""
    *_, (_, last) = walk(made.result.book.sections)
    return [*section_lines(last, readings=False)][-1]


def note_start(note: Note) -> str:
    first = next(block_lines(note.blocks[0]))
    return bare(first)[:NOTE_START]
