"""The sheets of a file: sizes, boxes, how many pages, and what the last one holds."""

from collections import Counter
from collections.abc import Iterator, Sequence

from builder.check.preflight.findings import (
    CROPPED,
    TOO_LARGE,
    TURNED,
    Breach,
    Teller,
    mm,
    size_told,
)
from builder.check.preflight.geometry import MM, SIDES, overlap, reach
from builder.check.preflight.leaves import Leaf
from builder.check.preflight.places import Page
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic
from builder.core.printers import Printer
from builder.core.trims import TRIMS, trim_like

# As exact as sheets are cut and inches are rounded.
SIZE_TOLERANCE_MM = 0.6
_SLACK_PT = 0.5 * MM


def sheet_findings(
    pages: Sequence[Page], printer: Printer, tell: Teller, *, paper: str
) -> Iterator[Diagnostic]:
    """K401 to K406 and K422."""
    leaves = [page.leaf for page in pages]
    common = common_size(leaves)
    yield from _count_findings(pages, printer, tell, paper=paper, size=common)
    others = [
        Breach(leaf.number)
        for leaf in leaves
        if any(
            abs(one - other) > SIZE_TOLERANCE_MM
            for one, other in zip(leaf.size_mm, common, strict=True)
        )
    ]
    if others:
        odd = leaves[others[0].page - 1]
        yield tell.of("one_size", others, size=size_told(odd.size_mm), usual=size_told(common))
    if not printer.takes(*common, tolerance_mm=SIZE_TOLERANCE_MM):
        near = _nearest_trim(common, printer)
        yield tell.of("trim", size=size_told(common), nearest=near)
    yield from _box_findings(pages, printer, tell)
    turned = [Breach(leaf.number) for leaf in leaves if leaf.turn]
    if turned:
        yield tell.say(TURNED, turned, is_refused=False)


def common_size(leaves: Sequence[Leaf]) -> tuple[float, float]:
    """The size, in mm, that most pages are cut to."""
    counted = Counter(
        (round(wide, 1), round(high, 1)) for wide, high in (leaf.size_mm for leaf in leaves)
    )
    return counted.most_common(1)[0][0]


def _count_findings(
    pages: Sequence[Page], printer: Printer, tell: Teller, *, paper: str, size: tuple[float, float]
) -> Iterator[Diagnostic]:
    count = len(pages)
    limits = printer.page_range(paper, trim_like(*size).name)
    if limits and not limits[0] <= count <= limits[1]:
        yield tell.of("pages", all_pages=count, fewest=limits[0], most=limits[1])
    if count % printer.page_multiple:
        missing = printer.page_multiple - count % printer.page_multiple
        yield tell.of("parity", all_pages=count, multiple=printer.page_multiple, missing=missing)
    if printer.needs_blank_last and pages[-1].ink.has_ink:
        yield tell.of("blank_last", [Breach(count)])


def _nearest_trim(size: tuple[float, float], printer: Printer) -> str:
    return min(
        printer.trims,
        key=lambda name: abs(TRIMS[name].width_mm - size[0]) + abs(TRIMS[name].height_mm - size[1]),
        default="",
    )


def _box_findings(pages: Sequence[Page], printer: Printer, tell: Teller) -> Iterator[Diagnostic]:
    """Boxes that are none, a crop that cuts into the page, room that is neither page nor bleed."""
    wrong = [Breach(page.number) for page in pages if page.leaf.faults]
    if wrong:
        names = ", ".join(pages[wrong[0].page - 1].leaf.faults)
        yield tell.of("boxes", wrong, names=names)
    cropped = [Breach(page.number) for page in pages if _is_cropped(page.leaf)]
    if cropped:
        leaf = pages[cropped[0].page - 1].leaf
        yield tell.say(CROPPED, cropped, is_refused="boxes" in printer.refuses,
                       crop=_box_size(leaf.crop), trim=_box_size(leaf.trim))  # fmt: skip
    if printer.allows_marks:
        return
    large = [Breach(page.number) for page in pages if _has_room(page, printer)]
    if large:
        leaf = pages[large[0].page - 1].leaf
        yield tell.say(TOO_LARGE, large, is_refused="boxes" in printer.refuses,
                       sheet=_box_size(leaf.media), trim=_box_size(leaf.trim),
                       bleed=mm(printer.bleed_mm),
                       sides=say("check.sides.all" if printer.bleeds_inside else "check.sides.outside"))  # fmt: skip


def _box_size(box: tuple[float, float, float, float]) -> str:
    return size_told(((box[2] - box[0]) / MM, (box[3] - box[1]) / MM))


def _is_cropped(leaf: Leaf) -> bool:
    shared = overlap(leaf.crop, leaf.trim)
    return shared is None or any(reach(shared, leaf.trim, side) > _SLACK_PT for side in SIDES)


def _has_room(page: Page, printer: Printer) -> bool:
    """Whether the sheet is larger than the page with the bleed that the printer takes."""
    for side in SIDES:
        takes_bleed = printer.bleeds_inside or side != page.gutter
        most = printer.bleed_mm * MM if takes_bleed else 0.0
        if -reach(page.leaf.media, page.leaf.trim, side) > most + _SLACK_PT:
            return True
    return False
