"""Where each glyph of a page stands: the content stream, interpreted.

Gives runs of glyphs that share a baseline, a size and a direction. Coordinates are points
from the page's own corner (its TrimBox, or what stands for it): x grows to the right, y
downward. What is marked as an artifact is left out, and so is invisible text.
Source: ISO 32000-1, 8.3 (coordinates), 9.3 and 9.4 (text), 14.6 (marked content).
"""

from array import array
from dataclasses import dataclass, field
from enum import Enum
from math import hypot
from sys import byteorder
from typing import TYPE_CHECKING, Any

from builder.check.typography.fonts import EM, UNKNOWN, PdfFont, read_font
from builder.check.unpacking import instructions, require_few_forms
from builder.core.matrix import IDENTITY, Matrix, multiply

if TYPE_CHECKING:
    import pikepdf

# Form XObjects inside form XObjects, before it is taken for a loop.
MAX_DEPTH = 8
_OPERATORS = "q Q cm BT ET Tf Tm Td TD T* TL Tc Tw Tz Ts Tr Tj TJ ' \" Do BDC BMC EMC"
_INVISIBLE = 3
# How much a direction may lean and still be along an axis; a run's baseline may waver, in points.
_STRAIGHT = 0.02
_SAME_LINE_PT = 0.01
_SAME_SIZE_PT = 0.01


class Direction(Enum):
    """Which way a run's pen goes."""

    ACROSS = "across"
    DOWN = "down"
    # Horizontal glyphs turned clockwise, as Latin in columns.
    TURNED = "turned"


@dataclass(slots=True)
class Run:
    """Glyphs on one baseline: `along` their pen points, `across` the baseline's place.

    For ACROSS `along` is x and `across` is y, for the others the other way round. `advances` are
    the glyphs' own, without any spacing between them. All in points.
    """

    direction: Direction
    across: float
    size: float
    font: PdfFont
    texts: list[str] = field(default_factory=list)
    along: list[float] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    fonts: list[tuple[PdfFont, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Text:
    """The part of the graphics state that shows text."""

    ctm: Matrix = IDENTITY
    font: PdfFont | None = None
    size: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> "_Text":
        return _Text(
            self.ctm, self.font, self.size, self.spacing, self.word_spacing, self.stretch,
            self.leading, self.rise, self.mode,
        )  # fmt: skip


@dataclass(slots=True)
class _Scope:
    """One open marked-content sequence; `first` is where its glyphs begin, if it has other words."""

    is_artifact: bool
    actual: str | None = None
    first: tuple[int, int] = (0, 0)


class GlyphReader:
    """Reads the pages of one file; remembers its fonts."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], PdfFont] = {}

    def runs(self, page: "pikepdf.Page") -> list[Run]:
        """The runs of a page in the order they are painted."""
        box = [float(number) for number in page.trimbox]
        state = _Text(ctm=(1.0, 0.0, 0.0, -1.0, -min(box[0], box[2]), max(box[1], box[3])))
        painter = _Painter(self)
        painter.paint(page.obj, page.resources, state, 0)
        return painter.page

    def font(self, font: "pikepdf.Object") -> PdfFont:
        key = font.objgen
        known = self._fonts.get(key)
        if known is None or key == (0, 0):
            known = self._fonts[key] = read_font(font)
        return known


class _Painter:
    """One page while it is read."""

    def __init__(self, reader: GlyphReader) -> None:
        self.page: list[Run] = []
        self._reader = reader
        self._scopes: list[_Scope] = []
        self._hidden = 0
        self._forms = 0

    def paint(
        self, content: "pikepdf.Object", resources: "pikepdf.Object", state: _Text, depth: int
    ) -> None:
        """Interpret one content stream, its forms included."""
        saved: list[_Text] = []
        line = text = IDENTITY
        for instruction in instructions(content, _OPERATORS):
            # Any: operands are whatever the operator wants; a wrong one is a TypeError.
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "TJ":
                    text = self._show(operands[0], state, text)
                case "Tj":
                    text = self._show(operands, state, text)
                case "Td":
                    line = text = multiply(
                        (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), line
                    )
                case "Tf":
                    state.font = self._reader.font(resources.Font[str(operands[0])])
                    state.size = float(operands[1])
                case "Tm":
                    a, b, c, d, e, f = operands
                    line = text = (float(a), float(b), float(c), float(d), float(e), float(f))
                case "BT":
                    line = text = IDENTITY
                case "TD":
                    state.leading = -float(operands[1])
                    line = text = multiply(
                        (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), line
                    )
                case "T*":
                    line = text = multiply((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), line)
                case "'" | '"' as operator:
                    if operator == '"':
                        state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                    line = multiply((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), line)
                    text = self._show(operands[-1:], state, line)
                case "TL":
                    state.leading = float(operands[0])
                case "Tc":
                    state.spacing = float(operands[0])
                case "Tw":
                    state.word_spacing = float(operands[0])
                case "Tz":
                    state.stretch = float(operands[0]) / 100
                case "Ts":
                    state.rise = float(operands[0])
                case "Tr":
                    state.mode = int(operands[0])
                case "q":
                    saved.append(state.copy())
                case "Q":
                    if saved:
                        state = saved.pop()
                case "cm":
                    a, b, c, d, e, f = operands
                    state.ctm = multiply(
                        (float(a), float(b), float(c), float(d), float(e), float(f)), state.ctm
                    )
                case "Do":
                    self._form(str(operands[0]), resources, state, depth)
                case "BMC":
                    self._open(_Scope(str(operands[0]) == "/Artifact"))
                case "BDC":
                    self._open(self._scope(operands, resources))
                case "EMC":
                    self._close()
                case _:
                    pass

    def _form(self, name: str, resources: "pikepdf.Object", state: _Text, depth: int) -> None:
        form = resources.XObject[name]
        if str(form.get("/Subtype")) != "/Form" or depth >= MAX_DEPTH:
            return
        self._forms += 1
        require_few_forms(self._forms)
        inner = state.copy()
        if "/Matrix" in form:
            a, b, c, d, e, f = (float(number) for number in form.Matrix)
            inner.ctm = multiply((a, b, c, d, e, f), inner.ctm)
        self.paint(form, form.get("/Resources", resources), inner, depth + 1)

    def _scope(self, operands: Any, resources: "pikepdf.Object") -> _Scope:
        import pikepdf

        tag, properties = str(operands[0]), operands[1]
        if isinstance(properties, pikepdf.Name):
            properties = resources.Properties[str(properties)]
        actual = properties.get("/ActualText")
        return _Scope(tag == "/Artifact", None if actual is None else str(actual))

    def _open(self, scope: _Scope) -> None:
        scope.first = self._end()
        self._scopes.append(scope)
        self._hidden += scope.is_artifact

    def _close(self) -> None:
        if not self._scopes:
            return
        scope = self._scopes.pop()
        self._hidden -= scope.is_artifact
        if scope.actual is not None:
            self._replace(scope.first, scope.actual)

    def _end(self) -> tuple[int, int]:
        return (len(self.page) - 1, len(self.page[-1].texts)) if self.page else (0, 0)

    def _replace(self, first: tuple[int, int], actual: str) -> None:
        """ActualText stands for the glyphs under it where there is one character for each."""
        places = [
            (run, at)
            for number, run in enumerate(self.page[first[0] :], start=first[0])
            for at in range(first[1] if number == first[0] else 0, len(run.texts))
        ]
        if len(places) == len(actual):
            for (run, at), character in zip(places, actual, strict=True):
                run.texts[at] = character

    def _show(self, items: Any, state: _Text, matrix: Matrix) -> Matrix:
        """Show what Tj or TJ holds; the text matrix after it."""
        font = state.font
        if font is None:
            return matrix
        stretch = state.stretch
        if font.is_vertical:
            stretch = 1.0
        a, b, c, d, e, f = whole = multiply(matrix, state.ctm)
        direction = _direction(whole, is_vertical=font.is_vertical)
        if self._hidden or direction is None or state.mode == _INVISIBLE:
            run = Run(Direction.ACROSS, 0.0, 0.0, font)
        else:
            e, f = e + state.rise * c, f + state.rise * d
            run = self._run(direction, e if direction is not Direction.ACROSS else f, whole, state)
        # Points the pen moves along the page for each unit of text space.
        if font.is_vertical:
            scale, start = -hypot(c, d), f
        else:
            scale, start = hypot(a, b), f if direction is Direction.TURNED else e
        pen = self._advance(items, state, run, (scale, start, stretch))
        if font.is_vertical:
            return (*matrix[:4], matrix[4] + pen * matrix[2], matrix[5] + pen * matrix[3])
        return (*matrix[:4], matrix[4] + pen * matrix[0], matrix[5] + pen * matrix[1])

    def _advance(
        self, items: Any, state: _Text, run: Run, geometry: tuple[float, float, float]
    ) -> float:
        """Put the glyphs of `items` into `run`; how far the pen went, in text space.

        This is where the time goes: some 0.7 µs a glyph.
        """
        import pikepdf

        font = state.font
        assert font is not None  # noqa: S101  # _show has looked
        scale, start, stretch = geometry
        unit = state.size / EM
        spacing = state.spacing
        texts, advances, default = font.texts, font.advances, font.default_advance
        put_text, put_along, put_advance = run.texts.append, run.along.append, run.advances.append
        put_font = run.fonts.append
        wide, pen = font.code_bytes == 2, 0.0
        for item in items:
            if not isinstance(item, pikepdf.Object):
                pen -= float(item) * unit * stretch
                continue
            codes = _codes(bytes(item)) if wide else bytes(item)
            for code in codes:
                advance = advances.get(code, default) * unit
                put_text(texts.get(code, UNKNOWN))
                put_along(start + pen * scale)
                put_advance(abs(advance * stretch * scale))
                put_font((font, code))
                pen += (advance + spacing) * stretch
                if code == 32 and not wide:
                    pen += state.word_spacing * stretch
        return pen

    def _run(self, direction: Direction, across: float, whole: Matrix, state: _Text) -> Run:
        """The run to put the next glyphs in: the last one when they continue it."""
        font = state.font
        assert font is not None  # noqa: S101  # _show has looked
        size = state.size * hypot(whole[2], whole[3])
        if self.page:
            last = self.page[-1]
            if (
                last.direction is direction
                and abs(last.across - across) < _SAME_LINE_PT
                and abs(last.size - size) < _SAME_SIZE_PT
                and last.font.name == font.name
            ):
                return last
        run = Run(direction, across, size, font)
        self.page.append(run)
        return run


def _codes(shown: bytes) -> "array[int]":
    codes = array("H", shown[: len(shown) & ~1])
    if byteorder == "little":
        codes.byteswap()
    return codes


def _direction(whole: Matrix, *, is_vertical: bool) -> Direction | None:
    """Where the pen goes under a matrix whose y points down the page; None for slanting text."""
    a, b, c, d, _, _ = whole
    if is_vertical:
        return Direction.DOWN if d < 0 and abs(c) <= _STRAIGHT * -d else None
    if a > 0 and abs(b) <= _STRAIGHT * a:
        return Direction.ACROSS
    return Direction.TURNED if b > 0 and abs(a) <= _STRAIGHT * b else None
