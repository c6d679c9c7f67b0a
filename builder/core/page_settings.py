"""What [pdf] says of a page in words: a grid, margins.

Lengths are read by `core.trims`; here is what stands in one setting together.
"""

import re

from builder.core.trims import length_mm

# Characters a line × lines a page. Example: 28x26, 17×42. Counter-example: 28, 0x26, x26.
_GRID = re.compile(r"([1-9][0-9]{0,2})[ ]?[x×X*][ ]?([1-9][0-9]{0,2})")
_SIDES = 4
# Less is no page of a book: characters of a line (or a column), lines (or columns).
LEAST_GRID = (8, 5)
# A blank between a number and its unit. Example: that in 20 mm; counter-example: that in 20mm 15mm.
_BEFORE_UNIT = re.compile(r"(?<=[0-9])\s+(?=[^0-9.\s])")
# Which of one to four lengths is the margin at the top, outside, at the bottom, inside: as in CSS.
_CSS_ORDER = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}


def grid_of(text: str) -> tuple[int, int] | None:
    """`28x26`: 28 characters a line and 26 lines a page; in columns, 28 characters a column and
    26 columns. None for anything else, and for less than a page of a book has.
    """
    found = _GRID.fullmatch(text.strip())
    if not found:
        return None
    measure, lines = int(found[1]), int(found[2])
    return (measure, lines) if measure >= LEAST_GRID[0] and lines >= LEAST_GRID[1] else None


def margins_mm(text: str) -> tuple[float, float, float, float] | None:
    """Top, outer, bottom, inner in mm, from one to four lengths as CSS counts them.

    Example: `20mm 15mm` is 20 above and below, 15 outside and inside. None for anything else.
    """
    lengths = [length_mm(part) for part in _BEFORE_UNIT.sub("", text).split()]
    known = [length for length in lengths if length is not None]
    if not 1 <= len(known) == len(lengths) <= _SIDES:
        return None
    top, outer, bottom, inner = (known[at] for at in _CSS_ORDER[len(known)])
    return top, outer, bottom, inner
