"""One line of the manuscript as inlines, with the pieces that say where its characters are."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from builder.core.book import Code, Emphasis, Image, Inline, LineBreak, Link, NoteRef, Ruby, Text
from builder.core.manuscript import Mark, MarkKind
from builder.core.traversal import flat
from builder.structure import trace
from builder.structure.trace import Claim, Piece, Pieces

INLINE_KINDS = frozenset(
    {
        MarkKind.EMPHASIS,
        MarkKind.STRONG,
        MarkKind.CODE,
        MarkKind.RUBY,
        MarkKind.LINK,
        MarkKind.IMAGE,
        MarkKind.NOTE_REF,
        MarkKind.LINE_BREAK,
    }
)


# Marks in marks: strong in emphasis in a link is three. What stands deeper is set plain.
MAX_DEPTH = 32
# Characters. A line looks through so many at most for the marks that begin before it.
EDGE_EVERY = 1024


class Run(NamedTuple):
    """Inlines, their pieces, and what of the manuscript they leave out."""

    inlines: tuple[Inline, ...]
    pieces: Pieces
    claims: tuple[Claim, ...] = ()


def _across(marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """The marks that begin before each EDGE_EVERY-th character and go on at it, in order.

    So one that lies around the whole book is met by every line, and no line meets all others.
    """
    across: dict[int, list[Mark]] = {}
    for mark in marks:
        for edge in range(mark.start // EDGE_EVERY + 1, mark.end // EDGE_EVERY + 1):
            across.setdefault(edge, []).append(mark)
    return across


class InlineMarks:
    """The inline marks of a manuscript, found by place. `note_ids` says which notes exist."""

    def __init__(self, marks: Iterable[Mark], note_ids: dict[str, str]) -> None:
        kinds = INLINE_KINDS | {MarkKind.READING}
        self._marks = sorted(
            (mark for mark in marks if mark.kind in kinds), key=lambda mark: (mark.start, -mark.end)
        )
        self._starts = [mark.start for mark in self._marks]
        self._across = _across(self._marks)
        self._note_ids = note_ids

    @property
    def is_empty(self) -> bool:
        """Whether the manuscript has no inline marks at all."""
        return not self._marks

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that touch `[start, end]`, outer ones first."""
        if not self._marks:
            return []
        edge = start // EDGE_EVERY
        first = bisect_left(self._starts, edge * EDGE_EVERY)
        last = bisect_left(self._starts, end + 1)
        return [
            mark
            for mark in (*self._across.get(edge, ()), *self._marks[first:last])
            if (mark.end > start or (mark.start >= start and mark.end == mark.start))
            # A remark in brackets is a note whose words stand inside its own mark.
            and (mark.start >= start or mark.kind is not MarkKind.NOTE_REF)
        ]

    def run(self, text: str, start: int, end: int) -> Run:
        """The inlines of `[start, end)`."""
        marks = self.within(start, end)
        if not marks:
            if start == end:
                return Run((), ())
            return Run((Text(text[start:end]),), (Piece(start, end),))
        return self._run(text, start, end, marks)

    def _run(self, text: str, start: int, end: int, marks: list[Mark], *, depth: int = 0) -> Run:
        if depth > MAX_DEPTH:
            return _plain(text, start, end)
        parts: list[Run] = []
        position = start
        index = 0
        while index < len(marks):
            mark = marks[index]
            index += 1
            first, last = max(mark.start, start), min(mark.end, end)
            inner: list[Mark] = []
            while index < len(marks) and marks[index].start < mark.end:
                inner.append(marks[index])
                index += 1
            if first < position:
                continue
            parts.append(_plain(text, position, first))
            parts.append(self._marked(text, first, last, mark, inner, depth=depth + 1))
            position = last
        parts.append(_plain(text, position, end))
        return joined(parts)

    def _marked(
        self, text: str, start: int, end: int, mark: Mark, inner: list[Mark], *, depth: int
    ) -> Run:
        """The stretch that one mark covers, on this line."""
        match mark.kind:
            case MarkKind.EMPHASIS | MarkKind.STRONG:
                run = self._run(text, start, end, inner, depth=depth)
                if not run.inlines:
                    return run
                emphasis = Emphasis(run.inlines, strong=mark.kind is MarkKind.STRONG)
                return run._replace(inlines=(emphasis,))
            case MarkKind.CODE if start < end and not inner and "\n" not in text[start:end]:
                return Run((Code(text[start:end]),), (Piece(start, end),))
            case MarkKind.LINK:
                run = self._run(text, start, end, inner, depth=depth)
                # The mark of a note is a link by itself.
                if all(isinstance(inline, NoteRef) for inline in run.inlines):
                    return run
                return run._replace(inlines=tuple(_linked(mark.value, run.inlines)))
            case MarkKind.RUBY:
                return _ruby(text, start, end, inner)
            case MarkKind.IMAGE:
                claim = Claim(start, end, trace.ALTERNATIVE_TEXT)
                words = text[start:end].strip("\N{OBJECT REPLACEMENT CHARACTER}")
                return Run((Image(mark.value, words),), (), (claim,) if start < end else ())
            case MarkKind.NOTE_REF if mark.value in self._note_ids:
                claim = Claim(start, end, trace.NOTE_MARK)
                return Run(
                    (NoteRef(self._note_ids[mark.value]),), (), (claim,) if start < end else ()
                )
            case MarkKind.LINE_BREAK if text[start:end] == "\n":
                return Run((LineBreak(),), (Piece(start, end),))
            case _:
                return self._run(text, start, end, inner, depth=depth)


def _linked(target: str, inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """A link around these inlines; there is no link in a link, so one inside parts it."""
    for holds_link, some in groupby(inlines, _holds_link):
        if holds_link:
            yield from some
        else:
            yield Link(target, tuple(some))


def _holds_link(inline: Inline) -> bool:
    return any(isinstance(one, Link) for one in flat((inline,)))


def _plain(text: str, start: int, end: int) -> Run:
    """Characters without marks; a newline among them is a break that the author meant."""
    if start >= end:
        return Run((), ())
    if "\n" not in text[start:end]:
        return Run((Text(text[start:end]),), (Piece(start, end),))
    inlines: list[Inline] = []
    for index, words in enumerate(text[start:end].split("\n")):
        inlines.extend([LineBreak()] if index else [])
        inlines.extend([Text(words)] if words else [])
    return Run(tuple(inlines), (Piece(start, end),))


def _ruby(text: str, start: int, end: int, inner: list[Mark]) -> Run:
    """Bases and their readings in turn; characters after the last reading have none."""
    inlines: list[Inline] = []
    position = start
    for mark in inner:
        if mark.kind is not MarkKind.READING or mark.start < position or mark.end > end:
            continue
        inlines.append(Ruby(text[position : mark.start], text[mark.start : mark.end]))
        position = mark.end
    if position < end:
        inlines.append(Text(text[position:end]))
    return Run(tuple(inlines), (Piece(start, end),) if start < end else ())


def joined(runs: Iterable[Run]) -> Run:
    """Several runs as one."""
    inlines: list[Inline] = []
    pieces: list[Piece] = []
    claims: list[Claim] = []
    for run in runs:
        inlines.extend(run.inlines)
        pieces.extend(run.pieces)
        claims.extend(run.claims)
    return Run(tuple(inlines), tuple(pieces), tuple(claims))
