"""Pages of a PDF that is read on a screen: the page is the screen, the type fit to be read there.

The largest text area of whole characters and whole lines within the margins, in the middle; no
gutter, no sides. Margins and sizes are chosen so that a line has 16 characters on a phone, 21 to 25
on an e-reader and some 32 on a tablet; columns are set within the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from builder.core.devices import DEVICES, DeviceName, Family, Screen

# Of the type size: a little less than on paper, whose page is larger.
LEADING = 1.65


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """A page as large as a screen; nothing is nearer to its edges than `margin_mm`."""

    width_mm: float
    height_mm: float
    margin_mm: float
    size_pt: float

    @property
    def leading_pt(self) -> float:
        return self.size_pt * LEADING


# By the screen's width in mm, up to which they hold: margin in mm, type size in points.
_SETTINGS: tuple[tuple[float, float, float], ...] = (
    (95, 5, 10.5), (110, 6, 11), (130, 7, 12), (1000, 10, 12),
)  # fmt: skip
# A phone is held nearer, and its glass ends where the picture does; a tablet has room to hold it.
_OF_FAMILY: Mapping[Family, tuple[float, float]] = MappingProxyType(
    {"phone": (3.5, 10), "legado": (3.5, 10), "apple-books": (12, 12)}
)


def screen_page(name: DeviceName) -> ScreenPage:
    """The page for a device."""
    device = DEVICES[name]
    margin, size = _OF_FAMILY.get(device.family) or _for_screen(device.screen)
    return ScreenPage(device.screen.width_mm, device.screen.height_mm, margin, size)


def _for_screen(screen: Screen) -> tuple[float, float]:
    return next((margin, size) for most, margin, size in _SETTINGS if screen.width_mm <= most)
