"""What characters move together or apart because of their neighbours.

Marks lose room beside marks, Han and Latin gain a gap, a narrow · is given its room. All
functions give thousandths of the em by the index of the character before the place.
"""

import re
from collections.abc import Callable, Iterable

from builder.press.marks import GAP, GAP_SPACE, NEIGHBOURS, Laws
from builder.press.sorts import EM, HALF, Sorts

# Two ？ or ！ take one em, three two (GB/T 15834-2011 §5.1.2).
_EXCLAMATIONS = re.compile("X{2,}")
_BETWEEN_HAN = re.compile("[Hr]m[Hr]")

SortsAt = Callable[[int], Sorts]
Moves = dict[int, float]


def shifts_of(
    text: str, kinds: str, squeezes: Moves, odd: Iterable[tuple[int, int]], sorts_at: SortsAt,
    laws: Laws,
) -> Moves:  # fmt: skip
    """All shifts of a text, whose marks lose `squeezes` beside each other; `sorts_at` has the sorts
    of the character at an index. `odd` is where characters are that do not take an em.
    """
    shifts, gap = squeezes, laws.latin_gap * EM
    if gap:
        for start, end in odd:
            for match in GAP.finditer(kinds, max(start - 1, 0), end + 1):
                shifts[match.end() - 1] = gap
        if "w" in kinds:
            for match in GAP_SPACE.finditer(kinds):
                index = match.start()
                shifts[index] = gap - sorts_at(index).advances[text[index]]
    at = kinds.find("m")
    while at >= 0:
        _pad(text, kinds, at, sorts_at(at), shifts)
        at = kinds.find("m", at + 1)
    return shifts


def squeezes_of(text: str, kinds: str, sorts_at: SortsAt) -> Moves:
    """What marks beside each other lose."""
    shifts: Moves = {}
    for match in NEIGHBOURS.finditer(kinds):
        index = match.start()
        if lost := sorts_at(index).pairs[text[index : index + 2]]:
            shifts[index] = lost
    if "XX" in kinds:
        _join(text, kinds, sorts_at, shifts)
    return shifts


def _join(text: str, kinds: str, sorts_at: SortsAt, shifts: Moves) -> None:
    """！！ and ？！ take one em, ？？？ two: each loses alike, where its blank is."""
    for match in _EXCLAMATIONS.finditer(kinds):
        first, last = match.start(), match.end() - 1
        before, after = sorts_at(first).blanks[text[first]]
        if not before + after:
            continue
        lost = EM / 3 if last - first == 2 else HALF
        left = lost * before / (before + after)
        for index in range(first, last):
            shifts[index] = -lost
        shifts[last] = min(shifts.get(last, 0), left - lost)
        if left and first:
            shifts[first - 1] = shifts.get(first - 1, 0) - left


def _pad(text: str, kinds: str, index: int, sorts: Sorts, shifts: Moves) -> None:
    """Give a narrow · between Han half an em, in Taiwan and Hong Kong a whole one."""
    if not _BETWEEN_HAN.match(kinds, max(index - 1, 0)):
        return
    is_wide = sorts.face.key.language.lower().startswith("zh-hant")
    pad = ((EM if is_wide else HALF) - sorts.advances[text[index]]) / 2
    if pad > 0:
        shifts[index - 1] = shifts.get(index - 1, 0) + pad
        shifts[index] = pad
