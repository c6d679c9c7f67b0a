"""Both sides of the outermost sheet, drawn with characters for a terminal."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from builder.impose.plan import Place, Plan

# Before the number of a page that stands on its head.
_ON_ITS_HEAD = "↓"
_BETWEEN = "    "


def sketch(plan: Plan, *, front: str, back: str) -> tuple[str, ...]:
    """Lines to print; `front` and `back` are the words above the two sides."""
    sheet = plan.sheets[0]
    numbers = [_label(place) for place in (*sheet.front, *sheet.back)]
    width = max(map(len, numbers)) + 2
    sides = [list(_side(plan, side, width)) for side in (sheet.front, sheet.back)]
    across = (width + 1) * plan.columns + 1
    heads = f"{_centred(front, across)}{_BETWEEN}{_centred(back, across)}".rstrip()
    return (heads, *(_BETWEEN.join(lines) for lines in zip(*sides, strict=True)))


def _centred(word: str, across: int) -> str:
    """A word in the middle of so many columns of a terminal, where Han take two each."""
    wide = sum(east_asian_width(character) in {"W", "F"} for character in word)
    return f"{word:^{across - wide}}"


def _side(plan: Plan, places: Sequence[Place], width: int) -> Iterator[str]:
    """A side as a grid, its folds dashed."""
    bar = "─" * width
    yield f"┌{'┬'.join([bar] * plan.columns)}┐"
    for row in range(plan.rows):
        if row:
            yield f"├{'┼'.join(['┄' * width] * plan.columns)}┤"
        own = places[row * plan.columns : (row + 1) * plan.columns]
        yield f"│{'┆'.join(f'{_label(place):^{width}}' for place in own)}│"
    yield f"└{'┴'.join([bar] * plan.columns)}┘"


def _label(place: Place) -> str:
    if place.page is None:
        return ""
    return f"{_ON_ITS_HEAD if place.spot.is_turned else ''}{place.page + 1}"
