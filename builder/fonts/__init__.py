"""Fonts: which are there, what they cover, which a book wants.

The only room that may import fontTools or uharfbuzz. Must not import any stage.
"""

from builder.fonts.covering import Coverage, coverage, missing_characters, require_chinese
from builder.fonts.families import Families, families_for
from builder.fonts.finding import Face, faces_of, installed_faces

__all__ = [
    "Coverage",
    "Face",
    "Families",
    "coverage",
    "faces_of",
    "families_for",
    "installed_faces",
    "missing_characters",
    "require_chinese",
]
