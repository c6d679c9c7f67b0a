"""Fonts inside the PDF: of each face the glyphs that were used, and nothing more.

HarfBuzz cuts a face down in hundredths of a second, and its glyphs close up. Which glyph a code
of the content streams means is said where it costs nothing: in the charset of a CID-keyed CFF
font, of which the CFF table alone goes into the file (CIDFontType0C); in the CIDToGIDMap of a
TrueType font, of which the tables that draw go in (CIDFontType2). A CFF font whose glyphs have
names and no CIDs, as Latin ones have, needs a CMap of its own. Hints go: no reader of our days
needs them in print. Subroutines go too: the file is deflated, and CFF without them deflates
better (3,200 Han characters: 701 kB with none, 755 kB with them).

Source: ISO 32000-1, 9.7 (composite fonts), 9.9 (embedding); Adobe Technical Note 5176 (CFF).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from builder.core.errors import ComposeError
from builder.fonts.cutting import opened_face
from builder.fonts.libraries import harfbuzz
from builder.fonts.licensing import licence_of
from builder.press.cff import with_charset
from builder.press.program import NOTDEF, Program
from builder.press.to_unicode import to_unicode

Axes = tuple[tuple[str, float], ...]

# What a CIDFontType2 may consist of. Source: ISO 32000-1, 9.9, table 126.
_TRUETYPE = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
_TAG_LETTERS = 6
_POSTSCRIPT_NAME = 6


@dataclass(frozen=True, slots=True)
class FontProgram:
    """A font ready to be put into the file; `kind` is that of its CID font.

    Measures are thousandths of the em, by CID. `columns` says how far each advances down a
    column, and where its upper origin lies from its own (x, y). `glyphs` are those of the CIDs
    from 0 on, where a CIDToGIDMap says so; `cids` those of the codes, where a CMap does.
    """

    name: str
    kind: Literal["CIDFontType0", "CIDFontType2"]
    data: bytes = field(repr=False)
    to_unicode: bytes = field(repr=False)
    widths: Mapping[int, int] = field(repr=False)
    columns: Mapping[int, tuple[int, int, int]] = field(repr=False)
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    glyphs: tuple[int, ...] = field(default=(), repr=False)
    cids: Mapping[int, int] = field(default_factory=dict, repr=False)

    def cid(self, code: int) -> int:
        """The CID of a code of the press."""
        return self.cids.get(code, code)


def font_program(used: Program) -> FontProgram:
    """Cut a font down to what was used of it.

    Raises ComposeError P022 when its licence forbids to embed it.
    """
    file = used.file
    opened = opened_face(file.path, file.index)
    postscript = (opened.get_name(_POSTSCRIPT_NAME) or file.path.stem).replace(" ", "-")
    licence = licence_of(file.path, file.index)
    if not licence.is_for_paper:
        raise ComposeError("P022", font=postscript)
    glyphs = {NOTDEF, *used.readings}
    kept = set(range(opened.glyph_count)) if licence.is_whole_only else glyphs
    cut = _cut(opened, used, glyphs=kept)
    font, upem = harfbuzz().Font(cut.face), int(cut.face.upem)

    def em(units: int) -> int:
        return round(units * 1000 / upem)

    head = cut.face.reference_table("head").data
    edges = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in range(36, 44, 2)]
    by_cid = sorted((cut.cids.get(used.codes[one], used.codes[one]), one) for one in glyphs)
    return FontProgram(
        name=postscript if licence.is_whole_only else f"{_tag(used)}+{postscript}",
        kind="CIDFontType0" if cut.is_cff else "CIDFontType2",
        data=cut.data,
        to_unicode=to_unicode(used.texts),
        # As the embedded program has them, so that both agree.
        widths={cid: em(font.get_glyph_h_advance(cut.new_ids[one])) for cid, one in by_cid},
        columns={cid: used.metrics.in_column(one) for cid, one in by_cid if used.is_columnar},
        box=(em(edges[0]), em(edges[1]), em(edges[2]), em(edges[3])),
        ascent=used.metrics.line_ascent,
        descent=used.metrics.line_descent,
        glyphs=() if cut.is_cff else _glyphs_of_codes(used, cut.new_ids),
        cids=cut.cids,
    )


def _glyphs_of_codes(used: Program, new_ids: Mapping[int, int]) -> tuple[int, ...]:
    """The glyphs of all codes from 0 on; those that were not used show what a font lacks."""
    found = [NOTDEF] * (max(used.codes.values()) + 1)
    for glyph, code in used.codes.items():
        found[code] = new_ids[glyph]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What HarfBuzz made: the face, its new glyph ids by the old ones, the bytes to embed.

    `cids` are those of the codes, where they are not the codes themselves.
    """

    face: Any
    new_ids: Mapping[int, int]
    data: bytes
    is_cff: bool
    cids: Mapping[int, int]


def _cut(opened: Any, used: Program, *, glyphs: set[int]) -> _Cut:
    """Some glyphs of a face, numbered anew in the order of their old ids."""
    hb = harfbuzz()
    plan = hb.SubsetPlan(opened, _wanted(opened, used.file.axes, glyphs))
    face, new_ids = plan.execute(), dict(plan.old_to_new_glyph_mapping)
    if "CFF " not in face.table_tags:
        return _Cut(face, new_ids, face.blob.data, is_cff=False, cids={})
    table = face.reference_table("CFF ").data
    # A font that may not be cut down has glyphs without a code: those get what is left over.
    spare = iter(set(range(1, len(new_ids) + len(used.codes))) - set(used.codes.values()))
    old_ids = sorted(new_ids, key=lambda old: new_ids[old])
    data = with_charset(table, [used.codes.get(old) or next(spare) for old in old_ids[1:]])
    if data:
        return _Cut(face, new_ids, data, is_cff=True, cids={})
    # Without a charset of CIDs, CIDs are glyph ids. Source: ISO 32000-1, 9.7.4.2.
    cids = {code: new_ids[glyph] for glyph, code in used.codes.items()}
    return _Cut(face, new_ids, table, is_cff=True, cids=cids)


def _wanted(opened: Any, axes: Axes, glyphs: set[int]) -> Any:
    hb = harfbuzz()
    what = hb.SubsetInput()
    what.glyph_set.update(glyphs)
    what.flags = (
        hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.DESUBROUTINIZE
        | hb.SubsetFlags.NOTDEF_OUTLINE
        | hb.SubsetFlags.DOWNGRADE_CFF2
    )
    dropped = set(opened.table_tags) - {*_TRUETYPE, "CFF ", "CFF2"} - _VARIATIONS
    what.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in dropped)
    if opened.has_var_data:
        what.pin_all_axes_to_default(opened)
        for tag, value in axes:
            what.pin_axis_location(opened, tag, value)
    return what


# Needed to fix a variable font in one place; they are gone when it is.
_VARIATIONS = frozenset({"fvar", "gvar", "avar", "HVAR", "MVAR", "cvar"})


def _tag(used: Program) -> str:
    """Six letters told by which glyphs there are."""
    told = f"{used.file.path.name}|{used.file.index}|{used.file.axes}|{list(used.readings)}"
    digest = hashlib.sha256(told.encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:_TAG_LETTERS])
