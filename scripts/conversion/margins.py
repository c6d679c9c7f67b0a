"""Margins and temperatures of characters, from books that their weights have not seen."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.convert.figures import UNIT

GRID = tuple(round(UNIT * nats) for nats in (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6))
NEVER = 1 << 14
# Where the books say little, a choice needs a nat and a half.
USUAL = 3 * UNIT // 2
# Characters that print of today writes in one form, old novels in two: they need three nats, or
# are left to OpenCC altogether where one character of a word (衚衕) would be changed alone.
CAUTIOUS = (
    dict.fromkeys("采冲丑吁卷斗准注", 3 * UNIT)
    | dict.fromkeys("后", 4 * UNIT)  # a queen is all over the book that tells of her
    | dict.fromkeys("啮同胡余", NEVER)  # many prints have 餘 for "I"
)
# A book whose print of a character differs so often and so plainly from all others' has a habit
# of its own (于 for 於 throughout) and teaches nothing about that character.
ODD_SHARE = 0.15
ODD_LEAST = 10
ODD_MARGIN = 1.5 * UNIT
# Where a larger share of the books differs, it is not they that are odd.
ODD_BOOKS = 0.2
TWO_HABITS = 0.3
DAMPING = 0.7
TEMPERATURES = (0.6, 0.8, 1.0, 1.3, 1.7, 2.2, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A place of a book that the weights had not seen.

    Its scores, what OpenCC chose, and what is printed.
    """

    book: int
    known: int
    truth: int
    scores: Sequence[int]

    @property
    def best(self) -> int:
        return max(range(len(self.scores)), key=self.scores.__getitem__)

    @property
    def is_off(self) -> bool:
        """Whether print has plainly another candidate than all the other books would have."""
        others = self.scores[self.best] - self.scores[max(self.truth, 0)]
        return self.best != self.truth and others > ODD_MARGIN


def margin_of(verdicts: Sequence[Verdict]) -> int:
    """The margin that would have helped most, each book's gain damped.

    One book's habits thus count for less than the agreement of several.
    """
    gains: Counter[tuple[int, int]] = Counter()
    for one in verdicts:
        value = (one.best == one.truth) - (one.known == one.truth)
        apart = one.scores[one.best] - one.scores[one.known]
        for margin in GRID:
            if value and apart > margin:
                gains[margin, one.book] += value
    totals = {
        margin: sum(_damped(gains[margin, book]) for book in {one.book for one in verdicts})
        - 0.5 * abs(math.log((margin + 5) / (USUAL + 5)))
        for margin in GRID
    }
    totals[NEVER] = -0.5 * math.log((10 * UNIT + 5) / (USUAL + 5))
    return max(totals, key=totals.__getitem__)


def odd_books(verdicts: Sequence[Verdict]) -> frozenset[int]:
    """The books with a habit of their own for a character; none when they are many."""
    odd = _odd(verdicts)
    return odd if len(odd) <= ODD_BOOKS * _books(verdicts) else frozenset()


def has_two_habits(verdicts: Sequence[Verdict]) -> bool:
    """Whether so many books differ that print has no rule (系 and 係 for "is").

    Then OpenCC's choice stays, and a row of the report asks the reader.
    """
    return len(_odd(verdicts)) > TWO_HABITS * _books(verdicts)


def _books(verdicts: Sequence[Verdict]) -> int:
    return len({one.book for one in verdicts})


def _odd(verdicts: Sequence[Verdict]) -> frozenset[int]:
    places = Counter(one.book for one in verdicts)
    off = Counter(one.book for one in verdicts if one.is_off)
    return frozenset(
        book
        for book, count in off.items()
        if count >= ODD_LEAST and count > ODD_SHARE * places[book]
    )


def _damped(gain: int) -> float:
    return math.copysign(abs(gain) ** DAMPING, gain)


def temperature_of(verdicts: Sequence[Verdict]) -> float:
    """What the scores are to be divided by to be read as logarithms of probabilities."""
    certain = [one for one in verdicts if one.truth >= 0]

    def loss(temperature: float) -> float:
        scale = UNIT * temperature
        return sum(
            math.log(sum(math.exp((score - one.scores[one.truth]) / scale) for score in one.scores))
            for one in certain
        )

    return min(TEMPERATURES, key=loss)
