"""Fonts drawn for tests: every glyph a square, every fact as the test wants it."""

from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

OPEN = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
EM = 1000


def draw_font(
    path: Path,
    family: str,
    characters: str,
    *,
    licence: str = OPEN,
    fs_type: int = 0,
    weight_class: int = 400,
    selection: int = 0x40,
    features: str = "",
) -> Path:
    """A TTF at `path` with a square for each character; `features` is OpenType feature code."""
    names = {character: f"u{ord(character):04X}" for character in sorted(set(characters))}
    order = [".notdef", *names.values(), *(f"{name}.other" for name in names.values())]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    builder.setupGlyf({name: _square() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (EM, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": "Regular",
            "fullName": family,
            "psName": family.replace(" ", ""),
            "version": "Version 1.0",
            "copyright": f"Copyright the makers of {family}",
            "licenseDescription": licence,
        }
    )
    builder.setupOS2(fsType=fs_type, usWeightClass=weight_class, fsSelection=selection)
    builder.setupPost()
    if features:
        builder.addOpenTypeFeatures(features)
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def _square() -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 800))
    pen.lineTo((900, 800))
    pen.lineTo((900, 0))
    pen.closePath()
    return pen.glyph()
