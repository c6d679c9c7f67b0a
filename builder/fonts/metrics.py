"""What a typesetter asks of a font: which glyph a character becomes, and how much room it takes.

HarfBuzz answers, one character at a time: in Chinese no character changes its neighbours, and
each of a book's few thousand is asked for once. Lengths are thousandths of the em.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from builder.fonts.cutting import opened_face
from builder.fonts.libraries import harfbuzz

EM = 1000
# The em box of a Chinese font around its baseline, where the font names no other that adds up.
EM_BOX = (880, -120)  # JIS X 4051; Source Han and Noto, LXGW WenKai
Direction = Literal["ltr", "ttb"]

_WEIGHT = "wght"
_TYPOGRAPHIC_AT = 68  # offset of sTypoAscender and sTypoDescender in the OS/2 table
# What HarfBuzz would do to a character by its neighbours; alone, it has none. `rlig`, `calt` and
# the like change nothing in a single character, but finding that out takes time.
_NEIGHBOURLY = dict.fromkeys(("ccmp", "liga", "clig", "calt", "kern", "rlig"), False)


@dataclass(frozen=True, slots=True)
class Glyph:
    """`number` is the font's own (0 is what it shows for a character it lacks). `advance` runs
    along the line or down the column.
    """

    number: int
    advance: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """One face of a font file. `axes` fix a variable font: tags and values, by tag.

    `ascent` and `descent` are the em box, in which Chinese characters stand; `line_ascent` and
    `line_descent` what the font wants of a line, as CSS asks it. Below the baseline is negative.
    A font that is not `is_columnar` says nothing of columns: there every glyph of it has an em.
    """

    path: Path
    index: int
    axes: tuple[tuple[str, float], ...]
    ascent: int
    descent: int
    line_ascent: int
    line_descent: int
    underline: int
    underline_thickness: int
    is_columnar: bool
    _font: Any = field(repr=False)

    def has(self, character: str) -> bool:
        """Whether there is a glyph for the character."""
        return self._font.get_nominal_glyph(ord(character)) is not None

    def glyph(
        self,
        character: str,
        language: str,
        *,
        features: Mapping[str, int] = MappingProxyType({}),
        direction: Direction = "ltr",
    ) -> Glyph | None:
        """What a character, or one with its variation selector, becomes in a language.

        None for what shows nothing (selectors, joiners, U+200B), glyph 0 for what is lacking.
        """
        shaped = self._shape(character, language, _NEIGHBOURLY | dict(features), direction)
        infos, positions = shaped.glyph_infos, shaped.glyph_positions
        if not infos:
            return None
        number, position = infos[0].codepoint, positions[0]
        if direction == "ltr":
            return Glyph(number, self._in_em(position.x_advance))
        return Glyph(number, self._in_em(-position.y_advance) if self.is_columnar else EM)

    def han(
        self, characters: str, language: str, *, features: Mapping[str, int] = MappingProxyType({})
    ) -> dict[str, Glyph]:
        """The glyphs along a line of those ideographs that the font has, shaped all at once.

        Only ideographs: they leave each other alone.
        """
        first, last = _HAN
        wanted = "".join([one for one in characters if first <= one <= last])
        if not wanted:
            return {}
        shaped = self._shape(wanted, language, _NEIGHBOURLY | dict(features), "ltr")
        infos, positions = shaped.glyph_infos, shaped.glyph_positions
        if len(infos) != len(wanted):
            return {}
        return {
            character: Glyph(info.codepoint, self._in_em(position.x_advance))
            for character, info, position in zip(wanted, infos, positions, strict=True)
            if info.codepoint
        }

    def width(self, glyph: int) -> int:
        """How much a glyph advances along a line."""
        return self._in_em(self._font.get_glyph_h_advance(glyph))

    def in_column(self, glyph: int) -> tuple[int, int, int]:
        """How much a glyph advances down a column, and where the column's axis meets its top:
        x and y from the glyph's own origin.
        """
        if not self.is_columnar:
            return EM, self.width(glyph) // 2, self.ascent
        x, y = self._font.get_glyph_v_origin(glyph)
        length = -self._font.get_glyph_v_advance(glyph)
        return self._in_em(length), self._in_em(x), self._in_em(y)

    def box(self, glyph: int) -> tuple[int, int, int, int]:
        """Where a glyph has ink: left, bottom, right, top, from its origin."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return 0, 0, 0, 0
        left, top = extents.x_bearing, extents.y_bearing
        right, bottom = left + extents.width, top + extents.height
        return self._in_em(left), self._in_em(bottom), self._in_em(right), self._in_em(top)

    def _in_em(self, units: int) -> int:
        return _in_em(units, self._font.face.upem)

    def _shape(
        self,
        text: str,
        language: str,
        features: Mapping[str, int],
        direction: Direction,
        *,
        script: str = "Hani",
    ) -> Any:
        buffer = harfbuzz().Buffer()
        # Selectors and joiners leave nothing behind, not even a space.
        buffer.flags = harfbuzz().BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.add_codepoints([ord(character) for character in text])
        buffer.direction, buffer.script, buffer.language = direction, script, language
        harfbuzz().shape(self._font, buffer, features)
        return buffer


# The first ideograph of the block that all fonts share, and the end of it. Compiling a regular
# expression for them takes a millisecond.
_HAN = ("\u4e00", "\u9fff")


@cache
def metrics(path: Path, index: int = 0, axes: tuple[tuple[str, float], ...] = ()) -> Metrics:
    """The metrics of one face of a font file, opened once; `axes` as `axes_of` gives them."""
    hb = harfbuzz()
    face = opened_face(path, index)
    font = hb.Font(face)
    if axes:
        font.set_variations(dict(axes))

    def in_em(units: float) -> int:
        return _in_em(units, face.upem)

    extents = font.get_font_extents("ltr")
    box = tuple(map(in_em, _typographic(face)))
    tags = hb.OTMetricsTag
    ascent, descent = box if box[0] - box[1] == EM else EM_BOX
    return Metrics(
        path=path,
        index=index,
        axes=axes,
        ascent=ascent,
        descent=descent,
        line_ascent=in_em(extents.ascender),
        line_descent=in_em(extents.descender),
        underline=in_em(font.get_metric_position_with_fallback(tags.UNDERLINE_OFFSET)),
        underline_thickness=in_em(font.get_metric_position_with_fallback(tags.UNDERLINE_SIZE)),
        is_columnar="vmtx" in face.table_tags,
        _font=font,
    )


@cache
def axes_of(path: Path, index: int, weight: int) -> tuple[tuple[str, float], ...]:
    """Where a variable font stands for a weight of CSS: a value for each axis. Others have none."""
    face = opened_face(path, index)
    if not face.has_var_data:
        return ()
    wanted = {_WEIGHT: float(weight)}
    return tuple(
        sorted(
            (
                axis.tag,
                min(max(wanted.get(axis.tag, axis.default_value), axis.min_value), axis.max_value),
            )
            for axis in face.axis_infos
        )
    )


@cache
def has_outlines(path: Path, index: int) -> bool:
    """Whether the glyphs are drawn, and are not pictures as those of some emoji fonts."""
    return bool({"glyf", "CFF ", "CFF2"} & set(opened_face(path, index).table_tags))


def _in_em(units: float, units_per_em: int) -> int:
    return round(units * EM / units_per_em)


def _typographic(face: Any) -> tuple[int, int]:
    """The ends of the em box as OS/2 has them; nothing when the font is without an OS/2 table."""
    table = face.reference_table("OS/2").data
    if len(table) < _TYPOGRAPHIC_AT + 4:
        return 0, 0
    ascender, descender = struct.unpack_from(">hh", table, _TYPOGRAPHIC_AT)
    return ascender, descender
