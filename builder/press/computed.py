"""What the style sheets come to for one element, as plain data: between `host` and `framing`.

Lengths are points. What is a share of the measure (a percentage) stays one until the measure is
known.
"""

from dataclasses import dataclass
from typing import Literal

from builder.prepress import Bleed, Colour
from builder.press.frame import Align, Break, TextStyle

# What a pseudo-element, a margin box or a string says: ("words", "第"), ("string", "chapter"),
# ("string-except", "chapter"), ("counter", "page decimal"), ("attr", "data-heading"),
# ("other", "leader()").
ContentKind = Literal["words", "string", "string-except", "counter", "attr", "other"]
Content = tuple[tuple[ContentKind, str], ...]


@dataclass(frozen=True, slots=True)
class Length:
    """Points, and a share of the measure beside them."""

    points: float = 0.0
    share: float = 0.0

    def of(self, measure: float) -> float:
        """The length where lines are `measure` wide."""
        return self.points + self.share * measure


@dataclass(frozen=True, slots=True)
class Edges:
    """The same of four sides."""

    top: Length
    right: Length
    bottom: Length
    left: Length


@dataclass(frozen=True, slots=True)
class Look:
    """The computed style of an element or a pseudo-element, as far as the press follows it.

    `display` is CSS's first word: block, inline, none, inline-block, list-item … `rule` is the
    width of the border above, in `rule_colour`. `page` is the used name. `strings` are what `string-set` sets,
    `marker` is the counter style of an item of a list.
    """

    text: TextStyle
    leading: float
    display: str
    align: Align
    indent: Length
    margin: Edges
    padding: Edges
    rule: float
    rule_colour: Colour
    break_before: Break
    break_after: Break
    keeps_together: bool
    orphans: int
    widows: int
    page: str
    content: Content
    strings: tuple[tuple[str, Content], ...]
    marker: str


@dataclass(frozen=True, slots=True)
class MarginBox:
    """A box in the margin of a page: what it says, in which style, and where its first line
    stands: the edge that `align` names, and the baseline, from the page's upper left corner.
    """

    name: str
    content: Content
    text: TextStyle
    align: Literal["start", "center", "end"]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PageLook:
    """A page: its size, its text area from the upper left corner, its boxes, its area of notes
    (None where the sheets say nothing of it).
    """

    width: float
    height: float
    left: float
    top: float
    measure_x: float
    measure_y: float
    boxes: tuple[MarginBox, ...]
    notes: Look | None
    bleed: Bleed
