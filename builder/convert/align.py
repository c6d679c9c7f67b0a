"""Which characters of a line became which: OpenCC itself does not say.

OpenCC's configurations without regional vocabulary keep the length of every line (checked on
all entries of its dictionaries, 1.4.2), so their characters pair off. Regional vocabulary
(信息 → 資訊, 打印机 → 印表機, 服务器 → 伺服器) may not, and there the two texts are walked side
by side until they agree again. Both ways take linear time.
"""

import re
from collections.abc import Iterator
from operator import ne

Difference = tuple[int, str, str]

_DIFFERENT = re.compile(b"\x01+")

# The longest phrase of OpenCC's regional dictionaries has 13 characters.
REACH = 16
# That many equal characters say that two texts agree again.
AGREEMENT = 3


def differences(before: str, after: str) -> Iterator[Difference]:
    """(start in `before`, what stood there, what stands there now), in order and apart."""
    if before == after:
        return iter(())
    if len(before) == len(after):
        return _paired(before, after)
    return walked(before, after)


def _paired(before: str, after: str) -> Iterator[Difference]:
    # A byte for each character, 1 where they differ: no loop of our own over every character.
    for run in _DIFFERENT.finditer(bytes(map(ne, before, after))):
        start, end = run.span()
        yield start, before[start:end], after[start:end]


def walked(before: str, after: str) -> Iterator[Difference]:
    """The same for texts of any lengths; each difference is as short as it can be found."""
    old = new = 0
    while old < len(before) or new < len(after):
        if old < len(before) and new < len(after) and before[old] == after[new]:
            old, new = old + 1, new + 1
            continue
        skip_old, skip_new = _resume(before, after, old, new)
        yield old, before[old : old + skip_old], after[new : new + skip_new]
        old, new = old + skip_old, new + skip_new


def _resume(before: str, after: str, old: int, new: int) -> tuple[int, int]:
    """How many characters of each text to pass over until they agree; all, when never."""
    rest_old, rest_new = len(before) - old, len(after) - new
    for total in range(1, 2 * REACH):
        # The evenest split first: most phrases keep their length.
        for skip_old in sorted(range(total + 1), key=lambda skip: abs(2 * skip - total)):
            skip_new = total - skip_old
            if skip_old > rest_old or skip_new > rest_new:
                continue
            here = before[old + skip_old : old + skip_old + AGREEMENT]
            there = after[new + skip_new : new + skip_new + AGREEMENT]
            if here == there and (
                len(here) == AGREEMENT or _both_end(rest_old - skip_old, rest_new - skip_new)
            ):
                return skip_old, skip_new
    return rest_old, rest_new


def _both_end(rest_old: int, rest_new: int) -> bool:
    return rest_old == rest_new


def carry(position: int, changes: list[Difference]) -> int:
    """Where a border between two characters of the old line stands in the new one.

    A border inside a change keeps its distance from the change's start, as far as it reaches.
    """
    growth = 0
    for start, before, after in changes:
        if position <= start:
            break
        if position < start + len(before):
            return start + growth + min(position - start, len(after))
        growth += len(after) - len(before)
    return position + growth
