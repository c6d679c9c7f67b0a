"""Judges: programs that nobody here wrote, asked what they make of our books.

A validator of ours can share a misunderstanding with the code it checks; these cannot. Each
function asks for its judge first (`require`): where it is missing the test is skipped and says
so at the end of the run, or fails when `CI=true`. `python -m tests.judges` lists them.
"""

from tests.judges.epubcheck import epubcheck
from tests.judges.finding import JudgeError, missing, require
from tests.judges.pdf import (
    FontRow,
    OutlineEntry,
    PdfInfo,
    pdf_outline,
    pdffonts,
    pdfinfo,
    pdftotext,
    pdftotext_pages,
    qpdf_check,
    render_png,
)
from tests.judges.readers import (
    Complaints,
    Entry,
    Landmark,
    Opened,
    open_in_epubjs,
    open_in_foliate,
)

__all__ = [
    "Complaints",
    "Entry",
    "FontRow",
    "JudgeError",
    "Landmark",
    "Opened",
    "OutlineEntry",
    "PdfInfo",
    "epubcheck",
    "missing",
    "open_in_epubjs",
    "open_in_foliate",
    "pdf_outline",
    "pdffonts",
    "pdfinfo",
    "pdftotext",
    "pdftotext_pages",
    "qpdf_check",
    "render_png",
    "require",
]
