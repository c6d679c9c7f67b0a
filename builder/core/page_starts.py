"""Where the pages of a printed edition start, as the press tells it and the EPUB repeats it.

Both editions break their lines differently and set different marks between them, so a place in
a block is counted in characters that are visible in either: without white space, without the
invisible characters that only tell where a line may break, without readings and marks of notes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# What no reader sees. Example: a space, U+3000, U+200B. Counter-example: 一, “, U+0301.
_UNSEEN = re.compile("[\\s\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}]+")
_SEEN = re.compile("[^\\s\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}]+")
BEFORE_ALL = -1


@dataclass(frozen=True, slots=True)
class PageStart:
    """The first place on a page: `label` is the page's number as printed.

    `element_id` names the `<section>` or `<nav>` of the printed document that the place is in. `block`
    counts the blocks of that section itself from 0; `BEFORE_ALL` is its heading. `characters`
    of the block, counted as above, stand on earlier pages.
    """

    label: str
    element_id: str
    block: int = BEFORE_ALL
    characters: int = 0


def visible(text: str) -> str:
    """`text` without the characters that no reader sees."""
    return _UNSEEN.sub("", text)


def visible_places(text: str, numbers: Iterable[int]) -> Iterator[int]:
    """Where in `text` the visible characters of these numbers stand.

    The numbers ascend from 0, and the text has as many visible characters; it is read once for
    all of them.
    """
    runs = (match.span() for match in _SEEN.finditer(text))
    start = end = before = 0
    for number in numbers:
        while number - before >= end - start:
            before += end - start
            start, end = next(runs)
        yield start + number - before
