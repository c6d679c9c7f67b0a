"""Boxes and matrices: where things lie on a leaf. Lengths are points, y grows upward.

A box is (left, bottom, right, top). Sides are named as they lie on the leaf as it is read.
"""

from collections.abc import Iterable
from math import isfinite

from builder.core.matrix import Matrix

Box = tuple[float, float, float, float]
LEFT, BOTTOM, RIGHT, TOP = range(4)
SIDES = (LEFT, BOTTOM, RIGHT, TOP)
MM = 72 / 25.4


def moved(box: Box, matrix: Matrix) -> Box:
    """The box around a box that `matrix` has moved, turned or scaled."""
    left, bottom, right, top = box
    a, b, c, d, e, f = matrix
    if b == 0 and c == 0:
        xs = [a * left + e, a * right + e]
        ys = [d * bottom + f, d * top + f]
    else:
        corners = ((left, bottom), (left, top), (right, bottom), (right, top))
        xs = [a * x + c * y + e for x, y in corners]
        ys = [b * x + d * y + f for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def overlap(one: Box, other: Box) -> Box | None:
    """What two boxes share; None when nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def around(boxes: Iterable[Box]) -> Box:
    """The box around several; there is at least one."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def around_points(points: Iterable[tuple[float, float]]) -> Box:
    """The box around points; there is at least one."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def is_inside(box: Box, outer: Box) -> bool:
    return box[0] >= outer[0] and box[1] >= outer[1] and box[2] <= outer[2] and box[3] <= outer[3]


def inset(box: Box, left: float, bottom: float, right: float, top: float) -> Box:
    """The box with its sides moved inwards."""
    return (box[0] + left, box[1] + bottom, box[2] - right, box[3] - top)


def grown(box: Box, by: float) -> Box:
    return inset(box, -by, -by, -by, -by)


def reach(box: Box, outer: Box, side: int) -> float:
    """How far a box stands off one side of the box around it; negative beyond it."""
    return box[side] - outer[side] if side in (LEFT, BOTTOM) else outer[side] - box[side]


def upright(numbers: Iterable[object]) -> Box | None:
    """Four numbers of a file as a box, whichever corners they name; None when they are none."""
    try:
        x0, y0, x1, y1 = (float(str(number)) for number in numbers)
    except (TypeError, ValueError):
        return None
    if not all(map(isfinite, (x0, y0, x1, y1))):
        return None
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def width(box: Box) -> float:
    return box[2] - box[0]


def height(box: Box) -> float:
    return box[3] - box[1]
