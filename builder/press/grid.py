"""The grid of a page, and what stands on it: blocks of lines, notes, turns of the page.

Plain data; knows nothing of fonts, of PDF and of what the lines say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Generic, Literal, TypeVar

HAIR = 0.01  # of a row: sums of lengths are not exact

Turning = Literal["", "page", "recto", "verso"]
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a block stands on the grid. `unit` is the height of a line in rows; `before` and
    `after` are rows (they collapse). `turns` are the turns of the page before and after it,
    "page" for either side, or "".
    """

    unit: float = 1.0
    before: int = 0
    after: int = 0
    keeps_next: bool = False
    keeps_before: bool = False
    keeps_together: bool = False
    orphans: int = 2
    widows: int = 2
    turns: tuple[Turning, Turning] | None = None


@dataclass(slots=True, eq=False)
class Foot(Generic[L]):
    """A note: its lines, `leading` points each; `number` is what its mark says on the page."""

    lines: Sequence[L]
    leading: float
    number: int = 0


@dataclass(slots=True, eq=False)
class Block(Generic[L]):
    """Lines one below the other; `feet` are the notes whose marks are on a line, by its number.

    A block may be several paragraphs that need no distance: then `starts` has the number of each
    one's first line, and a page may end before it.
    """

    spacing: Spacing
    lines: Sequence[L]
    feet: Mapping[int, Sequence["Foot[L]"]] | None = None
    subject: object = None
    starts: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page, on which something may open; `name` is that of the pages from here on."""

    name: str
    side: Literal["", "recto", "verso"] = ""
    opens: bool = True
    subject: object = None


@dataclass(slots=True, eq=False)
class Piece(Generic[L]):
    """Lines `first` to `last` of a block from `row` on."""

    block: Block[L]
    first: int
    last: int
    row: int


@dataclass(slots=True, eq=False)
class FootPiece(Generic[L]):
    """Lines `first` to `last` of a note."""

    foot: Foot[L]
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Filled(Generic[L]):
    """A full page; `turn` is the one that it begins with. A blank one has nothing on it."""

    index: int
    name: str
    pieces: list[Piece[L]] = field(default_factory=list)
    feet: list[FootPiece[L]] = field(default_factory=list)
    turn: Turn | None = None
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grid of a page: `rows` of `leading` points; `apart` is what notes take beside their
    lines (the gap above the rule, the rule, the gap below).
    """

    rows: int
    leading: float
    apart: float = 0.0


def rows_of(length: float, leading: float) -> int:
    """The whole rows that a length takes up."""
    return max(0, ceil(length / leading - HAIR))
