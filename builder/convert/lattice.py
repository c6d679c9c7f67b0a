"""How a stretch of Simplified text may be cut into words, and what that says of its characters.

Each word of the lexicon spans an edge with a cost, the negative logarithm of its frequency; a
cut of the stretch costs the sum of its words. For each ambiguous character the cheapest cut
with each of its candidates is found (max-marginals, by one run forward and one back). Time
is linear in the text, and only the surroundings of ambiguous characters are looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.convert.figures import FIRST_RECORD, PREFIX, UNIT, Candidates, Figures, Record

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


def groups(text: str, places: Sequence[int]) -> Iterator[list[int]]:
    """`places`, which ascend, in groups of those that one cut may concern."""
    group: list[int] = []
    for place in places:
        if group:
            last = group[-1]
            if place - last > REACH or _NOT_HAN.search(text, last + 1, place):
                yield group
                group = []
        group.append(place)
    if group:
        yield group


def stretches(text: str, places: Sequence[int]) -> Iterator[Stretch]:
    """The surroundings of `places`, which ascend; places close to each other share one."""
    return (around(text, group) for group in groups(text, places))


def around(text: str, group: Sequence[int]) -> Stretch:
    """The surroundings of a group."""
    first, last = group[0], group[-1]
    start = max(0, first - REACH)
    for match in _NOT_HAN.finditer(text, start, first):
        start = match.end()
    end = min(len(text), last + REACH + 1)
    wall = _NOT_HAN.search(text, last, end)
    if wall:
        end = wall.start()
    return Stretch(start, text[start:end], tuple([place - start for place in group]))


class Marginals(NamedTuple):
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
    return _scored(stretch, marked, forward, backward, figures)


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


class Alone:
    """The same as `marginals` for a character that is in a group of its own, as most are.

    Only the words over the character matter then, and what the cheapest cuts of the characters
    before and behind it cost. Takes a window of REACH characters, the one in question, and REACH
    more: no word crosses a wall in it, so what is beyond the wall costs each candidate the same.
    """

    def __init__(self, figures: Figures, *, is_long: bool = False) -> None:
        """`is_long` makes 50,000 places faster, and the first one slower by 0.05 s."""
        self._cost = figures.words.get
        self._near = _by_character(figures) if is_long else {}
        self._all = figures.words
        self._records = figures.records
        self._bare = {
            character: _bare(figures, character, candidates)
            for character, candidates in figures.candidates.items()
        }
        self._plain = {character: _clipped(row) for character, row in self._bare.items()}

    def marginals(self, window: str) -> tuple[list[int], str]:
        """The scores and the cover of the character in the middle of the window."""
        character = window[REACH]
        words = _words(window, self._near.get(character, self._all))
        if not words:
            return self._plain[character], ""
        # What a word costs beyond what the character alone does, its surroundings being cut.
        before: tuple[int, ...] = ()
        behind: tuple[int, ...] = ()
        row = self._bare[character][:]
        size, cover = 1, ""
        for start, end, word in words:
            more = 0
            if start < REACH:
                before = before or self._cut_before(window[:REACH])
                more = before[start] - before[REACH]
            if end > REACH + 1:
                behind = behind or self._cut_behind(window[REACH + 1 :])
                more += behind[end - REACH - 1] - behind[0]
            for cost, (number,) in self._records[word - FIRST_RECORD]:
                if more + cost < row[number]:
                    row[number] = more + cost
            if end - start > size:
                size, cover = end - start, f"{window[start:end]}:{REACH - start}"
        return _clipped(row), cover

    def _cut_before(self, left: str) -> tuple[int, ...]:
        """What the cheapest cut of the first 0, 1, 2 and 3 characters costs."""
        cost = self._cost
        one = cost(left[0], UNKNOWN_COST)
        two = one + cost(left[1], UNKNOWN_COST)
        two = min(two, cost(left[:2]) or two)
        three = two + cost(left[2], UNKNOWN_COST)
        three = min(three, one + (cost(left[1:]) or _FAR), cost(left) or three)
        return 0, one, two, three

    def _cut_behind(self, right: str) -> tuple[int, ...]:
        """What the cheapest cut of the last 3, 2, 1 and 0 characters costs."""
        cost = self._cost
        one = cost(right[2], UNKNOWN_COST)
        two = one + cost(right[1], UNKNOWN_COST)
        two = min(two, cost(right[1:]) or two)
        three = two + cost(right[0], UNKNOWN_COST)
        three = min(three, one + (cost(right[:2]) or _FAR), cost(right) or three)
        return three, two, one, 0


def _by_character(figures: Figures) -> dict[str, dict[str, int]]:
    """The words and PREFIXes in which each ambiguous character is.

    100,000 words lie all over the memory; those of one character are at hand after a few.
    """
    found: dict[str, dict[str, int]] = {character: {} for character in figures.candidates}
    for word, cost in figures.words.items():
        if len(word) > 1:
            for character in word:
                if character in found:
                    found[character][word] = cost
    return found


def _words(window: str, own: dict[str, int]) -> list[tuple[int, int, int]]:
    """Start, end and record of the longer words over the middle of the window, in order.

    `own` are the words with that character. A longer word's first two characters are in the
    lexicon too, if only as a PREFIX.
    """
    cost = own.get
    found: list[tuple[int, int, int]] = []
    if word := cost(window[:4]):
        found.append((0, 4, word))
    if word := cost(window[1:4]):
        found.append((1, 4, word))
    if word := cost(window[1:5]):
        found.append((1, 5, word))
    for start in (REACH - 1, REACH):
        word = cost(window[start : start + 2])
        if word is not None:
            if word:
                found.append((start, start + 2, word))
            if word := cost(window[start : start + 3]):
                found.append((start, start + 3, word))
            if word := cost(window[start : start + 4]):
                found.append((start, start + 4, word))
    return found


def _bare(figures: Figures, character: str, candidates: Candidates) -> list[int]:
    """What each candidate costs as a word of one character."""
    row = [_FAR] * candidates.count
    word = figures.words.get(character, PREFIX)
    if word >= FIRST_RECORD:
        for cost, (number,) in figures.records[word - FIRST_RECORD]:
            row[number] = min(row[number], cost)
    return row


def _clipped(row: list[int]) -> list[int]:
    least = min(row)
    return [max(least - cost, -CLIP) for cost in row]
