"""How a stretch of Simplified text may be cut into words, and what that says of its characters.

Each word of the lexicon spans an edge with a cost, the negative logarithm of its frequency; a
cut of the stretch costs the sum of its words. For each ambiguous character the cheapest cut
with each of its candidates is found (max-marginals, by one run forward and one back). Time
is linear in the text, and only the surroundings of ambiguous characters are looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.convert.figures import FIRST_RECORD, UNIT, Figures, Record

# So many characters on either side of an ambiguous one take part; words are no longer than 4.
REACH = 3  # measured: 5 finds no more
LONGEST_WORD = 4
UNKNOWN_COST = 17 * UNIT
# The lattice never speaks louder than this against a candidate.
CLIP = 8 * UNIT
_FAR = 1 << 30
_WALL = "|" * LONGEST_WORD

# Example: 里, 㐂. Counter-example: |, ，, 𠮷 (no lexicon has characters beyond the basic plane).
_NOT_HAN = re.compile("[^\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Han characters from `start` on, and which of them (offsets in `text`) are ambiguous."""

    start: int
    text: str
    ambiguous: tuple[int, ...]


def stretches(text: str, places: list[int]) -> Iterator[Stretch]:
    """The surroundings of `places`, which ascend; places close to each other share one."""
    group: list[int] = []
    for place in places:
        if group and (place - group[-1] > REACH or _NOT_HAN.search(text, group[-1] + 1, place)):
            yield _around(text, group)
            group = []
        group.append(place)
    if group:
        yield _around(text, group)


def _around(text: str, group: list[int]) -> Stretch:
    first, last = group[0], group[-1]
    start = max(0, first - REACH)
    for match in _NOT_HAN.finditer(text, start, first):
        start = match.end()
    end = min(len(text), last + REACH + 1)
    wall = _NOT_HAN.search(text, last, end)
    if wall:
        end = wall.start()
    return Stretch(start, text[start:end], tuple([place - start for place in group]))


@dataclass(frozen=True, slots=True)
class Marginals:
    """For one ambiguous character.

    `scores` are for its candidates, 0 for the best, not below -CLIP, in 1/16 nat; `cover` is the
    longest word of the lexicon over it, with the character's offset in it; empty when none.
    """

    scores: list[int]
    cover: str


def marginals(stretch: Stretch, figures: Figures) -> list[Marginals]:
    """What the lattice says of each ambiguous character of the stretch, in order."""
    length = len(stretch.text)
    # Slices at the end run into the wall, where no word is.
    text = stretch.text + _WALL
    look_up, records = figures.words.get, figures.records
    forward = [_FAR] * (length + LONGEST_WORD)
    forward[0] = 0
    edges: list[tuple[int, int, int]] = []
    marked: list[tuple[int, int, Record]] = []
    for start in range(length):
        here = forward[start]
        cost: int | None = look_up(text[start], UNKNOWN_COST)
        for end in (start + 1, start + 2, start + 3, start + 4):
            if cost:
                if cost >= FIRST_RECORD:
                    record = records[cost - FIRST_RECORD]
                    marked.append((start, end, record))
                    cost = record[0][0]
                edges.append((start, end, cost))
                if here + cost < forward[end]:
                    forward[end] = here + cost
            elif cost is None and end == start + 2:
                break
            cost = look_up(text[start : end + 1])
    backward = [_FAR] * length + [0]
    for start, end, cost in reversed(edges):
        if cost + backward[end] < backward[start]:
            backward[start] = cost + backward[end]
    if len(stretch.ambiguous) == 1:
        return [_scored_alone(stretch, marked, forward, backward, figures)]
    return _scored(stretch, marked, forward, backward, figures)


def _scored_alone(
    stretch: Stretch,
    marked: list[tuple[int, int, Record]],
    forward: list[int],
    backward: list[int],
    figures: Figures,
) -> Marginals:
    """The same as `_scored` for the usual stretch, which has one place, in half the time."""
    (at,) = stretch.ambiguous
    row = [_FAR] * figures.candidates[stretch.text[at]].count
    size, cover = 1, ""
    for start, end, record in marked:
        base = forward[start] + backward[end]
        for cost, (number,) in record:
            if base + cost < row[number]:
                row[number] = base + cost
        if end - start > size:
            size, cover = end - start, f"{stretch.text[start:end]}:{at - start}"
    least = min(row)
    return Marginals([max(least - cost, -CLIP) for cost in row], cover)


def _scored(
    stretch: Stretch,
    marked: list[tuple[int, int, Record]],
    forward: list[int],
    backward: list[int],
    figures: Figures,
) -> list[Marginals]:
    text, ambiguous = stretch.text, stretch.ambiguous
    slots = dict(zip(ambiguous, range(len(ambiguous)), strict=True))
    candidates = figures.candidates
    costs = [[_FAR] * candidates[text[at]].count for at in ambiguous]
    covers = [(1, 0, 0)] * len(ambiguous)
    for start, end, record in marked:
        first = start
        while first not in slots:
            first += 1
        first = slots[first]
        base = forward[start] + backward[end]
        for cost, pattern in record:
            for slot, number in enumerate(pattern, first):
                if base + cost < costs[slot][number]:
                    costs[slot][number] = base + cost
        for slot in range(first, first + len(record[0][1])):
            if end - start > covers[slot][0]:
                covers[slot] = (end - start, start, end)
    found = []
    for at, row, (size, start, end) in zip(ambiguous, costs, covers, strict=True):
        least = min(row)
        scores = [max(least - cost, -CLIP) for cost in row]
        found.append(Marginals(scores, f"{text[start:end]}:{at - start}" if size > 1 else ""))
    return found
