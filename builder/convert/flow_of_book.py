"""A book as a flow, and back: every word a reader or a shelf may show, in one order both ways.

A ruby reading would stand in the middle of its phrase; it makes a line of its own. What no
reader sees as running text (metadata, alternative texts) comes behind the rest, outside the
projection and so outside the ledger.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, assert_never, cast

from builder.convert.flow import Flow
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
from builder.core.traversal import rewrite_block, rewrite_section, walk


class _Collector:
    """Gathers the pieces of a book in the order `rewrite_section` asks for them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[tuple[int, ...]] = []
        self.groups: list[int] = []
        # Pieces the rewriting asks for, in its order; fixed ones are not asked for.
        self._line: list[int] = []
        self._readings: list[int] = []
        self._has_lines = False

    def group(self) -> None:
        self.groups.append(len(self.lines))

    def piece(self, text: str) -> None:
        self._line.append(self.fixed(text))

    def fixed(self, text: str) -> int:
        self.pieces.append(text)
        return len(self.pieces) - 1

    def reading(self, text: str) -> None:
        self._readings.append(self.fixed(text))

    def separate(self) -> None:
        """A line of the projection begins: all but the first stand after a line end."""
        if self._has_lines:
            self.fixed("\n")
        self._has_lines = True

    def close(self) -> None:
        """A line of the converter ends."""
        if self._line:
            self.lines.append(tuple(self._line))
            self._line = []
        self.lines.extend((at,) for at in self._readings)
        self._readings = []

    def loose(self, text: str) -> None:
        self.piece(text)
        self.close()


def book_to_flow(book: Book) -> Flow:
    """All text of a book; `flow_to_text` of the result equals `project(book)`."""
    collector = _Collector()
    for _, section in walk(book.sections):
        collector.group()
        _collect_heading(collector, section)
        for block in section.blocks:
            _collect_block(collector, block)
    for note in book.notes:
        collector.group()
        for block in note.blocks:
            _collect_block(collector, block)
    projected = len(collector.pieces)
    collector.group()
    # Any of them may have several lines: a name of a folder, a title in book.toml.
    for text in _loose_texts(book):
        for line in text.split("\n"):
            collector.loose(line)
    return Flow(tuple(collector.pieces), tuple(collector.lines), tuple(collector.groups), projected)


def _collect_heading(collector: _Collector, section: Section) -> None:
    if section.heading:
        collector.separate()
    collector.piece(section.label)
    collector.close()
    if section.label and section.title:
        collector.fixed("\N{IDEOGRAPHIC SPACE}")
    collector.piece(section.title)
    collector.close()


def _collect_block(collector: _Collector, block: Block) -> None:
    match block:
        case Paragraph(inlines) | Heading(inlines):
            _collect_line(collector, inlines)
        case Verse(lines):
            for line in lines:
                _collect_line(collector, line)
        case Quote(blocks):
            for inner in blocks:
                _collect_block(collector, inner)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    _collect_block(collector, inner)
        case Table(rows):
            for row in rows:
                for cell in row:
                    _collect_line(collector, cell)
        case Figure(_, caption):
            if caption:
                _collect_line(collector, caption)
        case Raw(text):
            collector.separate()
            collector.fixed(text)
        case Break():
            pass
        case _:
            assert_never(block)


def _collect_line(collector: _Collector, inlines: tuple[Inline, ...]) -> None:
    collector.separate()
    _collect_inlines(collector, inlines)
    collector.close()


def _collect_inlines(collector: _Collector, inlines: tuple[Inline, ...]) -> None:
    for inline in inlines:
        match inline:
            case Text(value):
                collector.piece(value)
            case Emphasis(children) | Link(_, children):
                _collect_inlines(collector, children)
            case Code(value):
                collector.fixed(value)
            case Ruby(base, reading):
                collector.piece(base)
                collector.reading(reading)
            case LineBreak():
                collector.close()
                collector.fixed("\n")
            case NoteRef() | Image():
                pass
            case _:
                assert_never(inline)


def _loose_texts(book: Book) -> Iterator[str]:
    metadata = book.metadata
    yield from (metadata.title, metadata.subtitle, metadata.publisher, metadata.rights)
    yield from (metadata.file_as, metadata.description)
    yield from metadata.subjects
    for creator in metadata.creators:
        yield from (creator.name, creator.file_as)
    if metadata.series:
        yield metadata.series.name
    yield from (image.alt for image in _images(book))


def flow_to_book(book: Book, flow: Flow) -> Book:
    """`book` with the words of a flow that was made from it."""
    in_lines = sorted(at for line in flow.lines for at in line)
    words = iter([flow.pieces[at] for at in in_lines])

    def next_words(_: str) -> str:
        return next(words)

    front, body, back = (
        tuple(rewrite_section(section, next_words) for section in part)
        for part in (book.front, book.body, book.back)
    )
    notes = tuple(
        replace(note, blocks=tuple(rewrite_block(block, next_words) for block in note.blocks))
        for note in book.notes
    )
    loose = ("\n".join([next(words) for _ in text.split("\n")]) for text in _loose_texts(book))
    metadata = _rewrite_metadata(book.metadata, loose)
    changed = replace(book, front=front, body=body, back=back, notes=notes, metadata=metadata)
    return _with_alts(changed, loose)


def _rewrite_metadata(metadata: Metadata, words: Iterator[str]) -> Metadata:
    title, subtitle, publisher, rights = (next(words) for _ in range(4))
    file_as, description = next(words), next(words)
    subjects = tuple(next(words) for _ in metadata.subjects)
    creators = tuple(
        replace(creator, name=next(words), file_as=next(words)) for creator in metadata.creators
    )
    series = replace(metadata.series, name=next(words)) if metadata.series else None
    return replace(
        metadata,
        title=title,
        subtitle=subtitle,
        publisher=publisher,
        rights=rights,
        description=description,
        subjects=subjects,
        creators=creators,
        series=series,
        file_as=file_as,
    )


_HOLDS_IMAGES = (
    Book,
    Section,
    Note,
    Paragraph,
    Heading,
    Verse,
    Quote,
    ListBlock,
    Table,
    Figure,
    Emphasis,
    Link,
)


def _images(node: object) -> Iterator[Image]:
    """Every image of a book in the order of its fields, wherever the model lets one stand."""
    if isinstance(node, Image):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _images(item)
    elif isinstance(node, _HOLDS_IMAGES):
        for part in fields(node):
            yield from _images(getattr(node, part.name))


def _with_alts(book: Book, words: Iterator[str]) -> Book:
    """The book with the rest of `words` for alternative texts."""
    if next(_images(book), None) is None:
        return book
    return cast("Book", _change_alts(book, words))


def _change_alts(node: object, words: Iterator[str]) -> object:
    if isinstance(node, Image):
        return replace(node, alt=next(words))
    if isinstance(node, tuple):
        return tuple(_change_alts(item, words) for item in node)
    if isinstance(node, _HOLDS_IMAGES):
        changed: dict[str, Any] = {
            part.name: _change_alts(getattr(node, part.name), words) for part in fields(node)
        }
        return replace(node, **changed)
    return node
