"""Preflight: what a printer would send back, and what it advises against, found in the file alone.

Reads nothing but the PDF, by whatever program it was made, and the printer's published figures
(`builder.core.printers`). Shares no code with what makes PDFs here. What a printer has not
published is not judged. May import the fonts and ink of `builder.check.typography`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.check.damage import damage
from builder.check.preflight.cover import Inside, cover_findings
from builder.check.preflight.findings import UNREAD, Breach, Teller
from builder.check.preflight.geometry import MM, Box, reach
from builder.check.preflight.ink import PageInk
from builder.check.preflight.inks import ink_findings
from builder.check.preflight.leaves import Leaf, leaf_of, with_trim
from builder.check.preflight.operators import BROKEN
from builder.check.preflight.painting import InkReader
from builder.check.preflight.places import (
    Page,
    edge_findings,
    gutter_side,
    margin_findings,
    safe_part,
)
from builder.check.preflight.sheets import common_size, sheet_findings
from builder.check.preflight.wholes import whole_findings
from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import SourceError
from builder.core.printers import Printer

if TYPE_CHECKING:
    import pikepdf

__all__ = ["preflight_cover", "preflight_inside"]

_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
# A sheet this much larger than its page has bleed.
_BLEED_PT = 1.0 * MM
# More pages than anyone binds are not looked at one by one.
MAX_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class _Locked(Exception):  # noqa: N818  (says what the file is)
    """The file opens with a password only."""


def preflight_inside(
    path: Path, printer: Printer, *, paper: str = "", is_right_bound: bool | None = None
) -> tuple[Diagnostic, ...]:
    """What `printer` would say of the inside of a book: K401 to K430.

    Without `is_right_bound`, the file's own reading direction tells the binding. Raises
    SourceError K002 when the file cannot be opened.
    """
    tell = Teller(str(path), printer)
    try:
        with _opened(path) as pdf:
            right = _is_right_bound(pdf) if is_right_bound is None else is_right_bound
            pages, reader = _pages(pdf, printer, is_right_bound=right)
            return (
                *whole_findings(pdf, path, printer, tell),
                *_judged(pages, reader, printer, tell, paper=paper),
            )
    except _Locked:
        return (tell.of("encryption"),)


def preflight_cover(
    path: Path, printer: Printer, inside: Path, *, paper: str = ""
) -> tuple[Diagnostic, ...]:
    """What `printer` would say of a wrap cover around the book in `inside`: K409 to K437.

    Raises SourceError K002 when either file cannot be opened.
    """
    tell = Teller(str(path), printer)
    book = _inside(inside, printer)
    try:
        with _opened(path) as pdf:
            leaves = _leaves(pdf)
            reader = InkReader(keeps_glyphs=True)
            ink = reader.read(pdf.pages[0], leaves[0], _NOWHERE)
            inks = [(1, ink)]
            return (
                *whole_findings(pdf, path, printer, tell),
                *_unread(inks, tell),
                *ink_findings(inks, reader, printer, tell),
                *cover_findings(leaves[0], ink, len(leaves), book, printer, tell, paper=paper),
            )
    except _Locked:
        return (tell.of("encryption"),)


def _inside(path: Path, printer: Printer) -> Inside:
    try:
        with _opened(path) as pdf:
            leaves = [
                with_trim(leaf, printer, is_left_page=leaf.number % 2 == 0) for leaf in _leaves(pdf)
            ]
    except _Locked:
        raise SourceError("K003", location=Location(str(path))) from None
    return Inside(common_size(leaves), len(leaves))


def _judged(
    pages: list[Page], reader: InkReader, printer: Printer, tell: Teller, *, paper: str
) -> Iterator[Diagnostic]:
    inks = [(page.number, page.ink) for page in pages]
    yield from sheet_findings(pages, printer, tell, paper=paper)
    yield from margin_findings(
        pages, printer, tell, has_bleed=_has_bleed([page.leaf for page in pages])
    )
    yield from edge_findings(pages, printer, tell)
    yield from ink_findings(inks, reader, printer, tell)
    yield from _unread(inks, tell)


def _unread(inks: list[tuple[int, PageInk]], tell: Teller) -> Iterator[Diagnostic]:
    unread = [Breach(number) for number, ink in inks if ink.is_cut_short]
    if unread:
        yield tell.say(UNREAD, unread, is_refused=False)


def _pages(
    pdf: "pikepdf.Pdf", printer: Printer, *, is_right_bound: bool
) -> tuple[list[Page], InkReader]:
    """Every page with what is on it."""
    sides = [
        gutter_side(number, is_right_bound=is_right_bound)
        for number in range(1, len(pdf.pages) + 1)
    ]
    leaves = [
        with_trim(leaf, printer, is_left_page=side == 2)
        for leaf, side in zip(_leaves(pdf), sides, strict=True)
    ]
    has_bleed = _has_bleed(leaves)
    reader = InkReader()
    pages = []
    for page, leaf, side in zip(pdf.pages, leaves, sides, strict=True):
        safe = safe_part(leaf, side, printer, pages=len(leaves), has_bleed=has_bleed)
        pages.append(Page(leaf, side, safe, reader.read(page, leaf, safe)))
    return pages, reader


def _leaves(pdf: "pikepdf.Pdf") -> list[Leaf]:
    return [leaf_of(page.obj, number) for number, page in enumerate(pdf.pages, start=1)]


def _has_bleed(leaves: list[Leaf]) -> bool:
    return any(
        -reach(leaf.bleed, leaf.trim, side) > _BLEED_PT for leaf in leaves for side in range(4)
    )


def _is_right_bound(pdf: "pikepdf.Pdf") -> bool:
    """By the reading direction that the file states (ISO 32000-1, Table 150)."""
    import pikepdf

    preferences = pdf.Root.get("/ViewerPreferences")
    return (
        isinstance(preferences, pikepdf.Dictionary) and str(preferences.get("/Direction")) == "/R2L"
    )


@contextmanager
def _opened(path: Path) -> "Iterator[pikepdf.Pdf]":
    import pikepdf

    place = Location(str(path))
    try:
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages) or len(pdf.pages) > MAX_PAGES:
                raise SourceError("K004", location=place, pages=len(pdf.pages), most=MAX_PAGES)
            yield pdf
    except pikepdf.PasswordError:
        raise _Locked from None
    except (pikepdf.PdfError, OSError) as problem:
        raise SourceError("K002", location=place, reason=str(problem)) from problem
    except BROKEN as problem:
        raise SourceError("K002", location=place, reason=damage(problem)) from problem
