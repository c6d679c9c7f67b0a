"""Persons of a book in whose given names a character has several forms: 子雲, 花沖, 羅采.

OpenCC sees each place by itself and takes 子云 for "the Master says" and 花冲 for a rush. Who
begins clauses and speaks, and does so again, is a person; then the name has one form in the
whole book. In a name some characters have one form whatever they are elsewhere (`FORMS`); of
the others (`SAME`) the form holds that most places of the name have.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.convert.choice import Choice
from builder.convert.names_data import figures, side_of
from builder.convert.names_weights import NONE, USUAL_WORD

RULE = "C106"

# The form in a given name: 趙雲, 令狐沖, 公孫丑, 繇余. From the histories.
FORMS = {
    "云": "雲",
    "冲": "沖",
    "丑": "丑",
    "采": "采",
    "斗": "斗",
    "吁": "吁",
    "余": "余",
    "郁": "郁",
    "岳": "岳",
}
# These stand last in a name; in front they are words or surnames.
LAST = frozenset("余丑采吁郁岳")
# In front these are surnames, of the form that most places of the name have.
SURNAMES = frozenset("余")
SAME = frozenset("干钟准松")
# What people do who begin a clause.
SPEAKS = frozenset("曰道说笑问答听见叹怒喜闻骂")
# Verbs and adjectives of our day too (斗委会说, 公会吁问责): only who speaks as in old books.
OLD = frozenset("斗丑吁")
_OLD_SPEAKS = "曰"
_GREATLY = ("大怒", "大喜", "大笑", "大惊", "大骂")
# What people do in the news. Example: 马岳认为.
_TODAY = ("表示", "认为", "指出", "强调", "透露", "坦言", "补充", "回应", "批评", "质疑")
# So often a person has to speak. Measured: once is not enough (冲出一笑), more finds fewer.
LEAST_SPEAKING = 2
MOST_OF = 0.6
# No name begins like this: 其余, 三月余, 最后, 怒冲冲.
_NO_NAME = frozenset("其之以然最随先前今此日年月岁百千万十怒气兴急上下那这皇太王母者背往")
# Behind these 云 is "says".
_CITES = frozenset("又或故俗书诗谚语曾自即亦皆所有人")
_STARTS = frozenset("|“”、")
_FULL = 3
# Example: 云, 干. Counter-example: 王.
_CHARACTER = re.compile("[" + "".join(sorted(FORMS.keys() | SAME)) + "]")


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    at: int


def recurring(lines: Sequence[str], converted: Sequence[str]) -> tuple[Choice, ...]:
    """The characters of recurring names that `converted` has in another form; in order."""
    places = [
        _Place(number, match.start())
        for number, (line, now) in enumerate(zip(lines, converted, strict=True))
        if len(line) == len(now)
        for match in _CHARACTER.finditer(line)
    ]
    names = _names(lines, places)
    if not names:
        return ()
    standing = _standing(lines, places, names)
    forms = {key: _form(key, found, converted) for key, found in standing.items()}
    choices: dict[_Place, Choice] = {}
    for key, found in standing.items():
        form = forms[key]
        for place in found:
            before = converted[place.line][place.at]
            if form and before != form:
                source = lines[place.line][place.at]
                choices[place] = Choice(
                    place.line, place.at, source, before, form, RULE, float(len(found))
                )
    return tuple(sorted(choices.values(), key=lambda choice: (choice.line, choice.at)))


# A name, and where in it the character stands.
_Key = tuple[str, int]


def _names(lines: Sequence[str], places: Sequence[_Place]) -> frozenset[_Key]:
    """The names that begin clauses and speak often enough."""
    spoken: Counter[_Key] = Counter()
    for place in places:
        line = lines[place.line]
        for name, offset in _around(line, place.at):
            start = place.at - offset
            if (
                side_of(line, start - 1) in _STARTS
                and _speaks(line, start + len(name), name[offset])
                and _may_be_name(name, offset)
            ):
                spoken[name, offset] += 1
    return frozenset(key for key, count in spoken.items() if count >= LEAST_SPEAKING)


def _around(line: str, at: int) -> Iterator[_Key]:
    """Each two and three characters with the character in them, and where in them it stands."""
    for size in (2, _FULL):
        for offset in range(size):
            start = at - offset
            name = line[start : start + size] if start >= 0 else ""
            if len(name) == size:
                yield name, offset


def _may_be_name(name: str, offset: int) -> bool:
    character = name[offset]
    if character == "冲" and offset == 0:
        return False
    if character in LAST and offset < len(name) - 1 and not (character in SURNAMES and offset == 0):
        return False
    if len(set(name)) < len(name) or not name.isalpha() or name[0] in _NO_NAME:
        return False
    if character == "云":
        return name[offset - 1] not in _CITES if offset else True
    # 他呼吁: the character is in a word.
    words = figures().words
    parts = (name, name[offset : offset + 2], name[max(0, offset - 1) : offset + 1])
    return all(len(part) < 2 or words.get(part, NONE) >= USUAL_WORD for part in parts)


def _speaks(line: str, at: int, character: str) -> bool:
    if character in OLD:
        return line.startswith(_OLD_SPEAKS, at)
    return line[at : at + 1] in SPEAKS or line.startswith((*_GREATLY, *_TODAY), at)


def _standing(
    lines: Sequence[str], places: Sequence[_Place], names: frozenset[_Key]
) -> Mapping[_Key, list[_Place]]:
    """All places of each name, wherever in a clause."""
    found: dict[_Key, list[_Place]] = defaultdict(list)
    for place in places:
        for key in _around(lines[place.line], place.at):
            if key in names:
                found[key].append(place)
    return found


def _form(key: _Key, places: Sequence[_Place], converted: Sequence[str]) -> str:
    """The one form of the character in the name; empty when the places disagree."""
    name, offset = key
    if name[offset] in FORMS and (offset or name[0] not in SURNAMES):
        return FORMS[name[offset]]
    ((form, count),) = Counter(converted[place.line][place.at] for place in places).most_common(1)
    return form if count >= MOST_OF * len(places) else ""
