"""What the places of one book with a neighbour in common say to each other."""

from array import array
from collections.abc import Sequence
from itertools import pairwise

from builder.convert.figures import UNIT

# Measured on six folds of whole books: 0.6 best of 0.3, 0.6, 1; fewer places say little.
ECHO = 0.6
ECHO_PLACES = 3
ECHO_CLIP = 6 * UNIT

# The numbers of the sums to which a place belongs: those of its left and of its right neighbour.
Heard = tuple[int, int]


class Echo:
    """What the places of one book say that have the same left or the same right neighbour.

    A name or a habit of the book recurs with its neighbours, and what is plain at one of its
    places helps at the others.
    """

    def __init__(self) -> None:
        self._before: dict[str, int] = {}
        self._after: dict[str, int] = {}
        # One behind the other: how many places have a neighbour in common, then the sums of
        # their scores by candidate; and where each of these begins.
        self._sums: list[int] = []
        self._starts: array[int] = array("I")

    def add(self, text: str, at: int, scores: Sequence[int]) -> Heard:
        """The sums to which a place belongs; they are whole when all places are added."""
        sums = self._sums
        before, after = text[at - 1 : at + 1], text[at : at + 2]
        one = self._before.get(before, -1)
        if one < 0:
            one = self._before[before] = self._begin(len(scores))
        other = self._after.get(after, -1)
        if other < 0:
            other = self._after[after] = self._begin(len(scores))
        sums[one] += 1
        sums[other] += 1
        best = max(scores)
        least = best - ECHO_CLIP
        for number, score in enumerate(scores, 1):
            if score != best:
                less = score - best if score > least else -ECHO_CLIP
                sums[one + number] += less
                sums[other + number] += less
        return one, other

    def _begin(self, size: int) -> int:
        start = len(self._sums)
        self._starts.append(start)
        self._sums.extend([0] * (size + 1))
        return start

    def shares(self) -> list[int]:
        """What each sum adds to the score of a place that belongs to it, in the place of the sum."""
        sums = self._sums
        shares = [0] * len(sums)
        for start, end in pairwise((*self._starts, len(sums))):
            count = sums[start]
            if count >= ECHO_PLACES:
                share = ECHO * (count - 1) / (count * count)
                shares[start + 1 : end] = [round(share * total) for total in sums[start + 1 : end]]
        return shares


def echoed(scores: Sequence[int], heard: Sequence[int], shares: Sequence[int]) -> list[int]:
    """The scores of a place with what the others add: `shares` are those of the whole book."""
    one, other = heard
    return [
        score + shares[one + number] + shares[other + number]
        for number, score in enumerate(scores, 1)
    ]
