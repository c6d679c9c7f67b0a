"""A page of lines as a PDF, with the whole of each font in it: what tests look at and read back."""

from pathlib import Path
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from builder.press.face import Faces, Program
from builder.press.frame import PageStyle
from builder.press.pen import Pen

A6 = PageStyle(298.0, 420.0, 30.0, 30.0, 238.0, 360.0)


def pen_of(style: PageStyle = A6) -> tuple[Pen, list[int]]:
    """A pen, and the elements in the order of their marks."""
    marks: list[int] = []

    def mark(element: int) -> tuple[str, int]:
        marks.append(element)
        return "P", len(marks) - 1

    return Pen(style, mark=mark), marks


def write_pdf(path: Path, style: PageStyle, content: bytes, faces: Faces) -> Path:
    """A PDF of one page."""
    pdf = pydyf.PDF()
    stream = pydyf.Stream([content])
    pdf.add_object(stream)
    fonts = pydyf.Dictionary({one.name: _font(pdf, one).reference for one in faces.programs})
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, style.width, style.height]),
            "Contents": stream.reference,
            "Resources": pydyf.Dictionary({"Font": fonts}),
        }
    )
    pdf.add_page(page)
    with path.open("wb") as file:
        pdf.write(file)
    return path


def _font(pdf: Any, program: Program) -> Any:
    """A Type0 font whose codes are glyph numbers."""
    with TTFont(program.file.path, fontNumber=program.file.index, lazy=True) as font:
        is_cff = "CFF " in font
        data = font.getTableData("CFF ") if is_cff else program.file.path.read_bytes()
    key = "FontFile3" if is_cff else "FontFile2"
    extra = {"Subtype": "/CIDFontType0C"} if is_cff else {"Length1": len(data)}
    stream = pydyf.Stream([data], extra, compress=True)
    pdf.add_object(stream)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{program.name}",
            "Flags": 4,
            "FontBBox": pydyf.Array([0, -200, 1000, 1000]),
            "ItalicAngle": 0,
            "Ascent": 880,
            "Descent": -120,
            "CapHeight": 700,
            "StemV": 80,
            key: stream.reference,
        }
    )
    pdf.add_object(descriptor)
    widths: list[Any] = []
    for glyph in sorted(program.readings):
        widths += [glyph, pydyf.Array([program.metrics.width(glyph)])]
    descendant = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if is_cff else "/CIDFontType2",
            "BaseFont": f"/{program.name}",
            "CIDSystemInfo": pydyf.Dictionary(
                {
                    "Registry": pydyf.String("Adobe"),
                    "Ordering": pydyf.String("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": descriptor.reference,
            "DW": 1000,
            "W": pydyf.Array(widths),
        }
    )
    if not is_cff:
        descendant["CIDToGIDMap"] = "/Identity"
    pdf.add_object(descendant)
    unicode = pydyf.Stream([_to_unicode(program)], compress=True)
    pdf.add_object(unicode)
    type0 = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{program.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": unicode.reference,
        }
    )
    pdf.add_object(type0)
    return type0


def _to_unicode(program: Program) -> bytes:
    rows = "".join(
        f"1 beginbfchar <{glyph:04x}> <{text.encode('utf-16-be').hex()}> endbfchar\n"
        for glyph, text in program.readings.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{rows}endcmap end end\n"
    ).encode()
