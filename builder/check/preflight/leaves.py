"""The leaves of a file: each page's boxes as it is read, turned and scaled as the page says.

Source: ISO 32000-1, 14.11.2 (page boundaries), 8.3.2.3 (UserUnit), Table 30 (page objects).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.check.preflight.geometry import (
    MM,
    Box,
    height,
    inset,
    moved,
    overlap,
    upright,
    width,
)
from builder.core.matrix import Matrix, multiply
from builder.core.printers import Printer
from builder.core.trims import TRIMS

if TYPE_CHECKING:
    import pikepdf

# A page without a box that can be used is this large, as viewers take it: US letter.
_FALLBACK: Box = (0.0, 0.0, 612.0, 792.0)
# Page trees nest; a file whose own tree runs in circles is cut off by qpdf, its boxes by this.
_MAX_PARENTS = 32
_SAME_MM = 0.6


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page. Boxes in points from the corner of its media box, as it is read.

    `given` are the names of the boxes that the page itself states; `faults` those that are no
    boxes or lie outside the sheet. `matrix` takes the file's coordinates to these.
    """

    number: int
    media: Box
    crop: Box
    trim: Box
    bleed: Box
    matrix: Matrix
    given: frozenset[str]
    faults: tuple[str, ...] = ()
    turn: int = 0

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height as bound."""
        return width(self.trim) / MM, height(self.trim) / MM


def leaf_of(page: "pikepdf.Object", number: int) -> Leaf:
    """The geometry of a page object."""
    media = _box(page, "/MediaBox") or _FALLBACK
    unit = _number(page.get("/UserUnit"), 1.0) or 1.0
    turn = int(_number(_inherited(page, "/Rotate"), 0.0)) % 360
    matrix = _as_read(media, turn, unit)
    boxes = {"/MediaBox": moved(media, matrix)}
    given: set[str] = set()
    faults: list[str] = []
    for name, instead in (
        ("/CropBox", "/MediaBox"), ("/BleedBox", "/CropBox"), ("/TrimBox", "/CropBox"),
    ):  # fmt: skip
        stated = _inherited(page, name) if name == "/CropBox" else page.get(name)
        box = None if stated is None else _box(page, name)
        boxes[name] = moved(box, matrix) if box else boxes[instead]
        if stated is not None:
            given.add(name.removeprefix("/"))
            if not box or min(width(box), height(box)) <= 0 or not _lies_on(box, media):
                faults.append(name.removeprefix("/"))
                boxes[name] = boxes[instead]
    if not _box(page, "/MediaBox"):
        faults.append("MediaBox")
    return Leaf(
        number, boxes["/MediaBox"], boxes["/CropBox"], boxes["/TrimBox"], boxes["/BleedBox"],
        matrix, frozenset(given), tuple(faults), turn,
    )  # fmt: skip


def with_trim(leaf: Leaf, printer: Printer, *, is_left_page: bool) -> Leaf:
    """A page that states no trim, with the one a printer would take it to have.

    A page of a named size is its own trim. One that is larger by the printer's bleed than such a
    size has bleed around its trim, with or without the side of the fold.
    """
    if leaf.given & {"TrimBox", "BleedBox"} or not printer.bleed_mm:
        return leaf
    wide, high = (side / MM for side in (width(leaf.crop), height(leaf.crop)))
    if _is_named(wide, high):
        return leaf
    bleed = printer.bleed_mm
    for at_the_fold in (printer.bleeds_inside, not printer.bleeds_inside):
        if _is_named(wide - (1 + at_the_fold) * bleed, high - 2 * bleed):
            inner, outer = bleed * MM * at_the_fold, bleed * MM
            left, right = (outer, inner) if is_left_page else (inner, outer)
            return replace(leaf, trim=inset(leaf.crop, left, outer, right, outer), bleed=leaf.crop)
    return leaf


def _is_named(width_mm: float, height_mm: float) -> bool:
    return any(
        abs(trim.width_mm - width_mm) <= _SAME_MM and abs(trim.height_mm - height_mm) <= _SAME_MM
        for trim in TRIMS.values()
    )


def _lies_on(box: Box, media: Box) -> bool:
    """Whether a box is on the sheet, rounding aside."""
    shared = overlap(box, media)
    return shared is not None and all(
        abs(one - other) <= 0.5 for one, other in zip(shared, box, strict=True)
    )


def _as_read(media: Box, turn: int, unit: float) -> Matrix:
    """From the file's coordinates to the page as it is read, its corner at the origin."""
    left, bottom, right, top = media
    match turn:
        case 90:
            matrix = (0.0, -1.0, 1.0, 0.0, -bottom, right)
        case 180:
            matrix = (-1.0, 0.0, 0.0, -1.0, right, top)
        case 270:
            matrix = (0.0, 1.0, -1.0, 0.0, top, -left)
        case _:
            matrix = (1.0, 0.0, 0.0, 1.0, -left, -bottom)
    return multiply(matrix, (unit, 0.0, 0.0, unit, 0.0, 0.0)) if unit != 1 else matrix


def _box(page: "pikepdf.Object", name: str) -> Box | None:
    import pikepdf

    stated = _inherited(page, name)
    if not isinstance(stated, pikepdf.Array) or len(stated) != 4:
        return None
    box = upright(stated)
    return box if box and min(width(box), height(box)) > 0 else None


def _inherited(page: "pikepdf.Object", name: str) -> "pikepdf.Object | None":
    for node in _upward(page):
        if name in node:
            return node.get(name)
    return None


def _upward(page: "pikepdf.Object") -> Iterator["pikepdf.Object"]:
    import pikepdf

    node: pikepdf.Object | None = page
    for _ in range(_MAX_PARENTS):
        if not isinstance(node, pikepdf.Dictionary):
            return
        yield node
        node = node.get("/Parent")


def _number(value: object, instead: float) -> float:
    try:
        return float(str(value))
    except ValueError:
        return instead
