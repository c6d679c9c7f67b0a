"""Fonts as objects of a PDF: what a cut font's file, widths, codes and readings are written as.

Source: ISO 32000-1, 9.7 (composite fonts), 9.8 (descriptors), 9.10.3 (ToUnicode).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from builder.press.embed import FontProgram, font_program
from builder.press.program import Program
from builder.press.syntax import name
from builder.press.to_unicode import cid_map, to_unicode
from builder.press.writer import Writer

Way = Literal["H", "V"]
_SYMBOLIC = 1 << 2  # of a descriptor: its characters are not those of a Latin alphabet
_SYSTEM = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_STEM = 80  # required, and used by no reader that has the font itself
DEFAULT_ASCENT, DEFAULT_ADVANCE = 880, 1000  # of columns, as ISO 32000-1 has them


def widths_array(widths: Mapping[int, int]) -> str:
    """W: the widths that are not 1000, neighbours together, equal ones as a run."""
    return _runs((code, (width,)) for code, width in widths.items() if width != DEFAULT_ADVANCE)


def columns_array(program: FontProgram) -> str:
    """W2: what differs from the defaults, an advance of 1000 from half the width and 880."""
    return _runs(
        (code, (-length, x, y))
        for code, (length, x, y) in program.columns.items()
        if (length, y) != (DEFAULT_ADVANCE, DEFAULT_ASCENT) or abs(2 * x - program.widths[code]) > 1
    )


def _runs(entries: Iterable[tuple[int, tuple[int, ...]]]) -> str:
    """`c [v v …]` for neighbours of several values, `first last v` where three or more agree."""
    words: list[str] = []
    group: list[tuple[int, tuple[int, ...]]] = []
    for code, values in [*entries, (-1, ())]:
        if group and code != group[-1][0] + 1:
            words += _group(group)
            group = []
        group.append((code, values))
    return f"[{' '.join(words)}]"


_RUN = 3


def _group(group: list[tuple[int, tuple[int, ...]]]) -> list[str]:
    words: list[str] = []
    listed: list[str] = []
    at = 0
    while at < len(group):
        code, values = group[at]
        end = at
        while end < len(group) and group[end][1] == values:
            end += 1
        told = " ".join(map(str, values))
        if end - at >= _RUN:
            if listed:
                words.append(f"{code - len(listed)}[{' '.join(listed)}]")
                listed = []
            words.append(f"{code} {code + end - at - 1} {told}")
        else:
            listed += [told] * (end - at)
        at = end
    if listed:
        words.append(f"{group[-1][0] + 1 - len(listed)}[{' '.join(listed)}]")
    return words


# --- into the file --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PutFont:
    """A font in the file: its font objects by their names in content streams, its CID font.

    For columns there is a twin, whose name ends in v: the same CID font, written downwards.
    """

    numbers: Mapping[str, int]
    cid_font: int
    program: FontProgram = field(repr=False)


def put_font(writer: Writer, used: Program) -> PutFont:
    """Write a font."""
    program = font_program(used)
    is_cff = program.kind == "CIDFontType0"
    # Length1 is asked for in TrueType programs only.
    entries = "/Subtype/CIDFontType0C" if is_cff else f"/Length1 {len(program.data)}"
    data = writer.add_deflated(entries, program.data)
    descriptor = writer.add(
        f"<</Type/FontDescriptor/FontName{name(program.name)}/Flags {_SYMBOLIC}"
        f"/FontBBox[{' '.join(map(str, program.box))}]/ItalicAngle 0/Ascent {program.ascent}"
        f"/Descent {program.descent}/CapHeight {program.ascent}/StemV {_STEM}"
        f"/FontFile{3 if is_cff else 2} {data} 0 R>>"
    )
    columns = (
        f"/DW2[{DEFAULT_ASCENT} {-DEFAULT_ADVANCE}]/W2{columns_array(program)}"
        if used.is_columnar
        else ""
    )
    cid_font = writer.add(
        f"<</Type/Font/Subtype/{program.kind}/BaseFont{name(program.name)}"
        f"/CIDSystemInfo{_SYSTEM}"
        f"/FontDescriptor {descriptor} 0 R/DW {DEFAULT_ADVANCE}/W{widths_array(program.widths)}"
        f"{columns}{_put_glyphs(writer, program.glyphs)}>>"
    )
    readings = writer.add_deflated("", program.to_unicode)
    ways: dict[str, Way] = {used.name: "H"}
    if used.is_columnar:
        ways[f"{used.name}v"] = "V"
    numbers = {
        resource: _put_way(writer, program, cid_font, readings, program.cids, way)
        for resource, way in ways.items()
    }
    return PutFont(numbers, cid_font, program)


def put_shared(writer: Writer, used: Program, font: PutFont, readings: Mapping[int, str]) -> int:
    """Write a font object over a font that is in the file; its codes are glyph ids."""
    cids = {glyph: font.program.cid(used.codes[glyph]) for glyph in readings}
    read = writer.add_deflated("", to_unicode(readings))
    return _put_way(writer, font.program, font.cid_font, read, cids, "H")


def _put_way(
    writer: Writer,
    program: FontProgram,
    cid_font: int,
    readings: int,
    cids: Mapping[int, int],
    way: Way,
) -> int:
    """Write the font object that shows a CID font along lines or down columns."""
    encoding = f"/Identity-{way}"
    base = program.name
    if cids:
        entries = f"/Type/CMap/CMapName/Codes-{way}/CIDSystemInfo{_SYSTEM}/WMode {int(way == 'V')}"
        encoding = f" {writer.add_deflated(entries, cid_map(cids, way))} 0 R"
    if program.kind == "CIDFontType0":
        base += f"-{'Codes' if cids else 'Identity'}-{way}"
    return writer.add(
        f"<</Type/Font/Subtype/Type0/BaseFont{name(base)}/Encoding{encoding}"
        f"/DescendantFonts[{cid_font} 0 R]/ToUnicode {readings} 0 R>>"
    )


def _put_glyphs(writer: Writer, glyphs: Sequence[int]) -> str:
    """The CIDToGIDMap of a TrueType font."""
    if not glyphs:
        return ""
    written = b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)
    return f"/CIDToGIDMap {writer.add_deflated('', written)} 0 R"
