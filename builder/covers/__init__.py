"""Covers drawn offline with the fonts of this machine, for books that bring none.

A cover is laid out here, character by character, and painted with Pillow: 1600 × 2400 pixels
of JPEG, the same bytes for the same words, settings and fonts. Must not import any stage.
"""

from builder.covers.drawing import (
    DESIGN_NAMES,
    Cover,
    draw_all,
    draw_cover,
    is_drawn,
    with_cover,
)
from builder.covers.miniatures import Miniatures, draw_miniatures, miniature
from builder.covers.page import CoverPage

__all__ = [
    "DESIGN_NAMES", "Cover", "CoverPage", "Miniatures", "draw_all", "draw_cover",
    "draw_miniatures", "is_drawn", "miniature", "with_cover",
]  # fmt: skip
