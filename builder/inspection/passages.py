"""The book as a flat list of passages, each knowing its section and its place in the source.

Searches work on these, and ask for a source location only for what they report.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, assert_never

from builder.core.book import (
    Block,
    Book,
    Break,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Verse,
)
from builder.core.manuscript import Manuscript
from builder.core.span import Span
from builder.core.traversal import block_lines, walk
from builder.inspection.examination import Place

CONTEXT_CHARS = 18


class Passage(NamedTuple):
    """One block's text, as it stands at `start` of the manuscript's text.

    `is_prose` is false for verse, tables, captions and what keeps its lines.
    """

    text: str
    start: int
    section: int
    is_prose: bool


class Passages:
    """All passages of a book in reading order, with the manuscript they point into."""

    def __init__(self, book: Book, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self.text = manuscript.text
        self.sections: tuple[Section, ...] = tuple(section for _, section in walk(book.sections))
        self._section_starts = [section.span.start for section in self.sections]
        self.all: tuple[Passage, ...] = tuple(self._passages(book))

    def _passages(self, book: Book) -> Iterator[Passage]:
        for index, section in enumerate(self.sections):
            for block in section.blocks:
                yield from _of_block(block, index, self.text)
        for note in book.notes:
            at = self.section_at(note.span.start)
            for block in note.blocks:
                yield from _of_block(block, at, self.text)

    def section_at(self, position: int) -> int:
        """The index of the section that a position of the text lies in; -1 when in none."""
        return bisect_right(self._section_starts, position) - 1

    def place(self, position: int) -> Place:
        """Where a position of the text came from."""
        return Place(self._manuscript.origin(position), self.section_at(position))

    def is_kept(self, start: int, end: int) -> bool:
        """Whether somebody asked to keep any of a stretch of the text."""
        return self._manuscript.is_kept(start, end)

    def around(self, start: int, end: int) -> tuple[str, str]:
        """The words before and after a stretch, on its own lines."""
        return (
            self.text[max(0, start - CONTEXT_CHARS) : start].rpartition("\n")[2],
            self.text[end : end + CONTEXT_CHARS].partition("\n")[0],
        )


def _of_block(block: Block, section: int, text: str) -> Iterator[Passage]:
    match block:
        case Paragraph() | Heading():
            yield _passage(block, block.span, section, text, is_prose=True)
        case Quote(blocks):
            for inner in blocks:
                yield from _of_block(inner, section, text)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from _of_block(inner, section, text)
        case Verse() | Table() | Figure() | Raw():
            yield _passage(block, block.span, section, text, is_prose=False)
        case Break():
            return
        case _:
            assert_never(block)


def _passage(block: Block, span: Span, section: int, text: str, *, is_prose: bool) -> Passage:
    shown = span.of(text) if len(span) else "\n".join(block_lines(block))
    return Passage(shown, span.start, section, is_prose)
