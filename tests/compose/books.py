"""Books made up by hypothesis, and the text read back from composed files."""

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st
from lxml import etree

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
    Role,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.publication import Item, Publication

XHTML = "{http://www.w3.org/1999/xhtml}"
NOTE_COUNT = 4

# Markup characters, controls and lone surrogates among Chinese; no line ends, which `Text`
# never holds and XML would unify.
words = st.text(
    st.one_of(
        st.sampled_from("风雪夜归人，。“”《》　渡&<>\"'-]"),
        st.characters(exclude_characters="\r\n"),
    ),
    max_size=12,
)
note_refs = st.integers(1, NOTE_COUNT).map(lambda n: NoteRef(f"n{n}"))
leaves: st.SearchStrategy[Inline] = st.one_of(
    words.map(Text), words.map(Code), st.builds(Ruby, words, words), st.just(LineBreak()), note_refs
)
inlines: st.SearchStrategy[Inline] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple), st.booleans()),
        st.builds(
            Link,
            st.sampled_from(["https://example.org/a b", "#c1", "#nowhere", "javascript:alert(1)"]),
            st.lists(inner, max_size=3).map(tuple),
        ),
    ),
    max_leaves=6,
)
runs = st.lists(inlines, max_size=4).map(tuple)
simple_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, runs, st.sampled_from(["body", "salutation", "signature"])),
    st.builds(Heading, runs, st.integers(1, 3)),
    st.builds(Verse, st.lists(runs, max_size=4).map(tuple)),
    st.builds(Table, st.lists(st.tuples(runs, runs), max_size=3).map(tuple), st.integers(0, 2)),
    words.map(Raw),
    st.just(Break()),
)
blocks: st.SearchStrategy[Block] = st.recursive(
    simple_blocks,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            ListBlock, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple)
        ),
    ),
    max_leaves=4,
)
ids = st.one_of(st.just(""), st.sampled_from(["c1", "C1", "第一章", "nav", "note-1"]), words)


def sections(depth: int) -> st.SearchStrategy[Section]:
    children = st.lists(sections(depth - 1), max_size=2).map(tuple) if depth else st.just(())
    return st.builds(
        Section,
        st.sampled_from(get_args(Role)),
        st.none(),
        words,
        words,
        st.lists(blocks, max_size=3).map(tuple),
        children,
        id=ids,
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    front, body, back = (draw(st.lists(sections(2), max_size=2).map(tuple)) for _ in range(3))
    notes = tuple(
        Note(f"n{number}", draw(st.lists(blocks, max_size=2).map(tuple)))
        for number in range(1, NOTE_COUNT + 1)
    )
    metadata = Metadata(draw(words), draw(st.sampled_from(["zh-Hans", "zh-Hant-TW"])))
    return Book(metadata, front, body, back, notes)


def document(publication: Publication, href: str) -> etree._Element:
    return etree.fromstring(file(publication, href).content)


def file(publication: Publication, href: str) -> Item:
    return next(item for item in publication.manifest if item.href == href)


def text_documents(publication: Publication) -> list[etree._Element]:
    """The files that hold the book's text, in spine order."""
    by_id = {item.id: item for item in publication.manifest}
    items = [by_id[entry.item_id] for entry in publication.spine]
    return [etree.fromstring(item.content) for item in items if item.id.startswith("text-")]


_LINES = {
    f"{XHTML}{tag}"
    for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "pre", "figcaption")
}


def lines_of(element: etree._Element) -> list[str]:
    """The lines of text below `element`, without marks and numbers of notes."""
    if element.tag in _LINES:
        return _words(element).split("\n")
    return [line for child in element for line in lines_of(child)]


def _words(element: etree._Element) -> str:
    if element.get("class", "") in {"note-mark", "note-number"}:
        return ""
    if element.tag == f"{XHTML}br":
        return "\n"
    pieces = [element.text or ""]
    for child in element:
        pieces += [_words(child), child.tail or ""]
    return "".join(pieces)


def with_body(*body: Section, notes: tuple[Note, ...] = ()) -> Book:
    return Book(Metadata("渡口", "zh-Hans"), body=body, notes=notes)


def chapter(title: str, *some: Block, role: Role = "chapter", id: str = "") -> Section:  # noqa: A002
    return Section(role, None, "", title, some, id=id)


def within(section: Section, *children: Section) -> Section:
    return replace(section, children=children)
