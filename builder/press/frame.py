"""What the style sheets say, as plain data: the frame into which the press sets a book.

Lengths are points. Directions are logical: *inline* runs along a line, *block* across lines, so
that the same frame serves lines and columns. Only `PageStyle` is physical, because paper is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.core.specimen import BlockKey, Nesting, SectionKey
from builder.prepress import NO_BLEED, Bleed, Colour

Align = Literal["justify", "start", "center", "end"]
Break = Literal["auto", "avoid", "page", "recto", "verso"]
Side = Literal["recto", "verso"]
# What of a block: itself; of verse a line, and the gap before a stanza that follows another; of
# a heading its label, its title, the space between them, half a title of two halves, and the
# space between these; of a list the marks of its items.
Part = Literal["", "line", "label", "title", "gap", "half", "half-gap", "marker"]
# What a string is set to: words, and the section's whole heading.
Said = tuple[tuple[Literal["words", "heading"], str], ...]
# Where `Frame.inlines` has the inlines of notes.
IN_NOTES = "notes"
# The name of pages that a break to a right or left page leaves empty.
BLANK = ":blank"


@dataclass(frozen=True, slots=True)
class FaceKey:
    """What the CSS asks of a font: families in order, weight (400, 700), language (BCP 47)."""

    families: tuple[str, ...]
    weight: int = 400
    is_italic: bool = False
    language: str = ""
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a run of characters looks; `colour` is in the inks of the book (`prepress.inks`),
    `raised` lifts its baseline.
    """

    face: FaceKey
    size: float
    spacing: float = 0.0
    colour: Colour = (0.0, 0.0, 0.0)
    raised: float = 0.0
    emphasis: Literal["", "dots"] = ""
    underline: Literal["", "straight", "wavy"] = ""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How a block stands: `leading` from baseline to baseline, `before` and `after` across
    lines (they collapse), `start` and `end` insets along them, `indent` of the first line.

    `start` and `end` are counted from the edges of the text area. `page` is the name of its page,
    as CSS `page` gives it. `is_shown` is False for what stands nowhere (`display: none`).
    """

    text: TextStyle
    leading: float
    align: Align = "justify"
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    start: float = 0.0
    end: float = 0.0
    break_before: Break = "auto"
    break_after: Break = "auto"
    keeps_together: bool = False
    orphans: int = 2
    widows: int = 2
    page: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Furniture:
    """A margin box: what it says, and where its line stands.

    `content` are words, the name of a string (`book`, `chapter`, any of `string-set`), or the
    folio in a counter style (`decimal`, `lower-roman` …). `x` and `y` are the box's edge that
    `align` names and the baseline, from the upper left corner of the page. With `first_except`
    it is left out where one of its strings is set.
    """

    content: tuple[tuple[Literal["words", "string", "folio"], str], ...]
    text: TextStyle
    x: float
    y: float
    align: Literal["start", "center", "end"]
    first_except: bool = False


@dataclass(frozen=True, slots=True)
class PageStyle:
    """A page: its size, its text area from the upper left corner, its furniture, and how far it
    goes on beyond its left, lower, right and upper edge.
    """

    width: float
    height: float
    left: float
    top: float
    measure_x: float
    measure_y: float
    furniture: tuple[Furniture, ...] = ()
    bleed: Bleed = NO_BLEED


@dataclass(frozen=True, slots=True)
class NoteArea:
    """The foot of the page: the gap above its rule, the rule and its colour, the gap below it.

    `hang` is how far a note's number stands before its lines.
    """

    before: float
    rule: float
    after: float
    body: BlockStyle
    call: TextStyle
    hang: float = 0.0
    colour: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything the press asks the style sheets. `base` is the text of the book's body.

    `blocks` and `inlines` have an entry for every key of the book's specimen; `headings` are
    those of sections; one's `break_before` and `page` are those of the section, and its
    `break_after` comes after the section's own blocks. `pages` are by page name, side and whether
    it is the first of those with that name; empty pages have the name BLANK.
    """

    base: BlockStyle
    blocks: Mapping[tuple[BlockKey, Part], BlockStyle] = field(repr=False)
    headings: Mapping[tuple[SectionKey, Part], BlockStyle] = field(repr=False)
    # Those of notes are under IN_NOTES.
    inlines: Mapping[tuple[BlockKey | SectionKey | str, Part, Nesting], TextStyle] = field(
        repr=False
    )
    pages: Mapping[tuple[str, Side, bool], PageStyle] = field(repr=False)
    # What marks the items of a list: a counter style of CSS (disc, decimal …), or none.
    markers: Mapping[BlockKey, str] = field(repr=False)
    # Which strings the heading of a section sets, and to what; for the heads of pages.
    strings: Mapping[SectionKey, tuple[tuple[str, Said], ...]] = field(repr=False)
    notes: NoteArea
    # By level, 1 to 4, and whether other entries stand under it.
    contents: Mapping[tuple[int, bool], BlockStyle] = field(repr=False)
    contents_title: BlockStyle
    # The notes that nothing refers to, at the end of the book, and their title.
    left_note: BlockStyle
    left_title: BlockStyle
    # A second mention of a note (［见第3页注］).
    again: TextStyle
    # What is drawn for a scene break; "" when nothing is.
    break_words: str = ""
    has_leaders: bool = True
    is_vertical: bool = False
