"""The words around the places of one character: what they become, and which hold most doubt.

Of the ways to see a place (with its neighbour to the left, to the right, with both, with two) the
one that gathers most doubt is taken, as long as the whole book writes the word in one way.

A frequent character has 40,000 places and each place five words, so words are numbers here, and
what is to be known of a word is looked up once for all its places.
"""

import heapq
import re
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

# A word of a row is written in one way in so many of its places; else it is no question.
AGREED = 0.9
# A word that is expected to hold less is no question. A short text has few doubts, most of them
# small: with 0.05 the first twenty rows of 20 texts of all kinds removed 49.8 % of what was left, 51.6
# with 0.02, 54.9 with 0.004; a long one has no room for more.
LEAST_GAIN = 0.005
# So many words beside a character keep another form.
APART = 24
# Example: ，. Counter-example: 里.
_NOT_HAN = re.compile("[^\u3400-\u9fff\U00020000-\U0003ffff]")
_CODE = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
# At either end of a page, so that every word has its length.
PAD = "\n\n"

# A word and where in it the character stands.
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A word in doubt: what it became in nearly all of its `places`.

    `gain` is the number of mistakes to be expected in it.
    """

    word: str
    became: str
    places: int
    gain: float


class _Numbering(dict[str, int]):
    """A number for each word, in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def interleaved(text: str, converted: str) -> str:
    """Each character and what it became, by turns: a word and its form are one piece of it."""
    column = array("I", bytes(8 * len(text)))
    column[0::2], column[1::2] = (
        array("I", one.encode(_CODE, "surrogatepass")) for one in (text, converted)
    )
    return column.tobytes().decode(_CODE, "surrogatepass")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The piece of each place, `interleaved`, by its number in `pieces`; and how many have each."""

    kinds: "array[int]"
    pieces: tuple[str, ...]
    counts: Sequence[int]

    def narrowed(self, part: slice) -> "_Seen":
        """The same for a part of each piece."""
        numbers = _Numbering()
        narrow = array("I", [numbers[piece[part]] for piece in self.pieces])
        counts = [0] * len(numbers)
        for number, count in zip(narrow, self.counts, strict=True):
            counts[number] += count
        kinds = array("I", map(narrow.__getitem__, self.kinds))
        return _Seen(kinds, tuple(numbers), counts)


def _seen(both: str, found: Sequence[int], reach: tuple[int, int]) -> _Seen:
    before, behind = 2 * reach[0], 2 * reach[1] + 2
    pieces = _Numbering()
    kinds = array("I", [pieces[both[2 * at - before : 2 * at + behind]] for at in found])
    counts = Counter(kinds)
    return _Seen(kinds, tuple(pieces), [counts[kind] for kind in range(len(pieces))])


def _windows(both: str, found: Sequence[int]) -> "Iterator[_Window]":
    """The places in each of the ways. The text has PAD at either end."""
    seen = _seen(both, found, (1, 1))
    yield _Window(1, seen)
    yield _Window(1, seen.narrowed(slice(0, 4)))
    yield _Window(0, seen.narrowed(slice(2, 6)))
    for reach in ((2, 0), (0, 2)):
        yield _Window(reach[0], _seen(both, found, reach))


class _Window:
    """One way to see the places: the word of each by its number, and what is known of words.

    `counts` are in how many of a word's `totals` places it became its `form`; of two such forms
    the one met first.
    """

    def __init__(self, offset: int, seen: _Seen) -> None:
        self.offset = offset
        self._pieces = seen.pieces
        numbers = _Numbering()
        codes = array("I", [numbers[piece[::2]] for piece in seen.pieces])
        self.codes = array("I", map(codes.__getitem__, seen.kinds))
        self.words = tuple(numbers)
        size = len(self.words)
        self.totals = [0] * size
        self.counts = [0] * size
        self._usual = [0] * size
        for kind, (code, count) in enumerate(zip(codes, seen.counts, strict=True)):
            self.totals[code] += count
            if count > self.counts[code]:
                self.counts[code], self._usual[code] = count, kind
        # A question is about a word of Han, in one form nearly everywhere.
        others = frozenset(_NOT_HAN.findall("".join(self.words)))
        self.is_asked = [
            count >= AGREED * total and others.isdisjoint(word)
            for word, count, total in zip(self.words, self.counts, self.totals, strict=True)
        ]

    def form(self, code: int) -> str:
        """What the word with a number became."""
        return self._pieces[self._usual[code]][1::2]

    def members(self, indexes: Iterable[int], least: float = 0) -> dict[int, list[int]]:
        """Those of the places that each word in question has, if it has `least` of all."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        codes = self.codes
        is_asked = [
            asked and total >= least
            for asked, total in zip(self.is_asked, self.totals, strict=True)
        ]
        for index in indexes:
            code = codes[index]
            if is_asked[code]:
                found[code].append(index)
        return found

    def has(self, words: Collection[str]) -> Iterator[bool]:
        """Whether each place has one of the words."""
        return map([word in words for word in self.words].__getitem__, self.codes)


class Gathering:
    """The places of one character in a page, `interleaved` with its conversion."""

    def __init__(self, both: str, found: Sequence[int]) -> None:
        self.found = found
        self._both = both

    @cached_property
    def _windows(self) -> "tuple[_Window, ...]":
        return tuple(_windows(self._both, self.found))

    def groups(self, shares: Sequence[float], words: int) -> tuple[list[Group], list[int]]:
        """The words that gather most doubt, and the places in none of them.

        `shares` are how likely each place is wrong; 0 where nothing is known.
        """
        if not any(shares):
            return [], list(self.found)
        chosen: dict[str, Group] = {}
        for (number, code), gain in islice(self._greedily(shares), words):
            window = self._windows[number]
            word = window.words[code]
            # 冲冲 may be chosen for either 冲, and is one question all the same.
            before = chosen[word].gain if word in chosen else 0.0
            chosen[word] = Group(word, window.form(code), window.totals[code], before + gain)
        inside = map(any, zip(*(window.has(chosen) for window in self._windows), strict=True))
        rest = [at for at, is_inside in zip(self.found, inside, strict=True) if not is_inside]
        return list(chosen.values()), rest

    def _greedily(self, shares: Sequence[float]) -> Iterator[tuple[tuple[int, int], float]]:
        """Again and again the word with most doubt at places that no word before it has."""
        doubtful = [index for index, share in enumerate(shares) if share]
        # Fewer places hold too little, were each the most doubtful one.
        least = 0.999 * LEAST_GAIN / max(shares, default=1.0) if doubtful else 0.0
        taken = bytearray(len(shares))

        def gain(indexes: Sequence[int]) -> float:
            return sum([shares[index] for index in indexes if not taken[index]])

        heap: list[tuple[float, Key, int, int]] = []
        members: dict[tuple[int, int], list[int]] = {}
        for number, window in enumerate(self._windows):
            for code, indexes in window.members(doubtful, least).items():
                first = gain(indexes)
                if first > LEAST_GAIN:
                    heap.append((-first, (window.words[code], window.offset), number, code))
                    members[number, code] = indexes
        heapq.heapify(heap)
        while heap:
            _, key, *place = heapq.heappop(heap)
            number, code = place
            now = gain(members[number, code])
            if heap and -now > heap[0][0]:
                heapq.heappush(heap, (-now, key, number, code))
                continue
            if now <= LEAST_GAIN:
                return
            for index in members[number, code]:
                taken[index] = 1
            yield (number, code), now

    def apart(self, left: Collection[int]) -> Iterator[Group]:
        """The words that hold most of the places `left`, which all became something else."""
        waiting = set(left)
        indexes = [index for index, at in enumerate(self.found) if at in waiting]
        covered: dict[Key, set[int]] = {}
        known: dict[Key, Group] = {}
        for window in self._windows if waiting else ():
            for code, members in window.members(indexes).items():
                word = window.words[code]
                key = word, window.offset
                covered[key] = {self.found[index] for index in members}
                known[key] = Group(word, window.form(code), window.counts[code], 0.0)
        for _ in range(APART):
            best = max(covered, key=lambda one: (len(covered[one] & waiting), one), default=None)
            if best is None or not covered[best] & waiting:
                return
            waiting -= covered.pop(best)
            yield known[best]
