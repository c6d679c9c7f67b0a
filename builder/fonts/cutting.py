"""One face of a font, cut down to some characters: the bytes that go into a book.

HarfBuzz cuts in hundredths of a second. What stays is all that Chinese setting asks of a font:
vertical forms, half-width and proportional marks, contextual spacing, kerning; and, where the
text's language is not the font's own, the forms of its region. Those are followed by shaping
the text in its languages: to keep the feature whole would keep five regions' forms of each
character, and double the font.

The result has a name of its own. It is a modified version, so a name that the licence reserves
must go, and not every font says in its tables that its name is reserved (LXGW WenKai does not).
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.fonts.finding import BOLD, REGULAR, Face
from builder.fonts.libraries import fonttools, harfbuzz

# OpenType's features by what a reader may ask of them; all else (old forms, stylistic sets,
# half-width kana …) no style sheet of a novel asks for.
FEATURES = (
    "ccmp", "calt", "clig", "liga", "rlig", "rclt",
    "kern", "mark", "mkmk", "vkrn",
    "vert", "vrt2", "vrtr",
    "halt", "vhal", "palt", "vpal", "chws", "vchw",
)  # fmt: skip
_REGIONAL = "locl"
# Copyright, names, version, trademark, description, licence and its address; the rest is put anew.
_KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 10, 13, 14)
_WEIGHT = "wght"
_WEIGHT_VALUES = {REGULAR: 400.0, BOLD: 700.0}
DIGEST_DIGITS = 10


def cut(face: Face, characters: Iterable[str], languages: Iterable[str], *, weight: float) -> bytes:
    """The OTF or TTF of `face` with `characters` and what they turn into in `languages`.

    `languages` are BCP 47 tags. A variable font is fixed at `weight`, REGULAR or BOLD. The same
    arguments give the same bytes. Raises ConfigError F006 for a font whose tables are broken.
    """
    hb = harfbuzz()
    opened = opened_face(face.path, face.index)
    wanted = {ord(character) for character in characters}
    plan = hb.SubsetPlan(opened, _input(opened, wanted, weight))
    closure = set(plan.old_to_new_glyph_mapping.keys())
    regional = _shaped(opened, wanted, languages) - closure
    if regional:
        wider = _input(opened, wanted, weight, features=(*FEATURES, _REGIONAL))
        wider.glyph_set.update(closure | regional)
        wider.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = hb.SubsetPlan(opened, wider)
    try:
        content = plan.execute().blob.data
    except RuntimeError as problem:
        reason = say("fonts.no_font")
        raise ConfigError(
            "F006", location=Location("[epub] embed_fonts"), name=face.path.name, reason=reason
        ) from problem
    return _renamed(content, _new_name(face, wanted, weight))


def whole(face: Face) -> bytes:
    """The OTF or TTF of `face` as it is, out of its collection: for a licence that says so."""
    result = BytesIO()
    with fonttools().TTFont(
        face.path, fontNumber=face.index, lazy=True, recalcTimestamp=False
    ) as font:
        font.save(result, reorderTables=None)
    return result.getvalue()


@cache
def opened_face(path: Path, index: int) -> Any:
    """A face of a font file, mapped into memory."""
    hb = harfbuzz()
    return hb.Face(hb.Blob.from_file_path(str(path)), index)


def _input(
    face: Any,
    code_points: set[int],
    weight: float,
    *,
    features: tuple[str, ...] = FEATURES,
) -> Any:
    hb = harfbuzz()
    what = hb.SubsetInput()
    what.unicode_set.update(code_points)
    # HarfBuzz starts with its own choice of features, the forms of all regions among them.
    what.layout_feature_tag_set.clear()
    what.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in features)
    what.name_id_set.update(_KEPT_NAMES)
    if face.has_var_data:
        what.pin_all_axes_to_default(face)
        if any(axis.tag == _WEIGHT for axis in face.axis_infos):
            what.pin_axis_location(face, _WEIGHT, _WEIGHT_VALUES[weight])
    return what


def _shaped(face: Any, code_points: set[int], languages: Iterable[str]) -> set[int]:
    """The glyphs that the characters become in each language, in lines and in columns."""
    hb = harfbuzz()
    font = hb.Font(face)
    glyphs: set[int] = set()
    for language in languages:
        for direction in ("ltr", "ttb"):
            buffer = hb.Buffer()
            # One by one: what neighbours do to each other is in the closure already.
            for code_point in sorted(code_points):
                buffer.clear_contents()
                buffer.add_codepoints([code_point])
                buffer.direction = direction
                buffer.language = language
                buffer.guess_segment_properties()
                hb.shape(font, buffer)
                glyphs.update(info.codepoint for info in buffer.glyph_infos)
    return glyphs


def _new_name(face: Face, code_points: set[int], weight: float) -> str:
    """A name for this cut of this face, told by what is in it."""
    told = f"{face.families[0]}|{weight}|{sorted(code_points)}"
    return f"Cut {hashlib.sha256(told.encode()).hexdigest()[:DIGEST_DIGITS]}"


def _renamed(content: bytes, name: str) -> bytes:
    """The font under another name, which PostScript writes with a hyphen."""
    font = fonttools().TTFont(
        BytesIO(content), lazy=True, recalcTimestamp=False, recalcBBoxes=False
    )
    postscript = name.replace(" ", "-")
    table = font["name"]
    original = table.getBestFullName() or ""
    new = {1: name, 3: name, 4: name, 6: postscript, 10: f"A cut of {original}" if original else ""}
    for name_id, words in new.items():
        table.removeNames(nameID=name_id)
        if words:
            table.setName(words, name_id, 3, 1, 0x409)
    if "CFF " in font:
        fonts = font["CFF "].cff
        fonts.fontNames[0] = postscript
        fonts.topDictIndex[0].FullName = name
        fonts.topDictIndex[0].FamilyName = name
    result = BytesIO()
    font.save(result, reorderTables=None)
    return result.getvalue()
