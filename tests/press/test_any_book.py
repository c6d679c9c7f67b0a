"""Whatever a book holds, the press sets it, and every character of it can be read back."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.compose import compose_print
from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.config import Config, TypographyConfig
from builder.core.traversal import project
from builder.press import press
from tests.press.documents import MODIFIED, SENTENCE
from tests.press.reading import read_pdf

SPACE = re.compile(r"\s+")
NOTES = ("n1", "n2", "n3")

words = st.one_of(
    st.text("渡口灯火，。“”（）——……ab 12!?'", max_size=40),
    st.integers(1, 300).map(lambda count: (SENTENCE * 9)[:count]),
)
text = st.builds(Text, words)
inline: st.SearchStrategy[Inline] = st.recursive(
    st.one_of(
        text,
        text,
        st.builds(Code, st.sampled_from(["x = 1", "码"])),
        st.builds(Ruby, st.sampled_from(["彧", "渡口"]), st.sampled_from(["yù", "dù kǒu", "ㄩˋ"])),
        st.builds(NoteRef, st.sampled_from(NOTES)),
        st.just(LineBreak()),
    ),
    lambda inner: st.one_of(
        st.builds(Emphasis, st.tuples(inner), st.booleans()),
        st.builds(
            Link, st.sampled_from(["#c0", "https://example.org/", "#gone"]), st.tuples(inner)
        ),
    ),
    max_leaves=3,
)
inlines = st.lists(inline, max_size=4).map(tuple)
plain: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, inlines, st.sampled_from(["body", "body", "salutation", "signature"])),
    st.builds(Heading, st.tuples(text), st.integers(1, 3)),
    st.builds(Verse, st.lists(inlines, max_size=6).map(tuple)),
    st.builds(Raw, st.text("ab \n\t中", max_size=60)),
    st.just(Break()),
)
block: st.SearchStrategy[Block] = st.recursive(
    st.one_of(plain, st.builds(Table, st.tuples(st.tuples(inlines, inlines)))),
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(ListBlock, st.lists(st.tuples(inner), max_size=3).map(tuple), st.booleans()),
    ),
    max_leaves=4,
)
section = st.builds(
    Section,
    st.sampled_from(["volume", "chapter", "subchapter", "preface"]),
    st.none(),
    st.sampled_from(["", "第一章"]),
    st.sampled_from(["", "渡口", "渡口灯前人独立　江心月下客初来"]),
    st.lists(block, max_size=6).map(tuple),
)


@st.composite
def books(draw: st.DrawFn) -> Book:
    number = iter(range(1000))

    def named(one: Section, inner: tuple[Section, ...] = ()) -> Section:
        return replace(one, id=f"c{next(number)}", children=tuple(map(named, inner)))

    def part() -> tuple[Section, ...]:
        outer = draw(st.lists(section, max_size=2))
        return tuple(named(one, tuple(draw(st.lists(section, max_size=2)))) for one in outer)

    notes = tuple(
        Note(note_id, draw(st.lists(plain, min_size=1, max_size=2).map(tuple))) for note_id in NOTES
    )
    return Book(Metadata("书", "zh-Hans"), part(), part(), part(), notes)


@settings(max_examples=8)
@given(books(), st.booleans())
def test_every_character_is_set_once(book: Book, vertical: bool) -> None:
    config = Config(typography=TypographyConfig(vertical=vertical))
    pressed = press(compose_print(book, config, modified=MODIFIED), config)
    reading = read_pdf(pressed.pdf)
    body = reading.text(within="Art", without=("Lbl", "Note", "RT"))
    notes = reading.text(within="Note", without=("Lbl", "RT"))
    readings = reading.text(within="RT")
    wanted = project(replace(book, notes=()), readings=False)
    assert SPACE.sub("", body) == SPACE.sub("", wanted)
    whole = SPACE.sub("", project(book))
    assert sorted(SPACE.sub("", body + notes + readings)) == sorted(whole)
    assert "".join(reading.loose) == ""
