"""Which of its candidates an ambiguous character becomes, where context tells.

For each place the lattice of words and the weights of the character's contexts add up to a
score for each candidate; the same neighbour in the same book makes places speak for each
other; and what OpenCC chose is overruled only by the character's own margin. The model is a
residual: its weights were trained on top of the lattice (`scripts.conversion`).

Works on whole books of Simplified lines and OpenCC's conversion of them, of one length each.
"""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from builder.convert.choice import Choice, Uncertain
from builder.convert.echo import Echo, echoed
from builder.convert.figures import UNIT, Candidates, Figures, figures
from builder.convert.lattice import REACH, Alone, around, groups, marginals
from builder.convert.opencc import portions
from builder.convert.page import Page, page_of

RULE = "C107"

# Places less doubtful than this are not worth a reader's time.
LEAST_DOUBT = 0.02
# Characters of a text for which everything is laid out to be found fast.
LONG = 1_000_000


# The candidate OpenCC chose, and the scores of all of them, no echo in them.
Scored = tuple[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a book in columns, since a long one has 200,000; `scores` in one run."""

    lines: "array[int]" = field(default_factory=lambda: array("I"))
    ats: "array[int]" = field(default_factory=lambda: array("I"))
    knowns: "array[int]" = field(default_factory=lambda: array("b"))
    ends: "array[int]" = field(default_factory=lambda: array("I"))
    scores: "array[int]" = field(default_factory=lambda: array("i"))

    def add(self, line: int, at: int, scored: Scored) -> None:
        """The next place of the book."""
        self.lines.append(line)
        self.ats.append(at)
        self.knowns.append(scored[0])
        self.scores.extend(scored[1])
        self.ends.append(len(self.scores))

    def scores_at(self, index: int) -> Sequence[int]:
        """The scores of the place with that number."""
        return self.scores[self.ends[index - 1] if index else 0 : self.ends[index]]

    def get(self, place: tuple[int, int]) -> Scored | None:
        """What was found at a place of a line, if it is one of these."""
        numbers = range(len(self.lines))
        index = bisect_left(numbers, place, key=lambda at: (self.lines[at], self.ats[at]))
        if index == len(numbers) or (self.lines[index], self.ats[index]) != place:
            return None
        return self.knowns[index], self.scores_at(index)


@dataclass(frozen=True, slots=True)
class Judged:
    """The choices against OpenCC, and the places where another form is possible; in order.

    `scored` has what was found at each place, whatever was chosen.
    """

    choices: tuple[Choice, ...]
    uncertain: tuple[Uncertain, ...]
    scored: Found


class Place(NamedTuple):  # made 200,000 times for a long book: faster than a dataclass
    """An ambiguous character at `at` of the page; `known` is the candidate OpenCC chose.

    `known` is -1 where what stands there is no candidate. `lattice` are the lattice's scores,
    `window` is the character between REACH others on either side, `cover` the word over it.
    """

    at: int
    source: str
    known: int
    lattice: list[int]
    window: str
    cover: str


def places(page: Page, own: Figures, alone: Alone | None = None) -> Iterator[Place]:
    """Every ambiguous character of the page, in order. `alone` is for `own`, if there is one."""
    text, converted = page.source, page.converted
    members = {character: one.members for character, one in own.candidates.items()}
    found = [match.start() for match in _ambiguous(own).finditer(text)]
    alone = alone or Alone(own)
    for group in groups(text, found):
        said = marginals(around(text, group), own) if len(group) > 1 else ()
        for number, at in enumerate(group):
            window = text[at - REACH : at + REACH + 1]
            scores, cover = said[number] if said else alone.marginals(window)
            source = window[REACH]
            known = members[source].get(converted[at], -1)
            yield Place(at, source, known, scores, window, cover)


def contexts(place: Place) -> tuple[str, ...]:
    """What the weights know about: each says something of its own.

    OpenCC's choice, every part of the window of two to five characters around its middle, the
    word over it.
    """
    window = place.window
    return (
        f"o{place.source}{place.known}",
        window[2:4],
        window[3:5],
        window[1:4],
        window[3:6],
        window[2:5],
        window[1:5],
        window[2:6],
        window[:4],
        window[3:],
        window[1:6],
        place.cover,
    )


@lru_cache(maxsize=4)
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]" if characters else "(?!)")


def _ambiguous(own: Figures) -> re.Pattern[str]:
    return _pattern("".join(own.candidates))


# Several weights in one number: far more bits than all contexts of a place can fill.
_BITS = 16
_HALF = 1 << (_BITS - 1)
# The windows on which others depend in `_sum`: characters before and behind the middle.
_LOOKED_UP_FIRST = ((1, 0), (0, 1), (2, 0), (0, 2), (1, 1), (2, 1))


class Weighing:
    """What the lattice and the weights of the contexts say together.

    A longer context is looked up only where the shorter ones in it are known. So each table
    gets the shorter ones of all its contexts, those that say nothing with a weight of 0.
    """

    def __init__(self, own: Figures) -> None:
        self._weights = own.weights
        self._tables: dict[str, dict[str, int]] = {}

    def scores(self, place: Place) -> list[int]:
        """The scores of a place's candidates."""
        source = place.source
        table = self._tables.get(source)
        if table is None:
            table = self._tables[source] = _table(source, self._weights[source])
        said = _sum(place, table.get)
        scores = place.lattice[:]
        for number in range(1, len(scores) - 1):
            own = ((said + _HALF) & (2 * _HALF - 1)) - _HALF
            scores[number] += own
            said = (said - own) >> _BITS
        scores[-1] += said
        return scores


def _sum(place: Place, weight: Callable[[str], int | None]) -> int:
    """The weights of all contexts of the place (see `contexts`)."""
    window = place.window
    said = weight(f"o{place.source}{place.known}") or 0
    left, right = weight(window[2:4]), weight(window[3:5])
    if left is not None:
        said += left
        longer = weight(window[1:4])
        if longer is not None:
            said += longer + (weight(window[:4]) or 0)
    if right is not None:
        said += right
        longer = weight(window[3:6])
        if longer is not None:
            said += longer + (weight(window[3:]) or 0)
        both = None if left is None else weight(window[2:5])
        if both is not None:
            said += both
            further = weight(window[1:5])
            if further is not None:
                said += further + (weight(window[1:6]) or 0)
            said += weight(window[2:6]) or 0
    if place.cover:
        said += weight(place.cover) or 0
    return said


def _table(source: str, weights: Sequence[dict[str, int]]) -> dict[str, int]:
    table: dict[str, int] = {}
    for number, own in enumerate(weights):
        for context, weight in own.items():
            table[context] = table.get(context, 0) + (weight << (number * _BITS))
    for context in tuple(table):
        if len(context) > 2:
            for shorter in _shorter(context, source):
                table.setdefault(shorter, 0)
    return table


def _shorter(context: str, source: str) -> Iterator[str]:
    for at, character in enumerate(context):
        if character == source:
            for before, behind in _LOOKED_UP_FIRST:
                if before <= at and behind < len(context) - at:
                    yield context[at - before : at + behind + 1]


def judge(
    lines: Sequence[str],
    converted: Sequence[str],
    region: str,
    own: Figures | None = None,
) -> Judged:
    """What to choose against OpenCC, and what stays in doubt, for one book.

    `region` is the one whose forms `converted` has: TW, HK, or "" for OpenCC's standard.
    """
    own = own or figures()
    choices: list[Choice] = []
    uncertain: list[Uncertain] = []
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    sure = {character: _sure_gap(one) for character, one in own.candidates.items()}
    found, heard, shares = _found(lines, converted, own)
    start = 0
    for line, at, known, end, *sums in zip(
        found.lines, found.ats, found.knowns, found.ends, *heard, strict=True
    ):
        scores = echoed(found.scores[start:end], sums, shares)
        start = end
        source = lines[line][at]
        # What OpenCC chose is so far ahead of all others that there is nothing to say of it.
        if sorted(scores)[-2:][0] < scores[known] - sure[source]:
            continue
        before = converted[line][at]
        candidates = own.candidates[source]
        best = scores.index(max(scores))
        margin = scores[best] - scores[known]
        is_chosen = margin > candidates.margin
        number = best if is_chosen else known
        forms = candidates.forms[region]
        after = forms[number] if is_chosen else before
        if after != before:
            choices.append(Choice(line, at, source, before, after, RULE, margin / UNIT))
        doubt = _doubt(scores, number, candidates.temperature)
        if doubt >= LEAST_DOUBT:
            others = _others(scores, number, forms)
            others = same.setdefault(others, others)
            uncertain.append(Uncertain(line, at, source, after, others, doubt))
    return Judged(tuple(choices), tuple(uncertain), found)


def _found(
    lines: Sequence[str], converted: Sequence[str], own: Figures
) -> tuple[Found, tuple["array[int]", "array[int]"], list[int]]:
    """The places, what each hears from the others, and the shares of these."""
    echo = Echo()
    found = Found()
    weighing = Weighing(own)
    alone = Alone(own, is_long=sum(map(len, lines)) > LONG)
    befores, afters = array("I"), array("I")
    for first, last in pairwise(portions(lines)):
        page = page_of(lines[first:last], converted[first:last])
        line = 0
        for place in places(page, own, alone):
            at = place.at
            if place.known < 0:
                continue
            while page.starts[line + 1] <= at:
                line += 1
            scores = weighing.scores(place)
            before, after = echo.add(page.source, at, scores)
            befores.append(before)
            afters.append(after)
            found.add(first + line, at - page.starts[line], (place.known, scores))
    return found, (befores, afters), echo.shares()


def _sure_gap(candidates: Candidates) -> float:
    """From which lead on a candidate cannot be doubted as much as `LEAST_DOUBT`, and a bit."""
    others = max(1, candidates.count - 1)
    return UNIT * candidates.temperature * math.log(others / LEAST_DOUBT) + 1


def _others(scores: Sequence[int], chosen: int, forms: str) -> tuple[str, ...]:
    numbers = sorted(range(len(scores)), key=lambda number: -scores[number])
    return tuple(forms[number] for number in numbers if number != chosen)


def _doubt(scores: Sequence[int], chosen: int, temperature: float) -> float:
    scale = UNIT * temperature
    return 1 - 1 / sum(math.exp((score - scores[chosen]) / scale) for score in scores)
