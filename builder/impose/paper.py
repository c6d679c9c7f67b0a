"""Sheets of paper by name or measure.

Sources: ISO 216 (A, B), JIS P 0138 (JIS B), ANSI/ASME Y14.1 (Letter, Tabloid), ISO 217 (RA, SRA)
with SRA3 as digital presses take it, 320 × 450; GB/T 788-1999 and what Chinese printers cut sheets
of 787 × 1092 mm (正度) and 889 × 1194 mm (大度) to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.trims import length_mm, trim_named

# Half of the thickest board that could still be called paper.
MAX_LEAF_MM = 1.0
MAX_MILL_MM = 20.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet before it is folded; which way it lies is decided by what goes onto it."""

    name: str
    width_mm: float
    height_mm: float


SHEETS: Mapping[str, Paper] = MappingProxyType(
    {
        paper.name: paper
        for paper in (
            Paper("A5", 148, 210),
            Paper("A4", 210, 297),
            Paper("A3", 297, 420),
            Paper("A2", 420, 594),
            Paper("A1", 594, 841),
            Paper("SRA4", 225, 320),
            Paper("SRA3", 320, 450),
            Paper("SRA2", 450, 640),
            Paper("SRA1", 640, 900),
            Paper("B5", 176, 250),
            Paper("B4", 250, 353),
            Paper("B3", 353, 500),
            Paper("JIS-B5", 182, 257),
            Paper("JIS-B4", 257, 364),
            Paper("Letter", 215.9, 279.4),
            Paper("Legal", 215.9, 355.6),
            Paper("Tabloid", 279.4, 431.8),
            Paper("16开", 184, 260),
            Paper("8开", 260, 368),
            Paper("4开", 368, 520),
            Paper("对开", 520, 740),
            Paper("全开", 787, 1092),
            Paper("大度8开", 285, 420),
            Paper("大度4开", 420, 580),
            Paper("大度对开", 570, 840),
            Paper("大度全开", 889, 1194),
        )
    }
)
_BY_FOLDED = {name.casefold(): paper for name, paper in SHEETS.items()}


def sheet_named(text: str) -> Paper:
    """The sheet of that name or size, such as A4, letter or 320x450. Raises ConfigError Q006."""
    folded = text.strip().casefold().replace("開", "开")
    if folded in _BY_FOLDED:
        return _BY_FOLDED[folded]
    if trim := trim_named(text):
        return Paper(trim.name, trim.width_mm, trim.height_mm)
    near = get_close_matches(folded, _BY_FOLDED, n=1, cutoff=0.0)[0]
    raise ConfigError(
        "Q006",
        location=Location("--sheet"),
        name=text,
        nearest=_BY_FOLDED[near].name,
        known=", ".join(SHEETS),
    )


def length_within(text: str, option: str, most_mm: float) -> float:
    """A length in millimetres from 0 to `most_mm`. Raises ConfigError Q009."""
    length = length_mm(text)
    if length is None or not 0 <= length <= most_mm:
        raise ConfigError("Q009", location=Location(option), text=text, most=f"{most_mm:g} mm")
    return length
