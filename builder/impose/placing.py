"""Where a page lies on its sheet: millimetres, matrices and what is cut off.

Lengths are in points, y upwards, as in PDF. Source: ISO 32000-1, 8.3 (coordinates), 14.11.2
(page boundaries).
"""

from dataclasses import dataclass
from typing import Literal

from builder.core.matrix import Matrix, multiply
from builder.impose.plan import Place, Plan

MM = 72 / 25.4
Scaling = Literal["shrink", "fit", "actual"]
# Half a hair: a page counts as fitting when it is no larger than this beyond its place. A5 as
# typesetters round it (420 × 595 pt) is larger than half of A4 by 0.1 pt.
SLACK = 0.5 * MM


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: lower left and upper right corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def within(self, other: "Box") -> "Box":
        """What both have in common."""
        return Box(
            max(self.x0, other.x0),
            max(self.y0, other.y0),
            min(self.x1, other.x1),
            min(self.y1, other.y1),
        )


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page of the source: `trim` and `bleed` in its own coordinates, as the file has them.

    `turn` is how far a viewer turns it clockwise, 0, 90, 180 or 270; `unit` its UserUnit.
    """

    trim: Box
    bleed: Box
    turn: int = 0
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is seen."""
        width, height = self.trim.width * self.unit, self.trim.height * self.unit
        return (width, height) if self.turn % 180 == 0 else (height, width)

    @property
    def upright(self) -> Matrix:
        """The matrix that puts the trimmed page, as it is seen, with its corner at 0, 0."""
        trim, unit = self.trim, self.unit
        turned: dict[int, Matrix] = {
            0: (1, 0, 0, 1, -trim.x0, -trim.y0),
            90: (0, -1, 1, 0, -trim.y0, trim.x1),
            180: (-1, 0, 0, -1, trim.x1, trim.y1),
            270: (0, 1, -1, 0, trim.y1, -trim.x0),
        }
        return multiply(turned[self.turn], (unit, 0, 0, unit, 0, 0))

    @property
    def seen_bleed(self) -> Box:
        """The page with its bleed, in the coordinates of `upright`."""
        corners = [apply(self.upright, x, y) for x, y in corners_of(self.bleed)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Ground:
    """The sheet and how pages lie on it.

    `width` and `height` are the flat sheet's; `scale` holds for all pages that have room at it.
    `leaf` is the thickness of the paper, `mill` what is cut off at the spine. `turns_back`: the back stands on
    its head, for a printer that turns sheets over the other edge.
    """

    width: float
    height: float
    columns: int
    rows: int
    scale: float = 1.0
    leaf: float = 0.0
    mill: float = 0.0
    turns_back: bool = False

    @property
    def cell_width(self) -> float:
        return self.width / self.columns

    @property
    def cell_height(self) -> float:
        return self.height / self.rows


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on its sheet: all in the sheet's coordinates.

    `matrix` takes the page's own coordinates there; `clip` is what of it is shown, `trim` what
    will be left of the leaf, `cell` its share of the sheet.
    """

    matrix: Matrix
    clip: Box
    trim: Box
    cell: Box


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def corners_of(box: Box) -> tuple[tuple[float, float], ...]:
    """The four corners of a box."""
    return (box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)


def ground_of(
    plan: Plan,
    sheet: tuple[float, float],
    usual: tuple[float, float],
    *,
    scaling: Scaling = "shrink",
    mill: float = 0.0,
) -> Ground:
    """The sheet, its short edge up or across, whichever leaves pages of the size `usual` larger.

    With "actual" the scale is 1 whether or not they fit: see `fits`.
    """
    lying = [sheet, (sheet[1], sheet[0])]
    grounds = [Ground(*size, plan.columns, plan.rows, mill=mill) for size in lying]
    rooms = [room_for(ground, usual) for ground in grounds]
    best = rooms.index(max(rooms))
    scale = rooms[best]
    if scaling == "actual" or (scaling == "shrink" and fits(grounds[best], usual)):
        scale = 1.0
    return Ground(*lying[best], plan.columns, plan.rows, scale, mill=mill)


def room_for(ground: Ground, size: tuple[float, float]) -> float:
    """The largest scale at which pages of `size` have room; 0 or less when there is none."""
    return min((ground.cell_width - ground.mill) / size[0], ground.cell_height / size[1])


def fits(ground: Ground, size: tuple[float, float]) -> bool:
    """Whether pages of `size` have room as they are."""
    return (
        size[0] <= ground.cell_width - ground.mill + SLACK and size[1] <= ground.cell_height + SLACK
    )


def scale_of(ground: Ground, size: tuple[float, float]) -> float:
    """The scale of a page: that of all, or less when it would have no room."""
    if fits(ground, (size[0] * ground.scale, size[1] * ground.scale)):
        return ground.scale
    return room_for(ground, size)


def place_page(ground: Ground, place: Place, shape: PageShape) -> Placed:
    """Where a page lies: its inner edge at the fold, at middle height, pushed in against creep.

    A leaf that lies deeper in its signature is pushed out by those around it, by the thickness
    of each, and would lose so much of its outer margin to the knife; so its page moves towards
    the spine by as much.
    """
    cell_width, cell_height = ground.cell_width, ground.cell_height
    scale = scale_of(ground, shape.size)
    width, height = (length * scale for length in shape.size)
    inset = ground.mill - place.depth * ground.leaf
    x = inset if place.spine == "left" else cell_width - inset - width
    y = (cell_height - height) / 2
    bleed = shape.seen_bleed
    clip = Box(
        x + bleed.x0 * scale, y + bleed.y0 * scale, x + bleed.x1 * scale, y + bleed.y1 * scale
    ).within(Box(0, 0, cell_width, cell_height))
    upright = multiply(shape.upright, (scale, 0, 0, scale, x, y))
    onto = _cell_matrix(ground, place)
    return Placed(
        multiply(upright, onto),
        _moved(clip, onto),
        _moved(Box(x, y, x + width, y + height), onto),
        _moved(Box(0, 0, cell_width, cell_height), onto),
    )


def _cell_matrix(ground: Ground, place: Place) -> Matrix:
    """From a cell's own coordinates, upright, to the sheet's."""
    spot = place.spot
    left = spot.column * ground.cell_width
    bottom = ground.height - (spot.row + 1) * ground.cell_height
    matrix: Matrix = (1, 0, 0, 1, left, bottom)
    if spot.is_turned:
        matrix = (-1, 0, 0, -1, left + ground.cell_width, bottom + ground.cell_height)
    if spot.side == "back" and ground.turns_back:
        matrix = multiply(matrix, (-1, 0, 0, -1, ground.width, ground.height))
    return matrix


def _moved(box: Box, matrix: Matrix) -> Box:
    """A box after a matrix that turns by half a circle at most."""
    (x0, y0), (x1, y1) = apply(matrix, box.x0, box.y0), apply(matrix, box.x1, box.y1)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
