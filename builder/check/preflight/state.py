"""What a content stream has set while it runs: the graphics state, and the path it builds.

Source: ISO 32000-1, 8.4 (graphics state), 8.5 (paths), 9.3 (text state).
"""

from dataclasses import dataclass, field

from builder.check.preflight.geometry import Box
from builder.check.preflight.glyphs import Typeface
from builder.check.preflight.ink import BLACK, Colour
from builder.core.matrix import Matrix

Point = tuple[float, float]


@dataclass(slots=True)
class State:
    """The graphics state, as far as it matters here."""

    ctm: Matrix
    clip: Box
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line_width: float = 1.0
    opacity: float = 1.0
    line_opacity: float = 1.0
    effects: frozenset[str] = frozenset()
    face: Typeface | None = None
    size: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> "State":
        return State(
            self.ctm, self.clip, self.fill, self.stroke, self.line_width, self.opacity,
            self.line_opacity, self.effects, self.face, self.size, self.spacing, self.word_spacing, self.stretch, self.leading, self.rise, self.mode,
        )  # fmt: skip


@dataclass(slots=True)
class Path:
    """The path under construction: its parts as points on the leaf."""

    parts: list[list[Point]] = field(default_factory=list)
    clips: bool = False

    def move(self, point: Point) -> None:
        self.parts.append([point])

    def line(self, *points: Point) -> None:
        if self.parts:
            self.parts[-1].extend(points)

    def close(self) -> None:
        if self.parts:
            self.parts[-1].append(self.parts[-1][0])
