"""Which books of a shelf have the same text, or the text of another among theirs.

A text is known by a sample of its shingles, eight Han in a row: those that begin with a character
of a fixed thirty-second of all, and of these the 256 whose checksums are lowest; short texts have
more starts, whose checksums are higher than all of those. Line ends, marks,
Latin and script leave no trace in it (Traditional is folded, character by character), so editions
in other encodings, scripts or clothes have nearly the same sample, and unrelated books share none.
What two samples share tells how much the texts do, also when one is a tenth of the other.
Source: Broder, On the resemblance and containment of documents (1997); bottom-k sketches.
"""

import re
import sys
import zlib
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

_SHINGLE = 8
_KEPT = 256
# The lowest of each are looked up to find who is to be compared with whom.
_LOOKED_UP = 64
_PASSES = 8
# A shingle starts with one character of 32, in a short text also with seven others.
_STARTS = 32
_MORE_STARTS = 8
_SHORT = 20_000
_MORE = 1 << 31
# Knuth's multiplicative hash: neighbours in Unicode (the same radical) fall apart.
_SPREAD = 0x9E3779B1
_HAN = re.compile(r"[\u3400-\u9fff]+")
# With fewer than these a share is a guess.
_LEAST_SAMPLE = 16
# Of two editions of a text most shingles agree: misprints and variants of one character in fifty
# leave 0.74 of them alike, unrelated novels share 0.00.
_SAME = 0.5
_PART = 0.5
# Shorter than this against the other, a text is a part, not an edition.
_AS_LONG = 0.85


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is known by: how many Han it has, and the sample, ascending."""

    length: int
    sample: "array[int]"

    @property
    def limit(self) -> int:
        """All of the text's checksums up to here are in the sample."""
        if len(self.sample) == _KEPT:
            return self.sample[-1]
        return 2 * _MORE if self.length < _SHORT else _MORE - 1


@dataclass(frozen=True, slots=True)
class Part:
    """The text of book `of` holds `share` (0 to 1) of that of `book`; both are indices."""

    book: int
    of: int
    share: float


@dataclass(frozen=True, slots=True)
class Alike:
    """Groups of books with the same text, and books whose text stands in a longer one."""

    same: tuple[tuple[int, ...], ...] = ()
    parts: tuple[Part, ...] = ()


def sketch(text: str) -> str:
    """What `text` is known by, in at most 1.4 kB of ASCII; "" when it has too few Han for that."""
    han = "".join(_HAN.findall(text))
    tables = _tables()
    shingles = set(tables.starts.findall(han))
    if len(han) < _SHORT:
        shingles.update(tables.more_starts.findall(han))
    if not shingles:
        return ""
    found = {_checksum(one, tables.first) for one in folded("\n".join(shingles)).split("\n")}
    lowest = array("I", sorted(found)[:_KEPT])
    if sys.byteorder == "big":
        lowest.byteswap()
    return f"{len(han)}:{b64encode(lowest.tobytes()).decode()}"


def sketched(said: str) -> Sketch | None:
    """The sketch that `said` writes; None for what is none."""
    length, _, packed = said.partition(":")
    sample = array("I")
    try:
        sample.frombytes(b64decode(packed, validate=True))
        if sys.byteorder == "big":
            sample.byteswap()
        return Sketch(int(length), sample) if sample else None
    except ValueError:
        return None


def alike(written: Sequence[str]) -> Alike:
    """Which of the books with these sketches are like which.

    Time and memory grow with the number of books, not with its square.
    """
    found = ((index, sketched(one)) for index, one in enumerate(written))
    known = {index: one for index, one in found if one}
    groups = _Groups(len(written))
    parts: list[Part] = []
    for pair in _neighbours(known):
        small, large = sorted(pair, key=lambda index: known[index].length)
        one, other = known[small], known[large]
        likeness, share = _compared(one, other)
        is_as_long = one.length >= _AS_LONG * other.length
        if likeness >= _SAME and is_as_long:
            groups.join(small, large)
        elif share >= _PART:
            parts.append(Part(small, large, share))
    return Alike(groups.several(), tuple(_largest(parts, groups)))


def _compared(small: Sketch, large: Sketch) -> tuple[float, float]:
    """How much of both texts together they share, and how much of the small one the large one has.

    Both are told from the checksums up to where both samples are whole. Samples too small for an
    estimate count only when they are the same.
    """
    limit = min(small.limit, large.limit)
    mine = small.sample[: bisect_right(small.sample, limit)]
    other = large.sample[: bisect_right(large.sample, limit)]
    shared = len(set(mine).intersection(other))
    if len(mine) < _LEAST_SAMPLE:
        return (1.0, 1.0) if mine == other else (0.0, 0.0)
    return shared / (len(mine) + len(other) - shared), shared / len(mine)


def _neighbours(known: Mapping[int, Sketch]) -> list[tuple[int, int]]:
    """Pairs that share a checksum with no book between them, so that a thousand copies of a text
    are a thousand pairs and not a million. Long texts that share but one are not worth a look.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    # In passes by the last bits, so that only an eighth of all checksums is held at a time.
    for bits in range(_PASSES):
        last: dict[int, int] = {}
        for index, one in known.items():
            for checksum in one.sample[:_LOOKED_UP]:
                if checksum % _PASSES == bits:
                    if checksum in last:
                        pairs[last[checksum], index] += 1
                    last[checksum] = index
    return sorted(
        pair
        for pair, shared in pairs.items()
        if shared > 1 or any(len(known[one].sample) < _KEPT for one in pair)
    )


def _largest(parts: list[Part], groups: "_Groups") -> Iterator[Part]:
    """Each group of editions once, with the text that has most of it."""
    best: dict[int, Part] = {}
    for part in parts:
        book, of = groups.head(part.book), groups.head(part.of)
        if book != of and (book not in best or part.share > best[book].share):
            best[book] = Part(book, of, part.share)
    return (best[book] for book in sorted(best))


class _Groups:
    """Books with the same text; the head of a group is the first of them."""

    def __init__(self, count: int) -> None:
        self._heads = list(range(count))

    def head(self, one: int) -> int:
        while self._heads[one] != one:
            self._heads[one] = one = self._heads[self._heads[one]]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self._heads[second] = first

    def several(self) -> tuple[tuple[int, ...], ...]:
        """The groups of more than one."""
        members: dict[int, list[int]] = {}
        for one in range(len(self._heads)):
            members.setdefault(self.head(one), []).append(one)
        return tuple(tuple(group) for group in members.values() if len(group) > 1)


def folded(text: str) -> str:
    """`text` in Simplified, character by character: to be compared, not to be read."""
    return text.translate(_tables().folds)


def _checksum(shingle: str, first: frozenset[str]) -> int:
    checksum = zlib.crc32(shingle.encode()) >> 1
    return checksum if shingle[0] in first else checksum | _MORE


@dataclass(frozen=True, slots=True)
class _Tables:
    """What finds shingles in Han of either script, by their starts, and folds them to Simplified.

    `first` are the starts of `starts`, folded.
    """

    starts: re.Pattern[str]
    more_starts: re.Pattern[str]
    first: frozenset[str]
    folds: dict[int, str]


@cache
def _tables() -> _Tables:
    """Each character is folded by itself, 乾 to 干 as in 乾净: wrong as a conversion, but alike on
    both sides.
    """
    from builder.convert import simplified

    every = [chr(one) for one in range(0x3400, 0xA000)]
    simple = [said if len(said) == 1 else one for one, said in zip(every, simplified(every), strict=True)]  # fmt: skip
    ranks = [(ord(said) * _SPREAD & 0xFFFFFFFF) * _STARTS >> 32 for said in simple]

    def starting_with(least: int, most: int) -> re.Pattern[str]:
        starts = "".join(
            one for one, rank in zip(every, ranks, strict=True) if least <= rank < most
        )
        return re.compile(rf"(?=([{starts}][\u3400-\u9fff]{{{_SHINGLE - 1}}}))")

    return _Tables(
        starting_with(0, 1),
        starting_with(1, _MORE_STARTS),
        frozenset(said for said, rank in zip(simple, ranks, strict=True) if rank == 0),
        {ord(one): said for one, said in zip(every, simple, strict=True) if said != one},
    )
