"""The names that some settings choose from, where the command line names them, too: who only
shows them need not know what a setting must be.
"""

from typing import Literal, get_args

# How a cover can be drawn; those but "auto" and "none" are the designs.
CoverDesign = Literal[
    "auto", "none", "stitched", "minimal", "landscape", "blocks", "seal", "moon", "waves", "window"
]
COVER_DESIGNS: tuple[CoverDesign, ...] = get_args(CoverDesign)[2:]
# The looks in styles/themes/; [epub] theme may name a style sheet of the book instead.
THEMES = ("plain", "song", "kai", "sans", "vertical")
