"""What a page's content leaves on the paper, as far as a printer's rules ask.

Of most ink only its being there matters. What leaves the `safe` part of a page is kept with its
box, and so is every picture; of the rest, colours, sizes and thicknesses are counted.
"""

from dataclasses import dataclass, field
from enum import Enum

from builder.check.preflight.geometry import Box

# Shares of ink, 0 to 1: grey (1), RGB (3), CMYK (4); empty when it cannot be told.
Shares = tuple[float, ...]


# Shares from which a colour is black, and from which another ink in it shows at its edges.
_DARK, _SEEN = 0.7, 0.1


class Space(Enum):
    """Kinds of colour, as a printer sees them."""

    GREY = "grey"
    RGB = "rgb"
    CMYK = "cmyk"
    SPOT = "spot"
    REGISTRATION = "registration"
    LAB = "lab"
    PATTERN = "pattern"


class Kind(Enum):
    """What a mark on the paper is."""

    TEXT = "text"
    ART = "art"
    LINE = "line"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Colour:
    """What is painted with; `shares` are empty for pictures, patterns and what stands in a table."""

    space: Space
    shares: Shares = ()
    is_of_table: bool = False

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper as it is."""
        match self.space:
            case Space.GREY | Space.RGB:
                return bool(self.shares) and min(self.shares) >= 1
            case Space.CMYK | Space.SPOT | Space.REGISTRATION:
                return bool(self.shares) and max(self.shares) <= 0
            case _:
                return False

    @property
    def is_rich_black(self) -> bool:
        """Black with other inks under it, which print beside each other by a hair."""
        if self.space is not Space.CMYK or len(self.shares) != 4:
            return False
        *others, black = self.shares
        return black > _DARK and max(others) > _SEEN

    @property
    def coverage(self) -> float:
        """Ink in per cent of the paper, of a process colour."""
        return 100 * sum(self.shares) if self.space is Space.CMYK else 0.0


BLACK = Colour(Space.GREY, (0.0,))


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the paper that is not wholly in the safe part."""

    kind: Kind
    box: Box


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as placed: its pixels, the pixels an inch it prints with, the colours it has."""

    box: Box
    pixels: tuple[int, int]
    dpi: float
    space: Space
    is_stencil: bool
    key: tuple[int, int]


@dataclass(slots=True)
class PageInk:
    """Everything the rules ask of one page's content.

    `colours` and `text_colours` are the kinds of colour that lines, areas and text are painted
    with. `smallest_pt` and `thinnest_pt` are 0 while there is none. `is_cut_short` says that the
    content was more than is read.
    """

    has_ink: bool = False
    marks: list[Mark] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    colours: set[Space] = field(default_factory=set)
    text_colours: set[Space] = field(default_factory=set)
    most_ink: float = 0.0
    has_rich_text: bool = False
    smallest_pt: float = 0.0
    thinnest_pt: float = 0.0
    fonts: set[tuple[int, int]] = field(default_factory=set)
    transparencies: set[str] = field(default_factory=set)
    is_cut_short: bool = False
