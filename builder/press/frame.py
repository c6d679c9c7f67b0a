"""What the style sheets say, as plain data: the frame into which the press sets a book.

Lengths are points. Directions are logical: *inline* runs along a line, *block* across lines, so
that the same frame serves lines and columns. Only `PageStyle` is physical, because paper is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.core.specimen import BlockKey, InlineKind, SectionKey

Align = Literal["justify", "start", "center", "end"]
Break = Literal["auto", "avoid", "page", "recto", "verso"]
Side = Literal["recto", "verso"]
# What of a block: itself, a line of verse, the parts of a heading, a mark or a body of a note.
Part = Literal["", "line", "label", "title", "gap", "half"]


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
    """How a run of characters looks; `colour` is RGB from 0 to 1, `raised` lifts its baseline."""

    face: FaceKey
    size: float
    spacing: float = 0.0
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    raised: float = 0.0
    emphasis: Literal["", "dots"] = ""
    underline: Literal["", "straight", "wavy"] = ""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How a block stands: `leading` from baseline to baseline, `before` and `after` across
    lines (they collapse), `start` and `end` insets along them, `indent` of the first line.

    `page` is the name of its page, as CSS `page` gives it.
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

    `content` are words, or the name of what the page puts in: `page` (the folio), `book`,
    `chapter` (CSS strings; any name of `string-set`). `x` and `y` are the box's edge that
    `align` names and the baseline, from the upper left corner of the page.
    """

    content: tuple[tuple[Literal["words", "string", "folio"], str], ...]
    text: TextStyle
    x: float
    y: float
    align: Literal["start", "center", "end"]
    first_except: bool = False


@dataclass(frozen=True, slots=True)
class PageStyle:
    """A page: its size, its text area from the upper left corner, its furniture."""

    width: float
    height: float
    left: float
    top: float
    measure_x: float
    measure_y: float
    furniture: tuple[Furniture, ...] = ()
    bleed: float = 0.0


@dataclass(frozen=True, slots=True)
class NoteArea:
    """The foot of the page: the gap above its rule, the rule, the gap below it."""

    before: float
    rule: float
    after: float
    body: BlockStyle
    call: TextStyle
    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything the press asks the style sheets. `base` is the text of the book's body.

    `blocks` and `inlines` have an entry for every key of the book's specimen; `headings` are
    those of sections. `pages` are by page name, side and whether something opens there.
    """

    base: BlockStyle
    blocks: Mapping[tuple[BlockKey, Part], BlockStyle] = field(repr=False)
    headings: Mapping[tuple[SectionKey, Part], BlockStyle] = field(repr=False)
    inlines: Mapping[tuple[BlockKey | SectionKey, Part, tuple[InlineKind, ...]], TextStyle] = field(
        repr=False
    )
    pages: Mapping[tuple[str, Side, bool], PageStyle] = field(repr=False)
    notes: NoteArea
    # By level, 1 to 4, and whether other entries stand under it.
    contents: Mapping[tuple[int, bool], BlockStyle] = field(repr=False)
    contents_title: BlockStyle
    has_leaders: bool = True
    is_vertical: bool = False
