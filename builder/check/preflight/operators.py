"""The operators of one content stream, in the order they come.

What an operator leaves on the paper is the painter's work; here it is only understood. Source: ISO 32000-1, Annex A (operators).
"""

from typing import TYPE_CHECKING, Any

from builder.check.preflight.colours import colour_in, colour_set_by, first_colour, space_of
from builder.check.preflight.geometry import (
    Box,
    around,
    around_points,
    overlap,
)
from builder.check.preflight.ink import Space
from builder.check.preflight.state import Path, Point, State
from builder.core.matrix import IDENTITY, multiply

if TYPE_CHECKING:
    import pikepdf

    from builder.check.preflight.painting import Painter

# What a damaged file makes of an operator.
BROKEN = (
    TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
    NotImplementedError,
)  # fmt: skip
# States that may wait for their end.
_MAX_SAVED = 20_000
# What is left when a clip misses what was seen before: a box that shares nothing with any.
_SHUT: Box = (1e9, 1e9, -1e9, -1e9)
_NORMAL_BLENDS = frozenset({"/Normal", "/Compatible"})


class Stream:
    """One content stream while it runs: its own stack and its own path."""

    def __init__(
        self, painter: "Painter", resources: "pikepdf.Object", state: State, depth: int
    ) -> None:
        self._painter = painter
        self._resources = resources
        self._state = state
        self._depth = depth
        self._saved: list[State] = []
        self._path = Path()
        self._line = self._text = IDENTITY

    def run(self, instructions: Any) -> None:
        import pikepdf

        for instruction in instructions:
            try:
                self._step(str(instruction.operator), instruction)
            except (*BROKEN, pikepdf.PdfError):
                # What an operator cannot work with it leaves undone, as in viewers.
                continue

    def _step(self, operator: str, instruction: Any) -> None:
        operands: Any = instruction.operands if operator != "INLINE IMAGE" else ()
        match operator:
            case "Tj" | "TJ":
                items = operands[0] if operator == "TJ" else operands
                self._text = self._painter.show(items, self._state, self._text)
            case "Td" | "TD":
                x, y = float(operands[0]), float(operands[1])
                if operator == "TD":
                    self._state.leading = -y
                self._down(x, y)
            case "Tm":
                a, b, c, d, e, f = map(float, operands)
                self._line = self._text = (a, b, c, d, e, f)
            case "T*":
                self._down(0.0, -self._state.leading)
            case "'" | '"':
                if operator == '"':
                    self._state.word_spacing = float(operands[0])
                    self._state.spacing = float(operands[1])
                self._down(0.0, -self._state.leading)
                self._text = self._painter.show(operands[-1:], self._state, self._text)
            case "BT":
                self._line = self._text = IDENTITY
            case "q":
                if len(self._saved) < _MAX_SAVED:
                    self._saved.append(self._state.copy())
            case "Q":
                if self._saved:
                    self._state = self._saved.pop()
            case "cm":
                a, b, c, d, e, f = map(float, operands)
                self._state.ctm = multiply((a, b, c, d, e, f), self._state.ctm)
            case "Tf" | "Tc" | "Tw" | "Tz" | "TL" | "Ts" | "Tr":
                self._set_text(operator, operands)
            case "m" | "l" | "c" | "v" | "y" | "re" | "h":
                self._build(operator, [float(number) for number in operands])
            case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n":
                self._finish(operator)
            case "W" | "W*":
                self._path.clips = True
            case "Do":
                self._do(operands)
            case "INLINE IMAGE":
                self._inline(instruction.iimage)
            case _:
                self._set(operator, operands)

    def _down(self, x: float, y: float) -> None:
        self._line = self._text = multiply((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _set_text(self, operator: str, operands: Any) -> None:
        state = self._state
        match operator:
            case "Tf":
                state.size = float(operands[1])
                self._use_font(self._resources.Font[str(operands[0])])
            case "Tc":
                state.spacing = float(operands[0])
            case "Tw":
                state.word_spacing = float(operands[0])
            case "Tz":
                state.stretch = float(operands[0]) / 100
            case "TL":
                state.leading = float(operands[0])
            case "Ts":
                state.rise = float(operands[0])
            case _:
                state.mode = int(operands[0])

    def _use_font(self, font: "pikepdf.Object") -> None:
        self._state.face = self._painter.face(font)

    def _set(self, operator: str, operands: Any) -> None:
        """Colours, line width and what an ExtGState holds."""
        state = self._state
        match operator:
            case "g" | "rg" | "k":
                state.fill = colour_set_by(operator, operands)
            case "G" | "RG" | "K":
                state.stroke = colour_set_by(operator, operands)
            case "cs":
                state.fill = first_colour(operands[0], self._resources)
            case "CS":
                state.stroke = first_colour(operands[0], self._resources)
            case "sc" | "scn":
                state.fill = colour_in(state.fill, operands)
            case "SC" | "SCN":
                state.stroke = colour_in(state.stroke, operands)
            case "w":
                state.line_width = float(operands[0])
            case "gs":
                self._set_all(self._resources.ExtGState[str(operands[0])])
            case "sh":
                self._painter.shade(self._resources.Shading[str(operands[0])], state)
            case _:
                pass

    def _set_all(self, settings: Any) -> None:
        """What an ExtGState holds (ISO 32000-1, Table 58)."""
        state = self._state
        if "/LW" in settings:
            state.line_width = float(settings.LW)
        state.opacity = float(settings.get("/ca", state.opacity))
        state.line_opacity = float(settings.get("/CA", state.line_opacity))
        if "/SMask" in settings:
            mask = str(settings.get("/SMask")) != "/None"
            state.effects = state.effects | {"mask"} if mask else state.effects - {"mask"}
        if "/BM" in settings:
            blend = str(settings.get("/BM")) not in _NORMAL_BLENDS
            state.effects = state.effects | {"blend"} if blend else state.effects - {"blend"}
        if "/Font" in settings:
            state.size = float(settings.Font[1])
            self._use_font(settings.Font[0])

    # --- paths ------------------------------------------------------------------------------

    def _build(self, operator: str, numbers: list[float]) -> None:
        path = self._path
        match operator:
            case "m":
                path.move(self._at(*numbers))
            case "l":
                path.line(self._at(*numbers))
            case "re":
                x, y, wide, high = numbers
                path.move(self._at(x, y))
                path.line(
                    self._at(x + wide, y), self._at(x + wide, y + high), self._at(x, y + high)
                )
                path.close()
            case "h":
                path.close()
            case _:
                points = zip(numbers[::2], numbers[1::2], strict=True)
                path.line(*(self._at(x, y) for x, y in points))

    def _at(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self._state.ctm
        return (a * x + c * y + e, b * x + d * y + f)

    def _finish(self, operator: str) -> None:
        path, state = self._path, self._state
        self._path = Path()
        if operator in {"s", "b", "b*"}:
            path.close()
        if operator not in {"S", "s", "n"}:
            self._painter.fill(path, state)
        if operator in {"S", "s", "B", "B*", "b", "b*"}:
            self._painter.stroke(path, state)
        if path.clips and path.parts:
            box = around(around_points(part) for part in path.parts)
            state.clip = overlap(state.clip, box) or _SHUT

    # --- pictures and forms -------------------------------------------------------------------

    def _do(self, operands: Any) -> None:
        drawn = self._resources.XObject[str(operands[0])]
        match str(drawn.get("/Subtype")):
            case "/Form":
                self._painter.form(drawn, self._resources, self._state, self._depth)
            case "/Image":
                self._painter.image(drawn, self._state, self._resources)
            case _:
                pass

    def _inline(self, image: Any) -> None:
        space = self._state.fill.space if image.image_mask else _inline_space(image)
        self._painter.place(
            (image.width, image.height), space, self._state, is_stencil=image.image_mask
        )


def _inline_space(image: Any) -> Space:
    """The colour space's abbreviation is already spelled out."""
    return space_of(image.colorspace)
