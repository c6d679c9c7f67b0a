"""Where in its em a mark's ink lies: the blank before it and after it.

That is what tells a mark that can give up half its width from one that cannot, in any
language and either direction: ，stands in a corner in Simplified fonts and in the middle in
Traditional ones. When a font cannot be read, what mainland fonts do is taken.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from builder.check.typography.fonts import EM, PdfFont
from builder.check.typography.marks import BLANK_AFTER, BLANK_BEFORE
from builder.check.unpacking import instructions, unpacked

if TYPE_CHECKING:
    import pikepdf

# Left, bottom, right, top, in thousandths of the em.
Box = tuple[float, float, float, float]
Blanks = tuple[float, float]
# Where the top of the em stands over the baseline when a font does not say (DW2, hhea).
TOP_OF_EM = 880.0
_HALF = 0.5


class InkReader:
    """The blanks of marks, font by font; remembers them."""

    def __init__(self) -> None:
        self._boxes: dict[int, Callable[[int], Box | None]] = {}
        self._blanks: dict[tuple[int, int, bool], Blanks] = {}

    def blanks(self, font: PdfFont, code: int, mark: str, *, down: bool) -> Blanks:
        """The blank before and after the ink of a mark along the line, in em."""
        key = (id(font), code, down)
        if key not in self._blanks:
            self._blanks[key] = self._look(font, code, mark, down=down)
        return self._blanks[key]

    def _look(self, font: PdfFont, code: int, mark: str, *, down: bool) -> Blanks:
        if id(font) not in self._boxes:
            self._boxes[id(font)] = box_reader(font)
        box = self._boxes[id(font)](code)
        if box is None:
            return (_HALF if mark in BLANK_BEFORE else 0.0, _HALF if mark in BLANK_AFTER else 0.0)
        left, bottom, right, top = (number / EM for number in box)
        if down:
            return TOP_OF_EM / EM - top, 1 - (TOP_OF_EM / EM - bottom)
        return left, 1 - right


def box_reader(font: PdfFont) -> Callable[[int], Box | None]:
    """How to get a glyph's box by its code; None for what cannot be read."""
    try:
        box = _drawn(font.source) if font.is_drawn else _outlined(font)
    except Exception:  # noqa: BLE001  # a damaged font raises whatever its reader stumbles over
        return no_box
    cids = font.cids
    return (lambda code: box(cids.get(code, code))) if cids else box


def no_box(_code: int) -> Box | None:
    return None


def _drawn(font: "pikepdf.Object") -> Callable[[int], Box | None]:
    """Type 3: a glyph's procedure begins with its box (d1)."""
    import pikepdf

    names: dict[int, str] = {}
    at = 0
    for item in font.Encoding.Differences:
        if isinstance(item, pikepdf.Name):
            names[at] = str(item)
            at += 1
        else:
            at = int(item)
    matrix = [float(number) for number in font.FontMatrix]

    def box(code: int) -> Box | None:
        procedure = font.CharProcs.get(names.get(code, ""))
        if procedure is None:
            return None
        for instruction in instructions(procedure, "d1"):
            x0, y0, x1, y1 = (float(number) for number in instruction.operands[2:6])
            rows = sorted((y0 * matrix[3] * EM, y1 * matrix[3] * EM))
            return x0 * matrix[0] * EM, rows[0], x1 * matrix[0] * EM, rows[1]
        return None

    return box


def _outlined(font: PdfFont) -> Callable[[int], Box | None]:
    """Composite fonts with a TrueType or CFF program; simple fonts hold no full-width marks."""
    descriptor = font.source.FontDescriptor
    if font.code_bytes != 2:
        return no_box
    if "/FontFile3" in descriptor and str(descriptor.FontFile3.get("/Subtype")) != "/OpenType":
        return _bare_cff(unpacked(descriptor.FontFile3))
    stream = descriptor["/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"]
    return _sfnt(unpacked(stream), font.source.get("/CIDToGIDMap"))


def _bare_cff(program: bytes) -> Callable[[int], Box | None]:
    """The codes of a CID-keyed program are CIDs, those of another glyph numbers."""
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(program), None)
    top = fonts[0]
    order: list[str] = top.charset
    known = frozenset(order)
    is_keyed = hasattr(top, "ROS")
    unit = EM * (getattr(top, "FontMatrix", [0.0])[0] or 1 / EM)

    def box(code: int) -> Box | None:
        name = f"cid{code:05d}" if is_keyed else "".join(order[code : code + 1])
        return outline_box(top.CharStrings, name, unit) if name in known else None

    return box


def _sfnt(program: bytes, numbers: "pikepdf.Object | None") -> Callable[[int], Box | None]:
    """A whole font file; `numbers` is CIDToGIDMap, a stream or a name."""
    import pikepdf
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program), lazy=True)
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    table = unpacked(numbers) if isinstance(numbers, pikepdf.Stream) else b""
    unit = EM / int(getattr(font["head"], "unitsPerEm", EM))

    def box(code: int) -> Box | None:
        number = int.from_bytes(table[2 * code : 2 * code + 2], "big") if table else code
        return outline_box(glyphs, order[number], unit) if number < len(order) else None

    return box


def outline_box(glyphs: "Mapping[str, Any]", name: str, unit: float) -> Box | None:
    """The box of one glyph; Any: fontTools has a class of glyphs for each kind of font."""
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    if pen.bounds is None:
        return None
    left, bottom, right, top = pen.bounds
    return left * unit, bottom * unit, right * unit, top * unit
