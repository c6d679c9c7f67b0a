"""Wraps for tests: drawn, pressed, and read back by programs that know nothing of us."""

from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
import pymupdf
import zxingcpp
from PIL import Image

from builder.core.book import Metadata
from builder.core.choices import CoverDesign
from builder.core.config import CoverConfig
from builder.core.printers import PRINTERS, PrinterName
from builder.core.trims import trim_named
from builder.covers.wrap import Wrap, WrapForm, draw_wrap
from builder.prepress import Ink
from builder.press.about import About
from builder.press.artwork import press_artwork
from tests.covers.books import a_book

MM_PER_PT = 25.4 / 72
ISBN = "9787020002207"
BLURB = "渡口在下游三里，冬天结薄冰的时候，摆渡的人要用竹篙先把冰敲开。\n“你要是走了，就别回头看水。”祖父这样说。"
BOOK = replace(a_book("渡口的人", "沈砚", publisher="山海出版社"), description=BLURB, isbn=ISBN)


@dataclass(frozen=True)
class Asked:
    """What a wrap is made for."""

    design: CoverDesign = "minimal"
    trim: str = "A5"
    pages: int = 300
    printer: PrinterName = "kdp"
    paper: str = ""
    ink: Ink = "rgb"
    vertical: bool = False
    folds: bool = False
    picture: bytes = b""
    price: str = ""
    spine: float | None = None


def form_of(asked: Asked) -> WrapForm:
    printer, trim = PRINTERS[asked.printer], trim_named(asked.trim)
    assert trim is not None
    spine = printer.spine_mm(asked.pages, asked.paper) if asked.spine is None else asked.spine
    assert spine is not None
    return WrapForm(
        trim,
        spine,
        printer.cover_bleed_mm or 3.0,
        asked.pages,
        printer,
        not asked.vertical,
        asked.folds,
    )


def drawn(metadata: Metadata, asked: Asked) -> Wrap:
    return draw_wrap(
        metadata,
        CoverConfig(design=asked.design),
        form_of(asked),
        picture=asked.picture,
        price=asked.price,
        vertical=asked.vertical,
    )


def pressed(metadata: Metadata, asked: Asked) -> bytes:
    about = About(metadata.title, metadata.language, "2000-01-01T00:00:00Z", "urn:test")
    return press_artwork(drawn(metadata, asked).sheet, about, ink=asked.ink)


def box_mm(pdf: bytes, name: str) -> tuple[float, float, float, float]:
    """A page box as another library reads it: left, bottom, width, height in mm."""
    with pikepdf.open(BytesIO(pdf)) as document:
        box = document.pages[0].obj[name]
        left, bottom, right, top = (float(side) * MM_PER_PT for side in box)
    return left, bottom, right - left, top - bottom


def seen(pdf: bytes, dpi: int = 150) -> Image.Image:
    """The page as MuPDF shows it."""
    with pymupdf.open(stream=pdf) as document:
        pixels = document[0].get_pixmap(dpi=dpi)
        return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def scanned(pdf: bytes, dpi: int = 200) -> list[tuple[str, str]]:
    """The barcodes that a scanner finds: their kind, and what they say."""
    codes = zxingcpp.read_barcodes(seen(pdf, dpi))
    return [(str(code.format), code.text) for code in codes]


def words_in(pdf: bytes, left_mm: float, right_mm: float) -> str:
    """The characters that stand between two verticals, from the top down."""
    with pymupdf.open(stream=pdf) as document:
        raw = document[0].get_text("rawdict")
    found = [
        (character["origin"], character["c"])
        for block in raw["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for character in span["chars"]
    ]
    inside = [
        (y, x, one) for (x, y), one in found if left_mm <= x * MM_PER_PT <= right_mm and one.strip()
    ]
    return "".join(one for _, _, one in sorted(inside))
