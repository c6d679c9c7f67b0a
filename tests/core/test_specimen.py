"""The specimen: every kind of thing that a book has, and not much more."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
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
from builder.core.specimen import (
    BlockKey,
    Nesting,
    PartName,
    SectionKey,
    block_keys,
    block_kind,
    nestings,
    section_key,
    specimen,
)
from builder.core.traversal import walk

METADATA = Metadata("渡口", "zh-Hans")
PLAIN = Paragraph((Text("雨停了。"),))

Keys = tuple[set[SectionKey], set[BlockKey], set[tuple[BlockKey, Nesting]]]


def keys_of(book: Book) -> Keys:
    """All keys of a book, found as the press finds them."""
    sections: set[SectionKey] = set()
    blocks: set[BlockKey] = set()
    inlines: set[tuple[BlockKey, Nesting]] = set()

    def inside(section: SectionKey, around: tuple[str, ...], some: tuple[Block, ...]) -> None:
        for key, block in zip(block_keys(section, around, some), some, strict=True):
            blocks.add(key)
            inlines.update((key, nesting) for nesting in nestings_in(block))
            if isinstance(block, Quote):
                inside(section, (*around, block_kind(block)), block.blocks)
            if isinstance(block, ListBlock):
                for item in block.items:
                    inside(section, (*around, block_kind(block)), item)

    def down(part: PartName, path: tuple[Section, ...], is_first: bool) -> None:
        key = section_key(part, path, is_first=is_first)
        sections.add(key)
        inside(key, (), path[-1].blocks)
        for child in path[-1].children:
            down(part, (*path, child), is_first)

    parts: tuple[tuple[PartName, tuple[Section, ...]], ...] = (
        ("front", book.front),
        ("body", book.body),
        ("back", book.back),
    )
    for part, some in parts:
        for number, section in enumerate(some):
            down(part, (section,), number == 0)
    return sections, blocks, inlines


def nestings_in(block: Block) -> Iterator[Nesting]:
    match block:
        case Paragraph(some) | Heading(some):
            yield from nestings(some)
        case Verse(lines):
            for line in lines:
                yield from nestings(line)
        case _:
            pass


def book_of(*sections: Section, notes: tuple[Note, ...] = ()) -> Book:
    return Book(METADATA, body=sections, notes=notes)


def chapter(*blocks: Block, label: str = "第一章", title: str = "灯下") -> Section:
    return Section("chapter", 1, label, title, blocks)


# --- properties ---------------------------------------------------------------------------

inline: st.SearchStrategy[Inline] = st.recursive(
    st.sampled_from([Text("灯"), Code("x"), Ruby("灯", "dēng"), NoteRef("n1")]),
    lambda inner: st.one_of(
        st.builds(Emphasis, st.lists(inner, min_size=1, max_size=2).map(tuple), st.booleans()),
        st.builds(Link, st.just("https://example.org/a"), st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
inlines: st.SearchStrategy[tuple[Inline, ...]] = st.lists(inline, min_size=1, max_size=3).map(tuple)
blocks: st.SearchStrategy[Block] = st.recursive(
    st.one_of(
        st.just(PLAIN),
        st.builds(Paragraph, inlines, st.sampled_from(["body", "salutation", "signature"])),
        st.builds(Heading, inlines, st.integers(1, 2)),
        st.builds(Verse, st.lists(inlines, min_size=1, max_size=2).map(tuple)),
        st.sampled_from(
            [
                Break(),
                Raw("a  b"),
                Figure(Image("a.png")),
                Paragraph((Image("a.png"),)),
                Table(((((Text("甲"),)),),)),
                ListBlock(((PLAIN,),)),
                ListBlock(((PLAIN,),), is_ordered=True),
            ]
        ),
    ),
    lambda inner: st.one_of(
        st.builds(
            Quote,
            st.lists(inner, min_size=1, max_size=3).map(tuple),
            st.sampled_from(["quotation", "letter"]),
        ),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
            st.booleans(),
        ),
    ),
    max_leaves=6,
)
sections: st.SearchStrategy[Section] = st.recursive(
    st.builds(
        Section,
        st.sampled_from(["volume", "chapter", "preface"]),
        st.none(),
        st.sampled_from(["", "第一章"]),
        st.sampled_from(["", "灯下"]),
        st.lists(blocks, max_size=4).map(tuple),
    ),
    lambda inner: st.builds(
        replace,
        inner,
        children=st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=4,
)
parts = st.lists(sections, max_size=3).map(tuple)


@settings(max_examples=40)
@given(st.builds(Book, st.just(METADATA), parts, parts, parts))
def test_it_has_every_key_of_its_book(book: Book) -> None:
    real, small = keys_of(book), keys_of(specimen(book))
    assert real[0] <= small[0]
    assert real[1] <= small[1]
    assert real[2] <= small[2]


@settings(max_examples=40)
@given(st.builds(Book, st.just(METADATA), parts, parts, parts))
def test_its_own_specimen_has_no_other_keys(book: Book) -> None:
    once = specimen(book)
    assert keys_of(specimen(once))[0] == keys_of(once)[0]


# --- examples -----------------------------------------------------------------------------


def test_its_sections_have_ids_of_their_own() -> None:
    volume = Section("volume", 1, "第一卷", "渡口", (), (chapter(PLAIN), chapter(PLAIN, title="")))
    ids = [section.id for _, section in walk(specimen(book_of(volume, volume)).sections)]
    assert len(ids) == 6
    assert len(set(ids)) == 6


def test_a_thousand_chapters_alike_have_a_specimen_of_a_few_sections() -> None:
    prose = (PLAIN,) * 40
    book = book_of(*(chapter(*prose) for _ in range(1000)))
    small = specimen(book)
    assert len(small.body) == 2  # the first, and one of the others
    assert sum(len(section.blocks) for section in small.body) <= 14


def test_a_section_without_title_is_another_kind() -> None:
    small = specimen(book_of(chapter(PLAIN), chapter(PLAIN), chapter(PLAIN, title="")))
    assert [bool(section.title) for section in small.body] == [True, True, False]


def test_each_mark_has_a_note_and_one_is_left() -> None:
    marked = Paragraph((Text("灯"), NoteRef("n1")))
    notes = (Note("n1", (Paragraph((Emphasis((Text("旧"),)),)),)),)
    small = specimen(book_of(chapter(PLAIN, marked), notes=notes))
    referred = [
        inline.note_id
        for block in small.body[0].blocks
        if isinstance(block, Paragraph)
        for inline in block.inlines
        if isinstance(inline, NoteRef)
    ]
    assert referred
    assert len(set(referred)) == len(referred)
    assert {note.id for note in small.notes} > set(referred)
    assert any(isinstance(inline, Emphasis) for inline in _inlines(small.notes[0]))


def test_a_note_has_every_nesting_that_any_note_has() -> None:
    red = (Emphasis((Text("红"),)),)
    notes = (
        Note("a", (Quote((Paragraph(red),)),)),
        Note("b", (ListBlock(((Paragraph((Code("x"),)),),)), Break(), Raw("y"))),
        Note("c", (Table((((Ruby("渡", "dù"),),),)), Figure(Image("a.png"), (NoteRef("a"),)))),
        Note("d", (Verse(((Link("https://example.org/", red),),)),)),
    )
    small = specimen(book_of(chapter(PLAIN), notes=notes))
    assert set(nestings(_inlines(small.notes[0]))) >= {
        ("em",), ("code",), ("ruby",), ("ruby", "rt"), ("a",), ("a", "em"),
    }  # fmt: skip


def _inlines(note: Note) -> tuple[Inline, ...]:
    block = note.blocks[0]
    assert isinstance(block, Paragraph)
    return block.inlines


def test_titles_are_couplets_so_that_halves_have_a_look() -> None:
    title = specimen(book_of(chapter(PLAIN))).body[0].title
    assert [len(half) >= 5 for half in title.split("\N{IDEOGRAPHIC SPACE}")] == [True, True]


@pytest.mark.parametrize(
    ("blocks", "kinds"),
    [
        ((PLAIN, Break(), PLAIN), ["p.body", "break", "p.body"]),
        ((Quote((PLAIN,), "letter"),), ["quote.letter"]),
        ((Paragraph((Image("a.png"),)), Raw("x")), ["p.pictures", "raw"]),
    ],
)
def test_a_key_names_a_block_and_its_neighbours(
    blocks: tuple[Block, ...], kinds: list[str]
) -> None:
    section = section_key("body", (chapter(),), is_first=True)
    assert section == ("body", True, (("chapter", True, True),))
    keys = block_keys(section, ("quote.letter",), blocks)
    assert [key[2] for key in keys] == kinds
    assert [key[3] for key in keys] == ["", *kinds[:-1]]
    assert [key[4] for key in keys] == [*kinds[1:], ""]
    assert {key[:2] for key in keys} == {(section, ("quote.letter",))}
