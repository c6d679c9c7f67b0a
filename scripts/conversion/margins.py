"""Margins and temperatures of characters, from books that their weights have not seen."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from builder.convert.figures import UNIT

GRID = tuple(round(UNIT * nats) for nats in (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6))
NEVER = 1 << 14
# Where the books say little, a choice needs two nats.
USUAL = 2 * UNIT
TEMPERATURES = (0.6, 0.8, 1.0, 1.3, 1.7, 2.2, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A place of a book that the weights had not seen: its scores, OpenCC's choice, the truth."""

    fold: int
    known: int
    truth: int
    scores: Sequence[int]


def margin_of(verdicts: Sequence[Verdict]) -> int:
    """The margin that would have helped most, each fold's gain counting by its square root.

    One book's odd habits thus count for less than the agreement of several.
    """
    gains: dict[tuple[int, int], int] = {}
    for one in verdicts:
        best = max(range(len(one.scores)), key=one.scores.__getitem__)
        value = (best == one.truth) - (one.known == one.truth)
        apart = one.scores[best] - one.scores[one.known]
        for margin in GRID:
            if value and apart > margin:
                gains[margin, one.fold] = gains.get((margin, one.fold), 0) + value
    folds = {one.fold for one in verdicts}
    totals = {
        margin: sum(_damped(gains.get((margin, fold), 0)) for fold in folds)
        - 0.5 * abs(math.log((margin + 5) / (USUAL + 5)))
        for margin in GRID
    }
    totals[NEVER] = -0.5 * math.log((10 * UNIT + 5) / (USUAL + 5))
    return max(totals, key=totals.__getitem__)


def _damped(gain: int) -> float:
    return math.copysign(math.sqrt(abs(gain)), gain)


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
