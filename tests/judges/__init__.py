"""Judges: programs that nobody here wrote, asked what they make of our books.

A validator of ours can share a misunderstanding with the code it checks; these cannot. Each
function asks for its judge first (`require`): where it is missing the test is skipped and says
so at the end of the run, or fails when `CI=true`. `python -m tests.judges` lists them.
"""

from tests.judges.ace import ace
from tests.judges.calibre import check_book, convert
from tests.judges.epubcheck import epubcheck
from tests.judges.epubcheck_ts import epubcheck_ts
from tests.judges.finding import JudgeError, missing, require
from tests.judges.ghostscript import Inks, inkcov, most_ink
from tests.judges.mupdf import Read, read_with_mupdf
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
from tests.judges.pdf_readers import (
    PdfRead,
    Run,
    Words,
    read_with_mupdf_as_pdf,
    read_with_pdfjs,
    read_with_poppler,
    words_of,
)
from tests.judges.readers import (
    Complaints,
    Entry,
    Landmark,
    Opened,
    PopUp,
    View,
    leaf_through_in_epubjs,
    leaf_through_in_foliate,
    open_in_epubjs,
    open_in_foliate,
    pop_ups_in_foliate,
)
from tests.judges.verapdf import verapdf

__all__ = [
    "Complaints",
    "Entry",
    "FontRow",
    "Inks",
    "JudgeError",
    "Landmark",
    "Opened",
    "OutlineEntry",
    "PdfInfo",
    "PdfRead",
    "PopUp",
    "Read",
    "Run",
    "View",
    "Words",
    "ace",
    "check_book",
    "convert",
    "epubcheck",
    "epubcheck_ts",
    "inkcov",
    "leaf_through_in_epubjs",
    "leaf_through_in_foliate",
    "missing",
    "most_ink",
    "open_in_epubjs",
    "open_in_foliate",
    "pdf_outline",
    "pdffonts",
    "pdfinfo",
    "pdftotext",
    "pdftotext_pages",
    "pop_ups_in_foliate",
    "qpdf_check",
    "read_with_mupdf",
    "read_with_mupdf_as_pdf",
    "read_with_pdfjs",
    "read_with_poppler",
    "render_png",
    "require",
    "verapdf",
    "words_of",
]
