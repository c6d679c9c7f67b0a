"""How a PDF is set: the faults of lines and pages that any reader of Chinese would see.

Reads nothing but the PDF, by whatever program: where its glyphs stand, by its content streams
and its fonts' widths and outlines. Text size, measure, leading and grid are what most lines
keep to. Structure tags are not needed. May import `builder.check.pdf_glyphs` and the core.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.check.typography.faults import Fault, FaultKind, line_faults, page_faults
from builder.check.typography.furniture import without_furniture
from builder.check.typography.glyphs import GlyphReader
from builder.check.typography.ink import InkReader
from builder.check.typography.lines import Line, is_vertical_page, runs_to_lines
from builder.check.typography.measure import Shape, shape_of, size_key
from builder.check.typography.paragraphs import Placed, connect, place

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Fault", "FaultKind", "TypographyReport", "count_faults"]


@dataclass(frozen=True, slots=True)
class TypographyReport:
    """What was found: how many pages and lines were examined, and every fault in order.

    `size_pt`, `leading_pt` and `measure_pt` are what most lines keep to; 0 without Chinese prose.
    """

    pages: int
    lines: int
    faults: tuple[Fault, ...]
    is_vertical: bool = False
    size_pt: float = 0.0
    leading_pt: float = 0.0
    measure_pt: float = 0.0

    @property
    def counts(self) -> dict[FaultKind, int]:
        """How many faults of each kind, none left out."""
        found = Counter(fault.kind for fault in self.faults)
        return {kind: found[kind] for kind in FaultKind}


def count_faults(pdf: "Path | pikepdf.Pdf") -> TypographyReport:
    """The faults of a PDF's lines and pages.

    Raises pikepdf.PdfError when a path holds no PDF.
    """
    import pikepdf

    if isinstance(pdf, Path):
        with pikepdf.open(pdf) as opened:
            return count_faults(opened)
    pages, is_vertical = _pages(pdf)
    pages = without_furniture(pages)
    shape = shape_of(pages, is_vertical=is_vertical)
    if shape is None:
        return TypographyReport(len(pages), 0, ())
    return _report(pages, shape, is_vertical=is_vertical)


def _report(pages: Sequence[list[Line]], shape: Shape, *, is_vertical: bool) -> TypographyReport:
    placed = [place(page, shape) for page in pages]
    texts = _texts(placed)
    for text in texts:
        connect(text, shape)
    faults = [fault for text in texts for fault in line_faults(text, shape)]
    faults.extend(page_faults(placed, shape))
    faults.sort(key=lambda fault: fault.page)
    edges = shape.edges[size_key(shape.size), 0]
    return TypographyReport(
        len(pages),
        sum(map(len, pages)),
        tuple(faults),
        is_vertical,
        shape.size,
        shape.leadings.get(size_key(shape.size), 0.0),
        edges.stop - edges.start,
    )


def _texts(pages: Sequence[Sequence[Placed]]) -> list[list[Placed]]:
    """The lines as texts that run on: the body over all pages, and what stands between, apart."""
    body: list[Placed] = []
    others: list[Placed] = []
    for page in pages:
        for placed in page:
            (body if placed.is_body else others).append(placed)
    return [body, others]


def _pages(pdf: "pikepdf.Pdf") -> tuple[list[list[Line]], bool]:
    """The lines of every page, and whether most pages are written in columns.

    Pages of the other direction, and pages that say nothing of theirs, are read as most are.
    """
    reader, ink = GlyphReader(), InkReader()
    pages: list[list[Line]] = []
    vertical = 0
    is_vertical: bool | None = None
    for number, page in enumerate(pdf.pages):
        runs = reader.runs(page)
        box = [float(side) for side in page.trimbox]
        found = is_vertical_page(runs)
        if found is not None:
            is_vertical = found
            vertical += 1 if found else -1
        width = abs(box[2] - box[0]) if is_vertical else None
        pages.append(runs_to_lines(runs, number, ink, vertical_width=width))
    return pages, vertical > 0
