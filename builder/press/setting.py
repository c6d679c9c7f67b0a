"""What passes between copy, lines, pages, paint and assemble.

Lengths are points unless said otherwise. Whatever is placed on a page stands in the page's own
coordinates: from the lower left corner of the trimmed page, upwards.

`Run`, `Copy` and `Line` are never changed either, but not frozen: one of each is made for every
paragraph or line of a book, and a frozen one takes three times as long.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from builder.press.frame import Align, PageStyle, TextStyle

if TYPE_CHECKING:
    from builder.press.worn import Worn

# Stands in `Copy.text` for what has no characters: a note's mark, a picture in the line.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Run:
    """Characters `start` to `end` of a `Copy` in one style.

    `kind` says what they are beside words; `extra` is the reading of a ruby base, the words of
    a note's mark (①), the target of a link, the length of a picture along its line, in points. `element` is the structure
    element that the run's marked content belongs to, when it has one of its own (Link, RB,
    Lbl, Span …), -1 for the block's; that of a reading (RT) is its base's plus one. `beside` is
    the style of a reading. A `cell` is set upright in a column, in one character's room.
    """

    start: int
    end: int
    style: TextStyle
    kind: Literal["text", "ruby", "note", "link", "code", "image", "break", "cell"] = "text"
    extra: str = ""
    element: int = -1
    beside: TextStyle | None = None


@dataclass(slots=True)
class Copy:
    """A paragraph ready to be set: its characters and their runs, which cover it in order.

    Plain prose has one run. `measure` is the room along the line after insets; `indent` is that
    of the first line and may be negative. `element` is its structure element. A copy that
    `is_joined` is several paragraphs, with a hard break between each two of them: they look alike,
    and none has marks that are narrow beside Latin words. `worn`, `narrowed` and `largest` (the
    size of its largest type) are kept by who shows its lines. `like` is the copy that was broken
    into lines, when this one differs from it in the words of its marks.
    """

    text: str
    runs: tuple[Run, ...]
    measure: float
    indent: float = 0.0
    align: Align = "justify"
    element: int = -1
    is_joined: bool = False
    worn: "Worn | None" = field(default=None, init=False, repr=False, compare=False)
    narrowed: tuple[int, ...] | None = field(default=None, init=False, repr=False, compare=False)
    largest: float = field(default=0.0, init=False, repr=False, compare=False)
    like: "Copy | None" = field(default=None, init=False, repr=False, compare=False)


@dataclass(slots=True)
class Line:
    """Characters `start` to `end` of a copy on one line (a space or break at its end is not
    painted).

    `offset` is from the start of the measure, `width` what it takes up when painted. `spread` is
    added after every character but the last, in points; in the ranges `tight` (Latin words,
    ——, ……) only after the last. `shifts` are (index, em/1000 of the run's size): the character
    at `index` is followed by so much more (Han–Latin gap) or less (squeeze) than its advance;
    an opening mark squeezed at its left is moved by the entry of the character before it, or by
    `offset` at the line's start. `is_full` lines end flush: `offset + width` is the measure.
    """

    start: int
    end: int
    offset: float
    width: float
    spread: float = 0.0
    shifts: tuple[tuple[int, float], ...] = ()
    is_full: bool = False
    tight: tuple[tuple[int, int], ...] = ()


# Left, bottom, right, top.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links and the outline can lead to; without `x` a reader stays where it is
    across the page, as in columns.
    """

    id: str
    x: float | None
    y: float


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """Where a reader can click: one rectangle, so that a link on two lines has two of them.

    `target` is `#` and the id of an anchor, or an address of the web. `words` say to those who
    cannot see where it leads. `element` is its structure element, a Link.
    """

    box: Box
    target: str
    words: str
    element: int


@dataclass(frozen=True, slots=True)
class PlacedSlab:
    """A page that WeasyPrint laid out, painted into this one: a hosted block, a cover.

    `number` counts the pages of its document from 0. Its lower left corner stands at `x`, `y`.
    Its marks are `first_mcid` and those that follow, its structure elements `first_element` and
    those that follow. `slabs.place` makes these.
    """

    number: int
    x: float
    y: float
    first_mcid: int
    first_element: int


@dataclass(frozen=True, slots=True)
class SetPage:
    """A finished page. `content` is its operators; empty when a slab is all of it."""

    style: PageStyle
    content: bytes = field(repr=False)
    links: tuple[PlacedLink, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    slabs: tuple[PlacedSlab, ...] = ()
