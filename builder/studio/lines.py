"""The lines of a book that was read, each a place where a chapter may begin.

They are noted when a book is read, whatever it was read from: the text as cleaning left it, where
its paragraphs start, and the ledger that leads from there to a line of a file.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Block, Verse
from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.core.files import write_whole
from builder.core.ledger import Ledger
from builder.core.ledger_file import LedgerFile, NotALedger, dump, load, record
from builder.core.traversal import walk
from builder.structure import place_of
from builder.studio.desk import Draft

if TYPE_CHECKING:
    from builder.pipeline import Understood

TEXT, LEDGER, STARTS = "text.txt", "reading.ledger", "starts.json"
# 渡口.txt:5 or 渡口.html:5:120; counter-examples: 渡口.txt, and what has a line end in it.
_PLACE = re.compile(r"(?P<file>[^\n]+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, at `file:line` of what was dropped (or `file:line:column`)."""

    place: str
    text: str


def is_place(words: str) -> bool:
    """Whether words name a line of a file."""
    return _PLACE.fullmatch(words) is not None


# --- noted when a book is read --------------------------------------------------------------


def note_lines(draft: Draft, understood: "Understood") -> None:
    """Keep what is needed to show the lines of a book."""
    manuscript = understood.manuscript
    reading = record(manuscript, Ledger().then(*manuscript.layers), str(understood.source.root))
    short = manuscript.short_paths()
    sources = tuple(
        replace(source, path=short[file.path])
        for source, file in zip(reading.sources, manuscript.files, strict=True)
    )
    starts = sorted(
        {
            at
            for _, section in walk(understood.book.sections)
            for block in section.blocks
            for at in _starts(block, manuscript.text)
        }
    )
    write_whole(draft.folder / TEXT, manuscript.text.encode("utf-8", "surrogatepass"))
    write_whole(draft.folder / LEDGER, dump(replace(reading, sources=sources)))
    draft.note(STARTS, starts)


def _starts(block: Block, text: str) -> Iterator[int]:
    """Where a chapter may begin in a block: at its first line, and at each line of a poem, which a
    list of short lines looks like.
    """
    if not len(block.span):
        return
    yield block.span.start
    if isinstance(block, Verse):
        for match in re.finditer(
            r"(?<=\n)[^\S\n]*+(?=\S)", text[block.span.start : block.span.end]
        ):
            yield block.span.start + match.end()


# --- shown when somebody asks ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, where its lines start, and the way back to its files."""

    text: str
    starts: tuple[int, ...]
    file: LedgerFile

    def offset(self, place: str) -> int:
        """Where in the text a place of a file stands. Raises SourceError W016 when nowhere."""
        named = _PLACE.fullmatch(place)
        source = self.file.source(named["file"]) if named else None
        span = source.line_span(int(named["line"])) if named and source else None
        if named is None or span is None:
            raise SourceError("W016")
        column = int(named["column"] or 1)
        return self.file.ledger.to_book(min(span[0] + column - 1, span[1]))

    def origin(self, start: int) -> Location:
        """The place of a line of the text."""
        at = self.file.ledger.to_source(start)
        source = next(one for one in reversed(self.file.sources) if one.start <= at)
        line = source.line_at(at)
        return Location(source.path, line, at - source.line_starts[line - 1] + 1)

    def line(self, start: int) -> Line:
        """The line that starts there."""
        end = self.text.find("\n", start)
        words = " ".join(self.text[start : end if end >= 0 else len(self.text)].split())
        return Line(str(place_of(self.text, start, self.origin)), words)


def lines_between(
    draft: Draft, place: str, until: str, *, skip: int, count: int
) -> tuple[tuple[Line, ...], bool]:
    """Lines below the one at `place` and before `until` (which may be ""), as a plan names them.

    `skip` of them are left out; whether there are more than `count` is said. Raises SourceError
    W016 when the place is none of the book as it was read.
    """
    reading = _reading_of(draft)
    starts = reading.starts
    first = bisect_right(starts, _line_start(reading, place))
    last = bisect_left(starts, _line_start(reading, until)) if until else len(starts)
    shown = starts[first + skip : min(first + skip + count, last)]
    return tuple(reading.line(at) for at in shown), first + skip + count < last


def _line_start(reading: _Reading, place: str) -> int:
    """Where the first words at a place start: what comes after its indent."""
    at = reading.offset(place)
    while at < len(reading.text) and reading.text[at].isspace():
        at += 1
    return at


def _reading_of(draft: Draft) -> _Reading:
    path = draft.folder / STARTS
    if not path.is_file():
        raise SourceError("W016")
    return _read(draft.folder, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(folder: Path, _modified: int) -> _Reading:
    noted = Draft("", "", folder).noted(STARTS)
    try:
        text = (folder / TEXT).read_bytes().decode("utf-8", "surrogatepass")
        file = load((folder / LEDGER).read_bytes())
    except (OSError, ValueError, NotALedger) as problem:
        raise SourceError("W016") from problem
    return _Reading(text, tuple(noted), file)
