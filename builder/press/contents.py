"""The contents pages (目录): an entry a line, its page number flush at the end.

The pages are filled before the book, because what they take up shifts all that follows, and
painted after it, when the numbers are known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from builder.core.publication import NavPoint
from builder.press.copy import Copied
from builder.press.face import Faces
from builder.press.frame import Frame, TextStyle
from builder.press.grid import Block, Turn
from builder.press.looks import Look, Looks, kept
from builder.press.running import width_of
from builder.press.setting import Copy, Line, Run
from builder.press.stretches import column_length
from builder.press.strips import (
    ARTIFACT,
    Place,
    Strip,
    TextItem,
    opening_of,
    plain_copy,
    side_of,
)
from builder.press.tree import Tree
from builder.press.upright import cells

CONTENTS_ID = "contents"
CONTENTS_PAGE = "contents"  # the name of these pages in print.css
LEADER = "·"
COLUMN_LEADER = "…"  # in columns · takes a whole character's room
# The room for a page number, in characters of the entry's size: four digits and a gap.
FOLIO_ROOM = 3.0
MAX_LEVEL = 4
MIN_LEADERS = 3


@dataclass(slots=True, eq=False)
class Entry:
    """A line of the contents; `target` is the anchor that it leads to."""

    look: Look
    copied: Copied
    place: Place
    target: str
    element: int
    has_leaders: bool
    anchor: str = ""

    def folio(self, words: str, line: Line, faces: Faces) -> Iterator[tuple[Copy, Line, float]]:
        """The leaders and the page number as lines of their own, each with its start."""
        style = replace(self.look.style.text, spacing=0.0)
        if self.has_leaders:
            style = _light(style)
        end = self.look.style.start + self.look.measure
        copy = Copy(words, (Run(0, len(words), style),), 0.0, element=self.element)
        width = width_of(words, style, faces)
        if self.look.is_vertical:
            copy = cells(copy)
            width = column_length(copy, faces)
        if self.has_leaders:
            start = self.look.style.start + line.offset + line.width
            leader = COLUMN_LEADER if self.look.is_vertical else LEADER
            yield from _leaders(leader, (start, end - width, end), style, faces)
        if words:
            yield replace(copy, measure=width), Line(0, len(words), 0.0, width), end - width


def _light(style: TextStyle) -> TextStyle:
    """Page numbers after leaders are never bold, so that they line up."""
    return replace(style, face=replace(style.face, weight=400))


def _leaders(
    leader: str, room: tuple[float, float, float], style: TextStyle, faces: Faces
) -> Iterator[tuple[Copy, Line, float]]:
    """Dots between the end of the title and the start of the number, the first two of `room`.

    They are counted from its third, the end of the measure, so that those of all lines stand one
    below the other.
    """
    start, end, edge = room
    step = width_of(leader, style, faces)
    gap = style.size / 2
    if not step:
        return
    last = ceil((edge - end + gap) / step)
    count = int((edge - start - gap) / step) - last
    if count < MIN_LEADERS:
        return
    copy = Copy(leader * count, (Run(0, count, style),), count * step, element=ARTIFACT)
    yield copy, Line(0, count, 0.0, count * step), edge - (last + count) * step


def contents_blocks(
    points: tuple[NavPoint, ...],
    title: str,
    looks: Looks,
    tree: Tree,
    break_lines: Callable[[Copy], Sequence[Line]],
) -> Iterator[TextItem]:
    """The contents of a book: their title and every entry, in order."""
    if not points:
        return
    frame, table = looks.frame, tree.add("TOC")
    shown: list[TextItem] = []
    if frame.contents_title.is_shown:
        look = kept(looks.of(frame.contents_title), following=True)
        copied = plain_copy(title, look, tree.add("Caption", table))
        lines = break_lines(copied.copy)
        shown.append(Block(look.spacing, lines, None, Strip(look, copied, Place(CONTENTS_ID))))
    shown += _Maker(looks, tree, break_lines).entries(points, table, 1)
    if shown:
        opening = opening_of(frame, CONTENTS_ID, title)
        yield Turn(CONTENTS_PAGE, side_of(frame.contents_title), subject=opening)
        yield from shown


def contents_leading(frame: Frame) -> float:
    """From line to line of the contents, which may have a grid of their own: on a screen, entries
    are as high as a finger.
    """
    entry = frame.contents.get((1, False))
    return entry.leading if entry else frame.base.leading


@dataclass(slots=True, eq=False)
class _Maker:
    looks: Looks
    tree: Tree
    break_lines: Callable[[Copy], Sequence[Line]]
    count: int = 0

    def entries(self, points: tuple[NavPoint, ...], parent: int, level: int) -> Iterator[TextItem]:
        frame, tree = self.looks.frame, self.tree
        for point in points:
            style = frame.contents.get((min(level, MAX_LEVEL), bool(point.children)))
            look = self.looks.of(style or frame.base)
            if not look.style.is_shown:
                yield from self.entries(point.children, parent, level + 1)
                continue
            element = tree.add("Link", tree.add("TOCI", parent))
            room = FOLIO_ROOM * look.style.text.size
            copied = plain_copy(point.title, look, element, measure=look.measure - room)
            self.count += 1
            entry = Entry(
                look,
                copied,
                Place(CONTENTS_ID, self.count),
                point.href.removeprefix("#"),
                element,
                frame.has_leaders,
            )
            yield Block(look.spacing, self.break_lines(copied.copy), None, entry)
            yield from self.entries(point.children, parent, level + 1)
