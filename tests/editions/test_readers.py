"""Two reading engines open every edition: direction, contents, text, pictures, fonts, notes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.core.traversal import block_lines, section_lines, walk
from tests.editions.editions import Edition, Made, bare, editions, make, unread
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
NOTE_START = 6  # characters
LANDMARKS = {
    *("cover", "titlepage", "colophon", "toc", "preface"),
    *("frontmatter", "bodymatter", "backmatter", "afterword"),
}


# Every theme both ways, and one of them in the other script: engines look at no more than that.
SEEN = [one for one in editions() if not one.to or one.name.startswith(("song", "zhuyin", "kobo"))]


@pytest.fixture(scope="module", params=SEEN, ids=lambda edition: edition.name)
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
    cover, *pages = views  # a cover is a picture, and stands upright in either
    assert "cover" in cover.href
    assert {view.writing_mode for view in pages} == {MODES[made.edition.vertical][1]}
    assert [view.href for view in views if view.blank] == []
    faces = {
        family for view in views for family, status in view.fonts.items() if status == "loaded"
    }
    assert bool(faces) == made.edition.has_fonts
    assert {status for view in views for status in view.fonts.values()} <= {"loaded", "unloaded"}
    assert unread(made, "".join(view.text for view in views)) == []
    assert bare(views[-1].text, made).endswith(bare(last_line(made), made))


def test_every_note_pops_up_with_its_own_words(made: Made) -> None:
    shown = pop_ups_in_foliate(made.path)
    assert [one.kind for one in shown] == ["footnote"] * 3
    assert {one.writing_mode for one in shown} == {MODES[made.edition.vertical][1]}
    words = {bare(one.text, made)[:NOTE_START] for one in shown}
    first_lines = (next(block_lines(note.blocks[0])) for note in made.result.book.notes)
    assert words == {bare(line, made)[:NOTE_START] for line in first_lines}


def flat(entries: tuple[Entry, ...], depth: int = 0) -> list[tuple[int, str]]:
    return [
        pair
        for entry in entries
        for pair in (
            (depth, " ".join(entry.label.split())),
            *flat(entry.children, depth + 1),
        )
    ]


def last_line(made: Made) -> str:
    """The last line of the text, which comes before all notes in the book's projection."""
    *_, (_, last) = walk(made.result.book.sections)
    return [*section_lines(last, readings=False)][-1]
