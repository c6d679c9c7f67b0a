"""Quotation marks without a partner, one report a paragraph.

Speech that runs on over several paragraphs opens anew in each and closes in the last; a letter
or a poem may stand inside a speech. Both are sound. Apostrophes in Latin words are no marks.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from builder.inspection.examination import Imbalance, QuoteFault
from builder.inspection.passages import Passage, Passages

CLOSERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〝": "〞"}
OPENERS = {closer: opener for opener, closer in CLOSERS.items()}
SPEECH = frozenset("“「『‘〝")
MARK = re.compile("[“”「」『』《》〝〞‘]|’(?![A-Za-z])")
# How many blocks of verse may stand inside one speech.
LONGEST_INSERT = 12


class _Loose(NamedTuple):
    """Marks of one paragraph without partner: (offset, mark)."""

    unclosed: tuple[tuple[int, str], ...]
    unopened: tuple[tuple[int, str], ...]


def find_quote_faults(passages: Passages) -> tuple[QuoteFault, ...]:
    """The first fault of each paragraph, in reading order."""
    return tuple(_faults(passages))


def _faults(passages: Passages) -> Iterator[QuoteFault]:
    loose = {
        index: found
        for index, passage in enumerate(passages.all)
        if passage.is_prose and (found := _loose_marks(passage.text))
    }
    answered: set[int] = set()
    for index, found in loose.items():
        if found.unopened and index not in answered:
            yield _fault(passages, index, Imbalance.UNOPENED, found.unopened[0])
            continue
        if not found.unclosed:
            continue
        next_index, is_apart = _next_prose(passages.all, index)
        if next_index >= 0:
            mark = found.unclosed[0][1]
            if mark in SPEECH and passages.all[next_index].text.lstrip()[:1] == mark:
                continue
            closes = loose.get(next_index)
            if closes and closes.unopened and closes.unopened[0][1] == CLOSERS[mark]:
                # One speech over two paragraphs: one fault, and none when verse parts them.
                answered.add(next_index)
                if is_apart:
                    continue
        yield _fault(passages, index, Imbalance.UNCLOSED, found.unclosed[0])


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


def _next_prose(passages: Sequence[Passage], index: int) -> tuple[int, bool]:
    """The next paragraph of the section, and whether verse stands between; -1 when none."""
    section = passages[index].section
    for at in range(index + 1, min(index + 2 + LONGEST_INSERT, len(passages))):
        if passages[at].section != section:
            break
        if passages[at].is_prose:
            return at, at > index + 1
    return -1, False


def _fault(passages: Passages, index: int, kind: Imbalance, found: tuple[int, str]) -> QuoteFault:
    offset, mark = found
    position = passages.all[index].start + offset
    before, after = passages.around(position, position + 1)
    return QuoteFault(kind, mark, before, after, passages.place(position))
