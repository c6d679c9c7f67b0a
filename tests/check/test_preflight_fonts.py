"""Boxes of glyphs, from every kind of font program a PDF may embed."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf

from builder.check.preflight.geometry import MM
from tests.check.printed import book
from tests.check.test_preflight_reading import extent_mm, read

# The ink of “A” in thousandths of its size: left, bottom, right, top.
INK = (100, -50, 600, 700)
SIZE = 100.0
SHOWN = b"BT /B 100 Tf 100 200 Td (A) Tj ET"


def _draw(pen: Any) -> None:
    left, bottom, right, top = INK
    pen.moveTo((left, bottom))
    for point in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(point)
    pen.closePath()


def _builder(*, is_truetype: bool) -> FontBuilder:
    builder = FontBuilder(1000, isTTF=is_truetype)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    if is_truetype:
        pen = TTGlyphPen(None)
        _draw(pen)
        builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": pen.glyph()})
    else:
        drawn = T2CharStringPen(800, None)
        _draw(drawn)
        blank = T2CharStringPen(800, None)
        strings = {".notdef": blank.getCharString(), "A": drawn.getCharString()}
        builder.setupCFF("Box", {}, strings, {})
    builder.setupHorizontalMetrics({".notdef": (800, 0), "A": (800, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    return builder


def _bytes(builder: FontBuilder) -> bytes:
    held = BytesIO()
    builder.save(held)
    return held.getvalue()


def _simple(pdf: Pdf, kind: str) -> Dictionary:
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Box, Ascent=800, Descent=-200)
    match kind:
        case "TrueType":
            descriptor.FontFile2 = pdf.make_stream(_bytes(_builder(is_truetype=True)))
        case "Type1C":
            font = _builder(is_truetype=False).font
            program = font["CFF "].compile(font)
            descriptor.FontFile3 = pdf.make_stream(program, Subtype=Name.Type1C)
        case "broken":
            descriptor.FontFile2 = pdf.make_stream(b"no font")
        case _:
            descriptor.FontFile = pdf.make_stream(b"%!PS-AdobeFont-1.0")
    return Dictionary(
        Type=Name.Font, Subtype=Name.TrueType if kind == "TrueType" else Name.Type1,
        BaseFont=Name.Box, FirstChar=65, LastChar=65, Widths=Array([800]),
        Encoding=Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip


def _composite(pdf: Pdf, encoding: "Name | pikepdf.Stream") -> Dictionary:
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Box,
        FontFile2=pdf.make_stream(_bytes(_builder(is_truetype=True))),
    )  # fmt: skip
    child = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Box, DW=800,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Box, Encoding=encoding,
        DescendantFonts=Array([pdf.make_indirect(child)]),
    )  # fmt: skip


def _box_of(path: Path, shown: bytes, font: Any) -> tuple[float, ...]:
    def edit(pdf: Pdf) -> None:
        pdf.pages[0].Resources.Font["/B"] = pdf.make_indirect(font(pdf))

    found = extent_mm(read(book(path, [shown], edit=edit)))
    origin = (100, 200, 100, 200)
    return tuple((side * MM - at) / SIZE * 1000 for side, at in zip(found, origin, strict=True))


@pytest.mark.parametrize("kind", ["TrueType", "Type1C"])
def test_a_font_with_one_byte_codes_gives_its_outlines(kind: str, tmp_path: Path) -> None:
    found = _box_of(tmp_path / "a.pdf", SHOWN, lambda pdf: _simple(pdf, kind))
    assert found == pytest.approx(INK, abs=0.1)


@pytest.mark.parametrize("kind", ["broken", "Type1"])
def test_a_font_that_is_not_read_counts_with_usual_heights(kind: str, tmp_path: Path) -> None:
    left, bottom, right, top = _box_of(tmp_path / "a.pdf", SHOWN, lambda pdf: _simple(pdf, kind))
    assert (left, right) == pytest.approx((0, 800), abs=0.1)
    assert -100 < bottom < 0
    assert 600 < top < 800


def test_codes_are_glyphs_or_what_the_font_says_they_are(tmp_path: Path) -> None:
    shown = b"BT /B 100 Tf 100 200 Td <0001> Tj ET"
    found = _box_of(tmp_path / "a.pdf", shown, lambda pdf: _composite(pdf, Name("/Identity-H")))
    assert found == pytest.approx(INK, abs=0.1)

    def own_codes(pdf: Pdf) -> Dictionary:
        cmap = b"1 begincidrange <4E00> <4E00> 1 endcidrange 1 begincidchar <4E01> 0 endcidchar"
        return _composite(pdf, pdf.make_stream(cmap, Type=Name.CMap, WMode=0))

    shown = b"BT /B 100 Tf 100 200 Td <4E01> Tj -80 0 Td <4E00> Tj ET"
    left, _, right, _ = _box_of(tmp_path / "a.pdf", shown, own_codes)
    assert (left, right) == pytest.approx((100 - 800, 600 - 800), abs=0.1)


def test_codes_of_a_table_in_no_file_count_with_their_em(tmp_path: Path) -> None:
    shown = b"BT /B 100 Tf 100 200 Td <4E00> Tj ET"
    found = _box_of(tmp_path / "a.pdf", shown, lambda pdf: _composite(pdf, Name("/UniGB-UTF16-H")))
    assert found[0] == pytest.approx(0, abs=0.1)
    assert found[3] > 800
