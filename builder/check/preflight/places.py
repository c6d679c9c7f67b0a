"""Where ink may stand: margins, gutter and bleed of every page, and what breaks them."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.check.preflight.findings import Breach, Teller, mm, worst
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
    overlap,
    reach,
    width,
)
from builder.check.preflight.ink import Kind, Mark, PageInk, Space
from builder.check.preflight.leaves import Leaf
from builder.core.diagnostic import Diagnostic
from builder.core.printers import Printer

# Rounding of coordinates in files, and of points to millimetres.
TOLERANCE_PT = 0.15 * MM
# Art that comes so near to the edge of the page is meant to run over it.
_TOUCHES_PT = 0.3 * MM
# As much of an edge as art beyond it has to cover, to be taken for its bleed.
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """A leaf, the side it is bound at (a cover at none), its safe part, and what is on it."""

    leaf: Leaf
    gutter: int | None
    safe: Box
    ink: PageInk

    @property
    def number(self) -> int:
        return self.leaf.number


def gutter_side(number: int, *, is_right_bound: bool) -> int:
    """Page 1 is the first side of a leaf: a right-hand page, or left-hand when bound at the right."""
    is_recto = number % 2 == 1
    return LEFT if is_recto != is_right_bound else RIGHT


def safe_part(leaf: Leaf, gutter: int, printer: Printer, *, pages: int, has_bleed: bool) -> Box:
    """The part of a page that text keeps to."""
    outside = printer.outside_with_bleed_mm if has_bleed else printer.outside_mm
    sides = [(outside or 0.0) * MM] * 4
    sides[gutter] = max(printer.gutter_mm(pages) * MM, sides[gutter])
    left, bottom, right, top = (max(0.0, side - TOLERANCE_PT) for side in sides)
    return inset(leaf.trim, left, bottom, right, top)


def margin_findings(
    pages: list[Page], printer: Printer, tell: Teller, *, has_bleed: bool
) -> Iterator[Diagnostic]:
    """K407 and K408: what stands in the gutter, and too near to the other edges."""
    outside = (printer.outside_with_bleed_mm if has_bleed else printer.outside_mm) or 0.0
    inner, outer = [], []
    for page in pages:
        near = _nearest(page, printer)
        if page.gutter in near:
            inner.append(Breach(page.number, near.pop(page.gutter)))
        if near:
            outer.append(Breach(page.number, min(near.values())))
    if inner:
        wanted = max(printer.gutter_mm(len(pages)), outside)
        yield tell.of(
            "gutter", inner, found=mm(worst(inner)), wanted=mm(wanted), all_pages=len(pages)
        )
    if outer:
        yield tell.of("margins", outer, found=mm(worst(outer)), wanted=mm(outside))


def edge_findings(pages: list[Page], printer: Printer, tell: Teller) -> Iterator[Diagnostic]:
    """K409 and K410: bleed that is missing, and marks beside the page."""
    cut = [Breach(page.number, min(bleeds)) for page in pages if (bleeds := _bleeds(page, printer))]
    if cut:
        yield tell.of("bleed", cut, found=mm(worst(cut)), wanted=mm(printer.bleed_mm))
    if printer.allows_marks:
        return
    marked = [
        Breach(page.number)
        for page in pages
        if Space.REGISTRATION in page.ink.colours | page.ink.text_colours
        or any(_is_printers_mark(mark, page.leaf) for mark in page.ink.marks)
    ]
    if marked:
        yield tell.of("marks", marked)


def _nearest(page: Page, printer: Printer) -> dict[int, float]:
    """The sides where something stands outside the safe part: how near to the edge, in mm."""
    near: dict[int, float] = {}
    for mark in page.ink.marks:
        if not _is_on(mark.box, page.leaf.trim):
            continue
        for side in SIDES:
            if reach(mark.box, page.safe, side) >= 0:
                continue
            # Where nothing bleeds, art at the fold is whole, and at the other sides it is not.
            is_over = _runs_over(mark, page.leaf, side)
            if is_over and (printer.bleed_mm or side == page.gutter):
                continue
            distance = reach(mark.box, page.leaf.trim, side) / MM
            near[side] = min(near.get(side, distance), distance)
    return near


def _runs_over(mark: Mark, leaf: Leaf, side: int) -> bool:
    """Whether art is meant to be cut off at a side; text never is."""
    return mark.kind is not Kind.TEXT and reach(mark.box, leaf.trim, side) <= _TOUCHES_PT


def _is_on(box: Box, trim: Box) -> bool:
    """Whether a box has more than its edge on the page."""
    shared = overlap(box, trim)
    if shared is None:
        return False
    return all(
        shared[end] - shared[start] > min(TOLERANCE_PT, (box[end] - box[start]) / 2)
        for start, end in ((LEFT, RIGHT), (BOTTOM, TOP))
    )


def _bleeds(page: Page, printer: Printer) -> list[float]:
    """How far, in mm, art that runs over an edge goes beyond it, where that is too little."""
    if not printer.bleed_mm:
        return []
    found: list[float] = []
    enough = printer.bleed_mm * MM - _TOUCHES_PT
    over = [mark for mark in page.ink.marks if mark.kind is not Kind.TEXT]
    for side in SIDES:
        if side == page.gutter and not printer.bleeds_inside:
            continue
        for mark in over:
            if not _is_on(mark.box, page.leaf.trim) or not _runs_over(mark, page.leaf, side):
                continue
            beyond = -reach(mark.box, page.leaf.trim, side)
            if beyond < enough and not _goes_on(mark, over, page.leaf.trim, side, enough):
                found.append(max(0.0, beyond / MM))
    return found


def _goes_on(mark: Mark, others: list[Mark], trim: Box, side: int, enough: float) -> bool:
    """Whether other art carries on where this one ends at the edge."""
    start, end = (BOTTOM, TOP) if side in {LEFT, RIGHT} else (LEFT, RIGHT)
    wanted = (mark.box[end] - mark.box[start]) * _MOST
    return any(
        -reach(other.box, trim, side) >= enough
        and min(other.box[end], mark.box[end]) - max(other.box[start], mark.box[start]) >= wanted
        for other in others
        if other is not mark
    )


def _is_printers_mark(mark: Mark, leaf: Leaf) -> bool:
    """Ink that lies wholly off the page and is no art in its bleed."""
    if _is_on(mark.box, leaf.trim) or width(mark.box) + height(mark.box) <= 0:
        return False
    if mark.kind in {Kind.ART, Kind.PICTURE}:
        shared = overlap(mark.box, inset(leaf.trim, *([-TOLERANCE_PT] * 4)))
        return shared is None
    return True
