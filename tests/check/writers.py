"""Sheets → PDF, by hand: where each glyph goes, and nothing that the press or the checker uses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from builder.fonts.cutting import cut
from builder.fonts.finding import faces_of
from builder.fonts.libraries import harfbuzz
from tests.check.setter import (
    CLAUSES,
    HEADINGS,
    LATIN,
    LEADING,
    MARKS,
    MEASURE,
    NOTE_LEADING,
    SIZE,
    SetLine,
    SetPage,
    Sheets,
    Writing,
    natural,
)

WIDTH, HEIGHT = 419.53, 595.28
LEFT, TOP = 62.77, 66.0
HEAD, FOLIO = 36.0, 566.0
NOTES_FOOT = TOP + 26 * LEADING
_OTHERS = (
    "渡口木石著青石出版社目录第一二三四五六七八九十章图何某谨上他说了家钟雨的①＊　…—·～0123456789"
)
CHARACTERS = "".join(sorted({*"".join((*CLAUSES, *LATIN, *HEADINGS)), *MARKS, *_OTHERS}))


@dataclass(frozen=True)
class Glyph:
    """One character, its pen point in points from the page's upper left corner, its size."""

    character: str
    x: float
    y: float
    size: float
    is_bold: bool = False


@cache
def font_file(weight: int = 400) -> bytes:
    """Noto Serif CJK SC with just the characters needed."""
    wanted = "Regular" if weight == 400 else "Bold"
    face = next(
        face for face in faces_of("noto serif cjk sc") if wanted.lower() in face.path.name.lower()
    )
    return cut(face, CHARACTERS, ["zh-Hans"], weight=float(weight))


@cache
def advances(weight: int = 400) -> dict[str, float]:
    # Any: fontTools makes its tables' attributes as it reads them.
    font: Any = TTFont(BytesIO(font_file(weight)))
    names, metrics = font.getBestCmap(), font["hmtx"]
    return {one: metrics[names[ord(one)]][0] / font["head"].unitsPerEm for one in CHARACTERS}


def advance(character: str, size: float) -> float:
    return advances()[character] * size


HORIZONTAL = Writing(advance)
VERTICAL = Writing(advance, is_down=True)


def set_line(
    line: SetLine, top: float, writing: Writing, *, leading: float = LEADING
) -> Iterator[Glyph]:
    """The glyphs of a line, spread over its measure; places in points."""
    y = top + line.row * leading + line.drift
    for text, start in line.cells:
        x = LEFT + start * SIZE
        for character in text:
            yield Glyph(character, x, y, line.size)
            x += advance(character, line.size)
    if not line.text:
        return
    widths = natural(line.text, writing, wide_pair=line.wide_pair)
    spread = 0.0
    if line.measure is not None:
        spread = (line.measure - sum(widths)) / (len(widths) - 1)
    x = LEFT + line.start * line.size
    if line.is_centred:
        x = LEFT + (MEASURE * SIZE - sum(widths) * line.size) / 2
    pens = []
    for character, width in zip(line.text, widths, strict=True):
        pens.append(x)
        yield Glyph(character, x, y, line.size, line.is_bold)
        x += (width + spread) * line.size
    for text, start, over, size in line.above:
        at = x - spread * line.size if start < 0 else pens[0] + start * line.size
        for character in text:
            yield Glyph(character, at, y - over * line.size, size)
            at += advance(character, size)


def set_page(page: SetPage, number: int, writing: Writing) -> list[Glyph]:
    glyphs = [glyph for line in page.lines for glyph in set_line(line, TOP, writing)]
    for at, line in enumerate(page.notes):
        line.row = at
        top = NOTES_FOOT - (len(page.notes) - 1) * NOTE_LEADING
        glyphs.extend(set_line(line, top, writing, leading=NOTE_LEADING))
    for at, character in enumerate(page.head):
        glyphs.append(Glyph(character, LEFT + at * 8.5 + (number % 2) * 250, HEAD, 8))
    for at, character in enumerate(page.folio):
        glyphs.append(Glyph(character, WIDTH / 2 + at * 5, FOLIO, 8))
    return glyphs


def pages_of(sheets: Sheets, writing: Writing) -> list[list[Glyph]]:
    return [set_page(page, number, writing) for number, page in enumerate(sheets.pages, start=1)]


class _Glyphs:
    """Glyph numbers of a cut font, upright forms for columns included."""

    def __init__(self, weight: int, *, down: bool) -> None:
        self._hb = harfbuzz()
        self._font = self._hb.Font(self._hb.Face(font_file(weight)))
        self._down = down
        self._known: dict[str, int] = {}

    def number(self, character: str) -> int:
        if character not in self._known:
            buffer = self._hb.Buffer()
            buffer.add_str(character)
            buffer.guess_segment_properties()
            buffer.direction = "ttb" if self._down else "ltr"
            self._hb.shape(self._font, buffer, {"vert": self._down})
            self._known[character] = int(buffer.glyph_infos[0].codepoint)
        return self._known[character]

    @property
    def known(self) -> dict[int, str]:
        return {number: character for character, number in self._known.items()}


def write_raw(sheets: Sheets, path: Path, *, down: bool = False) -> Path:
    """Bare operators over a Type 0 font with ToUnicode; `down`: in columns, by Identity-V."""
    pdf = pikepdf.new()
    writing = VERTICAL if down else HORIZONTAL
    faces = {bold: _Glyphs(700 if bold else 400, down=down) for bold in (False, True)}
    streams = [_stream(glyphs, faces, down=down) for glyphs in pages_of(sheets, writing)]
    fonts = pikepdf.Dictionary(
        F0=_font(pdf, faces[False], 400, down=down), F1=_font(pdf, faces[True], 700, down=down)
    )
    for content in streams:
        size = (HEIGHT, WIDTH) if down else (WIDTH, HEIGHT)
        page = pdf.add_blank_page(page_size=size)
        page.Contents = pdf.make_stream(content)
        page.Resources = pikepdf.Dictionary(Font=fonts)
    pdf.save(path)
    return path


def _stream(glyphs: Sequence[Glyph], faces: dict[bool, _Glyphs], *, down: bool) -> bytes:
    parts = ["BT"]
    last: tuple[bool, float] | None = None
    for glyph in glyphs:
        if last != (glyph.is_bold, glyph.size):
            last = (glyph.is_bold, glyph.size)
            parts.append(f"/F{int(glyph.is_bold)} {glyph.size} Tf")
        if down:
            # The sheet turned: lines run down, the first stands at the right; the pen point of
            # a glyph in a column is the middle of its top.
            x, y = HEIGHT - glyph.y + 0.38 * glyph.size, WIDTH - glyph.x
        else:
            x, y = glyph.x, HEIGHT - glyph.y
        parts.append(
            f"1 0 0 1 {x:.3f} {y:.3f} Tm <{faces[glyph.is_bold].number(glyph.character):04X}> Tj"
        )
    return "\n".join([*parts, "ET"]).encode()


def _font(pdf: pikepdf.Pdf, glyphs: _Glyphs, weight: int, *, down: bool) -> Any:
    program = font_file(weight)
    stream = pdf.make_stream(program)
    stream.Subtype = pikepdf.Name.OpenType
    name = pikepdf.Name("/ABCDEF+Sheet-Bold" if weight == 700 else "/ABCDEF+Sheet")
    descriptor = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=name, FontFile3=stream)
    )
    metrics = TTFont(BytesIO(program))["hmtx"]
    order = TTFont(BytesIO(program)).getGlyphOrder()
    widths: Any = pikepdf.Array()
    for number in sorted(glyphs.known):
        widths.extend([number, pikepdf.Array([metrics[order[number]][0]])])
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor,
        DW=1000,
        W=widths,
    )
    if down:
        child.W2 = pikepdf.Array(
            [
                item
                for number, character in sorted(glyphs.known.items())
                if character.isascii()
                for item in (number, pikepdf.Array([-metrics[order[number]][0], 250, 880]))
            ]
        )
    pairs = "\n".join(
        f"<{number:04X}> <{character.encode('utf-16-be').hex()}>"
        for number, character in sorted(glyphs.known.items())
    )
    cmap = f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(glyphs.known)} beginbfchar\n{pairs}\nendbfchar"
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-V" if down else "/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(child)]),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )
