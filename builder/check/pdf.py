"""Judging a PDF: is it sound, and does it say what the book says?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.check.damage import damage
from builder.check.pdf_text import is_tagged, pdf_to_streams
from builder.check.streams import Streams, book_to_streams, judge, without_spaces
from builder.check.typography.findings import typography_findings
from builder.check.unpacking import require_readable
from builder.core.book import Book
from builder.core.diagnostic import Diagnostic, Location, error, warning
from builder.core.errors import SourceError

if TYPE_CHECKING:
    import pikepdf

# The longest text that is read, 30 million characters, has 75,000 pages.
MAX_PAGES = 100_000
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_pdf(path: Path, *, against: Book | None = None) -> tuple[Diagnostic, ...]:
    """K121 syntax, K122 fonts, K123 tags; with a book, K201 to K204.

    Raises SourceError K002 when the file cannot be opened, K004 when it has too many pages.
    """
    file = str(path)
    with _opened(path) as pdf:
        found = [*_syntax(pdf, file), *_fonts(pdf, file)]
        if not is_tagged(pdf):
            found.append((error if against else warning)("K123", Location(file)))
        elif against:
            expected = _without_spaces(book_to_streams(against))
            found.extend(judge(expected, pdf_to_streams(pdf), file))
    return tuple(found)


def check_typography(path: Path) -> tuple[Diagnostic, ...]:
    """K301 to K311, how a PDF with Chinese text is set; nothing for any other.

    Raises SourceError K002 when the file cannot be opened.
    """
    with _opened(path) as pdf:
        return tuple(typography_findings(pdf, str(path)))


@contextmanager
def _opened(path: Path) -> "Iterator[pikepdf.Pdf]":
    import pikepdf

    file = str(path)
    try:
        with pikepdf.open(path) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                place = Location(file)
                raise SourceError("K004", location=place, pages=len(pdf.pages), most=MAX_PAGES)
            for page in pdf.pages:
                require_readable(page)  # qpdf unpacks all of it when it looks for faults
            yield pdf
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError) as problem:
        raise SourceError("K002", location=Location(file), reason=str(problem)) from problem
    # In a broken file any object may be missing or another than its place promises.
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise SourceError("K002", location=Location(file), reason=damage(problem)) from problem


def _without_spaces(streams: Streams) -> Streams:
    return replace(
        streams,
        body=without_spaces(streams.body),
        notes=tuple(map(without_spaces, streams.notes)),
        readings=tuple(map(without_spaces, streams.readings)),
    )


def _syntax(pdf: "pikepdf.Pdf", file: str) -> Iterator[Diagnostic]:
    for problem in pdf.check_pdf_syntax():
        yield error("K121", Location(file), reason=problem)


def _fonts(pdf: "pikepdf.Pdf", file: str) -> Iterator[Diagnostic]:
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        for font in page.resources.get("/Font", {}).values():
            if font.objgen in seen:
                continue
            seen.add(font.objgen)
            if not _is_embedded(font):
                yield error(
                    "K122",
                    Location(f"{file}#page={number}"),
                    font=str(font.get("/BaseFont", "")).removeprefix("/"),
                )


def _is_embedded(font: "pikepdf.Object") -> bool:
    """Type 3 fonts are drawings of their own; a Type 0 font's program is its descendant's."""
    if str(font.get("/Subtype")) == "/Type3":
        return True
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in _FONT_FILES)
