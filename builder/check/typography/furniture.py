"""Running heads and folios, where no mark tells them: what stands at one place page after page."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from builder.check.typography.lines import Line

_PAGES = 3
_SHARE = 0.2
# Where text begins, some lines stand off too: a single line over a gap.
_MOSTLY = 0.8
# Furniture stands off the text by more than the lines do from each other.
_STANDS_OFF = 1.3


def without_furniture(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without the outermost lines that many pages have at the same place."""
    for _ in range(2):
        heads = _places(pages, 0)
        feet = _places(pages, -1)
        if not heads and not feet:
            break
        pages = [_trimmed(page, heads, feet) for page in pages]
    return [list(page) for page in pages]


def _trimmed(page: list[Line], heads: set[int], feet: set[int]) -> list[Line]:
    start, stop = 0, len(page)
    if page and _place(page[0]) in heads and _stands_off(page, 0):
        start = 1
    if stop > start and _place(page[-1]) in feet and _stands_off(page, -1):
        stop -= 1
    return page[start:stop]


def _places(pages: Sequence[list[Line]], at: int) -> set[int]:
    """The places of outermost lines that stand off the text on enough pages."""
    counts = Counter(_place(page[at]) for page in pages if page and _stands_off(page, at))
    all_there = Counter(_place(page[at]) for page in pages if page)
    wanted = max(_PAGES, _SHARE * len(pages) / 2)
    return {
        place
        for place, count in counts.items()
        if count >= wanted and count > _MOSTLY * all_there[place]
    }


def _place(line: Line) -> int:
    return round(line.across)


def _stands_off(page: list[Line], at: int) -> bool:
    """Whether an outermost line is a folio, or farther from its neighbour than lines are."""
    line = page[at]
    if len(page) == 1:
        return line.text.strip("-—·–. ").isdecimal()
    neighbour = page[1] if at == 0 else page[-2]
    steps = [second.across - first.across for first, second in pairwise(page)]
    usual = median(steps) if len(steps) > 2 else 1.75 * neighbour.size
    is_small = line.size <= neighbour.size * 1.02
    return is_small and abs(line.across - neighbour.across) > _STANDS_OFF * usual
