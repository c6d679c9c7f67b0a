"""One sheet that is drawn and not set: a cover with its spine and back, ready for the press.

Lengths are millimetres from the upper left corner of the sheet as it is cut; y runs down. What
comes later lies on top. Pure data, so that the room that draws and the room that writes PDFs
need not know each other.
"""

from dataclasses import dataclass, field
from pathlib import Path

from builder.core.colours import RGB


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of `width_px` × `height_px` in RGB, stretched over its frame."""

    jpeg: bytes = field(repr=False)
    width_px: int
    height_px: int
    frame: Frame


@dataclass(frozen=True, slots=True)
class Fields:
    """Rectangles of one colour; None is black ink alone, whatever the colours of the sheet."""

    frames: tuple[Frame, ...]
    colour: RGB | None = None


@dataclass(frozen=True, slots=True)
class Lettering:
    """Type, `size` mm high, from its base line's start at (`x`, `y`).

    `path` and `index` name the face. `reading` is what `text` is read as. What `is_turned` lies
    on its side and reads down. The colour None is black ink alone.
    """

    text: str
    reading: str
    path: Path
    index: int
    x: float
    y: float
    size: float
    colour: RGB | None = None
    is_turned: bool = False


Item = Picture | Fields | Lettering


@dataclass(frozen=True, slots=True)
class Sheet:
    """`width` × `height` as cut, with `bleed` on all sides. `folds` are where a guide is drawn
    outside of it, at these distances from the left.
    """

    width: float
    height: float
    bleed: float
    items: tuple[Item, ...] = field(repr=False)
    folds: tuple[float, ...] = ()
    is_right_bound: bool = False
