"""How the blocks of a book stand on the grid: what the frame says, worked out once for a kind."""

from dataclasses import dataclass, replace

from builder.core.specimen import BlockKey, SectionKey
from builder.press.face import Faces
from builder.press.frame import BlockStyle, Break, Frame, Part
from builder.press.grid import Spacing, Turning, rows_of

_WHOLE = 0.001  # of a row


@dataclass(frozen=True, slots=True)
class Look:
    """A style on the grid. `measure` is the room between the insets, `drop` the distance of a
    baseline (in a column, of its axis) from the upper edge of its line, both in points.
    """

    style: BlockStyle
    spacing: Spacing
    measure: float
    drop: float
    is_vertical: bool = False


class Looks:
    """The looks of one book's blocks; `measure` is that of the page, `grid` its leading."""

    def __init__(self, frame: Frame, faces: Faces, *, measure: float, grid: float) -> None:
        self.frame = frame
        self.measure = measure
        self.grid = grid
        self._faces = faces
        self._known: dict[BlockStyle, Look] = {}
        self._headings: dict[tuple[SectionKey, Part], Look] = {}

    def of(self, style: BlockStyle) -> Look:
        """The look of a style."""
        known = self._known.get(style)
        if known is None:
            known = self._known[style] = self._made(style)
        return known

    def block(self, key: BlockKey, part: Part = "") -> Look:
        """The look of a kind of block, or of a part of it."""
        blocks = self.frame.blocks
        return self.of(blocks.get((key, part)) or blocks.get((key, "")) or self.frame.base)

    def heading(self, key: SectionKey, part: Part) -> Look:
        """The look of a part of a section's heading; of the whole when the part has none."""
        known = self._headings.get((key, part))
        if known is None:
            headings = self.frame.headings
            style = headings.get((key, part)) or headings.get((key, "")) or self.frame.base
            known = self._headings[key, part] = self.of(style)
        return known

    def _made(self, style: BlockStyle) -> Look:
        unit = style.leading / self.grid
        if abs(unit - round(unit)) < _WHOLE:
            unit = float(round(unit))
        spacing = Spacing(
            unit=unit or 1.0,
            before=rows_of(style.before, self.grid),
            after=rows_of(style.after, self.grid),
            keeps_next=style.break_after == "avoid",
            keeps_before=style.break_before == "avoid",
            keeps_together=style.keeps_together,
            orphans=style.orphans,
            widows=style.widows,
            turns=_turns(style),
        )
        measure = self.measure - style.start - style.end
        return Look(style, spacing, measure, self.drop(style), self.frame.is_vertical)

    def drop(self, style: BlockStyle) -> float:
        """From the upper edge of a line to its baseline; in a column, to its middle."""
        if self.frame.is_vertical:
            return style.leading / 2
        face = self._faces.face(style.text.face)
        middle = (face.metrics.line_ascent + face.metrics.line_descent) / 2000
        return style.leading / 2 + middle * style.text.size


def _turns(style: BlockStyle) -> tuple[Turning, Turning] | None:
    """The turns of the page that a style asks for, if any."""
    before, after = _turning(style.break_before), _turning(style.break_after)
    return (before, after) if before or after else None


def _turning(wanted: Break) -> Turning:
    return "" if wanted == "auto" or wanted == "avoid" else wanted


def kept(look: Look, *, following: bool = False, before: int = -1, after: int = -1) -> Look:
    """The same look, kept on a page with what follows, or with other distances in rows.

    It turns no page: it is that of a part of something.
    """
    spacing = look.spacing
    spacing = replace(
        spacing,
        keeps_next=following or spacing.keeps_next,
        before=spacing.before if before < 0 else before,
        after=spacing.after if after < 0 else after,
        turns=None,
    )
    return replace(look, spacing=spacing)
