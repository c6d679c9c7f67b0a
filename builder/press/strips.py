"""What the blocks of a book's pages are about: lines of text, slabs, and what opens with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from builder.core.page_starts import BEFORE_ALL, visible
from builder.core.xml_text import xml_safe
from builder.press.copy import Copied
from builder.press.frame import BlockStyle, Frame, Said
from builder.press.grid import Block, Foot, Turn
from builder.press.looks import Look
from builder.press.notes import FootLine
from builder.press.setting import Copy, Line, Run
from builder.press.upright import cells

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab

ARTIFACT = -2
_TAB = 8
# What stands in a block: a line; at the foot of a page one of a note; in a slab's place nothing.
Leaf = Line | FootLine | None
TextBlock = Block[Leaf]
TextItem = TextBlock | Turn
TextFoot = Foot[Leaf]


@dataclass(slots=True)
class Place:
    """Where in the book a block is: its section, its number there, the visible characters of
    that block before it. `opens` is the section that begins here.
    """

    section: str
    block: int = BEFORE_ALL
    characters: int = 0


@dataclass(slots=True, eq=False)
class Strip:
    """The lines of one copy. `anchor` is the id of a place that starts with them, `marker` the
    mark of a list's item, which stands before the first of them. Of several paragraphs `elements`
    has that of each line; `place` is the first one's.
    """

    look: Look
    copied: Copied
    place: Place
    anchor: str = ""
    marker: Copy | None = None
    elements: Sequence[int] = ()


@dataclass(slots=True, eq=False)
class SlabStrip:
    """A slab in the flow."""

    slab: "LaidSlab"
    element: int
    look: Look
    place: Place
    anchor: str = ""
    marker: Copy | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A section that opens on a page, and the strings that its heading sets for running heads."""

    section: str
    strings: tuple[tuple[str, str], ...] = ()


def side_of(style: BlockStyle) -> Literal["", "recto", "verso"]:
    """The side of the leaf on which something opens; "" for either."""
    side = style.break_before
    return side if side == "recto" or side == "verso" else ""


def opening_of(frame: Frame, section: str, heading: str) -> Opening:
    """What opens that is no section of the book, such as the contents: it sets the strings that
    sections set.
    """
    return Opening(section, strings_of(next(iter(frame.strings.values()), ()), heading))


def strings_of(said: tuple[tuple[str, Said], ...], heading: str) -> tuple[tuple[str, str], ...]:
    """The values of CSS strings that a heading sets."""
    return tuple(
        (name, "".join(heading if kind == "heading" else words for kind, words in what))
        for name, what in said
    )


def plain_copy(words: str, look: Look, element: int, *, measure: float | None = None) -> Copied:
    """Some words in one style, as a copy."""
    style = look.style
    runs = (Run(0, len(words), style.text),) if words else ()
    measure = look.measure if measure is None else measure
    copy = Copy(words, runs, measure, style.indent, style.align, element)
    return Copied(cells(copy) if look.is_vertical else copy)


def raw_copy(text: str, look: Look, element: int) -> Copied:
    """Words that keep their spaces and their lines."""
    text = xml_safe(text.replace("\r\n", "\n").expandtabs(_TAB).rstrip("\n"))
    style, runs, at = look.style, [], 0
    for line in text.split("\n"):
        if line:
            runs.append(Run(at, at + len(line), style.text))
        at += len(line) + 1
        if at <= len(text):
            runs.append(Run(at - 1, at, style.text, "break"))
    return Copied(Copy(text, tuple(runs), look.measure, style.indent, style.align, element))


def visible_count(copy: Copy) -> int:
    return len(visible(copy.text)) - sum(run.kind in {"note", "image"} for run in copy.runs)


def characters_of(subject: object) -> int:
    match subject:
        case Strip(copied=copied):
            return visible_count(copied.copy) if copied.copy.element != ARTIFACT else 0
        case SlabStrip(slab=slab):
            return slab.characters
        case _:
            return 0
