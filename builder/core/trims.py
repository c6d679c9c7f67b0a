"""Trim sizes: how large a page is once the book is bound and cut.

Named as people and printers name them, Chinese formats included, or given as width × height.
Sources: ISO 216 (A, B); GB/T 788-1999 and what Chinese printers cut sheets of 787 × 1092 and
850 × 1168 mm to (开), as in reference works and by printers, ±1 mm; the size lists of the
print-on-demand services (inches). Dated 2026-11.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MM_PER_INCH = 25.4
MM_PER_PT = MM_PER_INCH / 72
# Smaller is no page of a book, larger no sheet that a printer cuts: a stamp and an A1 poster.
MIN_TRIM_MM = 40.0
MAX_TRIM_MM = 900.0
# Two sizes this near are one: printers cut no finer, and inches round so.
SAME_TRIM_MM = 0.6
# Plain numbers up to here are inches (6x9), beyond it millimetres (130x190).
_LAST_INCH = 20.0


@dataclass(frozen=True, slots=True)
class Trim:
    """A page as bound, upright or not."""

    name: str
    width_mm: float
    height_mm: float

    def is_like(self, other: "Trim") -> bool:
        """Whether both are the same piece of paper, within what a guillotine keeps."""
        return (
            abs(self.width_mm - other.width_mm) <= SAME_TRIM_MM
            and abs(self.height_mm - other.height_mm) <= SAME_TRIM_MM
        )


def _inches(name: str, width: float, height: float) -> Trim:
    return Trim(name, round(width * MM_PER_INCH, 3), round(height * MM_PER_INCH, 3))


TRIMS: Mapping[str, Trim] = MappingProxyType(
    {
        trim.name: trim
        for trim in (
            Trim("A4", 210, 297),
            Trim("A5", 148, 210),
            Trim("A6", 105, 148),
            Trim("B5", 176, 250),
            Trim("B6", 125, 176),
            Trim("64开", 92, 126),
            Trim("32开", 130, 184),
            Trim("大32开", 140, 203),
            Trim("16开", 184, 260),
            Trim("大16开", 210, 285),
            _inches("4.25x6.875in", 4.25, 6.875),
            _inches("5x8in", 5, 8),
            _inches("5.06x7.81in", 5.06, 7.81),
            _inches("5.25x8in", 5.25, 8),
            _inches("5.5x8.5in", 5.5, 8.5),
            _inches("6x9in", 6, 9),
            _inches("6.14x9.21in", 6.14, 9.21),
            _inches("6.69x9.61in", 6.69, 9.61),
            _inches("7x10in", 7, 10),
            _inches("7.44x9.69in", 7.44, 9.69),
            _inches("7.5x9.25in", 7.5, 9.25),
            _inches("8x10in", 8, 10),
            _inches("8.5x11in", 8.5, 11),
        )
    }
)

_UNITS = {
    "mm": 1.0,
    "毫米": 1.0,
    "cm": 10.0,
    "厘米": 10.0,
    "公分": 10.0,
    "in": MM_PER_INCH,
    "inch": MM_PER_INCH,
    "inches": MM_PER_INCH,
    '"': MM_PER_INCH,
    # What compatibility folding makes of ″.
    "\N{PRIME}\N{PRIME}": MM_PER_INCH,
    "”": MM_PER_INCH,
    "寸": MM_PER_INCH,
    "吋": MM_PER_INCH,
    "英寸": MM_PER_INCH,
    "pt": MM_PER_PT,
    "磅": MM_PER_PT,
}
_NUMBER = r"(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})"
_UNIT = "(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + ")"
# Example: 3mm, 0.125 in, 12pt, .5in. Counter-example: 3, -3mm, 3 mm x 4 mm.
_LENGTH = re.compile(_NUMBER + r" ?" + _UNIT)
# Example: 130x190, 130mm x 190mm, 5.25×8in, 5*8 吋. Counter-example: 130, x190, 5x8x2.
_SIZE = re.compile(_NUMBER + r" ?" + _UNIT + r"? ?[x×*] ?" + _NUMBER + r" ?" + _UNIT + "?")
# 正32开 and 小32开 are the plain size; K and 開 are other ways to write 开.
_PLAIN_PREFIXES = ("正度", "正", "小")


def length_mm(text: str) -> float | None:
    """A length in millimetres; None for what is none. Only 0 may stand without a unit."""
    folded = _folded(text)
    if folded in {"0", "0.0"}:
        return 0.0
    match = _LENGTH.fullmatch(folded)
    return float(match[1]) * _UNITS[match[2]] if match else None


def trim_named(text: str) -> Trim | None:
    """The trim of that name or size; None for what is neither, or no size of a book.

    Without a unit, small numbers are inches and large ones millimetres: 6x9, 130x190.
    """
    folded = _folded(text)
    return _BY_FOLDED.get(_plain(folded)) or _custom(folded)


def trim_like(width_mm: float, height_mm: float) -> Trim:
    """The named trim that a page of this size is; else one named by its millimetres."""
    page = Trim(f"{width_mm:.4g}x{height_mm:.4g}mm", width_mm, height_mm)
    return next((trim for trim in TRIMS.values() if trim.is_like(page)), page)


def _custom(folded: str) -> Trim | None:
    match = _SIZE.fullmatch(folded)
    if not match:
        return None
    width, height = float(match[1]), float(match[3])
    unit = match[4] or match[2] or ("in" if max(width, height) <= _LAST_INCH else "mm")
    width *= _UNITS[match[2] or unit]
    height *= _UNITS[unit]
    if not all(MIN_TRIM_MM <= side <= MAX_TRIM_MM for side in (width, height)):
        return None
    return next((trim for trim in TRIMS.values() if _is_exactly(trim, width, height)), None) or (
        Trim(f"{width:.6g}x{height:.6g}mm", width, height)
    )


def _is_exactly(trim: Trim, width_mm: float, height_mm: float) -> bool:
    return abs(trim.width_mm - width_mm) < 0.01 and abs(trim.height_mm - height_mm) < 0.01


def _folded(text: str) -> str:
    """Lower case, full-width forms narrow, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(folded: str) -> str:
    """A name without what is written in several ways."""
    name = folded.replace(" ", "").replace("開", "开").replace("×", "x").replace("*", "x")
    if name.endswith("k") and name[:-1].lstrip("大小正度").isdecimal():
        name = f"{name[:-1]}开"
    for prefix in _PLAIN_PREFIXES:
        name = name.removeprefix(prefix)
    return name


_BY_FOLDED: dict[str, Trim] = {_plain(_folded(name)): trim for name, trim in TRIMS.items()}
