"""Which font draws a character: what Pango, and through it fontconfig, answers WeasyPrint.

Asked with a layout of WeasyPrint's own, so that fonts which a style sheet brings (`@font-face`)
count, and our pages and WeasyPrint's are set in the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.text.ffi import ffi, fontconfig, gobject, pango, pangoft2
from weasyprint.text.fonts import FontConfiguration, get_font_description
from weasyprint.text.line_break import Layout

from builder.fonts.metrics import axes_of
from builder.press.frame import FaceKey
from builder.press.program import FontFile

# Two functions that WeasyPrint has no use for. What is declared already may be so again.
ffi.cdef(
    "FcPattern *pango_fc_font_get_pattern(PangoFont *font);"
    "FcResult FcPatternGetInteger(FcPattern *pattern, const char *object, int n, int *value);"
)
# A character that every Chinese font has.
_PROBE = "的"
_FACE_BITS = 0xFFFF  # above them, fontconfig's index has the instance of a variable font


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What draws one character: a font file, under the family names that it goes by."""

    file: FontFile
    families: frozenset[str]


# What parts paragraphs for Pango: it shows nothing, like a space.
_NO_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class PangoChooser:
    """The `face.Chooser` of a book: its style sheets' fonts, then the machine's."""

    def __init__(self, fonts: FontConfiguration) -> None:
        self._fonts = fonts
        self._opened: dict[tuple[Any, int], _Drawn] = {}

    def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
        """The font of the key's Chinese, and whether it is the first of all that are asked.

        Raises LookupError when no font has any Chinese.
        """
        drawn = next(self._drawn(key, _PROBE))
        if drawn is None:
            raise LookupError(key)
        for family in key.families:
            if family.casefold() in drawn.families:
                return drawn.file, True
            if self._is_there(family, key):
                break
        return drawn.file, False

    def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        """The font of each character; None for what no font has."""
        return tuple(drawn.file if drawn else None for drawn in self._drawn(key, characters))

    def _is_there(self, family: str, key: FaceKey) -> bool:
        """Whether a family exists, and is not a name for whatever font there is."""
        fonts = self._fonts.font_map
        context = ffi.gc(pango.pango_font_map_create_context(fonts), gobject.g_object_unref)
        wanted = get_font_description(self._style(replace(key, families=(family,))))
        font = ffi.gc(
            pango.pango_font_map_load_font(fonts, context, wanted), gobject.g_object_unref
        )
        return family.casefold() in _families(pangoft2.pango_fc_font_get_pattern(font))

    def _drawn(self, key: FaceKey, characters: str) -> Iterator[_Drawn | None]:
        """What draws each of some characters, in order; None where nothing does."""
        # A line ends where the text says so, and only one is looked at.
        characters = characters.translate(_NO_LINE_ENDS)
        encoded = characters.encode()
        layout = self._layout(key, characters)  # as long as it lives, so do its lines
        line, _ = layout.get_first_line()
        run = line.runs[0]
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            drawn = self._opened_font(item.analysis.font, key.weight)
            unknown = {
                item.offset + glyphs.log_clusters[number]
                for number in range(glyphs.num_glyphs)
                if glyphs.glyphs[number].glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
                and glyphs.glyphs[number].glyph != pango.PANGO_GLYPH_EMPTY
            }
            at = item.offset
            for character in encoded[at : at + item.length].decode():
                yield None if at in unknown else drawn
                at += len(character.encode())
            run = run.next

    def _layout(self, key: FaceKey, characters: str) -> Any:
        layout = Layout(self._style(key))
        layout.set_text(characters)
        return layout

    def _style(self, key: FaceKey) -> "_Style":
        style = _Style(
            INITIAL_VALUES,
            font_family=key.families,
            font_size=10,
            font_weight=key.weight,
            font_style="italic" if key.is_italic else "normal",
            lang=key.language or None,
        )
        style.font_config = self._fonts
        return style

    def _opened_font(self, font: Any, weight: int) -> _Drawn:
        known = self._opened.get((font, weight))
        if known is None:
            path, face = file_of(font)
            known = self._opened[font, weight] = _Drawn(
                FontFile(path, face, axes_of(path, face, weight)),
                _families(pangoft2.pango_fc_font_get_pattern(font)),
            )
        return known


class _Style(dict[str, Any]):
    """A computed style, as far as a layout asks for one."""

    font_config: FontConfiguration


def file_of(font: Any) -> tuple[Path, int]:
    """The file of a font of Pango's, and the number of its face there."""
    pattern = pangoft2.pango_fc_font_get_pattern(font)
    index = ffi.new("int *")
    fontconfig.FcPatternGetInteger(pattern, b"index", 0, index)
    return Path(next(_strings(pattern, b"file"))), index[0] & _FACE_BITS


def _families(pattern: Any) -> frozenset[str]:
    return frozenset(family.casefold() for family in _strings(pattern, b"family"))


def _strings(pattern: Any, name: bytes) -> Iterator[str]:
    """The values of a property of a fontconfig pattern."""
    value = ffi.new("FcChar8 **")
    number = 0
    while fontconfig.FcPatternGetString(pattern, name, number, value) == fontconfig.FcResultMatch:
        yield ffi.string(value[0]).decode()
        number += 1
