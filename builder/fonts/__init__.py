"""Fonts: which are there, what they cover, which a book wants, and those put into it.

The only room that may import fontTools, uharfbuzz or cssselect2. Must not import any stage.
"""

from typing import TYPE_CHECKING

from builder.core.late import late_names

if TYPE_CHECKING:
    from builder.fonts.covering import Coverage, coverage, missing_characters, require_chinese
    from builder.fonts.embedding import Embedded, EmbeddedFont, embed_fonts
    from builder.fonts.families import Families, families_for
    from builder.fonts.finding import (
        Face,
        faces_in,
        faces_of,
        forget_faces,
        has_characters,
        installed_faces,
        list_beside,
    )
    from builder.fonts.sheet import quoted
    from builder.fonts.sheet_faults import NamedFile, SheetFault, sheet_fault, with_files
    from builder.fonts.sheet_limits import sheet_excess
    from builder.fonts.shelf import is_font_file, permission
    from builder.fonts.surveying import Choosable, Missing, Survey, survey

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
    "forget_faces",
    "has_characters",
    "installed_faces",
    "is_font_file",
    "list_beside",
    "missing_characters",
    "permission",
    "quoted",
    "require_chinese",
    "sheet_excess",
    "sheet_fault",
    "survey",
    "with_files",
]

# A PDF needs to find fonts, and nothing of those that are put into an EPUB.
__getattr__ = late_names(
    __name__,
    covering=("Coverage", "coverage", "missing_characters", "require_chinese"),
    embedding=("Embedded", "EmbeddedFont", "embed_fonts"),
    families=("Families", "families_for"),
    finding=(
        *("Face", "faces_in", "faces_of", "forget_faces", "has_characters"),
        *("installed_faces", "list_beside"),
    ),
    sheet=("quoted",),
    sheet_faults=("NamedFile", "SheetFault", "sheet_fault", "with_files"),
    sheet_limits=("sheet_excess",),
    shelf=("is_font_file", "permission"),
    surveying=("Choosable", "Missing", "Survey", "survey"),
)
