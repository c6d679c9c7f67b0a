"""What differs between the text a book should have and the text a file has.

Both are long strings. Where they part, the nearest place is looked for at which both agree
again over a stretch that does not occur by chance; what lies between is a difference. So a
lost paragraph is one difference and not a thousand.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# Characters that must agree; a dialogue line is rarely longer, a sentence rarely shorter.
AGREEMENT = 24
# How far to look: about ten chapters of a web novel.
REACH = 30_000
# A file with more differences has one fault that runs through it; the count says so.
MAX_DIFFERENCES = 200
_CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Difference:
    """`expected` should stand where `found` stands.

    `at` and `found_at` are offsets into the two texts. Both texts may be empty, not both.
    """

    at: int
    found_at: int
    expected: str
    found: str


def differences(expected: str, found: str) -> tuple[Difference, ...]:
    """In order, at most `MAX_DIFFERENCES`; the last one then holds the rest of both texts."""
    result: list[Difference] = []
    at = found_at = 0
    while True:
        same = _shared(expected, found, at, found_at)
        at, found_at = at + same, found_at + same
        if at == len(expected) and found_at == len(found):
            return tuple(result)
        skip, found_skip = len(expected) - at, len(found) - found_at
        if len(result) < MAX_DIFFERENCES - 1:
            skip, found_skip = _resume(expected, found, at, found_at)
        result.append(
            Difference(
                at, found_at, expected[at : at + skip], found[found_at : found_at + found_skip]
            )
        )
        at, found_at = at + skip, found_at + found_skip


def _shared(expected: str, found: str, at: int, found_at: int) -> int:
    """How many characters agree from here on."""
    shared = 0
    while True:
        one = expected[at + shared : at + shared + _CHUNK]
        other = found[found_at + shared : found_at + shared + _CHUNK]
        if one != other or not one:
            pairs = zip(one, other, strict=False)
            return shared + next(
                (at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other))
            )
        shared += len(one)


def _resume(expected: str, found: str, at: int, found_at: int) -> tuple[int, int]:
    """How much of each text to pass over until both agree; all of both when they never do."""
    rest, found_rest = len(expected) - at, len(found) - found_at
    best = (rest, found_rest)
    cost = rest + found_rest
    for skip in range(min(rest, REACH) + 1):
        if skip >= cost:
            break
        probe = expected[at + skip : at + skip + AGREEMENT]
        if len(probe) < AGREEMENT:
            # Near the end only the very end is sure.
            if found.endswith(probe) and len(found) - len(probe) >= found_at:
                total = skip + len(found) - len(probe) - found_at
                if total < cost:
                    best, cost = (skip, total - skip), total
            continue
        limit = found_at + min(REACH, cost - skip) + AGREEMENT
        place = found.find(probe, found_at, limit)
        if place >= 0 and skip + place - found_at < cost:
            best, cost = (skip, place - found_at), skip + place - found_at
    return best


@dataclass(frozen=True, slots=True)
class Findings:
    """Differences by what happened to the text."""

    missing: tuple[Difference, ...]
    extra: tuple[Difference, ...]
    moved: tuple[Difference, ...]
    changed: tuple[Difference, ...]


def sort_out(found: Sequence[Difference]) -> Findings:
    """What was lost in one place and turns up in another has moved; it counts once."""
    lost = Counter(core for one in found if not one.found and (core := one.expected.strip()))
    moved: list[Difference] = []
    gained: Counter[str] = Counter()
    for one in found:
        core = one.found.strip()
        if not one.expected and lost[core] > gained[core]:
            gained[core] += 1
            moved.append(one)
    missing: list[Difference] = []
    for one in found:
        if one.found:
            continue
        core = one.expected.strip()
        if gained[core]:
            gained[core] -= 1
        else:
            missing.append(one)
    return Findings(
        tuple(missing),
        tuple(one for one in found if not one.expected and one not in moved),
        tuple(moved),
        tuple(one for one in found if one.expected and one.found),
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Where each part of a text comes from: `names[i]` holds from `starts[i]` on."""

    starts: tuple[int, ...]
    names: tuple[str, ...]

    def of(self, offset: int) -> str:
        """The name of the part that holds `offset`; empty when there is none."""
        index = bisect_right(self.starts, offset) - 1
        return self.names[index] if index >= 0 else ""
