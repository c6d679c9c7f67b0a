"""Whether a book writes 于 for "at" and "to" wherever it likes, as literary Chinese does.

There 于 stands behind any verb and before any place or person (献于晋侯, 请于秦王, 退师于申), and the
same words recur as names do. In such a book 于 inside a clause is a surname only where something
else says so: 姓 before it, a title behind it, or the same full name where no preposition can be.
"""

from collections import Counter
from collections.abc import Sequence

from builder.convert.names_data import PREFIXES, TITLES, side_of

PREPOSITION = "于"
# Different neighbours of 于 inside clauses, on either side, from which a book is literary …
LEAST_NEIGHBOURS = 10
# … if so many of the places that differ are words for each that is a name.
WORDS_TO_NAMES = 2
FULL_NAME = 3
# So often a surname with one character or a title has to begin clauses to be known as a person.
SHORT_NAME_STARTS = 3
_STARTS = frozenset("|“、")
# Behind these stands a surname. 段于: a name and the preposition.
_CALLS = frozenset(PREFIXES) - {"段"}
# Who speaks or is spoken of is a person.
_SPEAKS = ("曰", "道", "说", "笑", "问", "答")
# Titles of our day. In old books one speaks 于大人 and 于公子: to them.
_MODERN = (*"总哥姐嫂婶姨", "先生", "小姐", "老师", "女士", "太太", "经理", "主任", "老板", "教授")

# Line, place, name (the surname first), and how much likelier than words it is.
Place = tuple[int, int, str, int]


def inside(lines: Sequence[str], places: Sequence[Place]) -> frozenset[tuple[int, int]]:
    """The places, by line and offset, where a literary book has 于 and nothing says surname."""
    own = [place for place in places if place[2][0] == PREPOSITION]
    middle = [place for place in own if not _begins(lines, place)]
    if not _is_literary(lines, middle):
        return frozenset()
    known = _persons(lines, own)
    return frozenset(
        (line, at)
        for line, at, name, _ in middle
        if not (_is_called(lines[line], at) or name in known)
    )


def _begins(lines: Sequence[str], place: Place) -> bool:
    return side_of(lines[place[0]], place[1] - 1) in _STARTS


def _is_called(line: str, at: int) -> bool:
    return line[max(0, at - 1) : at] in _CALLS or line.startswith(_MODERN, at + 1)


def _is_literary(lines: Sequence[str], middle: Sequence[Place]) -> bool:
    words = [place for place in middle if place[3] <= 0]
    # By different ones: a hero's name recurs, and so does the king who is asked.
    names = {name for _, _, name, gain in middle if gain > 0}
    if len({name for _, _, name, _ in words}) < WORDS_TO_NAMES * len(names):
        return False
    before = {side_of(lines[line], at - 1) for line, at, _, _ in words}
    after = {side_of(lines[line], at + 1) for line, at, _, _ in words}
    return min(len(before), len(after)) >= LEAST_NEIGHBOURS


def _is_full(name: str) -> bool:
    return len(name) == FULL_NAME and name[1:] not in TITLES


def _persons(lines: Sequence[str], own: Sequence[Place]) -> frozenset[str]:
    """Names that begin clauses, or whose bearers speak."""
    starts: Counter[str] = Counter()
    for place in own:
        line, at, name, gain = place
        if gain <= 0:
            continue
        if _begins(lines, place):
            starts[name] += 1
        if _is_full(name) and lines[line].startswith(_SPEAKS, at + len(name)):
            starts[name] += SHORT_NAME_STARTS
    return frozenset(
        name
        for name, count in starts.items()
        if count >= (1 if _is_full(name) else SHORT_NAME_STARTS)
    )
