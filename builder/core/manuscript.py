"""The manuscript: the text as it was read, before anything is known about its structure.

All source files stand in `text` one after another, in reading order; between two files there
is one newline, or two where a page of an EPUB goes on with the text before it (an edit of the
reading layer when the file had none). What mark-up said about a stretch of text (HTML, Markdown,
EPUB) stands beside it as marks, never in it. Marks move with the text when a layer changes it.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from builder.core.book import Asset
from builder.core.diagnostic import Location
from builder.core.ledger import Layer
from builder.core.line_ends import line_ends


class MarkKind(StrEnum):
    """What mark-up says. Block kinds cover whole lines; `value` is explained beside each."""

    HEADING = "heading"  # value: level, "1" to "6"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"  # inside a line; a block of it is RAW
    RUBY = "ruby"  # covers base and reading; a READING mark inside says where the reading is
    READING = "reading"
    LINK = "link"  # value: href, or # and the value of an anchor
    ANCHOR = "anchor"  # value: what links inside the book call this place; covers nothing
    IMAGE = "image"  # value: asset name; covers the alternative text
    NOTE_REF = "note_ref"  # value: note id; covers the printed mark
    NOTE = "note"  # value: note id; covers the note's lines
    QUOTE = "quote"
    VERSE = "verse"
    LIST = "list"  # value: "" or the first number of an ordered list
    ITEM = "item"
    TABLE = "table"
    ROW = "row"  # value: "header" or ""
    CELL = "cell"  # value: "" or columns, rows and alignment: "2,1,right"
    CAPTION = "caption"
    BREAK = "break"
    RAW = "raw"
    LINE_BREAK = "line_break"  # covers the newline of a break inside a paragraph


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind` holds for `[start, end)` of the text."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class EncodedStretch:
    """`[start, end)` of a file's decoded text, counted from the file's start, is in `encoding`."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class OriginalBytes:
    """`[start, end)` of a file's decoded text came from `content`.

    Kept where encoding the characters again would give other bytes.
    """

    start: int
    end: int
    content: bytes


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the manuscript: `[start, end)` of the *decoded* text, before any layer.

    `path` is what people are shown; inside an archive it goes on with `!/` and the member's
    name. `folders` are the folders between the book and the file, outermost first: the volumes
    of a book that is kept so (docs/decisions/0006).
    `confidence` of the encoding lies in 0..1. A file in several encodings has `stretches` that
    cover it whole, and `encoding` is the one of most of them.
    """

    path: str
    start: int
    end: int
    encoding: str
    confidence: float = 1.0
    stretches: tuple[EncodedStretch, ...] = ()
    originals: tuple[OriginalBytes, ...] = ()
    folders: tuple[str, ...] = ()
    # The file goes on with the chapter of the file before it, as its next page.
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Text and marks as they are now; `decoded` and `layers` tell how they came about."""

    decoded: str = field(repr=False)
    text: str = field(repr=False)
    files: tuple[SourceFile, ...]
    layers: tuple[Layer, ...] = ()
    marks: tuple[Mark, ...] = ()
    assets: tuple[Asset, ...] = ()
    cover: str = ""
    # What the files themselves say about the book, keyed like [book] of book.toml.
    hints: tuple[tuple[str, str], ...] = ()
    # Stretches of the text whose words somebody asked to keep ([normalize] keep), in order.
    kept: tuple[tuple[int, int], ...] = ()

    def location(self, position: int) -> Location:
        """The file, line and column of a position in the *decoded* text."""
        index = bisect_right(self.files, position, key=lambda file: file.start) - 1
        if index < 0:
            return Location("")
        file = self.files[index]
        ends = _line_ends(self.decoded)
        line = bisect_left(ends, position)
        first = bisect_left(ends, file.start)
        line_start = ends[line - 1] + 1 if line > first else file.start
        return Location(file.path, line - first + 1, position - line_start + 1)

    def origin(self, position: int) -> Location:
        """The file, line and column that a position in the *current* text came from."""
        for layer in reversed(self.layers):
            position = layer.backward(position)
        return self.location(position)

    def boundaries(self) -> tuple[int, ...]:
        """Where each file starts in the current text.

        A file that continues a chapter starts nothing: in its place stands the start of the
        next one that does, so that its lines belong to the file before it.
        """
        starts = [self.current(file.start) for file in self.files]
        following = self.current(len(self.decoded))
        for index in range(len(starts) - 1, -1, -1):
            if self.files[index].continues:
                starts[index] = following
            following = starts[index]
        return tuple(starts)

    def short_paths(self) -> dict[str, str]:
        """Each file's path without the folders that all share: what names it may move with it."""
        paths = [file.path.replace("\\", "/") for file in self.files]
        folders = [path.split("/")[:-1] for path in paths]
        shared = 0
        while all(len(one) > shared and one[shared] == folders[0][shared] for one in folders):
            shared += 1
        return {
            file.path: "/".join(path.split("/")[shared:])
            for file, path in zip(self.files, paths, strict=True)
        }

    def current(self, position: int) -> int:
        """Where a position of the decoded text stands in the current text."""
        for layer in self.layers:
            position = layer.forward(position)
        return position

    def after(self, text: str, layer: Layer) -> "Manuscript":
        """The manuscript after one more pass, its marks and what is kept moved along."""
        if not len(layer):
            return self
        marks = tuple(
            replace(mark, start=layer.forward(mark.start), end=_forward_end(layer, mark))
            for mark in self.marks
        )
        kept = tuple((layer.forward(start), layer.forward(end)) for start, end in self.kept)
        return replace(self, text=text, layers=(*self.layers, layer), marks=marks, kept=kept)

    def is_kept(self, start: int, end: int) -> bool:
        """Whether any character of `[start, end)` of the text is to be kept."""
        index = bisect_left(self.kept, (end,)) - 1
        return index >= 0 and self.kept[index][1] > start


@lru_cache(maxsize=2)
def _line_ends(text: str) -> Sequence[int]:
    """The last character of each line end: counted once, however many places are asked for."""
    return array("L", (end - 1 for end in line_ends(text, 0, len(text))))


def _forward_end(layer: Layer, mark: Mark) -> int:
    """An end follows the character before it, so that text inserted after a mark stays outside."""
    if mark.end == mark.start:
        return layer.forward(mark.start)
    last = layer.forward(mark.end - 1)
    return max(layer.forward(mark.start), min(last + 1, layer.forward(mark.end)))
