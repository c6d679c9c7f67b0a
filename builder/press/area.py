"""From places along and across lines to places on paper.

*Inline* and *block* are distances in points from the corner of the text area where its first
line starts; places on paper are points from the lower left corner of the trimmed page. The one
module that knows that columns run down and to the left.
"""

from dataclasses import dataclass

from builder.press.frame import PageStyle
from builder.press.setting import Box


@dataclass(frozen=True, slots=True)
class Area:
    """The text area of a page."""

    style: PageStyle
    is_vertical: bool = False

    def point(self, inline: float, block: float) -> tuple[float, float]:
        """A place on paper."""
        style = self.style
        if self.is_vertical:
            return style.left + style.measure_x - block, style.height - style.top - inline
        return style.left + inline, style.height - style.top - block

    def box(self, inline: tuple[float, float], block: tuple[float, float]) -> Box:
        """A rectangle, from `inline[0]` to `inline[1]` and from `block[0]` to `block[1]`."""
        one, other = self.point(inline[0], block[0]), self.point(inline[1], block[1])
        return (
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )

    @property
    def measure(self) -> float:
        """The room along a line."""
        return self.style.measure_y if self.is_vertical else self.style.measure_x

    @property
    def extent(self) -> float:
        """The room across lines."""
        return self.style.measure_x if self.is_vertical else self.style.measure_y
