"""Marks outside the pages: where to cut, where to fold, in which order to gather.

All are in black ink alone, thin, and never on what is left of a page; marks
for which a sheet has no room are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.impose.folding import Side
from builder.impose.placing import MM, Ground, PageShape, Placed, place_page
from builder.impose.plan import Place, Plan, Sheet

Mark = Literal["crop", "fold", "collate"]
MARKS: tuple[Mark, ...] = ("crop", "fold", "collate")
# Far enough from the page that a knife a little off leaves nothing of them on it.
_GAP = 2 * MM
_LENGTH = 5 * MM
_SHORTEST = 1 * MM
# A block on the fold of each signature, one step lower than on the one before: gathered in order
# they make a staircase on the spine, and a signature that is missing breaks it.
_BLOCK = (3 * MM, 5 * MM)

_Line = tuple[float, float, float, float]


def marks_named(text: str) -> tuple[Mark, ...]:
    """The marks that are named, comma separated. Raises ConfigError Q013."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    for word in words:
        if word not in MARKS:
            known = ", ".join(MARKS)
            raise ConfigError("Q013", location=Location("--marks"), name=word, known=known)
    return tuple(mark for mark in MARKS if mark in words)


@dataclass(frozen=True, slots=True)
class Marked:
    """Operators for each side that has marks; `has_room_for_crop` is false when no mark fits."""

    operators: Mapping[tuple[int, Side], bytes] = field(repr=False)
    has_room_for_crop: bool


def mark_sheets(
    plan: Plan, ground: Ground, shapes: Sequence[PageShape], wanted: Sequence[Mark]
) -> Marked:
    """The marks of every side. `shapes` are those of the pages, by number from 0."""
    operators: dict[tuple[int, Side], bytes] = {}
    has_crop = False
    if not wanted:
        return Marked(operators, has_room_for_crop=True)
    steps = _steps(plan, ground)
    sides: tuple[Side, ...] = ("front", "back")
    for at, sheet in enumerate(plan.sheets):
        for side in sides:
            lines: list[_Line] = []
            if "crop" in wanted:
                lines += _crop_lines(sheet.side(side), ground, shapes)
                has_crop = has_crop or bool(lines)
            drawn = [_stroked(lines, dash="")] if lines else []
            if "fold" in wanted:
                drawn.append(_stroked(_fold_lines(ground), dash="[4 2] 0 d "))
            if "collate" in wanted and side == "front" and sheet.number == 1 and steps > 1:
                drawn.append(_block(sheet, ground, shapes, steps))
            if drawn:
                operators[at, side] = "\n".join(drawn).encode()
    return Marked(operators, has_room_for_crop=has_crop or "crop" not in wanted)


def _crop_lines(
    places: Sequence[Place], ground: Ground, shapes: Sequence[PageShape]
) -> Iterator[_Line]:
    for place in places:
        if place.page is not None:
            yield from _corners(place_page(ground, place, shapes[place.page]))


def _corners(placed: Placed) -> Iterator[_Line]:
    """Two short lines at each corner that point at it from outside, as far as the cell reaches."""
    trim, clip, cell = placed.trim, placed.clip, placed.cell
    for x, edge, end, way in (
        (trim.x0, min(clip.x0, trim.x0), cell.x0, -1),
        (trim.x1, max(clip.x1, trim.x1), cell.x1, 1),
    ):
        first = edge + way * _GAP
        last = way * min(way * (first + way * _LENGTH), way * end)
        if way * (last - first) >= _SHORTEST:
            yield from ((first, y, last, y) for y in (trim.y0, trim.y1))
        yield from _uprights(x, placed)


def _uprights(x: float, placed: Placed) -> Iterator[_Line]:
    """The lines above and below a corner, where that is not the fold itself."""
    trim, clip, cell = placed.trim, placed.clip, placed.cell
    if min(abs(x - cell.x0), abs(x - cell.x1)) < _SHORTEST:
        return
    for edge, end, way in (
        (min(clip.y0, trim.y0), cell.y0, -1),
        (max(clip.y1, trim.y1), cell.y1, 1),
    ):
        first = edge + way * _GAP
        last = way * min(way * (first + way * _LENGTH), way * end)
        if way * (last - first) >= _SHORTEST:
            yield x, first, x, last


def _fold_lines(ground: Ground) -> Iterator[_Line]:
    """At the ends of every fold, or of every cut of a stack."""
    for column in range(1, ground.columns):
        x = column * ground.cell_width
        yield x, 0, x, _LENGTH
        yield x, ground.height - _LENGTH, x, ground.height
    for row in range(1, ground.rows):
        y = row * ground.cell_height
        yield 0, y, _LENGTH, y
        yield ground.width - _LENGTH, y, ground.width, y


def _steps(plan: Plan, ground: Ground) -> int:
    """How many blocks have room below each other; 0 when there is nothing to gather."""
    if len(plan.signatures) < 2:
        return 0
    return min(len(plan.signatures), int(ground.cell_height * 0.8 // _BLOCK[1]))


def _block(sheet: Sheet, ground: Ground, shapes: Sequence[PageShape], steps: int) -> str:
    """The block on the fold between the first and the last page of a signature."""
    first = min(
        (place for place in sheet.front if place.page is not None),
        key=lambda place: place.page or 0,
    )
    cell = place_page(ground, first, shapes[first.page or 0]).cell
    x = cell.x0 if first.spine == "left" else cell.x1
    width, height = _BLOCK
    top = cell.y1 - cell.height * 0.1 - (sheet.signature - 1) % steps * height
    return f"q 0 g {_numbers(x - width / 2, top - height, width, height)} re f Q"


def _stroked(lines: Sequence[_Line] | Iterator[_Line], dash: str) -> str:
    paths = " ".join(f"{_numbers(x0, y0)} m {_numbers(x1, y1)} l" for x0, y0, x1, y1 in lines)
    return f"q 0 G 0.25 w {dash}{paths} S Q" if paths else ""


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}" for value in values)
