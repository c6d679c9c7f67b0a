"""Fonts: which are there, what they cover, which a book wants, and those put into it.

The only room that may import fontTools, uharfbuzz or cssselect2. Must not import any stage.
"""

from builder.fonts.covering import Coverage, coverage, missing_characters, require_chinese
from builder.fonts.embedding import Embedded, EmbeddedFont, embed_fonts
from builder.fonts.families import Families, families_for
from builder.fonts.finding import Face, faces_in, faces_of, has_characters, installed_faces
from builder.fonts.sheet import quoted
from builder.fonts.sheet_faults import NamedFile, SheetFault, sheet_fault, with_files
from builder.fonts.shelf import is_font_file, permission
from builder.fonts.survey import Choosable, Missing, Survey, survey

__all__ = [
    "Choosable",
    "Coverage",
    "Embedded",
    "EmbeddedFont",
    "Face",
    "Families",
    "Missing",
    "NamedFile",
    "SheetFault",
    "Survey",
    "coverage",
    "embed_fonts",
    "faces_in",
    "faces_of",
    "families_for",
    "has_characters",
    "installed_faces",
    "is_font_file",
    "missing_characters",
    "permission",
    "quoted",
    "require_chinese",
    "sheet_fault",
    "survey",
    "with_files",
]
