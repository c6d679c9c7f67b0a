"""A pen for pictures of sheets: boxes, folds, arrows, numbers. Pillow draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.impose.plan import Place

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

# Drawn twice as large and made smaller, which smooths the lines.
FINE = 2
INK, PALE, SPINE, PAPER, GROUND = "#222222", "#9a9a9a", "#b3261e", "#ffffff", "#eef0f2"

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def corners(self) -> tuple[float, float, float, float]:
        return self.x, self.y, self.x + self.width, self.y + self.height


class Pen:
    """Draws in points of the finished picture."""

    def __init__(self, draw: "ImageDraw", image: "Image") -> None:
        self._draw = draw
        self._image = image

    def box(self, box: Box, *, fill: str = PAPER) -> None:
        corners = [value * FINE for value in box.corners]
        self._draw.rectangle(corners, fill=fill, outline=INK, width=FINE)

    def line(self, points: Sequence[_Point], *, ink: str = INK, width: float = 1.5) -> None:
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self._draw.line(scaled, fill=ink, width=round(width * FINE), joint="curve")

    def dashes(self, start: _Point, end: _Point) -> None:
        (x0, y0), (x1, y1) = start, end
        length = abs(x1 - x0) + abs(y1 - y0)
        count = max(int(length // 12), 1)
        for at in range(count):
            a, b = at / count, (at + 0.55) / count
            points = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in (a, b)]
            self.line(points, ink=PALE, width=2)

    def arrow(self, start: _Point, bend: _Point, end: _Point) -> None:
        """A curved arrow over `bend`."""
        at = [step / 24 for step in range(25)]
        curve = [
            tuple(
                (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
                for a, b, c in zip(start, bend, end, strict=True)
            )
            for t in at
        ]
        points = [(x, y) for x, y in curve]
        self.line(points, ink=SPINE, width=3)
        (x0, y0), (x1, y1) = points[-4], points[-1]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        wings = [(x1 - 12 * dx + 7 * s * dy, y1 - 12 * dy - 7 * s * dx) for s in (1, -1)]
        scaled = [(x * FINE, y * FINE) for x, y in ((x1 + 3 * dx, y1 + 3 * dy), *wings)]
        self._draw.polygon(scaled, fill=SPINE)

    def page(self, box: Box, place: Place, *, is_turned: bool = False) -> None:
        """A page with its number; a blank one that was added is empty and grey."""
        self.box(box, fill=GROUND if place.page is None else PAPER)
        if place.page is not None:
            self.number(box, str(place.page + 1), is_turned=is_turned, is_lined=True)

    def number(
        self,
        box: Box,
        text: str,
        *,
        is_turned: bool = False,
        is_lined: bool = False,
        ink: str = INK,
    ) -> None:
        """A number in the middle of a box, as large as it goes up to half of the height."""
        from PIL import Image, ImageDraw, ImageFont

        size = min(box.height * 0.42, box.width / max(len(text), 2) * 1.25) * FINE
        font = ImageFont.load_default(max(size, 8))
        width, height = round(box.width * FINE), round(box.height * FINE)
        stamp = Image.new("L", (max(width, 1), max(height, 1)), 0)
        middle = (width / 2, height / 2)
        drawn = ImageDraw.Draw(stamp)
        drawn.text(middle, text, fill=255, font=font, anchor="mm")
        if is_lined:
            # Otherwise 6 on its head is 9.
            left, _, right, bottom = drawn.textbbox(middle, text, font=font, anchor="mm")
            below = bottom + size * 0.12
            drawn.line([(left, below), (right, below)], fill=255, width=max(round(size / 16), 2))
        if is_turned:
            stamp = stamp.rotate(180)
        place = (round(box.x * FINE), round(box.y * FINE))
        self._image.paste(Image.new("RGB", stamp.size, ink), place, stamp)

    def disc(self, x: float, y: float, *, radius: float, ink: str) -> None:
        corners = [(x - radius) * FINE, (y - radius) * FINE]
        corners += [(x + radius) * FINE, (y + radius) * FINE]
        self._draw.ellipse(corners, fill=ink)

    def badge(self, x: float, y: float, text: str) -> None:
        """A number in a disc: a step, or a sheet."""
        self.disc(x, y, radius=16, ink=INK)
        self.number(Box(x - 16, y - 16, 32, 32), text, ink=PAPER)
