"""Going through a book: its sections, its text, and the same book with other words.

The book's text as one string is its *projection* (`project`): headings and blocks one to a
line, in reading order, then the notes. Ledger layers after the structure speak about it. The
folds and the rewrites visit the runs of characters in that same order.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

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


def walk(sections: tuple[Section, ...], depth: int = 0) -> Iterator[tuple[int, Section]]:
    """Every section in reading order, with its depth counted from 0."""
    for section in sections:
        yield depth, section
        yield from walk(section.children, depth + 1)


def inline_text(inlines: tuple[Inline, ...], *, readings: bool = True) -> str:
    """The characters of some inlines; ruby readings follow their base unless left out.

    Note marks and images have no characters; a line break is a newline.
    """
    pieces: list[str] = []
    for inline in inlines:
        match inline:
            case Text(value) | Code(value):
                pieces.append(value)
            case Emphasis(children) | Link(_, children):
                pieces.append(inline_text(children, readings=readings))
            case Ruby(base, reading):
                pieces.append(base + reading if readings else base)
            case LineBreak():
                pieces.append("\n")
            case NoteRef() | Image():
                pass
            case _:
                assert_never(inline)
    return "".join(pieces)


def block_lines(block: Block, *, readings: bool = True) -> Iterator[str]:
    """The lines of one block, in reading order; a scene break has none."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            yield inline_text(inlines, readings=readings)
        case Verse(lines):
            for line in lines:
                yield inline_text(line, readings=readings)
        case Quote(blocks):
            for inner in blocks:
                yield from block_lines(inner, readings=readings)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from block_lines(inner, readings=readings)
        case Table(rows):
            for row in rows:
                for cell in row:
                    yield inline_text(cell, readings=readings)
        case Figure(_, caption):
            if caption:
                yield inline_text(caption, readings=readings)
        case Raw(text):
            yield text
        case Break():
            return
        case _:
            assert_never(block)


def section_lines(section: Section, *, readings: bool = True) -> Iterator[str]:
    """The lines of one section without its children: its heading, then its blocks."""
    if section.heading:
        yield section.heading
    for block in section.blocks:
        yield from block_lines(block, readings=readings)


def project(book: Book, *, readings: bool = True) -> str:
    """The book's text as one string: sections in reading order, then the notes."""
    lines: list[str] = []
    for _, section in walk(book.sections):
        lines.extend(section_lines(section, readings=readings))
    for note in book.notes:
        for block in note.blocks:
            lines.extend(block_lines(block, readings=readings))
    return "\n".join(lines)


def note_ids(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The ids of the notes that some blocks refer to, in reading order, repeats included."""
    return (inline.note_id for inline in inlines_of(blocks) if isinstance(inline, NoteRef))


def inlines_of(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of some blocks in reading order, each before the inlines inside it."""
    for inlines in inline_runs(blocks):
        yield from flat(inlines)


def inline_runs(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    """The inlines of some blocks in reading order: those of a paragraph, a line, a cell together."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(inlines):
                yield inlines
            case Verse(lines):
                yield from lines
            case Quote(inner):
                yield from inline_runs(inner)
            case ListBlock(items):
                for item in items:
                    yield from inline_runs(item)
            case Table(rows):
                for row in rows:
                    yield from row
            case Figure(image, caption):
                yield (image, *caption)
            case Break() | Raw():
                pass
            case _:
                assert_never(block)


def flat(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Some inlines in reading order, each before the inlines inside it."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Link):
            yield from flat(inline.children)


# --- change -------------------------------------------------------------------------------

Rewrite = Callable[[str], str]


def rewrite_inlines(inlines: tuple[Inline, ...], change: Rewrite) -> tuple[Inline, ...]:
    """The same inlines with every run of characters but code passed through `change`, in order."""
    return tuple(_rewrite_inline(inline, change) for inline in inlines)


def _rewrite_inline(inline: Inline, change: Rewrite) -> Inline:
    match inline:
        case Text(value):
            return Text(change(value))
        case Emphasis(children) | Link(_, children):
            return replace(inline, children=rewrite_inlines(children, change))
        case Ruby(base, reading):
            return replace(inline, base=change(base), reading=change(reading))
        case Code() | NoteRef() | Image() | LineBreak():
            return inline
        case _:
            assert_never(inline)


def rewrite_block(block: Block, change: Rewrite) -> Block:
    """The same block with every run of characters passed through `change`, in order."""
    return rewrite_lines(block, lambda inlines: rewrite_inlines(inlines, change))


def rewrite_lines(
    block: Block, change: Callable[[tuple[Inline, ...]], tuple[Inline, ...]]
) -> Block:
    """The same block with the inlines of every paragraph, line and cell changed, in order."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            return replace(block, inlines=change(inlines))
        case Verse(lines):
            return replace(block, lines=tuple(change(line) for line in lines))
        case Quote(blocks):
            return replace(block, blocks=tuple(rewrite_lines(inner, change) for inner in blocks))
        case ListBlock(items):
            changed = tuple(tuple(rewrite_lines(inner, change) for inner in item) for item in items)
            return replace(block, items=changed)
        case Table(rows):
            return replace(block, rows=tuple(tuple(change(cell) for cell in row) for row in rows))
        case Figure(_, caption):
            return replace(block, caption=change(caption))
        case Raw() | Break():
            return block
        case _:
            assert_never(block)


def rewrite_section(section: Section, change: Rewrite) -> Section:
    """The same section and its children with every run of characters passed through `change`.

    Order: label, title, blocks, children; the order of `project`.
    """
    return replace(
        section,
        label=change(section.label),
        title=change(section.title),
        blocks=tuple(rewrite_block(block, change) for block in section.blocks),
        children=tuple(rewrite_section(child, change) for child in section.children),
    )
