"""What a PDF's font says of its codes: text, advances, and which way it writes.

Advances are in thousandths of the text size; where a font gives none, its default stands.
Source: ISO 32000-1, 9.6 (simple fonts), 9.7 (composite fonts), 9.7.4.3 (W, DW, W2, DW2).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.check.pdf_glyphs import read_to_unicode
from builder.check.unpacking import unpacked

if TYPE_CHECKING:
    import pikepdf

EM = 1000.0
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_DOWN_ONE_EM = -EM
# Example: ABCDEF+NotoSerifCJKsc-Bold. Counter-example: NotoSerifCJKsc-Bold.
_SUBSET_TAG = re.compile(r"[A-Z]{6}\+")
_WMODE = re.compile(rb"/WMode\s+1\b")
# Example: <0003> <0007> 20 in a range, <0003> 20 for one code.
_CID_BLOCK = re.compile(rb"begincid(?:range|char)(.*?)(?:endcid(?:range|char)|\Z)", re.DOTALL)
_CID_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*(?:<([0-9A-Fa-f]{2,8})>\s*)?(\d{1,5})\b")
# Widths of one range in W: c_first c_last w. Wider ranges than two bytes can count are damage.
_MAX_RANGE = 0x10000
# Ranges may overlap as often as a hostile file likes; so many codes in all are enough for any font.
_MAX_CODES = 0x40000
_SIMPLE_ENCODINGS = {"/MacRomanEncoding": "mac-roman"}


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font as the interpreter needs it; `advances` run down the page where `is_vertical`.

    Texts and advances are by code; `cids` says which glyph a code of a font's own encoding means,
    and is empty where codes are glyphs already.
    """

    name: str
    code_bytes: int
    is_vertical: bool
    texts: Mapping[int, str]
    advances: Mapping[int, float]
    default_advance: float
    source: "pikepdf.Object"
    is_drawn: bool = False
    cids: Mapping[int, int] = field(default_factory=dict)


def read_font(font: "pikepdf.Object") -> PdfFont:
    """The font behind a resource; raises nothing for missing parts, they take their defaults."""
    name = _SUBSET_TAG.sub("", str(font.get("/BaseFont", "")).removeprefix("/"))
    match str(font.get("/Subtype")):
        case "/Type0":
            return _composite(font, name)
        case "/Type3":
            # A Type 3 font's widths are in its own glyph space.
            matrix = [
                float(number) for number in font.get("/FontMatrix", [0.001, 0, 0, 0.001, 0, 0])
            ]
            return _simple(font, name, unit=matrix[0] * EM, is_drawn=True)
        case _:
            return _simple(font, name, unit=1.0, is_drawn=False)


def _simple(font: "pikepdf.Object", name: str, *, unit: float, is_drawn: bool) -> PdfFont:
    first = int(font.get("/FirstChar", 0))
    widths = [float(width) * unit for width in font.get("/Widths", [])]
    descriptor = font.get("/FontDescriptor")
    default = float(descriptor.get("/MissingWidth", 0)) if descriptor is not None else 0.0
    return PdfFont(
        name,
        1,
        is_vertical=False,
        texts=_texts(font, 1) or _latin(font),
        advances=dict(enumerate(widths, start=first)),
        default_advance=default or (0.0 if widths else EM / 2),
        source=font,
        is_drawn=is_drawn,
    )


def _latin(font: "pikepdf.Object") -> dict[int, str]:
    """What a simple font's codes mean without ToUnicode; encodings of its own aside."""
    encoding = font.get("/Encoding")
    codec = _SIMPLE_ENCODINGS.get(str(encoding), "cp1252")
    return {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}


def _composite(font: "pikepdf.Object", name: str) -> PdfFont:
    descendant = font.DescendantFonts[0]
    is_vertical = _writes_down(font.get("/Encoding"))
    if is_vertical:
        default = float(descendant.get("/DW2", [880, _DOWN_ONE_EM])[1])
        advances = _spread(descendant.get("/W2", []), numbers=3)
    else:
        default = float(descendant.get("/DW", EM))
        advances = _spread(descendant.get("/W", []), numbers=1)
    cids = _own_codes(font.get("/Encoding"))
    if cids:
        advances = {code: advances.get(cid, default) for code, cid in cids.items()}
    texts = _texts(font, 2) or _unicode_codes(font)
    return PdfFont(name, 2, is_vertical, texts, advances, default, descendant, cids=cids)


def _own_codes(encoding: "pikepdf.Object | None") -> dict[int, int]:
    """Code → CID, for an encoding that the file brings along (ISO 32000-1, 9.7.5.3)."""
    import pikepdf

    if not isinstance(encoding, pikepdf.Stream):
        return {}
    cids: dict[int, int] = {}
    left = _MAX_CODES
    for block in _CID_BLOCK.finditer(unpacked(encoding)):
        for entry in _CID_ENTRY.finditer(block[1]):
            first, cid = int(entry[1], 16), int(entry[3])
            last = int(entry[2], 16) if entry[2] else first
            left -= last - first
            if first <= last < first + _MAX_RANGE and left > 0:
                cids.update(zip(range(first, last + 1), range(cid, cid + _MAX_RANGE), strict=False))
    return cids


def _writes_down(encoding: "pikepdf.Object | None") -> bool:
    import pikepdf

    if isinstance(encoding, pikepdf.Stream):
        return int(encoding.get("/WMode", 0)) == 1 or bool(_WMODE.search(unpacked(encoding)))
    return str(encoding).endswith("-V")


def _texts(font: "pikepdf.Object", code_bytes: int) -> Mapping[int, str]:
    import pikepdf

    cmap = font.get("/ToUnicode")
    if not isinstance(cmap, pikepdf.Stream):
        return {}
    return read_to_unicode(unpacked(cmap), width=code_bytes).characters


class _EveryCode(dict[int, str]):
    """Codes that are UTF-16 units, as under the predefined CMaps of Unicode."""

    def get(self, code: int, default: str = "") -> str:  # type: ignore[override]  # never None
        return chr(code) if code else default


def _unicode_codes(font: "pikepdf.Object") -> Mapping[int, str]:
    encoding = str(font.get("/Encoding"))
    return _EveryCode({0x20: " "}) if "UCS2" in encoding or "UTF16" in encoding else {}


def _spread(listed: "Iterable[pikepdf.Object]", *, numbers: int) -> dict[int, float]:
    """W (one number a code) or W2 (three, the first is the advance) as code → advance."""
    import pikepdf

    items = list(listed)
    spread: dict[int, float] = {}
    at, left = 0, _MAX_CODES
    while at + 1 < len(items) and left > 0:
        first, following = int(items[at]), items[at + 1]
        if isinstance(following, pikepdf.Array):
            values = [float(value) for value in following]
            spread.update(enumerate(values[::numbers], start=first))
            at += 2
        else:
            last = int(following)
            if at + 2 >= len(items) or not first <= last < first + _MAX_RANGE:
                break
            spread.update(dict.fromkeys(range(first, last + 1), float(items[at + 2])))
            left -= last - first
            at += 2 + numbers
    return spread
