"""Where the lines of a PDF stand on their pages, read from the file alone.

By the typography checker's reader of glyphs, which shares nothing with the press. Places are
points from the left and from the top of the page.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from builder.check.typography.glyphs import GlyphReader
from builder.check.typography.ink import InkReader
from builder.check.typography.lines import is_vertical_page, runs_to_lines

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line or a column: from where to where it runs, `across` is its baseline or its axis."""

    text: str
    size: float
    start: float
    stop: float
    across: float


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page: its size in points, its boxes by name, the lines of its text."""

    width: float
    height: float
    boxes: dict[str, tuple[float, ...]]
    lines: tuple[SeenLine, ...]


def text_area(pages: Sequence[SeenPage], size: float, leading: float, *, is_vertical: bool) -> Box:
    """Left, top, right and bottom of the grid that full pages of one side keep to."""
    lines = [line for page in pages for line in page.lines if abs(line.size - size) < 0.05]
    # Where most start and end: marks at the edges may stand out by half of their em.
    along = _usual(line.start for line in lines), _usual(line.stop for line in lines)
    first, last = min(line.across for line in lines), max(line.across for line in lines)
    if is_vertical:
        return first - leading / 2, along[0], last + leading / 2, along[1]
    # The middle of a line is that of its font's ascent and descent: Noto's are 1.151 and 0.286.
    above = leading / 2 + (1.151 - 0.286) / 2 * size
    return along[0], first - above, along[1], last - above + leading


def _usual(places: Iterable[float]) -> float:
    return Counter(round(place, 2) for place in places).most_common(1)[0][0]


def seen_pages(content: bytes) -> list[SeenPage]:
    """The pages of a file; in columns, `across` is counted from the left."""
    with pikepdf.open(BytesIO(content)) as pdf:
        reader, ink = GlyphReader(), InkReader()
        pages = []
        for number, page in enumerate(pdf.pages):
            left, bottom, right, top = (float(side) for side in page.mediabox)
            runs = reader.runs(page)
            is_vertical = bool(is_vertical_page(runs))
            width = right - left if is_vertical else None
            lines = runs_to_lines(runs, number, ink, vertical_width=width)
            boxes = {
                name: tuple(float(side) for side in page.obj[name])
                for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox")
                if name in page.obj
            }
            seen = (
                SeenLine(
                    line.text,
                    line.size,
                    line.start,
                    line.stop,
                    right - left - line.across if is_vertical else line.across,
                )
                for line in lines
            )
            pages.append(SeenPage(right - left, top - bottom, boxes, tuple(seen)))
        return pages
