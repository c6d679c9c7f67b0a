"""Files to be printed, written by pikepdf alone: every mark of them stands where it is said."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from builder.check.preflight import preflight_inside
from builder.core.diagnostic import Diagnostic
from builder.core.printers import PRINTERS, PrinterName

MM = 72 / 25.4
# 6 x 9 in.
TRIM = (152.4, 228.6)
Edit = Callable[[Pdf], None]


def text(x: float, y: float, words: str = "a", *, size: float = 10) -> bytes:
    """Squares of ink, one em each, from (x, y) mm on."""
    return f"BT /F {size} Tf {x * MM:.4f} {y * MM:.4f} Td ({words}) Tj ET\n".encode()


def area(x: float, y: float, wide: float, high: float, colour: str = "0 g") -> bytes:
    return f"{colour} {x * MM:.4f} {y * MM:.4f} {wide * MM:.4f} {high * MM:.4f} re f\n".encode()


def line(x: float, y: float, to_x: float, to_y: float, *, thick_pt: float = 1) -> bytes:
    start, end = f"{x * MM:.4f} {y * MM:.4f}", f"{to_x * MM:.4f} {to_y * MM:.4f}"
    return f"{thick_pt} w {start} m {end} l S\n".encode()


def picture(x: float, y: float, wide: float, high: float, name: str = "I") -> bytes:
    corner = f"{x * MM:.4f} {y * MM:.4f}"
    return f"q {wide * MM:.4f} 0 0 {high * MM:.4f} {corner} cm /{name} Do Q\n".encode()


# What every page has when nothing else is said: a line of text in its middle.
PROSE = text(60, 100, "aaaa")


def book(
    path: Path,
    pages: Sequence[bytes] | int = 24,
    *,
    size: tuple[float, float] = TRIM,
    edit: Edit | None = None,
    **boxes: tuple[float, float, float, float],
) -> Path:
    """A file of `pages` contents, or of so many pages of prose; sizes and `boxes` in mm."""
    contents = [PROSE] * pages if isinstance(pages, int) else list(pages)
    pdf = Pdf.new()
    font = pdf.make_indirect(_square_font(pdf))
    image = pdf.make_indirect(image_of(pdf, 100, 100))
    for content in contents:
        page = pdf.add_blank_page(page_size=(size[0] * MM, size[1] * MM))
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(I=image))
        for name, box in boxes.items():
            page.obj[f"/{name}"] = Array([side * MM for side in box])
    if edit:
        edit(pdf)
    pdf.save(path)
    return path


def image_of(
    pdf: Pdf, wide: int, high: int, space: Name = Name.DeviceGray, components: int = 1
) -> pikepdf.Stream:
    return pdf.make_stream(
        b"\x80" * (wide * high * components),
        Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high, ColorSpace=space,
        BitsPerComponent=8,
    )  # fmt: skip


def _square_font(pdf: Pdf) -> Dictionary:
    """Type 3: “a” is a square that fills its em above the baseline, a space is blank."""
    square = pdf.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f")
    blank = pdf.make_stream(b"1000 0 0 0 0 0 d1")
    names = Array([32, Name.space, 97, Name.a])
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=32, LastChar=97,
        Widths=Array([1000] * 66), CharProcs=Dictionary(a=square, space=blank),
        Encoding=Dictionary(Type=Name.Encoding, Differences=names),
    )  # fmt: skip


def told(
    path: Path, printer: PrinterName = "kdp", *, paper: str = "", right: bool | None = None
) -> dict[str, Diagnostic]:
    """What the printer says, by code."""
    found = preflight_inside(path, PRINTERS[printer], paper=paper, is_right_bound=right)
    assert len({one.code for one in found}) == len(found) or "K411" in {o.code for o in found}
    return {one.code: one for one in found}


def only(path: Path, printer: PrinterName = "kdp") -> Diagnostic:
    """The one thing that the printer says."""
    (found,) = told(path, printer).values()
    return found
