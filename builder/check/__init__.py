"""Judging finished files: are they sound, and do they say what the book says?

Nothing here shares code with what writes the files. A judge that could not be asked is named;
silence means that all judges were asked and were content. How a PDF is set is judged from the
PDF alone (`builder.check.typography`). May import `builder.fonts` and `builder.core`, and no other room.
"""

from dataclasses import dataclass
from pathlib import Path

from builder.check.epub_text import epub_to_streams
from builder.check.epubcheck import epubcheck_findings
from builder.check.package import open_package
from builder.check.pdf import check_pdf, check_typography
from builder.check.preflight import preflight_cover, preflight_inside
from builder.check.rejections import refusals, rejections
from builder.check.streams import book_to_streams, judge
from builder.check.validity import faults
from builder.core.book import Book
from builder.core.devices import Device
from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import SourceError
from builder.core.files import regular_file
from builder.core.printers import Printer

__all__ = [
    "Printing", "check", "check_epub", "check_pdf", "check_print", "check_typography", "refused_by",
]  # fmt: skip

_MAGIC_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Printing:
    """Who is to print, on which paper, and how the book is bound.

    With `cover_of` the file is the wrap cover of that book. `is_right_bound` is None when the
    file itself tells.
    """

    printer: Printer
    paper: str = ""
    cover_of: Path | None = None
    is_right_bound: bool | None = None


def check(
    path: Path, *, against: Book | None = None, device: Device | None = None
) -> tuple[Diagnostic, ...]:
    """Judge an EPUB or a PDF, told apart by what is in it.

    With `against`, its text too; with `device`, what that would reject in an EPUB. Raises SourceError K001 (neither), K002 (cannot be opened).
    """
    start = _start_of(path)
    if start.startswith(b"PK"):
        return check_epub(path, against=against, device=device)
    # A PDF may have other bytes before its header (ISO 32000-1, annex H, note 13).
    if b"%PDF-" in start:
        return (*check_pdf(path, against=against), *check_typography(path))
    raise SourceError("K001", location=Location(str(path)))


def check_print(
    path: Path, printing: Printing, *, against: Book | None = None
) -> tuple[Diagnostic, ...]:
    """What a printer would say of a PDF: K401 to K437; with `against`, its text too.

    Raises SourceError K002 (cannot be opened), K003 (the book inside is locked), K004 (no pages),
    K005 (no PDF).
    """
    printer = printing.printer
    if b"%PDF-" not in _start_of(path):
        raise SourceError("K005", location=Location(str(path)), name=printer.name)
    if printing.cover_of:
        return preflight_cover(path, printer, printing.cover_of, paper=printing.paper)
    found = preflight_inside(
        path, printer, paper=printing.paper, is_right_bound=printing.is_right_bound
    )
    return (*found, *check_pdf(path, against=against)) if against else found


def _start_of(path: Path) -> bytes:
    try:
        with regular_file(path) as file:
            return file.read(_MAGIC_BYTES)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("K002", location=Location(str(path)), reason=reason) from problem


def check_epub(
    path: Path, *, against: Book | None = None, device: Device | None = None
) -> tuple[Diagnostic, ...]:
    """K101 to K109 our own, K110 and K111 EPUBCheck's; K131 to K144 with a device, K201 to K204
    with a book.

    Raises SourceError K002 when the file cannot be opened.
    """
    package = open_package(path)
    found = [*faults(package), *epubcheck_findings(path)]
    if device:
        found.extend(rejections(package, device, size_bytes=path.stat().st_size))
    if against:
        found.extend(judge(book_to_streams(against), epub_to_streams(package), str(path)))
    return tuple(found)


def refused_by(device: Device, content: bytes, path: Path) -> tuple[Diagnostic, ...]:
    """What a device would reject in the EPUB that will be written to `path`."""
    package = open_package(path, content)
    return tuple(refusals(package, device, size_bytes=len(content)))
