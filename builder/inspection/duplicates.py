"""Paragraphs that stand in the book twice, letter by letter or nearly; in linear time.

Exact copies are found by their text without punctuation. For near ones, every paragraph is
represented by its shingles: pieces of five characters that start at a fifth of all characters
(the same ones everywhere, so two copies choose the same pieces). Shingles that occur in more
than one paragraph name the few pairs worth comparing, and those are compared by their bigrams.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from builder.inspection.examination import Duplicate
from builder.inspection.passages import Passage, Passages

LEAST_CHARS = 30
LEAST_LIKENESS = 0.9
SHINGLE_CHARS = 5
# A shingle that many paragraphs have is a phrase of the language; it pairs with its last few.
RECENT = 4
MODULUS, REMAINDER = 5, 2

_PUNCTUATION = re.compile(r"\W+")
_ANCHORS = "".join(chr(code) for code in range(0x4E00, 0xA000) if code % MODULUS == REMAINDER)
# Overlapping pieces of five characters, each starting with an anchor.
_SHINGLE = re.compile(f"(?=([{_ANCHORS}].{{{SHINGLE_CHARS - 1}}}))")

Pair = tuple[int, int, float]


def find_duplicates(passages: Passages) -> tuple[Duplicate, ...]:
    """Runs of paragraphs that stand twice, in the order of the second copy."""
    long = [p for p in passages.all if p.is_prose and len(p.text) >= LEAST_CHARS]
    bare = [_PUNCTUATION.sub("", passage.text) for passage in long]
    first_of: dict[str, int] = {}
    pairs: list[Pair] = []
    unique: list[int] = []
    for index, text in enumerate(bare):
        if len(text) < LEAST_CHARS * 2 // 3:
            continue
        first = first_of.setdefault(text, index)
        if first == index:
            unique.append(index)
        else:
            pairs.append((first, index, 1.0))
    pairs.extend(_near(bare, unique))
    pairs.sort(key=lambda pair: (pair[1], pair[0]))
    return tuple(_duplicates(passages, long, pairs))


def _near(bare: Sequence[str], unique: Sequence[int]) -> Iterator[Pair]:
    """Pairs that are alike but not the same."""
    shingles = {index: set(_SHINGLE.findall(bare[index])) for index in unique}
    counts = Counter(chain.from_iterable(shingles.values()))
    repeated = {piece for piece, count in counts.items() if count > 1}
    # The last few that have a piece.
    holders: dict[str, tuple[int, ...]] = {}
    for index in unique:
        pieces = shingles[index] & repeated
        holding = [holders.get(piece, ()) for piece in pieces]
        for piece, others in zip(pieces, holding, strict=True):
            holders[piece] = (*others[1 - RECENT :], index)
        # A tenth of the characters changed spoils four of ten pieces; with few of them, more.
        least = max(1, len(shingles[index]) // 4)
        if len(pieces) < least:
            continue
        shared = Counter(chain.from_iterable(holding))
        promising = [(count, other) for other, count in shared.items() if count >= least]
        for _, other in sorted(promising, reverse=True)[:RECENT]:
            likeness = likeness_of(bare[other], bare[index])
            if likeness >= LEAST_LIKENESS:
                yield other, index, likeness
                break


def likeness_of(left: str, right: str) -> float:
    """About the share of characters that two texts have in common, in linear time.

    One changed character spoils two bigrams, so half the share of lost bigrams is counted.
    """
    if left == right:
        return 1.0
    if not 0.8 <= len(left) / max(len(right), 1) <= 1.25:
        return 0.0
    bigrams = len(left) + len(right) - 2
    # What both begin and end with counts as it is, and need not be taken apart.
    start, rest = _shared_start(left, right), min(len(left), len(right))
    end = min(_shared_start(left[::-1], right[::-1]), rest - start)
    shared = max(start - 1, 0) + max(end - 1, 0)
    ours = Counter(pairwise(left[max(start - 1, 0) : len(left) - max(end - 1, 0)]))
    theirs = Counter(pairwise(right[max(start - 1, 0) : len(right) - max(end - 1, 0)]))
    both = ours.keys() & theirs.keys()
    common = shared + sum(map(min, map(ours.__getitem__, both), map(theirs.__getitem__, both)))
    return (1 + 2 * common / max(bigrams, 1)) / 2


def _shared_start(left: str, right: str) -> int:
    """How many characters two texts begin with alike, by halves."""
    known, most = 0, min(len(left), len(right))
    while known < most:
        middle = (known + most + 1) // 2
        if left[known:middle] == right[known:middle]:
            known = middle
        else:
            most = middle - 1
    return known


def _runs(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs that follow each other in both copies, together."""
    open_runs: dict[tuple[int, int], list[Pair]] = {}
    runs: list[list[Pair]] = []
    for pair in pairs:
        run = open_runs.pop((pair[0] - 1, pair[1] - 1), None)
        if run is None:
            run = []
            runs.append(run)
        run.append(pair)
        open_runs[pair[0], pair[1]] = run
    yield from runs


def _duplicates(
    passages: Passages, long: Sequence[Passage], pairs: Sequence[Pair]
) -> Iterator[Duplicate]:
    """One for each run; copies of one paragraph alone are told together."""
    grouped: dict[tuple[int, int], list[list[Pair]]] = {}
    for number, run in enumerate(_runs(pairs)):
        is_copy = len(run) == 1 and run[0][2] == 1.0
        grouped.setdefault((run[0][0], -1 if is_copy else number), []).append(run)
    for runs in grouped.values():
        first, second, _ = runs[0][0]
        yield Duplicate(
            long[first].text,
            long[second].text,
            passages.place(long[first].start),
            tuple(passages.place(long[run[0][1]].start) for run in runs),
            min(likeness for _, _, likeness in runs[0]),
            len(runs[0]),
        )
