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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise

from builder.convert.choice import Choice, Uncertain
from builder.convert.figures import UNIT, Figures, figures
from builder.convert.lattice import marginals, stretches
from builder.convert.opencc import portions, untouched_in

RULE = "C107"

# Longer than the longest context to one side: no context reaches into another line.
PAD = "|||||"
# Kinds of characters that say the same about their neighbours become one.
_ALIKE = {
    **dict.fromkeys(map(ord, "0123456789０１２３４５６７８９"), "0"),
    **dict.fromkeys(range(ord("a"), ord("z") + 1), "a"),
    **dict.fromkeys(range(ord("A"), ord("Z") + 1), "A"),
    **dict.fromkeys(map(ord, "「『《〈‘"), "“"),
    **dict.fromkeys(map(ord, "」』’"), "”"),
    **dict.fromkeys(map(ord, " \t\N{IDEOGRAPHIC SPACE}"), "|"),
    **{ord(half): full for half, full in zip(",!?;:", "，！？；：", strict=True)},
}

# Measured on six folds of whole books: 0.6 best of 0.3, 0.6, 1; fewer places say little.
ECHO = 0.6
ECHO_PLACES = 3
ECHO_CLIP = 6 * UNIT
# Places less doubtful than this are not worth a reader's time.
LEAST_DOUBT = 0.02


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


@dataclass(frozen=True, slots=True)
class Page:
    """The lines as one text of one length with its conversion, walls of PAD between them."""

    source: str
    converted: str
    starts: tuple[int, ...]


def page_of(lines: Sequence[str], converted: Sequence[str]) -> Page:
    """What may not be looked at turns to walls.

    That is a line that its conversion does not match in length, and what no conversion touches.
    """
    pairs = list(zip(lines, converted, strict=True))
    sources = [one if len(one) == len(other) else "|" * len(one) for one, other in pairs]
    others = [other if len(one) == len(other) else one for one, other in pairs]
    starts = accumulate((len(line) + len(PAD) for line in lines), initial=len(PAD))
    source = PAD + PAD.join(sources) + PAD
    walled = _walled(source, untouched_in(source))
    return Page(walled.translate(_ALIKE), PAD + PAD.join(others) + PAD, tuple(starts))


def _walled(text: str, fixed: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    end = 0
    for start, stop in fixed:
        parts += [text[end:start], "|" * (stop - start)]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text


@dataclass(frozen=True, slots=True)
class Place:
    """An ambiguous character at `at` of the page; `known` is the candidate OpenCC chose.

    `known` is -1 where what stands there is no candidate. `lattice` are the lattice's scores,
    `contexts` what the weights look at.
    """

    at: int
    source: str
    known: int
    lattice: list[int]
    contexts: tuple[str, ...]


def places(page: Page, own: Figures) -> Iterator[Place]:
    """Every ambiguous character of the page, in order."""
    text, converted, candidates = page.source, page.converted, own.candidates
    found = [match.start() for match in _ambiguous(own).finditer(text)]
    for stretch in stretches(text, found):
        for offset, said in zip(stretch.ambiguous, marginals(stretch, own), strict=True):
            at = stretch.start + offset
            source = text[at]
            known = candidates[source].members.get(converted[at], -1)
            yield Place(at, source, known, said.scores, contexts(text, at, known, said.cover))


def contexts(text: str, at: int, known: int, cover: str) -> tuple[str, ...]:
    """What the weights know about: each says something of its own.

    OpenCC's choice, every window of two to five characters around `at`, the word over it.
    """
    return (
        f"o{text[at]}{known}",
        text[at - 1 : at + 1],
        text[at : at + 2],
        text[at - 2 : at + 1],
        text[at : at + 3],
        text[at - 1 : at + 2],
        text[at - 2 : at + 2],
        text[at - 1 : at + 3],
        text[at - 3 : at + 1],
        text[at : at + 4],
        text[at - 2 : at + 3],
        cover,
    )


@lru_cache(maxsize=4)
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]" if characters else "(?!)")


def _ambiguous(own: Figures) -> re.Pattern[str]:
    return _pattern("".join(own.candidates))


_ZEROS = (0,) * 12


def scores_of(place: Place, own: Figures) -> list[int]:
    """What the lattice and the weights of the contexts say together, for each candidate."""
    scores = place.lattice[:]
    for number, weights in enumerate(own.weights[place.source], 1):
        scores[number] += sum(map(weights.get, place.contexts, _ZEROS))
    return scores


# How many places have a neighbour in common, then the sums of their scores by candidate.
Heard = list[int]


class Echo:
    """What the places of one book say that have the same left or the same right neighbour.

    A name or a habit of the book recurs with its neighbours, and what is plain at one of its
    places helps at the others.
    """

    def __init__(self) -> None:
        self._before: dict[str, Heard] = {}
        self._after: dict[str, Heard] = {}

    def add(self, text: str, at: int, scores: Sequence[int]) -> tuple[Heard, Heard]:
        """The sums to which a place belongs; they are whole when all places are added."""
        size = len(scores) + 1
        before = self._before.setdefault(text[at - 1 : at + 1], [0] * size)
        after = self._after.setdefault(text[at : at + 2], [0] * size)
        best = max(scores)
        before[0] += 1
        after[0] += 1
        for number, score in enumerate(scores, 1):
            clipped = max(score - best, -ECHO_CLIP)
            before[number] += clipped
            after[number] += clipped
        return before, after


def echoed(scores: list[int], sums: tuple[Heard, Heard]) -> list[int]:
    """The scores of a place with what the others add."""
    for heard in sums:
        count = heard[0]
        if count >= ECHO_PLACES:
            share = ECHO * (count - 1) / (count * count)
            scores = [
                score + round(share * total) for score, total in zip(scores, heard[1:], strict=True)
            ]
    return scores


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
    found, heard = _found(lines, converted, own)
    columns = (found.lines, found.ats, found.knowns, heard)
    for index, (line, at, known, sums) in enumerate(zip(*columns, strict=True)):
        source, before = lines[line][at], converted[line][at]
        candidates = own.candidates[source]
        scores = echoed(list(found.scores_at(index)), sums)
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
) -> tuple[Found, list[tuple[Heard, Heard]]]:
    """The places, and what each hears from the others."""
    echo = Echo()
    found = Found()
    heard: list[tuple[Heard, Heard]] = []
    for first, last in pairwise(portions(lines)):
        page = page_of(lines[first:last], converted[first:last])
        line = 0
        for place in places(page, own):
            if place.known < 0:
                continue
            while page.starts[line + 1] <= place.at:
                line += 1
            scores = scores_of(place, own)
            heard.append(echo.add(page.source, place.at, scores))
            found.add(first + line, place.at - page.starts[line], (place.known, scores))
    return found, heard


def _others(scores: Sequence[int], chosen: int, forms: str) -> tuple[str, ...]:
    numbers = sorted(range(len(scores)), key=lambda number: -scores[number])
    return tuple(forms[number] for number in numbers if number != chosen)


def _doubt(scores: Sequence[int], chosen: int, temperature: float) -> float:
    scale = UNIT * temperature
    return 1 - 1 / sum(math.exp((score - scores[chosen]) / scale) for score in scores)
