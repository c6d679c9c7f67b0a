"""A wrap cover against the book it goes around: its size, its spine, and what stands too near.

Back, spine and front lie side by side on one sheet; which of the outer two is the front does not
matter here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.check.preflight.findings import (
    COVER_PAGES,
    NARROW_SPINE,
    NEAR_FOLD,
    SPINE_UNKNOWN,
    Breach,
    Teller,
    mm,
    size_told,
)
from builder.check.preflight.geometry import (
    BOTTOM,
    LEFT,
    MM,
    RIGHT,
    SIDES,
    TOP,
    Box,
    height,
    inset,
    is_inside,
    reach,
    width,
)
from builder.check.preflight.ink import Kind, Mark, PageInk
from builder.check.preflight.leaves import Leaf
from builder.check.preflight.places import Page, edge_findings
from builder.core.diagnostic import Diagnostic
from builder.core.printers import Printer

# A sheet cut this near to what is wanted is the size that is wanted.
SIZE_TOLERANCE_MM = 1.0
# Art that fills most of the height is the spine's ground, not what is written on it.
_GROUND = 0.8
_TOLERANCE_PT = 0.15 * MM


@dataclass(frozen=True, slots=True)
class Inside:
    """The book that a cover goes around: its page as cut, in mm, and how many there are."""

    size_mm: tuple[float, float]
    pages: int


def cover_findings(
    leaf: Leaf,
    ink: PageInk,
    count: int,
    book: Inside,
    printer: Printer,
    tell: Teller,
    *,
    paper: str,
) -> Iterator[Diagnostic]:
    """K409, K410 and K431 to K437."""
    if count != 1:
        yield tell.say(COVER_PAGES, is_refused=True, all_pages=count)
    bleed = printer.cover_bleed_mm
    sheet = _sheet(leaf, bleed)
    found = (width(sheet) / MM, height(sheet) / MM)
    spines = _spines(printer, book.pages, paper)
    if not spines:
        yield tell.note(SPINE_UNKNOWN)
    spine = _measured_spine(found[0], book, bleed, spines)
    wanted = (2 * book.size_mm[0] + spine + 2 * bleed, book.size_mm[1] + 2 * bleed)
    if not _same(found, wanted):
        yield tell.of(
            "cover_size", found=size_told(found), wanted=size_told(wanted), spine=mm(spine),
            all_pages=book.pages, paper=paper or printer.default_paper or "–",
        )  # fmt: skip
        return
    trim = inset(sheet, *([bleed * MM] * 4))
    middle = (trim[LEFT] + trim[RIGHT]) / 2
    folds = (middle - spine * MM / 2, trim[BOTTOM], middle + spine * MM / 2, trim[TOP])
    cut = Page(replace(leaf, trim=trim), None, trim, ink)
    yield from edge_findings([cut], printer, tell)
    yield from _spine_findings(ink, folds, book, printer, tell, spine)
    yield from _edge_findings(ink, trim, printer, tell)


def _sheet(leaf: Leaf, bleed_mm: float) -> Box:
    """What is printed on: the cover with its bleed; as cut, for who wants none."""
    if not bleed_mm:
        return leaf.trim
    return leaf.bleed if "BleedBox" in leaf.given else leaf.media


def _spines(printer: Printer, pages: int, paper: str) -> list[float]:
    """The spine of the paper that is named; else of every paper, the usual one first."""
    named = [paper] if paper else list(printer.papers)
    spines = (printer.spine_mm(pages, one) for one in named)
    return [spine for spine in spines if spine is not None]


def _measured_spine(sheet_mm: float, book: Inside, bleed_mm: float, spines: list[float]) -> float:
    """Of the spines that may be, the one the sheet leaves room for; else the first."""
    left = sheet_mm - 2 * book.size_mm[0] - 2 * bleed_mm
    if not spines:
        return max(0.0, left)
    nearest = min(spines, key=lambda spine: abs(spine - left))
    return nearest if abs(nearest - left) <= SIZE_TOLERANCE_MM else spines[0]


def _same(found: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(
        abs(one - other) <= SIZE_TOLERANCE_MM for one, other in zip(found, wanted, strict=True)
    )


def _spine_findings(
    ink: PageInk, folds: Box, book: Inside, printer: Printer, tell: Teller, spine_mm: float
) -> Iterator[Diagnostic]:
    """K433: writing on a spine of too few pages, and writing that is nearer to a fold than it may."""
    written = [mark for mark in ink.marks if _is_on_spine(mark, folds)]
    if not written:
        return
    least = printer.spine_text_min_pages
    least_mm = printer.spine_text_min_mm
    if least and book.pages < least:
        yield tell.of("spine_text", [Breach(1)], all_pages=book.pages, wanted=least)
    elif least_mm and spine_mm < least_mm:
        yield tell.say(
            NARROW_SPINE, [Breach(1)], is_refused=False, spine=mm(spine_mm), wanted=mm(least_mm)
        )
    if (clear := printer.spine_clear_mm) is None:
        return
    near = min(min(reach(mark.box, folds, side) for side in (LEFT, RIGHT)) / MM for mark in written)
    if near < clear - _TOLERANCE_PT / MM:
        yield tell.say(NEAR_FOLD, [Breach(1)], is_refused="spine_text" in printer.refuses,
                       found=mm(near), wanted=mm(clear))  # fmt: skip


def _is_on_spine(mark: Mark, folds: Box) -> bool:
    """Whether something is written there: letters, or small shapes, whose middle is on the spine."""
    middle = (mark.box[LEFT] + mark.box[RIGHT]) / 2
    if not folds[LEFT] < middle < folds[RIGHT]:
        return False
    if mark.kind is Kind.TEXT:
        return True
    is_small = height(mark.box) < _GROUND * height(folds)
    return is_small and width(mark.box) < 2 * width(folds)


def _edge_findings(ink: PageInk, trim: Box, printer: Printer, tell: Teller) -> Iterator[Diagnostic]:
    """K434: text nearer to where the sheet is cut than it may be."""
    if (safe := printer.cover_safe_mm) is None:
        return
    inner = inset(trim, *([max(0.0, safe * MM - _TOLERANCE_PT)] * 4))
    near = [
        min(reach(mark.box, trim, side) for side in SIDES) / MM
        for mark in ink.marks
        if mark.kind is Kind.TEXT and not is_inside(mark.box, inner)
    ]
    if near:
        yield tell.of("cover_margins", [Breach(1)], found=mm(min(near)), wanted=mm(safe))
