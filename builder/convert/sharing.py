"""Characters with few words in doubt share a row: one look for many, as far as a row is long.

A modern text doubts many characters a little, each in a word or two (卷軸 or 捲軸, 局限 or 侷限): a
row for each would be a long list of short questions. Characters with many words have rows of
their own.
"""

from collections.abc import Iterator, Sequence

from builder.convert.groups import CONTEXTS, Row

# A character with more words has a row of its own.
FEW = 12
# So many words share a row. Measured on 26 texts, modern and old: the first twenty rows removed
# 52.6 % of what was left without sharing (of the text with least, 20 %), 61.6 with 40 words (31),
# 62.8 with 56 (36).
SHARED = 56


def shared(rows: Sequence[Row], *, few: int = FEW, words: int = SHARED) -> tuple[Row, ...]:
    """The rows, most mistakes to be expected first, those with few words put together."""
    own = [row for row in rows if len(row.groups) > few]
    others = [row for row in rows if len(row.groups) <= few]
    joined = (_joined(some) for some in _packed(others, words))
    return tuple(sorted([*own, *joined], key=lambda row: -row.gain))


def _packed(rows: Sequence[Row], words: int) -> Iterator[list[Row]]:
    """The rows in runs of at most so many words; who comes first has most mistakes."""
    run: list[Row] = []
    for row in sorted(rows, key=lambda row: -row.gain):
        if run and sum(len(one.groups) for one in (*run, row)) > words:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _joined(rows: Sequence[Row]) -> Row:
    """One row of several; of its contexts each is of another character, as long as there are some."""
    if len(rows) == 1:
        return rows[0]
    turns = [row.contexts[turn : turn + 1] for turn in range(CONTEXTS) for row in rows]
    contexts = [context for turn in turns for context in turn]
    return Row(
        "".join(row.character for row in rows),
        tuple("/".join(row.candidates) for row in rows),
        tuple(group for row in rows for group in row.groups),
        tuple(contexts[:CONTEXTS]),
    )
