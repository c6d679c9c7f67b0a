"""Wrap covers, written by pikepdf alone, and what printers say of them."""

from pathlib import Path

from builder.check.preflight import preflight_cover
from builder.core.diagnostic import Diagnostic
from builder.core.printers import PRINTERS, PrinterName
from tests.check.printed import MM, TRIM, area, book, text

PAGES = 120


def cover(
    folder: Path,
    content: bytes = b"",
    *,
    around: int = PAGES,
    bleed: float | None = None,
    paper: str = "",
    pages: int = 1,
    printer: PrinterName = "kdp",
) -> Path:
    """A cover for a book of `around` pages on a ground of grey; `content` in mm from its corner."""
    known = PRINTERS[printer]
    bleed = known.cover_bleed_mm if bleed is None else bleed
    size = (2 * TRIM[0] + spine_mm(around, paper, printer) + 2 * bleed, TRIM[1] + 2 * bleed)
    ground = area(0, 0, *size, "0.9 g") + b"0 g "
    moved = content.replace(b"MIDDLE", f"{size[0] / 2 * MM:.4f}".encode())
    return book(folder / "cover.pdf", [ground + moved] * pages, size=size)


def spine_mm(pages: int, paper: str = "", printer: PrinterName = "kdp") -> float:
    return PRINTERS[printer].spine_mm(pages, paper) or pages * 0.05


def on_the_spine(*, size: float) -> bytes:
    """Two letters, one over the other, in the middle of the spine."""
    half = size / 2
    return f"BT /F {size} Tf 1 0 0 1 MIDDLE 300 Tm -{half} 0 Td (a) Tj 0 -{size} Td (a) Tj ET\n".encode()


def told(
    folder: Path,
    path: Path,
    *,
    pages: int = PAGES,
    printer: PrinterName = "kdp",
    paper: str = "",
) -> dict[str, Diagnostic]:
    """What the printer says of a cover around a book of `pages`, by code."""
    inside = book(folder / "inside.pdf", pages)
    found = preflight_cover(path, PRINTERS[printer], inside, paper=paper)
    return {one.code: one for one in found}


__all__ = ["cover", "on_the_spine", "spine_mm", "text", "told"]
