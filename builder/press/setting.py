"""What passes between copy, lines, pages and paint. Lengths are points unless said otherwise."""

from dataclasses import dataclass, field
from typing import Literal

from builder.press.frame import Align, TextStyle

# Stands in `Copy.text` for what has no characters: a note's mark, a picture in the line.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a `Copy` in one style.

    `kind` says what they are beside words; `extra` is the reading of a ruby base, the words of
    a note's mark (①), the target of a link, the name of a picture. `element` is the structure
    element that the run's marked content belongs to, when it has one of its own (Link, Ruby,
    Lbl, Span …), -1 for the block's.
    """

    start: int
    end: int
    style: TextStyle
    kind: Literal["text", "ruby", "note", "link", "code", "image", "break"] = "text"
    extra: str = ""
    element: int = -1


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph ready to be set: its characters and their runs, which cover it in order.

    Plain prose has one run. `measure` is the room along the line after insets; `indent` is that
    of the first line and may be negative. `element` is its structure element.
    """

    text: str
    runs: tuple[Run, ...]
    measure: float
    indent: float = 0.0
    align: Align = "justify"
    element: int = -1


@dataclass(slots=True)
class Line:
    """Characters `start` to `end` of a copy on one line (a space at its end is not painted).

    `offset` is from the start of the measure, `width` what it takes up when painted. `spread` is
    added after every character but the last, in points. `shifts` are (index, em/1000 of the
    run's size): the character at `index` is followed by so much more (Han–Latin gap) or less
    (squeeze) than its advance; an opening mark squeezed at its left is moved by the entry of
    the character before it, or by `offset` at the line's start. `is_full` lines end flush.
    """

    start: int
    end: int
    offset: float
    width: float
    spread: float = 0.0
    shifts: tuple[tuple[int, int], ...] = field(default=())
    is_full: bool = False
