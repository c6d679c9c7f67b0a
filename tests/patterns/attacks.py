"""Texts made of a pattern's own pieces that would take it long, and how long they do."""

import contextlib
import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from time import perf_counter, process_time
from types import FrameType

from tests.patterns import trees

# What no pattern of ours asks for: a sign, a letter, another line.
ENDS = (
    "\N{OBJECT REPLACEMENT CHARACTER}",
    "\N{CYRILLIC LETTER MULTIOCULAR O}",
    "\n\N{OBJECT REPLACEMENT CHARACTER}",
)
MOST_CHARACTERS, MOST_ATTACKS = 12, 90
# Four times the text may take eight times as long: linear is four, every place by every place 16.
MOST_GROWTH = 8
# Processor time in seconds that is measured well; and a text that no line of a book outgrows.
MEASURED, LONGEST = 0.03, 100_000
# A first look: sizes in characters, seconds by the clock, and how much the larger may cost.
SMALL, LARGE, NOTHING, PATIENCE, SUSPICIOUS = 250, 2_000, 0.00015, 2.0, 13

# So many suspects of one pattern are measured; one that is refuted mostly refutes the others.
MOST_SUSPECTS = 12

Ask = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Attack:
    """`first`, then `again` over and over, then `last`."""

    first: str
    again: str
    last: str

    def text(self, length: int) -> str:
        """About so many characters."""
        return self.first + self.again * (length // len(self.again)) + self.last


@dataclass(frozen=True, slots=True)
class Slow:
    """An attack that works: with so many characters, so many seconds, so often those of a quarter."""

    attack: Attack
    characters: int
    seconds: float
    growth: float


class _Impatient(BaseException):
    pass


def attacks(pattern: re.Pattern[str]) -> Iterator[Attack]:
    """Each with what no pattern ends with behind."""
    pairs = dict.fromkeys(_pairs(trees.parse(pattern)))
    for first, again in islice((pair for pair in pairs if pair[1]), MOST_ATTACKS):
        for last in ENDS:
            yield Attack(first, again, last)


def _pairs(nodes: trees.Nodes) -> Iterator[tuple[str, str]]:
    """What comes first and what is repeated."""
    alphabet = trees.alphabet(nodes)[:MOST_CHARACTERS]
    repeats = tuple(trees.repeats(nodes))
    yield from (("", one) for one in alphabet)
    for word in trees.words(nodes):
        yield from (("", word), ("", word[:-1]))
    for repeat in repeats:
        for lead, word in product(repeat.leads[:4], repeat.words):
            yield from ((lead, word), ("", lead + word), ("", lead))
        for one, other in product(repeat.words[:4], repeat.words[:4]):
            yield repeat.leads[0], one + other
    yield from (("", one + other) for one, other in product(alphabet[:6], repeat=2))
    leads = dict.fromkeys(lead for repeat in repeats for lead in repeat.leads[:2])
    yield from product(filter(None, leads), alphabet)


def slow(pattern: re.Pattern[str], *, is_searched: bool) -> Slow | None:
    """The first attack that takes the pattern longer than its length allows."""
    ask = partial(_everywhere if is_searched else _once, pattern)
    suspects = islice((one for one in attacks(pattern) if _is_suspect(ask, one)), MOST_SUSPECTS)
    return next(filter(None, (proved(ask, attack) for attack in suspects)), None)


def _everywhere(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass


def _once(pattern: re.Pattern[str], text: str) -> None:
    pattern.match(text)
    pattern.fullmatch(text)


def _is_suspect(ask: Ask, attack: Attack) -> bool:
    """A first look by the clock: whether the attack deserves to be measured."""
    try:
        with _patience():
            small = _clock(ask, attack.text(SMALL))
            large = _clock(ask, attack.text(LARGE))
    except _Impatient:
        return True
    return large > NOTHING and large / small > SUSPICIOUS


def _clock(ask: Ask, text: str) -> float:
    start = perf_counter()
    ask(text)
    return perf_counter() - start


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise _Impatient

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def proved(ask: Ask, attack: Attack) -> Slow | None:
    """Measure with ever longer texts, so that even what doubles with each character ends."""
    length = 16
    while (taken := _seconds(ask, attack.text(length))) < MEASURED:
        length = length * 7 // 5
        if length > LONGEST:
            return None
    quarter = _cost(ask, attack.text(length // 4))
    growth = taken / max(quarter, 1e-7)
    # Once more: another program may have had the processor's cache meanwhile.
    if growth > MOST_GROWTH:
        growth = min(
            growth,
            _cost(ask, attack.text(length)) / max(_cost(ask, attack.text(length // 4)), 1e-7),
        )
    return Slow(attack, length, taken, growth) if growth > MOST_GROWTH else None


def _seconds(ask: Ask, text: str) -> float:
    start = process_time()
    ask(text)
    return process_time() - start


def _cost(ask: Ask, text: str) -> float:
    """Seconds of one asking, from as many as can be measured."""
    total, times = 0.0, 0
    while total < MEASURED / 4 and times < 2_000:
        total += _seconds(ask, text)
        times += 1
    return total / times


def longest(pattern: re.Pattern[str], length: int, *, is_searched: bool) -> float:
    """The most seconds that any attack of this length takes."""
    ask = partial(_everywhere if is_searched else _once, pattern)
    return max(
        (min(_seconds(ask, attack.text(length)) for _ in range(2)) for attack in attacks(pattern)),
        default=0.0,
    )
