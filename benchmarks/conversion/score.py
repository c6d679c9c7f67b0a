"""Errors by place, with and without the reference's own faults, and which of two is better."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchmarks.conversion.fold import HAN, hard_errors, raw_errors
from benchmarks.conversion.noise import noise_of

# On no text may ours have more hard errors than OpenCC by more than both of these.
WORSE_SHARE = 0.02
WORSE_COUNT = 2


@dataclass(frozen=True, slots=True)
class Score:
    """Places of the reference: `hard` are mistakes, `noise` count for nobody."""

    han: int
    raw: int
    hard: frozenset[int]
    noise: frozenset[int] = frozenset()

    @property
    def clean(self) -> frozenset[int]:
        """The hard errors at places where the reference is to be trusted."""
        return self.hard - self.noise


def score(wanted: str, found: str, text: str = "") -> Score:
    """Compare two texts of as many lines; `text` is the name that the noise is listed under."""
    found = aligned(wanted, found)
    raw = raw_errors(wanted, found)
    hard = frozenset(hard_errors(wanted, found))
    return Score(len(HAN.findall(wanted)), len(raw), hard, noise_of(text, wanted))


def aligned(wanted: str, found: str) -> str:
    """`found` with lines of the lengths of `wanted`: what some converters lose or add is an error.

    A character of `wanted` that has no counterpart gets a space.
    """
    if len(wanted) == len(found) and wanted.count("\n") == found.count("\n"):
        lines = zip(wanted.split("\n"), found.split("\n"), strict=True)
        if all(len(one) == len(other) for one, other in lines):
            return found
    pairs = zip(wanted.split("\n"), found.split("\n"), strict=True)
    return "\n".join(
        other if len(one) == len(other) else _aligned_line(one, other) for one, other in pairs
    )


def _aligned_line(wanted: str, found: str) -> str:
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    parts: list[str] = []
    for _, start, end, first, last in matcher.get_opcodes():
        parts.append(found[first:last][: end - start].ljust(end - start))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ours and plain OpenCC made of the same texts, one pair a text."""

    own: tuple[Score, ...]
    other: tuple[Score, ...]

    @property
    def han(self) -> int:
        return sum(one.han for one in self.own)

    @property
    def hard(self) -> tuple[int, int]:
        """Hard errors of ours and of OpenCC."""
        return sum(len(one.hard) for one in self.own), sum(len(one.hard) for one in self.other)

    @property
    def clean(self) -> tuple[int, int]:
        """The same where the references are to be trusted."""
        return sum(len(one.clean) for one in self.own), sum(len(one.clean) for one in self.other)

    @property
    def raw(self) -> tuple[int, int]:
        return sum(one.raw for one in self.own), sum(one.raw for one in self.other)

    @property
    def fixed(self) -> int:
        """Hard errors of OpenCC that we do not make, at places to be trusted."""
        return sum(len(two.clean - one.clean) for one, two in self._pairs())

    @property
    def broken(self) -> int:
        """Hard errors of ours that OpenCC does not make, at places to be trusted."""
        return sum(len(one.clean - two.clean) for one, two in self._pairs())

    @property
    def is_worse(self) -> bool:
        """Whether ours has more hard errors than is allowed on one text, noise included."""
        own, other = self.hard
        return own - other > max(WORSE_SHARE * other, WORSE_COUNT)

    def _pairs(self) -> list[tuple[Score, Score]]:
        return list(zip(self.own, self.other, strict=True))


def together(comparisons: Sequence[Comparison]) -> Comparison:
    """Many texts as one."""
    return Comparison(
        tuple(score for one in comparisons for score in one.own),
        tuple(score for one in comparisons for score in one.other),
    )


def ratio(counts: tuple[int, int]) -> float:
    """Ours for one of OpenCC's; 1 when neither made a mistake."""
    own, other = counts
    return own / other if other else 1.0 + own
