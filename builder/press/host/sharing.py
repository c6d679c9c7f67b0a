"""WeasyPrint's fonts are left to the press, so that a face goes into the file once.

WeasyPrint shows glyphs by the numbers they have in the installed font, which is all the press
has to know of them beside the file. What the press cannot embed (pictures for glyphs, glyphs
that no font has, variable fonts) WeasyPrint embeds as it always does.

Three functions of WeasyPrint are replaced, for the whole process; they do as before for documents
whose fonts are no `TakenFonts`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf
import weasyprint.pdf.fonts
from weasyprint.pdf.fonts import Font as WeasyPrintFont
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import get_hb_object_data

from builder.fonts.metrics import has_outlines
from builder.press.host.choosing import file_of
from builder.press.program import FontFile
from builder.press.slabs import SlabFont


class TakenFonts(dict[Any, WeasyPrintFont]):
    """The fonts of a document, to stand in its `fonts`; `files` are the files of those met."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, FontFile] = {}

    def taken(self) -> tuple[SlabFont, ...]:
        """The fonts that the press embeds."""
        readings: dict[str, dict[int, str]] = {}
        for font in self.values():
            if self.is_taken(font):
                readings.setdefault(font.hash, {}).update(font.to_unicode)
        return tuple(SlabFont(name, self.files[name], read) for name, read in readings.items())

    def is_taken(self, font: WeasyPrintFont) -> bool:
        """Whether the press can embed a font, under each key that WeasyPrint has it."""
        file = self.files.get(font.hash)
        if file is None or not has_outlines(file.path, file.index):
            return False
        return all(_is_plain(one) for one in self.values() if one.hash == font.hash)


def _is_plain(font: WeasyPrintFont) -> bool:
    is_drawn = not (font.bitmap or font.png or font.svg or font.colr)
    return bool(
        is_drawn and "fvar" not in font.tables and not font.missing and not font.used_in_forms
    )


_add_font: Callable[[Stream, Any], tuple[WeasyPrintFont, float]] = Stream.add_font
_build: Callable[..., pydyf.Dictionary] = build_fonts_dictionary
_content_of: Callable[[Any], bytes] = get_hb_object_data


def _noting_add_font(stream: Stream, pango_font: Any) -> tuple[WeasyPrintFont, float]:
    fonts = stream._fonts  # noqa: SLF001  (no public way; contract test)
    if not isinstance(fonts, TakenFonts):
        return _add_font(stream, pango_font)
    with _unread():
        font, size = _add_font(stream, pango_font)
    if font.hash not in fonts.files:
        fonts.files[font.hash] = FontFile(*file_of(pango_font))
    return font, size


@contextmanager
def _unread() -> Iterator[None]:
    """Fonts are met without being read: a Chinese one has 25 MB, and the press embeds its own."""
    _replace(weasyprint.pdf.fonts, "get_hb_object_data", _nothing)
    try:
        yield
    finally:
        _replace(weasyprint.pdf.fonts, "get_hb_object_data", _content_of)


def _nothing(face: object) -> bytes:
    del face
    return b""


def _build_the_rest(
    pdf: pydyf.PDF, fonts: Mapping[Any, WeasyPrintFont], *more: object
) -> pydyf.Dictionary:
    """Embed those fonts that the press does not."""
    if isinstance(fonts, TakenFonts):
        fonts = {key: font for key, font in fonts.items() if not fonts.is_taken(font)}
        for font in fonts.values():
            font.file_content = font.file_content or _content_of(font.hb_face)
    return _build(pdf, fonts, *more)


def _replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


_replace(Stream, "add_font", _noting_add_font)
_replace(weasyprint.pdf, "build_fonts_dictionary", _build_the_rest)
