"""Pages that go on beyond their edges, so that a cut that goes astray shows no white.

What reaches over the edge is cut off at the bleed by whoever writes the file. Text stays where it
is; a cover's picture grows.
"""

from builder.core.config import PdfConfig
from builder.core.printers import PRINTERS
from builder.core.trims import length_mm


def bleed_style(pdf: PdfConfig) -> str:
    """The part of the style sheet that [pdf] bleed and marks are; empty without them.

    Some printers want none at the gutter, where nothing is cut: the right edge of left pages and
    the left edge of right ones, on whichever side the book is bound.
    """
    # What CSS calls marks would stand in the bleed; ours stand outside of it.
    marks = "@page { marks: none !important }\n" if pdf.marks else ""
    bleed_mm = length_mm(pdf.bleed) or 0.0
    if not bleed_mm:
        return marks
    bleed = f"{bleed_mm:.4g}mm"
    inside = ""
    if pdf.printer is not None and not PRINTERS[pdf.printer].bleeds_inside:
        inside = "@page :left { bleed-right: 0 }\n@page :right { bleed-left: 0 }\n"
    return (
        f"{marks}@page {{ bleed: {bleed} }}\n{inside}"
        ".cover-image img {"
        f" width: calc(100vw + 2 * {bleed}); height: calc(100vh + 2 * {bleed});"
        f" max-width: none; margin: -{bleed} }}\n"
    )
