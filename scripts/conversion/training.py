"""The weights of contexts: for each ambiguous character a small regression of its own.

Multinomial logistic regression by L-BFGS, with the lattice's scores as offset at half their
weight, so that what is learned is what the lattice does not know. Margins are chosen for each
character on books that its weights have not seen.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from builder.convert.figures import UNIT, Figures
from builder.convert.model import contexts, places
from builder.convert.page import Page

L2 = 1.0
OFFSET = 0.5
LEAST_SEEN = 2

# Easy places of one character beyond so many are sampled and weigh more.
MOST_EASY = 6_000
ITERATIONS = 60
LEAST_WEIGHT = 1  # 1/16 nat


Tables = tuple[dict[str, int], ...]
Floats: TypeAlias = "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class Instance:
    """A place with what is right there: `truth` is a candidate, or -1."""

    book: int
    at: int
    known: int
    truth: int
    lattice: tuple[int, ...]
    contexts: tuple[str, ...]


def instances(
    pages: Sequence[Page], wanted: Sequence[str], own: Figures, fold: Callable[[str], str]
) -> dict[str, list[Instance]]:
    """All places of the books by character; `wanted` are the pages' texts as printed."""
    found: dict[str, list[Instance]] = defaultdict(list)
    numbers = {
        character: {fold(form): number for form, number in candidates.members.items()}
        for character, candidates in own.candidates.items()
    }
    for book, (page, right) in enumerate(zip(pages, wanted, strict=True)):
        folded = fold(right)
        for place in places(page, own):
            truth = numbers[place.source].get(folded[place.at], -1)
            lattice = tuple(place.lattice)
            found[place.source].append(
                Instance(book, place.at, place.known, truth, lattice, contexts(place))
            )
    return found


def sampled(found: Sequence[Instance], most: int = MOST_EASY) -> list[tuple[Instance, float]]:
    """Every place that is not plain, and as many plain ones as needed, with their weights."""
    usual = Counter(one.truth for one in found).most_common(1)[0][0]
    plain = [one for one in found if one.truth == usual == one.known]
    others = [one for one in found if not one.truth == usual == one.known]
    weight = 1.0
    if len(plain) > most:
        weight = len(plain) / most
        plain = random.Random(0).sample(plain, most)
    return [(one, 1.0) for one in others] + [(one, weight) for one in plain]


def fitted(found: Sequence[tuple[Instance, float]], count: int) -> dict[str, tuple[float, ...]]:
    """For each context its weight for each candidate."""
    found = [(one, weight) for one, weight in found if one.truth >= 0]
    seen = Counter(context for one, _ in found for context in one.contexts)
    kept = [context for context, number in seen.items() if number >= LEAST_SEEN and context]
    index = {context: number for number, context in enumerate(kept)}
    if not found:
        return {}
    matrix = _matrix([one.contexts for one, _ in found], index)
    offsets = OFFSET / UNIT * np.array([one.lattice for one, _ in found], dtype=float)
    truths = np.array([one.truth for one, _ in found])
    weights = np.array([weight for _, weight in found])
    result = _minimum(matrix, offsets, truths, weights, count)
    return {context: tuple(map(float, row)) for context, row in zip(kept, result, strict=True)}


def _matrix(contexts: Iterable[Sequence[str]], index: Mapping[str, int]) -> csr_matrix:
    rows, columns = [], []
    number = -1
    for number, found in enumerate(contexts):
        for context in found:
            if context in index:
                rows.append(number)
                columns.append(index[context])
    ones = np.ones(len(rows))
    return csr_matrix((ones, (rows, columns)), shape=(number + 1, len(index)))


def _minimum(
    matrix: csr_matrix, offsets: Floats, truths: NDArray[np.int64], weights: Floats, count: int
) -> Floats:
    size = matrix.shape[1]
    right = np.zeros((len(truths), count))
    right[np.arange(len(truths)), truths] = 1
    across = matrix.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(size, count)
        scores = matrix @ table + offsets
        scores -= scores.max(1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(1, keepdims=True)
        likely = np.log(np.maximum(shares[np.arange(len(truths)), truths], 1e-12))
        slope = across @ ((shares - right) * weights[:, None]) + L2 * table
        return float(-(weights * likely).sum() + L2 * (flat @ flat) / 2), slope.ravel()

    found = minimize(
        loss, np.zeros(size * count), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
    )
    result: Floats = found.x.reshape(size, count)
    return result


def quantised(weights: Mapping[str, Sequence[float]], count: int) -> Tables:
    """For candidates 1, 2 …: each context's weight against candidate 0, in 1/16 nat."""
    tables: Tables = tuple({} for _ in range(count - 1))
    for context, row in weights.items():
        for number in range(1, count):
            value = round(UNIT * (row[number] - row[0]))
            if abs(value) >= LEAST_WEIGHT:
                tables[number - 1][context] = max(-127, min(127, value))
    return tables


def scores_of(one: Instance, tables: Tables) -> list[int]:
    """What the lattice and weights say of a place, as builder.convert.model adds them up."""
    scores = list(one.lattice)
    for number, table in enumerate(tables, 1):
        for context in one.contexts:
            scores[number] += table.get(context, 0)
    return scores
