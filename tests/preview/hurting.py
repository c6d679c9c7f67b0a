"""Small PDFs made to hurt who draws them."""

import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

_SIDE = 300
# A hundred million tiles on each square point, and in each of them as many again.
_STEP = 0.0001


def self_holding_pattern(path: Path) -> Path:
    """A page filled with tiny tiles that are filled with themselves."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(_SIDE, _SIDE))
        page = pdf.add_blank_page(page_size=(_SIDE, _SIDE))
        tile = pdf.make_stream(b"/Pattern cs /T scn 0 0 300 300 re f 1 0 0 rg 0 0 1 1 re f")
        tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
        tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 1, 1]), _STEP, _STEP
        tile.Resources = Dictionary(Pattern=Dictionary(T=tile))
        page.obj.Resources = Dictionary(Pattern=Dictionary(T=tile))
        page.obj.Contents = pdf.make_stream(b"/Pattern cs /T scn 0 0 300 300 re f")
        pdf.save(path)
    return path


def forms_in_forms(path: Path, *, depth: int = 24) -> Path:
    """A page with a form that shows ten forms that show ten forms …, 10 to the power of `depth`."""
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"0 0 1 1 re f")
        for _ in range(depth):
            form.Type, form.Subtype = Name.XObject, Name.Form
            form.BBox = Array([0, 0, _SIDE, _SIDE])
            inner, form = form, pdf.make_stream(b"/X Do " * 10)
            form.Resources = Dictionary(XObject=Dictionary(X=inner))
        page = pdf.add_blank_page(page_size=(_SIDE, _SIDE))
        page.obj.Resources = form.Resources
        page.obj.Contents = pdf.make_stream(b"/X Do")
        pdf.save(path)
    return path


def bursting(path: Path, *, megabytes: int) -> Path:
    """A page whose drawing is a stream that unpacks to so much."""
    packer = zlib.compressobj(9)
    million = b"0 0 1 1 re f    " * 62_500
    packed = b"".join(packer.compress(million) for _ in range(megabytes)) + packer.flush()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(_SIDE, _SIDE))
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=Name.FlateDecode)
        page.obj.Contents = stream
        pdf.save(path)
    return path
