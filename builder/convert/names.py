"""Surnames that are also everyday words: 于 or 於, 余 or 餘, 范 or 範.

Each place where OpenCC and the model did not write the surname is read as words and as a name
(`names_reading`). Then the book speaks: what the model says of close places, how often the
character is a name in this book at all, and what the other places of the same name say. Only
the surname's own character is decided. The figures come from `names_data`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, log2

from builder.convert.choice import Choice, chosen
from builder.convert.figures import UNIT as MODEL_UNIT
from builder.convert.figures import figures as model_figures
from builder.convert.model import Found, judge
from builder.convert.model import Scored as Place
from builder.convert.names_calls import is_acting, is_calling, is_named, is_person, is_who
from builder.convert.names_data import (
    CLEAR,
    COMMON,
    DOUBTFUL,
    PREFIXES,
    UNIT,
    Figures,
    figures,
    side_of,
)
from builder.convert.names_habit import inside
from builder.convert.names_heroes import HERO, PERSONS, heroes
from builder.convert.names_persons import (
    is_met,
    is_of_families,
    is_old,
    is_shared,
    is_sole,
    is_speaker,
    is_told,
    is_young,
)
from builder.convert.names_reading import best_name, overlaps
from builder.convert.names_recurring import recurring
from builder.convert.names_signs import is_no_person
from builder.convert.names_weights import (
    LIST_ENDS,
    PERSON,
    PLACED,
    REACH,
    REACH_AHEAD,
    WEEKDAYS,
)
from builder.convert.titles import LONGEST_TITLE, TITLE_STARTS, TITLES

RULE = "C106"

# All in 1/8 nat, set on the sentences of benchmarks/conversion that are not held out, alone and
# inside a novel.
# OpenCC makes a surname of 钟 or 叶 by itself; where it did not, a phrase said otherwise.
PHRASE = 24
# Readings between these are weighed with the model, which usually is against a name by so much
# and is trusted so far.
TOO_LOW, TOO_HIGH = -24, 48
USUAL = -40
TRUST = 0.25
LEAST_SCORE = -64
# Places with less are inside words and say nothing of how often the character is a name.
FREE = -88
# Where signs say plainly that there are words, a place has at most so much. It says still that the
# book has the word, but nothing of the name; what recurs with NO_MARK are words.
PLAIN = -64
# What the signs of a person bring that words can hardly have: 涂表示.
SPEAKER = 48
NO_MARK = "、"
# So many places weigh as much as the figures' own share of names.
PRIOR = 12
LOWEST, HIGHEST = -48, 16
# What a name has to bring that stands once in a book with many other places of its surname.
SINGLE = 16
SINGLE_PLACES = 8
# A name that recurs: each place hears the others, and each doubling adds.
CLIP = 80
SHARED = 0.5
RECURS = 5
OFTEN = 16
# What a word of old prose (于, 涂, 党) loses where nothing calls it a name.
INSIDE = 96
# What begins like a person and is none: a surname of two characters that has another form than
# its first, and adopted kin (乾爺).
NO_SURNAME = frozenset(
    ("万俟", "干老", *("干" + kin for kin in "外亲姥爷公爸爹妈娘哥姐姊嫂叔婶伯姨奶兄弟妹儿女"))
)
# But 干女士 is a person.
LADIES = ("女士", "女侠", "女史", "老师", "老板", "老先生", "老伯", "老汉", "老头")
# So often a name is met, and with a surname before it, that it is a given name; by surnames that
# are nothing else.
LEAST_GIVEN, LEAST_WHOLE, WHOLE_SHARE = 3, 2, 0.04
# Named so by nobody, however often it recurs: the others.
NO_NAME = "余人"
# Example: 于, 范. Counter-example: 王.
_SURNAME = re.compile("[" + "".join(sorted(DOUBTFUL)) + "]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A name that may stand at a place, likelier by `gain` than words.

    Readings with the same `name` speak for each other; it begins with the surname.
    """

    line: int
    at: int
    name: str
    gain: int


def names_of(
    lines: Sequence[str], converted: Sequence[str], scored: Found | None = None
) -> tuple[Choice, ...]:
    """The surnames among `lines` whose form in `converted` is that of another word.

    `scored` is what the model found, where it has run.
    """
    if scored is None:
        scored = judge(lines, converted, "").scored
    readings = list(_weighed(_readings(lines, converted), scored, converted))
    readings = _settled(lines, _without_given(lines, readings))
    readings = _with_heroes(lines, readings)
    surnames = tuple(_choice(reading, lines, converted) for reading in held(readings))
    return _with_recurring(surnames, lines, converted)


def _with_recurring(
    surnames: tuple[Choice, ...], lines: Sequence[str], converted: Sequence[str]
) -> tuple[Choice, ...]:
    """The surnames, and the characters of given names; where both speak, the whole name counts."""
    found = recurring(lines, chosen(converted, surnames))
    if not found:
        return surnames
    choices = {(choice.line, choice.at): choice for choice in surnames}
    for choice in found:
        before = converted[choice.line][choice.at]
        choices[choice.line, choice.at] = replace(choice, before=before)
    return tuple(
        choices[place] for place in sorted(choices) if choices[place].before != choices[place].after
    )


def _without_given(lines: Sequence[str], readings: Sequence[Reading]) -> list[Reading]:
    """The readings but those of given names: 朴斋 where the book has 赵朴斋 is no 朴."""
    counts = Counter(reading.name[:2] for reading in readings)
    often = {name for name, count in counts.items() if count >= LEAST_GIVEN and len(name) > 1}
    if not often:
        return list(readings)
    firsts = "".join(sorted({name[0] for name in often}))
    behind = re.compile(f"(?<=[{CLEAR}])[{firsts}].")
    whole = Counter(match.group() for line in lines for match in behind.finditer(line))
    given = {name for name in often if whole[name] >= max(LEAST_WHOLE, WHOLE_SHARE * counts[name])}
    return [reading for reading in readings if reading.name[:2] not in given]


def _with_heroes(lines: Sequence[str], readings: Sequence[Reading]) -> list[Reading]:
    """The readings, those of persons who are called like a word being likelier.

    Where signs speak for the word (一点余烬), it is one in their book too.
    """
    places = ((reading.line, reading.at, reading.name) for reading in readings)
    known = heroes(lines, places)
    return [_of_hero(one) if one.name[:2] in known else one for one in readings]


def _of_hero(reading: Reading) -> Reading:
    if reading.gain <= PLAIN:
        return replace(reading, name=reading.name + NO_MARK)
    return replace(reading, gain=reading.gain + HERO)


def _settled(lines: Sequence[str], readings: Sequence[Reading]) -> list[Reading]:
    """The readings; those that old prose has for words (see `inside`) are hardly any."""
    places = [(reading.line, reading.at, reading.name, reading.gain) for reading in readings]
    lost = inside(lines, places)
    return [
        replace(reading, gain=reading.gain - INSIDE)
        if (reading.line, reading.at) in lost
        else reading
        for reading in readings
    ]


def _choice(reading: Reading, lines: Sequence[str], converted: Sequence[str]) -> Choice:
    source = lines[reading.line][reading.at]
    before = converted[reading.line][reading.at]
    after = DOUBTFUL[source]
    margin = reading.gain / UNIT
    return Choice(reading.line, reading.at, source, before, after, RULE, margin)


def held(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings that hold, given all of a book."""
    by_name: dict[str, list[int]] = defaultdict(list)
    by_surname: dict[str, list[int]] = defaultdict(list)
    for reading in readings:
        by_name[reading.name].append(max(-CLIP, min(CLIP, reading.gain)))
        if reading.gain > FREE:
            by_surname[reading.name[0]].append(reading.gain)
    shifts = {surname: _shift(gains) for surname, gains in by_surname.items()}
    means = {name: sum(gains) / len(gains) for name, gains in by_name.items()}
    for reading in readings:
        surname = reading.name[0]
        gain = reading.gain + shifts.get(surname, 0)
        count = len(by_name[reading.name])
        if count == 1:
            gain -= _single(len(by_surname[surname]))
        else:
            gain += (means[reading.name] - reading.gain) * SHARED + RECURS * log2(min(count, OFTEN))
        if gain > 0:
            yield replace(reading, gain=round(gain))


def _single(of_surname: int) -> float:
    """What a name loses that stands once, among so many places of its surname."""
    return min(SINGLE, 4 * log2(max(1, of_surname / SINGLE_PLACES)))


def _shift(gains: Sequence[int]) -> float:
    """What the book as a whole says: whether this surname is met in it at all.

    By expectation and maximization; the figures' own share weighs as much as `PRIOR` places.
    """
    shift = 0.0
    for _ in range(8):
        names = sum(1 / (1 + exp(-(gain + shift) / UNIT)) for gain in gains)
        share = (names + PRIOR / 2) / (len(gains) + PRIOR)
        shift = max(LOWEST, min(HIGHEST, UNIT * log(share / (1 - share))))
    return shift


def _weighed(
    readings: Iterable[Reading], scored: Found, converted: Sequence[str]
) -> Iterator[Reading]:
    """The readings, those that are close with what the model says of them.

    The model knows the words around a place, not names: it says little against a name that
    begins a clause, and much against one behind a verb or inside a word.
    """
    for reading in readings:
        place = scored.get((reading.line, reading.at)) if _is_close(reading) else None
        now = converted[reading.line][reading.at]
        score = _score(place, reading.name[0], now) if place else None
        if score is None:
            yield reading
        else:
            yield replace(reading, gain=round(reading.gain + TRUST * (score - USUAL)))


def _is_close(reading: Reading) -> bool:
    return TOO_LOW < reading.gain < TOO_HIGH


def _score(place: Place, source: str, now: str) -> float | None:
    """How much likelier the model finds the surname than what stands there `now`."""
    own = model_figures()
    members = own.candidates[source].members
    form, known = members.get(DOUBTFUL[source]), members.get(now)
    if form is None or known is None:
        return None
    before, scores = place
    score = float(scores[form] - scores[known])
    if known != before:
        # The model has chosen since; the weight of what stood there is not that of what stands.
        weights = own.weights[source]
        for context, sign in ((f"o{source}{known}", 1), (f"o{source}{before}", -1)):
            score += sign * (_weight(weights, form, context) - _weight(weights, known, context))
    return max(LEAST_SCORE, min(0, score * UNIT / MODEL_UNIT))


def _weight(weights: Sequence[Mapping[str, int]], candidate: int, context: str) -> int:
    return weights[candidate - 1].get(context, 0) if candidate else 0


def _readings(lines: Sequence[str], converted: Sequence[str]) -> Iterator[Reading]:
    known = figures()
    for number, (line, now) in enumerate(zip(lines, converted, strict=True)):
        if len(line) != len(now):
            continue
        for match in _SURNAME.finditer(line):
            at, character = match.start(), match.group()
            if now[at] == DOUBTFUL[character]:
                continue
            if _may_begin(line, at, known):
                size, gain = best_name(
                    line[max(0, at - REACH - 1) : at], line[at : at + REACH_AHEAD + 1]
                )
                name = line[at : at + size]
                is_plain = is_speaker(line, at) or is_of_families(line, at)
                if is_plain:
                    size, name, gain = 1, character, max(gain, SPEAKER)
                if size and name != NO_NAME and not _is_no_surname(line, at):
                    if character in known.kept and not (is_plain or _is_known(line, at, size)):
                        gain -= PHRASE
                    if _is_somebody(line, at, at + size):
                        gain += PERSON
                    if is_shared(line, at) or is_told(line, at) or is_sole(line, at):
                        gain = max(gain, SPEAKER)
                    if _ends_name(line, at) or is_no_person(line, at) or _is_day(line, at, size):
                        gain, name = min(gain, PLAIN), name + NO_MARK
                    # 终于小明 is no witness for 于小明, nor the other way round.
                    name += line[at - 1] if overlaps(line[max(0, at - 1) : at], character) else ""
                    yield Reading(number, at, name, gain)


def _is_known(line: str, at: int, size: int) -> bool:
    """Whether what stands beside a name calls a person: 法医|钟声, 她叫|姜汁, 苏醒|站在."""
    stop = at + size
    return (
        is_calling(line, at)
        or is_named(line, at, stop)
        or is_who(line, at, stop)
        or is_acting(line, stop)
        or is_person(line, stop)
        or is_old(line, at)
    )


def _ends_name(line: str, at: int) -> bool:
    """Whether a surname that is nothing else begins the clause before the place: 娄朴|道."""
    begins = at > 0 and line[at - 1] in CLEAR and side_of(line, at - 2) in "|“、"
    return begins and line[at + 1 : at + 2] not in LIST_ENDS


def _is_somebody(line: str, at: int, stop: int) -> bool:
    """Whether a clause begins with a name and says who that is: 沈阳|是我表弟."""
    return (
        side_of(line, at - 1) in "|“、" and is_person(line, stop) and line[at:stop] not in PERSONS
    )


def _is_day(line: str, at: int, size: int) -> bool:
    """Whether what looks like a name is Monday or a weekend, and nobody is called so."""
    is_day = line[at] == "周" and size == len("周一") and line[at + 1 : at + 2] in WEEKDAYS
    return is_day and not is_named(line, at, at + size)


def _is_no_surname(line: str, at: int) -> bool:
    return line[at : at + 2] in NO_SURNAME and not line.startswith(LADIES, at + 1)


def _may_begin(line: str, at: int, known: Figures) -> bool:
    """A quick look that spares seldom surnames the long one."""
    if line[at] in COMMON:
        return True
    if line[at + 1 : at + 2] in TITLE_STARTS and any(
        line[at + 1 : at + 1 + size] in TITLES for size in range(1, LONGEST_TITLE + 1)
    ):
        return at == 0 or line[at - 1 : at + 1] not in known.words
    left = side_of(line, at - 1)
    if left in PREFIXES:
        return left != "小" or is_young(line, at)
    # In "a handler 里" the space is no end of a clause.
    if line[max(0, at - 1) : at] == " " and line[max(0, at - 2) : at - 1].isalnum():
        return False
    if line[at + 1 : at + 3] in known.whole:
        return True
    if line[at : at + 2] in known.words and not is_named(line, at, at + 2):
        return False
    return left in "|“、" or left in PLACED or is_calling(line, at) or is_met(line, at)
