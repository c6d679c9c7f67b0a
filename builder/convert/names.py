"""Surnames that are also everyday words: 于 or 於, 余 or 餘, 范 or 範.

Each place is read twice: as words only, and with a name that begins there. Both readings are
the cheapest cuts of the surroundings into words; what stands before and after counts too. A
name that recurs in a book holds together: its places are judged by what speaks for all of them.
Pure functions over lines; the figures come from `names_data`. Decides the surname's form alone.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log, log2

from builder.convert.choice import Choice
from builder.convert.figures import UNIT as MODEL_UNIT
from builder.convert.figures import figures as model_figures
from builder.convert.model import page_of, places
from builder.convert.names_data import (
    COMMON,
    DOUBTFUL,
    PREFIXES,
    TITLES,
    UNIT,
    Figures,
    figures,
    side_of,
)

RULE = "C106"

# Costs in 1/8 nat. News has a name among 70 words; the rest was set on benchmarks/conversion.
NAME = 18
TITLED = 30
KNOWN = 0
PROPER = 24
AT_START = -8
WORD_AS_NAME = 8
OVERLAP = 20
USUAL_WORD = 119
PHRASE = 24
STRICT = 2
LISTED = 30
LIST_ENDS = frozenset("二两三四等诸")
ONE_CHARACTER = 10
TWO_CHARACTERS = 0
UNKNOWN_CHARACTER = 120
UNKNOWN_SURNAME = 82
REACH = 5
LONGEST_WORD = 4
# A place alone has to be likelier a name by this; a name that recurs lends its own weight.
LEAST = 0
FREE = -80
CLIP = 80
SHARED = 0.5
RECURS = 5
SINGLE = 16
SELDOM_ALONE = 12
CLOSE = 48
TRUST = 0.25
USUAL = -40
LEAST_SCORE = -64
PRIOR = 12
LOWEST, HIGHEST = -48, 16
_FAR = 1 << 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A name of `size` characters that may stand at a place, likelier by `gain` than words."""

    line: int
    at: int
    size: int
    key: str
    gain: int


def names_of(lines: Sequence[str], converted: Sequence[str]) -> tuple[Choice, ...]:
    """The surnames among `lines` whose form in `converted` is that of another word."""
    readings = list(_weighed(list(_readings(lines, converted)), lines, converted))
    return tuple(_choice(reading, lines, converted) for reading in held(readings))


def _choice(reading: Reading, lines: Sequence[str], converted: Sequence[str]) -> Choice:
    source = lines[reading.line][reading.at]
    before = converted[reading.line][reading.at]
    after = DOUBTFUL[source]
    margin = reading.gain / UNIT
    return Choice(reading.line, reading.at, source, before, after, RULE, margin)


def held(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings that hold, given all of a book."""
    by_key: dict[str, list[int]] = defaultdict(list)
    by_surname: dict[str, list[int]] = defaultdict(list)
    for reading in readings:
        by_key[reading.key].append(max(-CLIP, min(CLIP, reading.gain)))
        if reading.gain > FREE:
            by_surname[reading.key[0]].append(reading.gain)
    shares = {surname: _shift(gains) for surname, gains in by_surname.items()}
    singles = {
        name: min(SINGLE, 4 * log2(max(1, len(gains) / 8))) for name, gains in by_surname.items()
    }
    for reading in readings:
        here = by_key[reading.key]
        gain = reading.gain + shares.get(reading.key[0], 0)
        gain -= singles.get(reading.key[0], 0) if len(here) == 1 else 0
        if len(here) > 1:
            mean = sum(here) / len(here)
            gain += (mean - reading.gain) * SHARED + RECURS * log2(min(len(here), 16))
        if gain > LEAST:
            yield replace(reading, gain=round(gain))


def _shift(gains: Sequence[int]) -> float:
    """What the book as a whole says: whether this surname is met in it at all.

    By expectation and maximization; the figures' own share weighs as much as `PRIOR` places.
    """
    shift = 0.0
    for _ in range(8):
        names = sum(1 / (1 + exp(-(gain + shift) / UNIT)) for gain in gains)
        share = (names + PRIOR / 2) / (len(gains) + PRIOR)
        shift = max(LOWEST, min(HIGHEST, UNIT * log(share / (1 - share))))
    return shift


def _weighed(
    readings: Sequence[Reading], lines: Sequence[str], converted: Sequence[str]
) -> Iterator[Reading]:
    """The readings, those that are close with what the model says of them.

    The model knows the words around a place, not names: it says little against a name that
    begins a clause, and much against one behind a verb or inside a word.
    """
    numbers = sorted({reading.line for reading in readings if abs(reading.gain) < CLOSE})
    scores = _scores([lines[at] for at in numbers], [converted[at] for at in numbers])
    number_of = {number: at for at, number in enumerate(numbers)}
    for reading in readings:
        score = scores.get((number_of.get(reading.line, -1), reading.at))
        if score is None or abs(reading.gain) >= CLOSE:
            yield reading
        else:
            yield replace(reading, gain=round(reading.gain + TRUST * (score - USUAL)))


def _scores(lines: Sequence[str], converted: Sequence[str]) -> dict[tuple[int, int], float]:
    """By line and place how much likelier the model finds the surname than what stands there."""
    own = model_figures()
    page = page_of(lines, converted)
    found: dict[tuple[int, int], float] = {}
    for place in places(page, own):
        members = own.candidates[place.source].members
        form = DOUBTFUL.get(place.source)
        if form in members and place.known >= 0:
            number = bisect_right(page.starts, place.at) - 1
            one, other = (
                place.lattice[candidate]
                + sum(own.weights[place.source][candidate - 1].get(c, 0) for c in place.contexts)
                * (candidate > 0)
                for candidate in (members[form], place.known)
            )
            score = (one - other) * UNIT / MODEL_UNIT
            found[number, place.at - page.starts[number]] = max(LEAST_SCORE, min(0, score))
    return found


def _readings(lines: Sequence[str], converted: Sequence[str]) -> Iterator[Reading]:
    known = figures()
    for number, (line, now) in enumerate(zip(lines, converted, strict=True)):
        if len(line) != len(now):
            continue
        for at, character in enumerate(line):
            form = DOUBTFUL.get(character)
            if form and now[at] != form and _may_begin(line, at, known):
                size, gain = _best(line[max(0, at - REACH - 1) : at], line[at : at + REACH + 5])
                if size and line[at : at + 2] != "万俟":
                    # OpenCC makes a surname of it by itself: a phrase said otherwise.
                    gain -= PHRASE if character in known.kept else 0
                    yield Reading(number, at, size, line[at : at + size], gain)


def _may_begin(line: str, at: int, known: Figures) -> bool:
    """A quick look that spares seldom surnames the long one."""
    if line[at] in COMMON:
        return True
    if line.startswith(TITLES_TUPLE, at + 1):
        return at == 0 or line[at - 1 : at + 1] not in known.words
    left = side_of(line, at - 1)
    if left in PREFIXES:
        return left != "小"
    return left in "|“、" and line[at : at + 2] not in known.words


TITLES_TUPLE = tuple(TITLES)


@lru_cache(maxsize=1 << 16)
def _best(left: str, right: str) -> tuple[int, int]:
    """(length, gain) of the best name at the start of `right`; length 0 when none is possible."""
    known = figures()
    text = left + right
    at = len(left)
    start, end = _han_run(text, at)
    ahead = _forward(text, start, at, known)
    behind = _backward(text, at, end, known)
    words = _words_only(text, at, ahead, behind, start, known)
    best_size, best_cost = 0, _FAR
    for size, cost in _names(text, at, end, known):
        total = ahead[at - start] + cost + behind[at + size]
        if total < best_cost:
            best_size, best_cost = size, total
    if left and left[-1] not in PREFIXES and known.words.get(text[at - 1 : at + 1], _FAR) < USUAL_WORD:
        best_cost += OVERLAP
    return best_size, words - best_cost


def _han_run(text: str, at: int) -> tuple[int, int]:
    start = at
    while start and at - start < REACH and side_of(text, start - 1) not in "|“”1、·":
        start -= 1
    end = at + 1
    while end < len(text) and end - at < REACH + 3 and side_of(text, end) not in "|“”1、·":
        end += 1
    return start, end


def _forward(text: str, start: int, at: int, known: Figures) -> list[int]:
    """The cheapest cut of the characters from `start` to each place up to `at`."""
    words = known.words
    costs = [0]
    for stop in range(start + 1, at + 1):
        best = costs[-1] + words.get(text[stop - 1], UNKNOWN_CHARACTER)
        for size in range(2, min(LONGEST_WORD, stop - start) + 1):
            cost = words.get(text[stop - size : stop])
            if cost is not None and costs[stop - size - start] + cost < best:
                best = costs[stop - size - start] + cost
        costs.append(best)
    return costs


def _backward(text: str, at: int, end: int, known: Figures) -> dict[int, int]:
    """The cheapest cut from each place after `at` to the end."""
    words = known.words
    costs = {end: 0}
    for start in range(end - 1, at, -1):
        best = costs[start + 1] + words.get(text[start], UNKNOWN_CHARACTER)
        for size in range(2, min(LONGEST_WORD, end - start) + 1):
            cost = words.get(text[start : start + size])
            if cost is not None and costs[start + size] + cost < best:
                best = costs[start + size] + cost
        costs[start] = best
    return costs


def _words_only(
    text: str, at: int, ahead: list[int], behind: dict[int, int], start: int, known: Figures
) -> int:
    """The cheapest cut of all of it in which the character at `at` is no name."""
    words = known.words
    character = text[at]
    alone = known.alone.get(character, UNKNOWN_CHARACTER)
    if character in known.left:
        speaks = beside(known.left[character], side_of(text, at - 1))
        alone -= (
            min(speaks, AT_START)
            if at == start and character in COMMON and character != "于"
            else speaks
        )
        alone -= beside(known.right[character], side_of(text, at + 1))
    best = ahead[at - start] + alone + _rest(text, at + 1, behind, known)
    for begin in range(max(start, at - LONGEST_WORD + 1), at + 1):
        for stop in range(max(at + 1, begin + 2), min(len(text), begin + LONGEST_WORD) + 1):
            cost = words.get(text[begin:stop])
            if cost is not None and stop in behind:
                rest = _rest(text, stop, behind, known) if stop == at + 1 else behind[stop]
                best = min(best, ahead[begin - start] + cost + rest)
    return best


def _rest(text: str, start: int, behind: dict[int, int], known: Figures) -> int:
    """The cheapest cut from `start` on, where a given name or a place that is no word may begin.

    终于|小明 and 战于|广宗 have no surname either.
    """
    end = start + 2
    if end not in behind:
        return behind[start]
    return min(behind[start], PROPER + _given(text[start:end], known) + behind[end])


def beside(table: dict[str, int], side: str) -> int:
    """How much a neighbour speaks for what the table is about."""
    return table.get(side, table["*"])


def _given(name: str, known: Figures) -> int:
    """What a given name of one or two characters costs."""
    given = known.given
    if len(name) == 1:
        return ONE_CHARACTER + given["1"].get(name, given["1"]["*"])
    cost = TWO_CHARACTERS + given["2a"].get(name[0], given["2a"]["*"])
    cost += given["2b"].get(name[1], given["2b"]["*"])
    if name in known.words:
        cost += WORD_AS_NAME
    return min(cost, known.whole.get(name, _FAR))


def _names(text: str, at: int, end: int, known: Figures) -> Iterator[tuple[int, int]]:
    """Lengths and costs of the names that may begin at `at`."""
    surname = known.surname.get(text[at], 72 if text[at] in COMMON else UNKNOWN_SURNAME)
    left = side_of(text, at - 1)
    before = beside(known.before, left)
    surname -= before * (STRICT if text[at] == "于" and left not in "|“、" and before < 0 else 1)
    for size in (2, 3):
        if at + size <= end:
            cost = _given(text[at + 1 : at + size], known)
            cost += SELDOM_ALONE if text[at] not in COMMON else 0
            yield size, NAME + surname + cost - beside(known.after, side_of(text, at + size))
    for size in range(2, min(LONGEST_WORD, end - at) + 1):
        if text[at : at + size] in known.known:
            yield (
                size,
                KNOWN
                + known.known[text[at : at + size]]
                - beside(known.after, side_of(text, at + size)),
            )
    for title, cost in TITLES.items():
        if text.startswith(title, at + 1) and at + 1 + len(title) <= end:
            after = text[at + 1 + len(title) : at + 2 + len(title)]
            yield 1 + len(title), TITLED + surname + cost + (40 if after == "们" else 0)
    after = side_of(text, at + 1)
    if left in PREFIXES:
        yield 1, PREFIXES[left] + surname - beside(known.after, after)
    elif (after == "、" and left in "|“、") or (left == "、" and after in LIST_ENDS):
        yield 1, LISTED + surname
