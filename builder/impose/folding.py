"""Where the pages of one folded sheet stand before it is folded.

A sheet folded once has 4 pages, twice 8, three times 16, four times 32. The folds cross each
other in turn, and the last one makes the spine. Nothing is looked up: the sheet is folded here,
and what then lies where says which page stands there.

Nothing here knows of millimetres; imports only the standard library.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

Side = Literal["front", "back"]
Fold = Literal["across", "down"]
# One fold makes 4 pages, four make 32; a fifth no paper takes.
MAX_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for one page on a flat sheet.

    Columns count from the left and rows from the top of the side that is looked at; the back is
    seen after turning the sheet like the page of a book. `is_turned`: the page stands on its head.
    """

    side: Side
    column: int
    row: int
    is_turned: bool


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf of a folded sheet: which side of it lies up, and where it was on the back."""

    up: Side
    column: int
    row: int
    is_turned: bool

    def folded_over(self, fold: Fold) -> "_Leaf":
        is_turned = self.is_turned ^ (fold == "down")
        return replace(self, up=_other(self.up), is_turned=is_turned)


# Rows of columns of leaves that lie on each other, the topmost first.
_Stack = tuple[_Leaf, ...]
_Sheet = tuple[tuple[_Stack, ...], ...]


def folds_of(count: int) -> tuple[Fold, ...]:
    """The folds of a sheet in their order; the last is the spine's. "across" is left over right."""
    return tuple("across" if (count - at) % 2 else "down" for at in range(count))


def grid_of(folds: int) -> tuple[int, int]:
    """Columns and rows of one side of a sheet that is folded so often."""
    made = folds_of(folds)
    return 2 ** made.count("across"), 2 ** made.count("down")


@cache
def folded_sheet(folds: int, *, is_right_bound: bool = False) -> tuple[Spot, ...]:
    """The places of a sheet's pages, in the order in which they are read once it is folded.

    There are 2 ** (folds + 1) of them, the first on the front. A sheet bound at the right is the
    mirror image of one bound at the left, its pages as they are.
    """
    columns, _ = grid_of(folds)
    *_, ((leaves,),) = _steps(folds)
    spots = (_spot(leaf, side, columns) for leaf in leaves for side in (leaf.up, _other(leaf.up)))
    if is_right_bound:
        return tuple(replace(spot, column=columns - 1 - spot.column) for spot in spots)
    return tuple(spots)


@dataclass(frozen=True, slots=True)
class Step:
    """A sheet on its way: what lies on top, rows of columns, and the fold that comes next.

    `turned` are those that stand on their heads by now. After the last fold `fold` is None.
    """

    top: tuple[tuple[Spot, ...], ...]
    turned: tuple[tuple[bool, ...], ...]
    fold: Fold | None


def folding_steps(folds: int, *, is_right_bound: bool = False) -> tuple[Step, ...]:
    """How a sheet is folded: as it lies flat, its front below, and after each fold."""
    columns, _ = grid_of(folds)
    planned = {(spot.side, spot.column, spot.row): spot for spot in folded_sheet(folds)}
    steps = []
    for sheet, fold in zip(_steps(folds), (*folds_of(folds), None), strict=True):
        tops = [[stack[0] for stack in row] for row in sheet]
        found = [[_spot(leaf, leaf.up, columns) for leaf in row] for row in tops]
        spots = [[planned[spot.side, spot.column, spot.row] for spot in row] for row in found]
        # A page that was planned on its head stands upright once its leaf has been folded down.
        turned = [
            [spot.is_turned != leaf.is_turned for spot, leaf in zip(some, leaves, strict=True)]
            for some, leaves in zip(spots, tops, strict=True)
        ]
        if is_right_bound:
            spots = [
                [replace(spot, column=columns - 1 - spot.column) for spot in reversed(row)]
                for row in spots
            ]
            turned = [row[::-1] for row in turned]
        steps.append(Step(tuple(map(tuple, spots)), tuple(map(tuple, turned)), fold))
    return tuple(steps)


def _steps(folds: int) -> tuple[_Sheet, ...]:
    """The sheet before the first fold and after each.

    The front lies down, and each fold brings the left over the right or the top over the bottom.
    """
    columns, rows = grid_of(folds)
    sheet: _Sheet = tuple(
        tuple((_Leaf("back", column, row, is_turned=False),) for column in range(columns))
        for row in range(rows)
    )
    sheets = [sheet]
    for fold in folds_of(folds):
        sheet = _fold(sheet, fold)
        sheets.append(sheet)
    return tuple(sheets)


def cut_sheet(cuts: int, *, is_right_bound: bool = False) -> tuple[tuple[Spot, Spot], ...]:
    """The leaves of a sheet that is cut, not folded: front and back of each, row by row.

    The first leaf lies at the left, or at the right of a book that is bound there.
    """
    columns, rows = grid_of(cuts)
    order = range(columns - 1, -1, -1) if is_right_bound else range(columns)
    return tuple(
        (
            Spot("front", column, row, is_turned=False),
            Spot("back", columns - 1 - column, row, is_turned=False),
        )
        for row in range(rows)
        for column in order
    )


def _fold(sheet: _Sheet, fold: Fold) -> _Sheet:
    if fold == "across":
        return tuple(_fold_line(row, fold) for row in sheet)
    columns = (_fold_line(column, fold) for column in zip(*sheet, strict=True))
    return tuple(zip(*columns, strict=True))


def _fold_line(stacks: tuple[_Stack, ...], fold: Fold) -> tuple[_Stack, ...]:
    """The first half of a row or column laid over the second."""
    half = len(stacks) // 2
    moved = (
        tuple(leaf.folded_over(fold) for leaf in reversed(stack))
        for stack in reversed(stacks[:half])
    )
    return tuple(over + under for over, under in zip(moved, stacks[half:], strict=True))


def _other(side: Side) -> Side:
    return "back" if side == "front" else "front"


def _spot(leaf: _Leaf, side: Side, columns: int) -> Spot:
    """Leaves keep the place they had on the back; on the front it is the mirrored one."""
    column = leaf.column if side == "back" else columns - 1 - leaf.column
    return Spot(side, column, leaf.row, leaf.is_turned)
