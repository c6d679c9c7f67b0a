"""What is in doubt after a conversion, as questions for a person: a row for each character.

Doubts of one kind recur: the same character with the same neighbours is the same word or name,
and stands wrong everywhere or nowhere. So places are gathered into groups, a word of two or
three characters each, and the groups of one character make a row. Of the ways to see a place
(with its neighbour to the left, to the right, with both, with two) the one that gathers most
doubt is taken, as long as the whole book writes the word in one way.

How far the model's doubt is to be believed differs from character to character, and some go
wrong where it has no doubt at all; some differ from publisher to publisher (肴 or 餚). All this was
counted in books and stands in habits.txt; and prints.txt has words of today in which publishers
differ (重複 or 重覆). What a publisher may write in another way is a group by
itself, the character wherever no longer word of the row stands.

Rows come by the number of mistakes that are to be expected in them.
"""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from builder.convert.choice import Uncertain
from builder.convert.habits import UNKNOWN, Habit, Way, habits, ways

# Of what was left in 44 texts, the first twenty rows of each held 54 % with 20 words a row, 58 %
# with 30, 59 % with 40; of the text with least, 27, 34 and 39 %. A short text has fewer.
WORDS = 40
# What may be asked of the habits of print in a character for which the model speaks too: it has
# settled most. Measured like the above, best of 0, 0.3 and 1.
HABITS_LEFT = 0.3
# No figure makes it certain that a place is wrong.
MOST_DOUBT = 0.95
# Whoever has answered a hundred rows has read on for the love of it.
ROWS = 100
CONTEXTS = 3
# The characters shown on either side of the one in doubt.
AROUND = 8
# A word of a row is written in one way in so many of its places; else it is no question.
AGREED = 0.9
# What stands alone is asked for by its character, even if the book has another form here and there.
ALWAYS = 0.75
MUCH = 0.2
# So many words beside it keep another form.
APART = 24
# A word that is expected to hold less is no question. A short text has few doubts, most of them
# small: with 0.05 the first twenty rows of 20 texts of all kinds removed 49.8 % of what was left, 51.6
# with 0.02, 54.9 with 0.004; a long one has no room for more.
LEAST_GAIN = 0.005
# How likely a text writes a word of prints.txt in another way than ours.
ANOTHER_WAY = 0.08
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# (characters before, characters after) that make a word of a place.
_WINDOWS = ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2))
_WORD = re.compile(f"{_HAN}+")


@dataclass(frozen=True, slots=True)
class Group:
    """A word in doubt: what it became in nearly all of its `places`.

    `gain` is the number of mistakes to be expected in it.
    """

    word: str
    became: str
    places: int
    gain: float


@dataclass(frozen=True, slots=True)
class Row:
    """The words in doubt because of one character, the most doubtful first.

    `candidates` are what the character may become, the likeliest first. In `contexts` it stands
    in brackets: 他在[里]面.
    """

    character: str
    candidates: tuple[str, ...]
    groups: tuple[Group, ...]
    contexts: tuple[str, ...]

    @property
    def gain(self) -> float:
        """The mistakes to be expected in the row."""
        return sum(group.gain for group in self.groups)

    @property
    def places(self) -> int:
        """In how many places its words stand."""
        return sum(group.places for group in self.groups)


@dataclass(frozen=True, slots=True)
class _Page:
    """A book as one text, and what became of it, of the same length."""

    text: str
    converted: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Doubt:
    at: int
    share: float


# A word and where in it the character stands.
_Key = tuple[str, int]


def rows_of(
    lines: Sequence[str],
    texts: Sequence[str],
    uncertain: Iterable[Uncertain],
    *,
    settled: Iterable[tuple[int, int]] = (),
    words: int = WORDS,
    limit: int = ROWS,
) -> tuple[Row, ...]:
    """The rows of a book, most mistakes to be expected first.

    `settled` are places, line and offset, that are no question any more.
    """
    page = _page(lines, texts)
    answered = frozenset(page.starts[line] + at for line, at in settled)
    doubts: dict[str, dict[int, float]] = defaultdict(dict)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for place in uncertain:
        doubts[place.source][page.starts[place.line] + place.at] = place.doubt
        forms[place.source][place.chosen] += 1
        forms[place.source].update(place.others)
    known = {*habits(), *ways()}
    asked = {character for character in known if character in page.text} | set(doubts)
    rows = (
        _row(page, one, doubts[one], forms[one], words=words, answered=answered)
        for one in sorted(asked)
    )
    worth = [
        row
        for row in rows
        if row is not None and row.gain >= LEAST_GAIN and len(row.candidates) > 1
    ]
    return tuple(sorted(worth, key=lambda row: -row.gain)[:limit])


def _page(lines: Sequence[str], texts: Sequence[str]) -> _Page:
    """Lines that their conversion does not match in length stand for themselves."""
    same = [
        text if len(text) == len(line) else line for line, text in zip(lines, texts, strict=True)
    ]
    starts = tuple(accumulate((len(line) + 1 for line in lines), initial=0))
    return _Page("\n".join(lines), "\n".join(same), starts)


def _row(
    page: _Page,
    character: str,
    judged: Mapping[int, float],
    forms: Counter[str],
    *,
    words: int,
    answered: frozenset[int],
) -> Row | None:
    """The character's words in doubt; None when there are none."""
    every = (match.start() for match in re.finditer(re.escape(character), page.text))
    found = [at for at in every if at not in answered]
    habit = habits().get(character, UNKNOWN)
    differing = _differing(page, ways().get(character, ()))
    doubts = list(_doubts(found, judged, habit, differing))
    groups, rest = _groups(page, found, doubts, words)
    share = habit.books * (HABITS_LEFT if judged else 1.0)
    left = set(rest)
    gain = max(share * len(rest), sum(doubt.share for doubt in doubts if doubt.at in left))
    whole = _whole(page, character, gain, found=found, rest=rest)
    if whole:
        groups = sorted([*groups, whole], key=lambda group: -group.gain)[:words]
        groups += _apart(page, found, rest, whole)
    if not groups:
        return None
    candidates = [form for form, _ in forms.most_common()]
    became = _most(page, found)[0]
    ranked = [became, *candidates] if groups[0] == whole else [*candidates, became]
    others = sorted({form for at in found for form in differing.get(at, ())})
    candidates = list(dict.fromkeys([*ranked, *habit.forms, *others, character]))
    return Row(character, tuple(candidates), tuple(groups), _contexts(page, doubts, found))


def _differing(page: _Page, words: Sequence[Way]) -> dict[int, tuple[str, ...]]:
    """The places of a character in words that prints write in more ways, and the ways."""
    return {
        match.start() + way.offset: way.forms
        for way in words
        for match in re.finditer(way.word, page.text)
    }


def _doubts(
    found: Sequence[int],
    judged: Mapping[int, float],
    habit: Habit,
    differing: Mapping[int, tuple[str, ...]],
) -> Iterator[_Doubt]:
    """How likely each place is wrong, by what the model says and what is known of print."""
    for at in found:
        share = min(MOST_DOUBT, judged[at] * habit.doubted) if at in judged else habit.sure
        share = max(share, ANOTHER_WAY) if at in differing else share
        if share:
            yield _Doubt(at, share)


def _groups(
    page: _Page, found: Sequence[int], doubts: list[_Doubt], words: int
) -> tuple[list[Group], list[int]]:
    """The words that gather most doubt, and the places in none of them."""
    keyed: dict[_Key, list[_Doubt]] = defaultdict(list)
    for doubt in doubts:
        for key in _keys(page.text, doubt.at):
            keyed[key].append(doubt)
    written: dict[_Key, Counter[str]] = {key: Counter() for key in keyed}
    for at in found:
        for key in _keys(page.text, at):
            if key in written:
                word, offset = key
                written[key][page.converted[at - offset : at - offset + len(word)]] += 1
    agreed = {
        key: places
        for key, places in keyed.items()
        if written[key].most_common(1)[0][1] >= AGREED * written[key].total()
    }
    taken: set[int] = set()
    chosen: dict[str, Group] = {}
    for key, gain in islice(_greedily(agreed, taken), words):
        word = key[0]
        became, _ = written[key].most_common(1)[0]
        # 冲冲 may be chosen for either 冲, and is one question all the same.
        before = chosen[word].gain if word in chosen else 0.0
        chosen[word] = Group(word, became, written[key].total(), before + gain)
    groups = list(chosen.values())
    rest = [at for at in found if not any(word in chosen for word, _ in _keys(page.text, at))]
    return groups, rest


def _keys(text: str, at: int) -> Iterator[_Key]:
    """The words around a place that are Han throughout."""
    for before, after in _WINDOWS:
        if before <= at and _WORD.fullmatch(text, at - before, at + after + 1):
            word = text[at - before : at + after + 1]
            if len(word) == before + after + 1:
                yield word, before


def _greedily(keyed: dict[_Key, list[_Doubt]], taken: set[int]) -> Iterator[tuple[_Key, float]]:
    """Again and again the word with most doubt at places that no word before it has."""

    def gain(key: _Key) -> float:
        return sum(doubt.share for doubt in keyed[key] if doubt.at not in taken)

    heap = [(-gain(key), key) for key in keyed]
    heapq.heapify(heap)
    while heap:
        _, key = heapq.heappop(heap)
        now = gain(key)
        if heap and -now > heap[0][0]:
            heapq.heappush(heap, (-now, key))
            continue
        if now <= LEAST_GAIN:
            return
        taken.update(doubt.at for doubt in keyed[key])
        yield key, now


def _whole(
    page: _Page, character: str, gain: float, *, found: Sequence[int], rest: Sequence[int]
) -> Group | None:
    """The character by itself, where a `share` of books differs and this one writes it one way.

    What most of its places became must be what the rest became, for who reads the row thinks of
    all; unless the rest is MUCH of them.
    """
    if gain < LEAST_GAIN or not rest:
        return None
    became, count = _most(page, rest)
    is_of_all = became == _most(page, found)[0] or len(rest) >= MUCH * len(found)
    if count < ALWAYS * len(rest) or not is_of_all:
        return None
    return Group(character, became, len(rest), gain)


def _apart(page: _Page, found: Sequence[int], rest: Sequence[int], whole: Group) -> Iterator[Group]:
    """The words that an answer for the character by itself is not meant for: 十里 where 里 is 裡.

    They stand in the row as what they became, and so keep it.
    """
    left = {at for at in rest if page.converted[at] != whole.became}
    written: dict[_Key, Counter[str]] = defaultdict(Counter)
    for at in found if left else ():
        for word, offset in _keys(page.text, at):
            start = at - offset
            written[word, offset][page.converted[start : start + len(word)]] += 1
    covered: dict[_Key, set[int]] = defaultdict(set)
    for at in left:
        for key in _keys(page.text, at):
            if written[key].most_common(1)[0][1] >= AGREED * written[key].total():
                covered[key].add(at)
    for _ in range(APART):
        best = max(covered, key=lambda one: (len(covered[one] & left), one), default=None)
        if best is None or not covered[best] & left:
            return
        left -= covered.pop(best)
        became, count = written[best].most_common(1)[0]
        yield Group(best[0], became, count, 0.0)


def _most(page: _Page, places: Sequence[int]) -> tuple[str, int]:
    return Counter(page.converted[at] for at in places).most_common(1)[0]


def _contexts(page: _Page, doubts: list[_Doubt], found: Sequence[int]) -> tuple[str, ...]:
    """Where the doubt is greatest, in the order of the book, no two alike."""
    ranked = [doubt.at for doubt in sorted(doubts, key=lambda doubt: (-doubt.share, doubt.at))]
    shown: dict[str, int] = {}
    for at in islice((*ranked, *found), 50):
        near = page.text[max(0, at - 1) : at + 2]
        shown.setdefault(near, at)
        if len(shown) == CONTEXTS:
            break
    return tuple(_context(page.text, at) for at in sorted(shown.values()))


def _context(text: str, at: int) -> str:
    start = max(text.rfind("\n", 0, at) + 1, at - AROUND)
    end = text.find("\n", at)
    end = min(end if end >= 0 else len(text), at + 1 + AROUND)
    shown = f"{text[start:at]}[{text[at]}]{text[at + 1 : end]}"
    return shown.replace("\t", " ").strip()
