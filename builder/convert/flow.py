"""A book as the converter sees it: pieces of text in order, and the lines they make.

OpenCC decides by phrases, and a phrase may lie across the border of an emphasis, a link or a
note mark. So the pieces of a paragraph are converted as one line and cut apart again. A ruby
reading would stand in the middle of its phrase; it makes a line of its own. What no reader
sees as running text (metadata, alternative texts) is converted with the rest, but stands
outside the projection and so outside the ledger.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import accumulate, pairwise
from typing import Any, assert_never, cast

from builder.convert.align import Difference, carry, differences, walked
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
from builder.core.ledger import Layer, LayerBuilder
from builder.core.traversal import rewrite_block, rewrite_section, walk

# So many pieces are compared at once.
RUN_PIECES = 64


@dataclass(frozen=True, slots=True)
class Flow:
    """`pieces[:projected]` concatenate to the projection; the rest is loose text.

    `lines` are tuples of piece numbers. Pieces in no line are fixed: line ends, the space in
    a heading, raw blocks. `groups` are the numbers of the first lines of sections, notes and
    the loose text: where a new voice begins.
    """

    pieces: tuple[str, ...]
    lines: tuple[tuple[int, ...], ...]
    groups: tuple[int, ...]
    projected: int

    @property
    def texts(self) -> list[str]:
        """The text of each line."""
        pieces = self.pieces
        return [
            pieces[line[0]] if len(line) == 1 else "".join([pieces[at] for at in line])
            for line in self.lines
        ]

    def after(self, texts: Sequence[str]) -> "Flow":
        """The flow with other words in its lines, each piece taking its share."""
        pieces = list(self.pieces)
        for line, text in zip(self.lines, texts, strict=True):
            if len(line) == 1:
                pieces[line[0]] = text
                continue
            shares = _shares([pieces[at] for at in line], text)
            for at, share in zip(line, shares, strict=True):
                pieces[at] = share
        return replace(self, pieces=tuple(pieces))

    def layer_to(self, changed: "Flow", stage: str, rule: str) -> Layer:
        """The edits that turn this projection into the changed one."""
        building = LayerBuilder(stage)
        for position, before, after in self._runs(changed):
            if len(before) == len(after):
                building.add_paired(rule, position, before, after)
            else:
                building.add_all(rule, _moved(position, differences(before, after)))
        return building.layer()

    def _runs(self, changed: "Flow") -> Iterator[tuple[int, str, str]]:
        """(place, text, changed text): the changed pieces, many in one where they may be."""
        position = 0
        for start in range(0, self.projected, RUN_PIECES):
            end = min(start + RUN_PIECES, self.projected)
            befores, afters = self.pieces[start:end], changed.pieces[start:end]
            if befores != afters:
                if _makes_one(befores, afters):
                    yield position, "".join(befores), "".join(afters)
                else:
                    places = accumulate(map(len, befores), initial=position)
                    yield from zip(places, befores, afters, strict=False)
            position += sum(map(len, befores))


def _makes_one(befores: Sequence[str], afters: Sequence[str]) -> bool:
    """Whether all keep their lengths, and no change reaches over a border between two pieces."""
    if list(map(len, befores)) != list(map(len, afters)):
        return False
    borders = pairwise(zip(befores, afters, strict=True))
    return not any(
        one[-1:] != other[-1:] and following[:1] != changed[:1]
        for (one, other), (following, changed) in borders
    )


def _moved(by: int, changes: Iterable[Difference]) -> Iterator[Difference]:
    for start, before, after in changes:
        yield by + start, before, after


def _shares(pieces: list[str], text: str) -> list[str]:
    """`text` cut where the borders between `pieces` have gone."""
    borders = list(accumulate(map(len, pieces), initial=0))
    if borders[-1] != len(text):
        changes = list(walked("".join(pieces), text))
        borders = [carry(border, changes) for border in borders[:-1]] + [len(text)]
    return [text[start:end] for start, end in pairwise(borders)]


def text_to_flow(text: str) -> Flow:
    """Plain text: every line a line, no groups but one."""
    return lines_to_flow(text.split("\n"))


def lines_to_flow(texts: Sequence[str]) -> Flow:
    """The same for a text that is cut into lines already."""
    pieces = [piece for line in texts for piece in (line, "\n")][:-1]
    lines = tuple((at,) for at in range(0, len(pieces), 2))
    return Flow(tuple(pieces), lines, (0,), len(pieces))


def flow_to_text(flow: Flow) -> str:
    """The projected text."""
    return "".join(flow.pieces[: flow.projected])


# --- book → flow --------------------------------------------------------------------------


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
    for text in _loose_texts(book):
        collector.loose(text)
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
    yield metadata.file_as
    yield from metadata.description.split("\n")
    yield from metadata.subjects
    for creator in metadata.creators:
        yield from (creator.name, creator.file_as)
    if metadata.series:
        yield metadata.series.name
    yield from (image.alt for image in _images(book))


# --- flow → book --------------------------------------------------------------------------


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
    metadata = _rewrite_metadata(book.metadata, words)
    changed = replace(book, front=front, body=body, back=back, notes=notes, metadata=metadata)
    return _with_alts(changed, words)


def _rewrite_metadata(metadata: Metadata, words: Iterator[str]) -> Metadata:
    title, subtitle, publisher, rights = (next(words) for _ in range(4))
    file_as = next(words)
    description = "\n".join([next(words) for _ in metadata.description.split("\n")])
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
