"""What a design paints on: the front of a cover alone, or all of a wrap around a printed book.

A design counts in units of its own: the front is 2400 high and about 1600 wide, its upper left
corner is (0, 0). On a wrap the canvas reaches beyond it on all sides, so that hills run on over
the spine; a cover alone has one pixel a unit. Words on a wrap are noted and not painted: they go
into the PDF as type.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from builder.core.colours import RGB
from builder.fonts import Face

WIDTH, HEIGHT = 1600, 2400  # of a cover alone
SIZE = (WIDTH, HEIGHT)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a canvas, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


COVER = Box(0, 0, WIDTH, HEIGHT)


@dataclass(frozen=True, slots=True)
class Letter:
    """Type to be set: `text` from the base line's start at (`x`, `y`), `size` high.

    `reading` is what it stands for: 。 for the form of 。 that stands in columns. What
    `is_turned` lies on its side and reads down.
    """

    text: str
    reading: str
    face: Face
    x: float
    y: float
    size: float
    colour: RGB
    is_turned: bool = False


@dataclass(slots=True)
class Canvas:
    """`image` shows `area`, `scale` pixels a unit; the front is `width` wide.

    `letters` collects words; None to have them painted. `beyond` is the chance that rules
    what lies outside the front, so that the front stays what it is on a cover alone. `spine`
    is how wide the spine is, between front and back.
    """

    image: Image.Image
    area: Box = COVER
    width: float = WIDTH
    scale: float = 1.0
    letters: list[Letter] | None = None
    beyond: Random = field(default_factory=lambda: Random(0))  # noqa: S311  (it decorates)
    spine: float = 0.0
    is_left_bound: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it is a cover alone, a pixel a unit, as an e-book has it."""
        return self.area == COVER and self.scale == 1

    @property
    def is_wrap(self) -> bool:
        """Whether there is more to it than the front."""
        return self.letters is not None

    @property
    def front_left(self) -> float:
        """How far left what covers the front reaches: to the fold, or over the edge."""
        return 0 if self.is_left_bound else self.area.left

    @property
    def front_right(self) -> float:
        """How far right what covers the front reaches: to the fold, or over the edge."""
        return self.area.right if self.is_left_bound or not self.is_wrap else self.width

    def px(self, point: Point) -> Point:
        """A point as pixels."""
        return (point[0] - self.area.left) * self.scale, (point[1] - self.area.top) * self.scale

    def length_px(self, units: float) -> int:
        """A length in whole pixels."""
        return round(units * self.scale)

    def lay(
        self, mask: Image.Image, colour: RGB, at: Point = (0, 0), strength: float = 1.0
    ) -> None:
        """Lay a colour through `mask` (in pixels), whose upper left corner comes to `at`."""
        x, y = self.px(at)
        lay(self.image, mask, colour, (x, y), strength)

    def rectangle(
        self,
        box: Sequence[float],
        colour: RGB | None = None,
        *,
        outline: RGB | None = None,
        width: float = 1,
    ) -> None:
        ImageDraw.Draw(self.image).rectangle(
            self._corners(box), colour, outline=outline, width=max(1, self.length_px(width))
        )

    def rounded_rectangle(self, box: Sequence[float], radius: float, colour: RGB) -> None:
        ImageDraw.Draw(self.image).rounded_rectangle(
            self._corners(box), radius * self.scale, colour
        )

    def ellipse(self, box: Sequence[float], colour: RGB) -> None:
        ImageDraw.Draw(self.image).ellipse(self._corners(box), colour)

    def line(self, box: Sequence[float], colour: RGB, width: float) -> None:
        ImageDraw.Draw(self.image).line(self._corners(box), colour, max(1, self.length_px(width)))

    def colour_at(self, x: float, y: float) -> RGB:
        """The colour of a point; beyond the edge, of the point next to it."""
        across, down = self.px((x, y))
        column = max(0, min(self.image.width - 1, int(across)))
        row = max(0, min(self.image.height - 1, int(down)))
        colour = self.image.getpixel((column, row))
        assert isinstance(colour, tuple)  # noqa: S101  (its mode is RGB)
        red, green, blue = colour
        return red, green, blue

    def _corners(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        left, top = self.px((box[0], box[1]))
        right, bottom = self.px((box[2], box[3]))
        return left, top, right, bottom


def lay(
    image: Image.Image, mask: Image.Image, colour: RGB, at: Point = (0, 0), strength: float = 1.0
) -> None:
    """Lay a colour on `image` through `mask`, whose upper left corner comes to `at`."""
    if strength < 1:
        mask = mask.point([round(grey * strength) for grey in range(256)])
    image.paste(colour, (round(at[0]), round(at[1])), mask)
