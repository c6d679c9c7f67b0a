"""How large a cover is on paper: a design's unit in mm, and at how many dots an inch it is drawn."""

import math
from dataclasses import dataclass

from PIL import Image

from builder.core.trims import MM_PER_INCH
from builder.covers.canvas import HEIGHT, Box, Canvas

# A little more than the 300 that printers ask for, so that rounding never falls below.
RESOLUTION_DPI = 304
# What is held in memory at once; a wrap of A3 at full resolution has 40.
_MAX_PIXELS = 60_000_000
# Designs are made for fronts 1600 by 2400; a front narrower than this gets smaller letters.
_NARROWEST = 1440


def unit_mm(width: float, height: float) -> float:
    """A design's unit on a front of that size, in mm."""
    return min(height / HEIGHT, width / _NARROWEST)


def dpi_for(width: float, height: float) -> float:
    """The resolution at which so many mm are drawn."""
    return min(float(RESOLUTION_DPI), math.sqrt(_MAX_PIXELS * MM_PER_INCH**2 / (width * height)))


@dataclass(frozen=True, slots=True)
class CoverPage:
    """A page that is a cover: its size as cut, and what it has beyond that on every side, in mm."""

    width: float
    height: float
    bleed: float = 0.0

    def canvas(self) -> Canvas:
        """An empty canvas, whose front has the page's own proportions."""
        unit = unit_mm(self.width, self.height)
        width, height, bleed = self.width / unit, self.height / unit, self.bleed / unit
        above = (height - HEIGHT) / 2
        area = Box(-bleed, -above - bleed, width + bleed, HEIGHT + above + bleed)
        dpi = dpi_for(self.width + 2 * self.bleed, self.height + 2 * self.bleed)
        scale = dpi * unit / MM_PER_INCH
        size = (math.ceil(area.width * scale), math.ceil(area.height * scale))
        return Canvas(Image.new("RGB", size), area=area, width=width, scale=scale)
