"""How a wrap is laid out: which panel stands where, and how large a design's unit is on paper."""

from dataclasses import dataclass
from random import Random

from PIL import Image

from builder.core.artwork import Frame
from builder.core.printers import Printer
from builder.core.trims import MM_PER_INCH, Trim
from builder.covers.canvas import HEIGHT, Box, Canvas
from builder.covers.page import dpi_for, unit_mm

# Where nothing else is said: what a knife and a fold may be off by.
_SAFE_MM = 5.0
_SPINE_CLEAR_MM = 1.0
_SPINE_TEXT_MIN_MM = 4.0
SMALLEST_SPINE_TYPE_MM = 2.1  # 6 pt


@dataclass(frozen=True, slots=True)
class WrapForm:
    """What the paper says of a wrap. Lengths are mm. `shows_folds` asks for guides outside."""

    trim: Trim
    spine: float
    bleed: float
    pages: int
    printer: Printer
    is_left_bound: bool = True
    shows_folds: bool = False

    @property
    def width(self) -> float:
        """Of the flat cover as it is cut."""
        return 2 * self.trim.width_mm + self.spine

    @property
    def height(self) -> float:
        return self.trim.height_mm

    @property
    def front(self) -> Frame:
        left = self.trim.width_mm + self.spine if self.is_left_bound else 0.0
        return Frame(left, 0, self.trim.width_mm, self.height)

    @property
    def back(self) -> Frame:
        left = 0.0 if self.is_left_bound else self.trim.width_mm + self.spine
        return Frame(left, 0, self.trim.width_mm, self.height)

    @property
    def spine_frame(self) -> Frame:
        return Frame(self.trim.width_mm, 0, self.spine, self.height)

    @property
    def folds(self) -> tuple[float, ...]:
        """Where the spine's edges are, from the left."""
        if not self.shows_folds:
            return ()
        return self.trim.width_mm, self.trim.width_mm + self.spine

    @property
    def safe(self) -> float:
        """How far from the edges letters stay."""
        return max(self.printer.cover_safe_mm or 0.0, _SAFE_MM)

    @property
    def spine_clear(self) -> float:
        """How far from the folds the letters of the spine stay."""
        return self.printer.spine_clear_mm or _SPINE_CLEAR_MM

    @property
    def has_spine_words(self) -> bool:
        """Whether the spine is thick enough to be lettered."""
        printer = self.printer
        if self.spine - 2 * self.spine_clear < SMALLEST_SPINE_TYPE_MM:
            return False
        if printer.spine_text_min_pages is not None:
            return self.pages >= printer.spine_text_min_pages
        return self.spine >= (printer.spine_text_min_mm or _SPINE_TEXT_MIN_MM)

    @property
    def unit(self) -> float:
        """One unit of a design."""
        return unit_mm(self.trim.width_mm, self.height)

    @property
    def dpi(self) -> float:
        """The resolution at which the ground is drawn."""
        return dpi_for(self.width + 2 * self.bleed, self.height + 2 * self.bleed)

    def canvas(self, beyond: Random) -> Canvas:
        """An empty canvas for all of it; a front that is taller than designs reaches up and down."""
        unit, front = self.unit, self.front
        above = (self.height / unit - HEIGHT) / 2
        area = Box(
            -(front.left + self.bleed) / unit,
            -above - self.bleed / unit,
            (self.width - front.left + self.bleed) / unit,
            HEIGHT + above + self.bleed / unit,
        )
        scale = self.dpi * unit / MM_PER_INCH
        size = (round(area.width * scale), round(area.height * scale))
        return Canvas(
            image=Image.new("RGB", size),
            area=area,
            width=self.trim.width_mm / unit,
            scale=scale,
            letters=[],
            beyond=beyond,
            spine=self.spine / unit,
            is_left_bound=self.is_left_bound,
        )

    def on_paper(self, canvas: Canvas, x: float, y: float) -> tuple[float, float]:
        """A point of the canvas as mm from the upper left corner of the sheet as cut."""
        area = canvas.area
        return (x - area.left) * self.unit - self.bleed, (y - area.top) * self.unit - self.bleed

    def on_canvas(self, canvas: Canvas, frame: Frame) -> Box:
        """A part of the sheet in units of the canvas."""
        left = (frame.left + self.bleed) / self.unit + canvas.area.left
        top = (frame.top + self.bleed) / self.unit + canvas.area.top
        return Box(left, top, left + frame.width / self.unit, top + frame.height / self.unit)
