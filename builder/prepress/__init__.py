"""What paper and ink ask of a PDF: which inks its colours are, where its pages end, cutting marks.

Whoever draws pages may import it (the press, covers); it imports no stage.
"""

from typing import TYPE_CHECKING

from builder.core.late import late_names
from builder.prepress.inks import BLACK, Colour, Ink, cmyk_to_rgb, lab_to_rgb, mixed, operator
from builder.prepress.marks import (
    MARKS_SPACE,
    NO_BLEED,
    Bleed,
    Mark,
    PageBoxes,
    boxes_of,
    clip_content,
    marks_content,
)
from builder.prepress.on_paper import OnPaper
from builder.prepress.pdf_object import PdfObject

if TYPE_CHECKING:
    from builder.prepress.content import inked_content
    from builder.prepress.objects import InkedObjects, inked_objects
    from builder.prepress.samples import Samples, inked_picture

__all__ = [
    "BLACK",
    "MARKS_SPACE",
    "NO_BLEED",
    "Bleed",
    "Colour",
    "Ink",
    "InkedObjects",
    "Mark",
    "OnPaper",
    "PageBoxes",
    "PdfObject",
    "Samples",
    "boxes_of",
    "clip_content",
    "cmyk_to_rgb",
    "inked_content",
    "inked_objects",
    "inked_picture",
    "lab_to_rgb",
    "marks_content",
    "mixed",
    "operator",
]

# Most books stay in the colours of screens.
__getattr__ = late_names(
    __name__,
    content=("inked_content",),
    objects=("InkedObjects", "inked_objects"),
    samples=("Samples", "inked_picture"),
)
