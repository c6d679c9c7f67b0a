"""Quotation marks without a partner, one report a paragraph.

Speech that runs on over several paragraphs opens anew in each and closes in the last; a letter
or a poem may stand inside a speech. Both are sound. Some books never open anew: where most
marks without partner find it in a paragraph below, that is the book's way and no fault.
Apostrophes in Latin words are no marks.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from builder.inspection.examination import Imbalance, QuoteFault
from builder.inspection.passages import Passage, Passages

CLOSERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〝": "〞"}
OPENERS = {closer: opener for opener, closer in CLOSERS.items()}
SPEECH = frozenset("“「『‘〝")
MARK = re.compile("[“”「」『』《》〝〞‘]|’(?![A-Za-z])")
# How many blocks may stand between the mark that opens a speech and the one that closes it.
LONGEST_SPEECH = 30
# So many speeches that run on without opening anew make a habit, if few others are loose.
HABIT = 10


class _Loose(NamedTuple):
    """Marks of one paragraph without partner: (offset, mark)."""

    unclosed: tuple[tuple[int, str], ...]
    unopened: tuple[tuple[int, str], ...]


def find_quote_faults(passages: Passages) -> tuple[QuoteFault, ...]:
    """The first fault of each paragraph, in reading order."""
    loose = [
        (index, found)
        for index, passage in enumerate(passages.all)
        if passage.is_prose and (found := _loose_marks(passage.text))
    ]
    loose = [
        (index, found) for index, found in loose if not _opens_anew(passages.all, index, found)
    ]
    closings = _closings(passages.all, loose)
    closed = set(closings.values())
    is_habit = len(closings) >= HABIT and 3 * len(closings) >= len(loose)
    faults: list[QuoteFault] = []
    for index, found in loose:
        closing = closings.get(index)
        if index in closed or (closing and (is_habit or _has_insert(passages.all, index, closing))):
            continue
        if found.unopened:
            faults.append(_fault(passages, index, Imbalance.UNOPENED, found.unopened[0]))
        else:
            faults.append(_fault(passages, index, Imbalance.UNCLOSED, found.unclosed[0]))
    return tuple(faults)


def _opens_anew(passages: Sequence[Passage], index: int, found: _Loose) -> bool:
    """Whether the next paragraph opens with the mark that this one leaves open."""
    if found.unopened or found.unclosed[0][1] not in SPEECH:
        return False
    section, mark = passages[index].section, found.unclosed[0][1]
    for passage in passages[index + 1 : index + 2 + LONGEST_SPEECH]:
        if passage.section != section:
            return False
        if passage.is_prose:
            return passage.text.lstrip().startswith(mark)
    return False


def _closings(passages: Sequence[Passage], loose: Sequence[tuple[int, _Loose]]) -> dict[int, int]:
    """For paragraphs that leave a mark open, the paragraph below that closes it."""
    closings: dict[int, int] = {}
    for (index, found), (below, candidate) in pairwise(loose):
        if (
            not found.unopened
            and candidate.unopened
            and candidate.unopened[0][1] == CLOSERS[found.unclosed[-1][1]]
            and below - index <= LONGEST_SPEECH
            and passages[index].section == passages[below].section
        ):
            closings[index] = below
    return closings


def _has_insert(passages: Sequence[Passage], index: int, closing: int) -> bool:
    """Whether nothing but verse and the like stands between the two paragraphs."""
    between = passages[index + 1 : closing]
    return bool(between) and not any(passage.is_prose for passage in between)


def _loose_marks(text: str) -> _Loose | None:
    """The marks without partner; None when all is in balance."""
    unclosed: list[tuple[int, str]] = []
    unopened: list[tuple[int, str]] = []
    for match in MARK.finditer(text):
        mark = match[0]
        opener = OPENERS.get(mark)
        if opener is None:
            unclosed.append((match.start(), mark))
        elif unclosed and unclosed[-1][1] == opener:
            unclosed.pop()
        else:
            depth = next((d for d in range(len(unclosed)) if unclosed[d][1] == opener), -1)
            if depth >= 0:
                # What was opened inside and never closed stays on the list.
                del unclosed[depth]
            else:
                unopened.append((match.start(), mark))
    return _Loose(tuple(unclosed), tuple(unopened)) if unclosed or unopened else None


def _fault(passages: Passages, index: int, kind: Imbalance, found: tuple[int, str]) -> QuoteFault:
    offset, mark = found
    position = passages.all[index].start + offset
    before, after = passages.around(position, position + 1)
    return QuoteFault(kind, mark, before, after, passages.place(position))
