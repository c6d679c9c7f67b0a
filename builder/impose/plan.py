"""Which page of a book stands where on which sheet: the order of imposition, in whole numbers.

A signature is a number of sheets put into one another and folded; `folding` knows one sheet.
Nothing here knows of millimetres or of PDF; imports only the standard library and `folding`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.impose.folding import Side, Spot, cut_sheet, folded_sheet, grid_of

Binding = Literal["saddle", "sewn", "perfect", "stack"]
Edge = Literal["left", "right"]
Blanks = Literal["end", "before-last"]


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a spot: `page` counts from 0, None is a blank one that was added.

    `spine` is the edge of the page, as it is read, that is bound. `depth` counts the leaves that
    lie around this one in its signature: how far creep pushes it out.
    """

    spot: Spot
    page: int | None
    spine: Edge
    depth: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper; `signature` and `number`, its place in it from outside, count from 1."""

    signature: int
    number: int
    front: tuple[Place, ...]
    back: tuple[Place, ...]

    def side(self, side: Side) -> tuple[Place, ...]:
        return self.front if side == "front" else self.back


@dataclass(frozen=True, slots=True)
class Plan:
    """All sheets of a book in the order in which they are printed and gathered.

    `columns` and `rows` are those of one side. `signatures` are the numbers of sheets in each.
    """

    binding: Binding
    bound: Edge
    folds: int
    columns: int
    rows: int
    page_count: int
    blank_count: int
    signatures: tuple[int, ...]
    sheets: tuple[Sheet, ...]


def plan_sheets(
    page_count: int,
    *,
    binding: Binding = "saddle",
    bound: Edge = "left",
    folds: int = 1,
    signature: int = 0,
    blanks: Blanks = "end",
) -> Plan:
    """Lay out `page_count` pages.

    `signature` is the number of pages of one, a multiple of 2 ** (folds + 1); 0, or a saddle
    stitch, makes one signature of all. In a stack nothing is folded: `folds` are cuts, and the
    piles they make are laid on each other. The last signature has only the sheets that it needs.
    """
    per_sheet = 2 ** (folds + 1)
    count = -(-page_count // per_sheet)
    pages = _padded(page_count, count * per_sheet, blanks)
    if binding == "stack":
        sizes = (count,)
        sheets = tuple(_stack(pages, folds, bound))
    else:
        most = signature // per_sheet if signature and binding != "saddle" else count
        sizes = tuple(min(most, count - at) for at in range(0, count, most))
        sheets = tuple(_gathered(pages, sizes, folds, bound))
    columns, rows = grid_of(folds)
    blank_count = len(pages) - page_count
    return Plan(binding, bound, folds, columns, rows, page_count, blank_count, sizes, sheets)


def _padded(page_count: int, length: int, blanks: Blanks) -> tuple[int | None, ...]:
    """The pages 0, 1, … with blank ones up to `length`: after them, or before the last."""
    added = (None,) * (length - page_count)
    if blanks == "before-last":
        return (*range(page_count - 1), *added, page_count - 1)
    return (*range(page_count), *added)


def _gathered(
    pages: Sequence[int | None], sizes: Sequence[int], folds: int, bound: Edge
) -> Iterator[Sheet]:
    """The sheets of signatures that have `sizes` sheets each, put into one another."""
    spots = folded_sheet(folds, is_right_bound=bound == "right")
    start = 0
    for signature, size in enumerate(sizes, 1):
        length = size * len(spots)
        for number in range(size):
            # A sheet holds the first half of its pages around the sheets inside it.
            half = len(spots) // 2
            first, last = number * half, length - (number + 1) * half
            own = (*range(first, first + half), *range(last, last + half))
            places = [
                Place(spot, pages[start + at], _spine(at, bound), _depth(at, length))
                for spot, at in zip(spots, own, strict=True)
            ]
            yield _sheet(signature, number + 1, places)
        start += length


def _stack(pages: Sequence[int | None], cuts: int, bound: Edge) -> Iterator[Sheet]:
    """Sheets whose leaves lie so that the piles of a cut stack, laid on each other, are the book."""
    leaves = cut_sheet(cuts, is_right_bound=bound == "right")
    count = len(pages) // (2 * len(leaves))
    for number in range(count):
        firsts = [2 * (pile * count + number) for pile in range(len(leaves))]
        places = [
            Place(spot, pages[first + at], _spine(at, bound), depth=0)
            for first, spots in zip(firsts, leaves, strict=True)
            for at, spot in enumerate(spots)
        ]
        yield _sheet(1, number + 1, places)


def _sheet(signature: int, number: int, places: Sequence[Place]) -> Sheet:
    """A sheet, the places of each side row by row."""
    front, back = (
        sorted(
            (place for place in places if place.spot.side == side),
            key=lambda place: (place.spot.row, place.spot.column),
        )
        for side in ("front", "back")
    )
    return Sheet(signature, number, tuple(front), tuple(back))


def _spine(at: int, bound: Edge) -> Edge:
    """The bound edge of page `at`, from 0: a leaf's first side is bound where the book is."""
    if at % 2 == 0:
        return bound
    return "left" if bound == "right" else "right"


def _depth(at: int, length: int) -> int:
    """How many leaves of a signature of `length` pages lie around the leaf of page `at`."""
    leaf, leaves = at // 2, length // 2
    return min(leaf, leaves - 1 - leaf)
