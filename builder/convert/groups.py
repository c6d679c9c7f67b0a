"""What is in doubt after a conversion, as questions for a person: a row for each character.

Doubts of one kind recur: the same character with the same neighbours is the same word or name,
and stands wrong everywhere or nowhere. So places are gathered into groups, a word of two or
three characters each (see `gathering`), and the groups of one character make a row.

How far the model's doubt is to be believed differs from character to character, and some go
wrong where it has no doubt at all; some differ from publisher to publisher (肴 or 餚). All this was
counted in books and stands in habits.txt; and prints.txt has words of today in which publishers
differ (重複 or 重覆). What a publisher may write in another way is a group by
itself, the character wherever no longer word of the row stands.

Rows come by the number of mistakes that are to be expected in them.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate, chain, islice

from builder.convert.choice import Uncertain
from builder.convert.gathering import LEAST_GAIN, PAD, Gathering, Group, interleaved
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
# A context is of one of so many places.
CONTEXT_PLACES = 50
# The characters shown on either side of the one in doubt.
AROUND = 8
# What stands alone is asked for by its character, even if the book has another form here and there.
ALWAYS = 0.75
MUCH = 0.2
# How likely a text writes a word of prints.txt in another way than ours.
ANOTHER_WAY = 0.08


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
    """A book as one text with PAD at either end, and `both` it and what became of it, by turns."""

    text: str
    both: str
    starts: tuple[int, ...]

    def became(self, at: int) -> str:
        """What the character at a place became."""
        return self.both[2 * at + 1]


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
    places = _places(page, {*habits(), *ways(), *doubts}, answered)
    rows = (
        _row(page, one, places[one], doubts[one], forms[one], words=words) for one in sorted(places)
    )
    worth = [
        row
        for row in rows
        if row is not None and row.gain >= LEAST_GAIN and len(row.candidates) > 1
    ]
    return tuple(sorted(worth, key=lambda row: -row.gain)[:limit])


def _page(lines: Sequence[str], texts: Sequence[str]) -> _Page:
    """Lines that their conversion does not match in length stand for themselves."""
    same = (
        text if len(text) == len(line) else line for line, text in zip(lines, texts, strict=True)
    )
    starts = tuple(accumulate((len(line) + 1 for line in lines), initial=len(PAD) + 1))
    text = "\n".join(chain((PAD,), lines, (PAD,)))
    pairs = (
        interleaved(f"{line}\n", f"{other}\n") for line, other in zip(lines, same, strict=True)
    )
    ends = interleaved(PAD + "\n", PAD + "\n"), interleaved(PAD, PAD)
    return _Page(text, "".join((ends[0], *pairs, ends[1])), starts)


def _places(
    page: _Page, characters: Collection[str], answered: Collection[int]
) -> Mapping[str, "array[int]"]:
    """Where each of the characters stands, in order."""
    found: dict[str, array[int]] = {}
    if characters:
        for match in re.finditer(f"[{''.join(sorted(characters))}]", page.text):
            character = match.group()
            if character not in found:
                found[character] = array("I")
            if match.start() not in answered:
                found[character].append(match.start())
    return found


def _row(
    page: _Page,
    character: str,
    found: Sequence[int],
    judged: Mapping[int, float],
    forms: Counter[str],
    *,
    words: int,
) -> Row | None:
    """The character's words in doubt; None when there are none."""
    habit = habits().get(character, UNKNOWN)
    differing = _differing(page, found, ways().get(character, ()))
    shares = array("d", _shares(found, judged, habit, differing))
    gathering = Gathering(page.both, found)
    groups, rest = gathering.groups(shares, words)
    share = habit.books * (HABITS_LEFT if judged else 1.0)
    left = frozenset(rest)
    own = sum(one for at, one in zip(found, shares, strict=True) if one and at in left)
    whole = _whole(page, character, max(share * len(rest), own), found=found, rest=rest)
    if whole:
        groups = sorted([*groups, whole], key=lambda group: -group.gain)[:words]
        groups += gathering.apart([at for at in rest if page.became(at) != whole.became])
    if not groups:
        return None
    candidates = [form for form, _ in forms.most_common()]
    became = _most(page, found)[0]
    ranked = [became, *candidates] if groups[0] == whole else [*candidates, became]
    others = sorted({form for at in found for form in differing.get(at, ())})
    candidates = list(dict.fromkeys([*ranked, *habit.forms, *others, character]))
    return Row(character, tuple(candidates), tuple(groups), _contexts(page, shares, found))


def _differing(
    page: _Page, found: Sequence[int], words: Sequence[Way]
) -> dict[int, tuple[str, ...]]:
    """The places of a character in words that prints write in more ways, and the ways."""
    return {
        at: way.forms
        for way in words
        for at in found
        if page.text.startswith(way.word, at - way.offset)
    }


def _shares(
    found: Sequence[int],
    judged: Mapping[int, float],
    habit: Habit,
    differing: Mapping[int, tuple[str, ...]],
) -> Iterator[float]:
    """How likely each place is wrong, by what the model says and what is known of print."""
    for at in found:
        share = min(MOST_DOUBT, judged[at] * habit.doubted) if at in judged else habit.sure
        yield max(share, ANOTHER_WAY) if at in differing else share


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


def _most(page: _Page, places: Sequence[int]) -> tuple[str, int]:
    both = page.both
    return Counter([both[2 * at + 1] for at in places]).most_common(1)[0]


def _contexts(page: _Page, shares: Sequence[float], found: Sequence[int]) -> tuple[str, ...]:
    """Where the doubt is greatest, in the order of the book, no two alike."""
    doubted = ((-share, at) for at, share in zip(found, shares, strict=True) if share)
    ranked = (at for _, at in nsmallest(CONTEXT_PLACES, doubted))
    shown: dict[str, int] = {}
    for at in islice(chain(ranked, found), CONTEXT_PLACES):
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
