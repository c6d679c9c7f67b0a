"""Where a glyph's ink lies: its outline's box, or what its kind of character fills.

Asked only of glyphs near an edge. Boxes are in thousandths of the text size from the pen point of
horizontal text: left, bottom, right, top.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from builder.check.preflight.geometry import Box
from builder.check.typography.fonts import EM, PdfFont, read_font
from builder.check.typography.ink import box_reader, no_box, outline_box
from builder.check.unpacking import is_readable

if TYPE_CHECKING:
    import pikepdf

# What a letter without a known outline is taken to fill, over and under the baseline.
_LETTER_TOP, _LETTER_BOTTOM = 740.0, -15.0
_DESCENT = -220.0
_DESCENDING = frozenset("gjpqyQJ,;()[]{}|/_§@")
_HAN_TOP, _HAN_BOTTOM = 850.0, -90.0
_FIRST_HAN = "\N{CJK RADICAL REPEAT}"
# Fonts state taller and flatter lines than their glyphs reach; nothing outside is looked for.
_TALLEST, _DEEPEST = 1000.0, -300.0
_PIXEL = 0.001
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


class Typeface:
    """A font of the file, and where its glyphs' ink lies; remembers what it has looked up."""

    def __init__(self, source: "pikepdf.Object") -> None:
        if not all(map(is_readable, (source.get("/ToUnicode"), source.get("/Encoding")))):
            raise ValueError(source.objgen)
        self.font: PdfFont = read_font(source)
        self.source = source
        self.top, self.bottom = self._line()
        self._boxes: dict[int, Box | None] = {}
        self._outline: Callable[[int], Box | None] | None = None

    def box(self, code: int) -> Box | None:
        """The box of a glyph's ink; None for a blank one."""
        if code not in self._boxes:
            self._boxes[code] = self._look(code)
        return self._boxes[code]

    def is_blank(self, codes: bytes) -> bool:
        """Whether all codes are white space, by what the font says they read."""
        font = self.font
        step = font.code_bytes
        return all(
            not font.texts.get(int.from_bytes(codes[at : at + step], "big"), "?").strip()
            for at in range(0, len(codes), step)
        )

    def _look(self, code: int) -> Box | None:
        text = self.font.texts.get(code, "")
        if text and not text.strip():
            return None
        if self._outline is None:
            is_usable = self._has_own_codes() and self._is_safe()
            self._outline = _outlines(self.font) if is_usable else no_box
        box = self._outline(code)
        knows_blanks = self._outline is not no_box and self.font.code_bytes == 2
        if box is not None or knows_blanks:
            return box
        return _usual(text[:1], self.font.advances.get(code, self.font.default_advance))

    def _has_own_codes(self) -> bool:
        """Whether codes lead to glyphs without a table that is in no file, as GBK-EUC-H."""
        import pikepdf

        encoding = self.source.get("/Encoding")
        if self.font.code_bytes == 1 or isinstance(encoding, pikepdf.Stream):
            return True
        return str(encoding) in {"/Identity-H", "/Identity-V"}

    def _is_safe(self) -> bool:
        """Whether the font's program can be unpacked."""
        descriptor = self.font.source.get("/FontDescriptor")
        return descriptor is None or all(is_readable(descriptor.get(key)) for key in FONT_FILES)

    def _line(self) -> tuple[float, float]:
        """How far over and under the baseline glyphs may reach, generously."""
        descriptor = self.font.source.get("/FontDescriptor")
        top, bottom = _TALLEST, _DEEPEST
        if descriptor is not None:
            top = max(top, float(str(descriptor.get("/Ascent", 0))))
            bottom = min(bottom, float(str(descriptor.get("/Descent", 0))))
        return min(top, 2 * EM), max(bottom, -EM)


def _usual(character: str, advance: float) -> Box:
    width = abs(advance)
    if character >= _FIRST_HAN:
        return (0.0, _HAN_BOTTOM, width, _HAN_TOP)
    return (0.0, _DESCENT if character in _DESCENDING else _LETTER_BOTTOM, width, _LETTER_TOP)


def _outlines(font: PdfFont) -> Callable[[int], Box | None]:
    """How to get a glyph's box by its code."""
    if font.code_bytes == 2 or font.is_drawn:
        return box_reader(font)
    try:
        return _simple(font)
    except Exception:  # noqa: BLE001  # a damaged font raises whatever its reader stumbles over
        return no_box


def _simple(font: PdfFont) -> Callable[[int], Box | None]:
    """A font with one byte a code, by what the code reads."""
    from fontTools import agl
    from fontTools.ttLib import TTFont

    descriptor = font.source.FontDescriptor
    if "/FontFile2" in descriptor:
        sfnt = TTFont(BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        glyphs: Any = sfnt.getGlyphSet()
        names: Mapping[int, str] = sfnt.getBestCmap() or {}
        unit = EM / int(getattr(sfnt["head"], "unitsPerEm", EM))
    else:
        from fontTools.cffLib import CFFFontSet

        fonts = CFFFontSet()
        fonts.decompile(BytesIO(descriptor.FontFile3.read_bytes()), None)
        glyphs = fonts[0].CharStrings
        names = {code: name for code, name in agl.UV2AGL.items() if name in glyphs.charStrings}
        unit = EM * (getattr(fonts[0], "FontMatrix", [0.0])[0] or _PIXEL)

    def box(code: int) -> Box | None:
        text = font.texts.get(code, "")
        name = names.get(ord(text)) if len(text) == 1 else None
        return outline_box(glyphs, name, unit) if name else None

    return box
