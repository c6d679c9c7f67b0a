"""What an old book says against surnames: above all, that 于 is "at" and "to" wherever it likes.

There 于 stands behind any verb and before any place or person (献于晋侯, 请于秦王, 退师于申), and the
same words recur as names do. In such a book 于 inside a clause is a surname only where something
else says so: 姓 before it, a title behind it, or the same name where clauses begin, again and
again. Where most 于 are such, clauses begin with it too (于将军何损, 于建文九年), and one that begins a
clause needs no less.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from builder.convert.names_data import PREFIXES, figures, side_of
from builder.convert.names_weights import NONE, USUAL_WORD

PREPOSITION = "于"
# Verbs and nouns of old prose that are hardly ever surnames there (涂面, 种麦, 朴诚, 愿老师万寿).
# 党 is 黨 in old prints even as one.
IN_PRINT = "党"
CAREFUL = frozenset(PREPOSITION + "涂种朴愿里岩适" + IN_PRINT)
# Different neighbours of 于 inside clauses, on either side, from which a book is literary …
LEAST_NEIGHBOURS = 10
# … if so many of the places that differ are words for each that is a name.
WORDS_TO_NAMES = 2
# So many 于 in 10,000 characters that are in no usual word (由于, 终于, 于是), and such a share of
# all 于, and clauses begin with the preposition. Measured: novels of our day and manuals have a
# share of 0.1 to 0.3, vernacular novels of old 0.5 to 0.8.
LEAST_FREE = 20
FREE_DENSITY = 4
FREE_SHARE = 0.45
# Books of our day have more 的 in 1,000 characters; measured: 21 to 55, novels of old 0 to 15, and
# 21 in 老殘遊記, where one 道 or 曰 stands before every second of what is said. In books of our day
# a name that is as plain as this stays one inside a clause too: 老师批评了于洋.
SURELY_MODERN, MODERN_SHARE = 22, 15
_SAID_OF_OLD = ("曰", "道：", "道:", "道﹕", "道「")
PLAIN_NAME = 24
# A person begins clauses, at least so often and in such a share of places …
LEAST_STARTS = 2
STARTS_SHARE = 0.2
# … and what stands behind 于 seldom stands without it, by the name's length (于|军, 于|秦王).
FULL_NAME = 3
ELSEWHERE = {2: 15, FULL_NAME: 3}
# One that begins a clause once may recur with neighbours that all speak for a name.
PLAIN_PLACES = 5
PLAIN_GAIN = 30
PLAIN_ELSEWHERE = 10
# Who begins a clause and speaks is a person; such a place counts twice.
_SPEAKS = ("曰", "道", "说", "笑", "问", "答")
_STARTS = frozenset("|“、")
# Behind these stands a surname. 段于: a name and the preposition.
_CALLS = frozenset(PREFIXES) - {"段"}
# 老于戎行: to have grown old at it.
_CALLS_OF_OLD = _CALLS - {"老"}
# Titles of our day. In old books one speaks 于大人 and 于公子: to them.
_MODERN = (
    *"总哥姐嫂婶姨",
    *("先生", "小姐", "老师", "女士", "太太", "经理", "主任", "老板", "教授", "家兄弟", "家父子"),
)

# Line, place, name (the surname first), and how much likelier than words it is.
Place = tuple[int, int, str, int]


def inside(lines: Sequence[str], places: Sequence[Place]) -> frozenset[tuple[int, int]]:
    """The places, by line and offset, where an old book has words and nothing says surname."""
    by_surname: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place[2][0] in CAREFUL:
            by_surname[place[2][0]].append(place)
    is_modern = bool(by_surname) and _is_modern(lines)
    is_old = bool(by_surname) and not is_modern and _is_free(lines)
    lost: set[tuple[int, int]] = set()
    for surname, own in by_surname.items():
        if surname != PREPOSITION:
            lost.update(_unknown(lines, own, own) if is_old else ())
            continue
        middle = [place for place in own if not _begins(lines, place)]
        if _is_literary(lines, middle):
            asked = own if is_old else middle
            if is_modern:
                asked = [place for place in middle if place[3] < PLAIN_NAME]
            lost.update(_unknown(lines, own, asked, is_old=is_old))
    return frozenset(lost)


def _unknown(
    lines: Sequence[str], own: Sequence[Place], asked: Sequence[Place], *, is_old: bool = False
) -> Iterator[tuple[int, int]]:
    """Those of the places asked for that nothing calls a name, given all places of a surname.

    In an old book (`is_old`) 老于 is a verb and its preposition.
    """
    calls = _CALLS_OF_OLD if is_old else _CALLS
    known = _persons(lines, own) if own[0][2][0] not in IN_PRINT else frozenset()
    for line, at, name, _ in asked:
        if not (_is_called(lines[line], at, calls) or known & {name[:2], name[:FULL_NAME]}):
            yield line, at


def _begins(lines: Sequence[str], place: Place) -> bool:
    return side_of(lines[place[0]], place[1] - 1) in _STARTS


def _is_called(line: str, at: int, calls: frozenset[str]) -> bool:
    return line[max(0, at - 1) : at] in calls or line.startswith(_MODERN, at + 1)


def _is_literary(lines: Sequence[str], middle: Sequence[Place]) -> bool:
    words = [place for place in middle if place[3] <= 0]
    # By different ones: a hero's name recurs, and so does the king who is asked.
    names = {name for _, _, name, gain in middle if gain > 0}
    if len({name for _, _, name, _ in words}) < WORDS_TO_NAMES * len(names):
        return False
    before = {side_of(lines[line], at - 1) for line, at, _, _ in words}
    after = {side_of(lines[line], at + 1) for line, at, _, _ in words}
    return min(len(before), len(after)) >= LEAST_NEIGHBOURS


def _is_modern(lines: Sequence[str]) -> bool:
    """Whether the book has as many 的 as books of our day, and few speak as in novels of old."""
    size = sum(map(len, lines))
    share = 1000 * sum(line.count("的") for line in lines)
    if share >= SURELY_MODERN * size:
        return True
    said = sum(line.count(verb) for line in lines for verb in _SAID_OF_OLD)
    return share >= MODERN_SHARE * size and 1000 * said < size


def _is_free(lines: Sequence[str]) -> bool:
    """Whether most 于 of the book are words of their own, and many."""
    words = figures().words
    count = free = 0
    for line in lines:
        at = line.find(PREPOSITION)
        while at >= 0:
            count += 1
            pairs = (line[max(0, at - 1) : at + 1], line[at : at + 2])
            free += all(words.get(pair, NONE) >= USUAL_WORD for pair in pairs)
            at = line.find(PREPOSITION, at + 1)
    size = sum(map(len, lines))
    return free >= max(LEAST_FREE, FREE_SHARE * count, FREE_DENSITY * size / 10_000)


def _persons(lines: Sequence[str], own: Sequence[Place]) -> frozenset[str]:
    """Names that begin clauses as persons do, and whose given names do not stand alone.

    Of two and of three characters: 于飞 is known whatever stands behind.
    """
    gains: dict[str, list[int]] = defaultdict(list)
    for _, _, name, gain in own:
        if gain > 0:
            for size in range(2, min(FULL_NAME, len(name)) + 1):
                gains[name[:size]].append(gain)
    text = "\n".join(lines)
    met = _met(text, own[0][2][0])
    return frozenset(name for name in gains if _is_person(text, name, gains[name], met))


# How often a name is met, and begins clauses.
_Met = dict[str, tuple[int, int]]


def _met(text: str, surname: str) -> _Met:
    """What stands from the surname on, to two and to three characters; a speaker counts twice."""
    met: _Met = {}
    for match in re.finditer(surname, text):
        at = match.start()
        is_start = side_of(text, at - 1) in _STARTS
        for size in range(2, FULL_NAME + 1):
            name = text[at : at + size]
            count, starts = met.get(name, (0, 0))
            more = 1 + text.startswith(_SPEAKS, at + size) if is_start else 0
            met[name] = (count + 1, starts + more)
    return met


def _is_person(text: str, name: str, gains: Sequence[int], met: _Met) -> bool:
    # A name that begins inside a usual word has that word's first character behind it.
    count, starts = met.get(name, (0, 0))
    shorter, shorter_starts = met[name[:2]]
    if starts >= max(LEAST_STARTS, STARTS_SHARE * count):
        # 于秦何益 begins clauses; 于秦 hardly does.
        is_start = shorter_starts >= STARTS_SHARE * shorter
        return is_start and _elsewhere(text, name, count) <= ELSEWHERE[len(name)] * count
    is_plain = len(gains) >= PLAIN_PLACES and sum(gains) >= PLAIN_GAIN * len(gains)
    return starts > 0 and is_plain and _elsewhere(text, name, count) <= PLAIN_ELSEWHERE * count


def _elsewhere(text: str, name: str, count: int) -> int:
    """How often what stands behind the surname stands without it."""
    return text.count(name[1:]) - count
