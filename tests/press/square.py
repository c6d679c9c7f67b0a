"""A square font: every character of Chinese takes an em, every letter half of one.

So widths are exact, and an expected page can be drawn as a grid of characters. Marks have their
ink where mainland fonts have it, left of their cell, or, with `centred`, in the middle of it as
in Taiwan and Hong Kong.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from builder.press.choosers import OneFont
from builder.press.face import Faces
from builder.press.frame import Align, FaceKey, TextStyle
from builder.press.program import FontFile
from builder.press.setting import Copy, Line, Run

EM = 1000
# The 3,755 commonest characters (GB/T 2312 level 1), and rare ones outside the first plane.
HAN = "".join(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
)
HAN += "葛㐀𠀀𪚥"
MARKS = "，。、；：？！）》」』”’】〉"
OPENING = "（《「『“‘【〈"
WIDE = "…—～／％℃￥　○※ＡＢ１"
NARROW = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?()[]/-_=&#@%$'\"·é–"
    "\N{NO-BREAK SPACE}"
)
SLIM = "“”‘’…"  # what `pwid` narrows
LANGUAGE = "zh-Hans"


def square_font(path: Path, *, centred: bool = False) -> Path:
    """Draw the font at `path`."""
    ink = dict.fromkeys(HAN + WIDE, (100, 900))
    ink |= dict.fromkeys(MARKS, (60, 460)) | dict.fromkeys(OPENING, (540, 940))
    if centred:
        ink |= dict.fromkeys("，。、；：？！", (300, 700))
    ink |= dict.fromkeys(NARROW, (50, 450))
    names = {character: f"u{ord(character):04X}" for character in sorted(ink)}
    slim = {mark: f"{names[mark]}.slim" for mark in SLIM}
    dashes = "dashes"
    order = [".notdef", *names.values(), *slim.values(), dashes]
    advances = {names[one]: 500 if one in NARROW else EM for one in ink}
    advances |= dict.fromkeys(slim.values(), 500) | {".notdef": EM, dashes: 2 * EM}
    inks = {names[one]: ink[one] for one in ink}
    inks |= dict.fromkeys(slim.values(), (50, 450)) | {".notdef": (100, 900), dashes: (0, 2000)}
    inks |= {names[" "]: (0, 0), names["　"]: (0, 0), names["\N{NO-BREAK SPACE}"]: (0, 0)}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    cmap = {ord(character): name for character, name in names.items()}
    builder.setupCharacterMap(cmap | {0x2E3A: dashes})
    builder.setupGlyf({name: _box(*inks[name]) for name in order})
    builder.setupHorizontalMetrics({name: (advances[name], inks[name][0]) for name in order})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular", "psName": "Square"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=400)
    builder.setupPost()
    pairs = "".join(f"sub {names[mark]} by {name}; " for mark, name in slim.items())
    builder.addOpenTypeFeatures(f"feature pwid {{ {pairs}}} pwid;")
    builder.save(path)
    return path


def _box(left: int, right: int) -> Any:
    pen = TTGlyphPen(None)
    if right > left:
        pen.moveTo((left, 0))
        pen.lineTo((left, 800))
        pen.lineTo((right, 800))
        pen.lineTo((right, 0))
        pen.closePath()
    return pen.glyph()


def square_faces(path: Path) -> Faces:
    """The faces of a font file that sets everything."""
    return Faces(OneFont(FontFile(path)))


@dataclass(frozen=True, slots=True)
class Grid:
    """Sets text on a grid of `measure` ems, 10 pt each, and draws what comes of it."""

    size: float = 10.0
    key: FaceKey = field(default_factory=lambda: FaceKey(("Square",), language=LANGUAGE))

    def style(self) -> TextStyle:
        """The style of the grid's text."""
        return TextStyle(self.key, self.size)

    def copy(
        self, text: str, measure: float, *, indent: float = 0.0, align: Align = "justify"
    ) -> Copy:
        """A paragraph of one run; lengths in em."""
        run = Run(0, len(text), self.style())
        return Copy(text, (run,), measure * self.size, indent * self.size, align)


def drawn(text: str, lines: list[Line]) -> list[str]:
    """The words of each line."""
    return [text[line.start : line.end] for line in lines]
