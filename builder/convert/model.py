"""Which of its candidates an ambiguous character becomes, where context tells.

For each place the lattice of words and the weights of the character's contexts add up to a
score for each candidate; the same neighbour in the same book makes places speak for each
other; and what OpenCC chose is overruled only by the character's own margin. The model is a
residual: its weights were trained on top of the lattice (scripts/conversion.py).

Works on whole books of Simplified lines and OpenCC's conversion of them, of one length each.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from builder.convert.choice import Choice, Uncertain
from builder.convert.figures import UNIT, Figures, figures
from builder.convert.lattice import marginals, stretches
from builder.convert.opencc import untouched_in

RULE = "C107"

# Longer than the longest context to one side: no context reaches into another line.
PAD = "|||||"
# Kinds of characters that say the same about their neighbours become one.
_ALIKE = {
    **dict.fromkeys(map(ord, "0123456789０１２３４５６７８９"), "0"),
    **dict.fromkeys(range(ord("a"), ord("z") + 1), "a"),
    **dict.fromkeys(range(ord("A"), ord("Z") + 1), "A"),
    **dict.fromkeys(map(ord, "「『《〈‘"), "“"),
    **dict.fromkeys(map(ord, "」』’"), "”"),
    **dict.fromkeys(map(ord, " \t\N{IDEOGRAPHIC SPACE}"), "|"),
    **{ord(half): full for half, full in zip(",!?;:", "，！？；：", strict=True)},
}

# Measured on six folds of whole books: 0.6 best of 0.3, 0.6, 1; fewer places say little.
ECHO = 0.6
ECHO_PLACES = 3
ECHO_CLIP = 6 * UNIT
# Places less doubtful than this are not worth a reader's time.
LEAST_DOUBT = 0.02


@dataclass(frozen=True, slots=True)
class Judged:
    """The choices against OpenCC, and the places where another form is possible; in order."""

    choices: tuple[Choice, ...]
    uncertain: tuple[Uncertain, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines as one text of one length with its conversion, walls of PAD between them."""

    source: str
    converted: str
    starts: tuple[int, ...]


def page_of(lines: Sequence[str], converted: Sequence[str]) -> Page:
    """What may not be looked at turns to walls.

    That is a line that its conversion does not match in length, and what no conversion touches.
    """
    pairs = list(zip(lines, converted, strict=True))
    sources = [one if len(one) == len(other) else "|" * len(one) for one, other in pairs]
    others = [other if len(one) == len(other) else one for one, other in pairs]
    starts = accumulate((len(line) + len(PAD) for line in lines), initial=len(PAD))
    source = PAD + PAD.join(sources) + PAD
    walled = _walled(source, untouched_in(source))
    return Page(walled.translate(_ALIKE), PAD + PAD.join(others) + PAD, tuple(starts))


def _walled(text: str, fixed: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    end = 0
    for start, stop in fixed:
        parts += [text[end:start], "|" * (stop - start)]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text


@dataclass(frozen=True, slots=True)
class Place:
    """An ambiguous character at `at` of the page; `known` is the candidate OpenCC chose.

    `known` is -1 where what stands there is no candidate. `lattice` are the lattice's scores,
    `contexts` what the weights look at.
    """

    at: int
    source: str
    known: int
    lattice: list[int]
    contexts: tuple[str, ...]


def places(page: Page, own: Figures) -> Iterator[Place]:
    """Every ambiguous character of the page, in order."""
    text, converted, candidates = page.source, page.converted, own.candidates
    found = [match.start() for match in _ambiguous(own).finditer(text)]
    for stretch in stretches(text, found):
        for offset, said in zip(stretch.ambiguous, marginals(stretch, own), strict=True):
            at = stretch.start + offset
            source = text[at]
            known = candidates[source].members.get(converted[at], -1)
            yield Place(at, source, known, said.scores, contexts(text, at, known, said.cover))


def contexts(text: str, at: int, known: int, cover: str) -> tuple[str, ...]:
    """What the weights know about: each says something of its own.

    OpenCC's choice, every window of two to five characters around `at`, the word over it.
    """
    return (
        f"o{text[at]}{known}",
        text[at - 1 : at + 1],
        text[at : at + 2],
        text[at - 2 : at + 1],
        text[at : at + 3],
        text[at - 1 : at + 2],
        text[at - 2 : at + 2],
        text[at - 1 : at + 3],
        text[at - 3 : at + 1],
        text[at : at + 4],
        text[at - 2 : at + 3],
        cover,
    )


@lru_cache(maxsize=4)
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]" if characters else "(?!)")


def _ambiguous(own: Figures) -> re.Pattern[str]:
    return _pattern("".join(own.candidates))


@dataclass(slots=True)
class Scored:
    """A place and a score for each candidate, 1/16 nat."""

    at: int
    source: str
    known: int
    scores: list[int]


def scored(place: Place, own: Figures) -> Scored:
    """What the lattice and the weights of the contexts say together."""
    scores = place.lattice[:]
    found = place.contexts
    for number, weights in enumerate(own.weights[place.source], 1):
        weight = weights.get
        for context in found:
            scores[number] += weight(context, 0)
    return Scored(place.at, place.source, place.known, scores)


def echoed(text: str, found: Sequence[Scored]) -> list[list[int]]:
    """The scores, to which the other places with the same left or right neighbour add theirs.

    `text` is the page's source. A name or a habit of the book recurs with its neighbours, and
    what is plain at one of its places helps at the others.
    """
    before = _heard((text[one.at - 1 : one.at + 1] for one in found), found)
    after = _heard((text[one.at : one.at + 2] for one in found), found)
    return [
        _with_echo(
            one.scores, before[text[one.at - 1 : one.at + 1]], after[text[one.at : one.at + 2]]
        )
        for one in found
    ]


def _heard(keys: Iterable[str], found: Iterable[Scored]) -> dict[str, list[int]]:
    """For each key how many places have it, and the sum of their scores."""
    sums: dict[str, list[int]] = {}
    for key, one in zip(keys, found, strict=True):
        known = sums.get(key)
        if known is None:
            known = sums[key] = [0] * (len(one.scores) + 1)
        known[0] += 1
        best = max(one.scores)
        for number, score in enumerate(one.scores, 1):
            known[number] += max(score - best, -ECHO_CLIP)
    return sums


def _with_echo(scores: list[int], *heard: list[int]) -> list[int]:
    for count, *total in heard:
        if count >= ECHO_PLACES:
            share = ECHO * (count - 1) / (count * count)
            scores = [
                score + round(share * sum_) for score, sum_ in zip(scores, total, strict=True)
            ]
    return scores


def judge(
    lines: Sequence[str], converted: Sequence[str], region: str, own: Figures | None = None
) -> Judged:
    """What to choose against OpenCC, and what stays in doubt, for one book.

    `region` is the one whose forms `converted` has: TW, HK, or "" for OpenCC's standard.
    """
    own = own or figures()
    page = page_of(lines, converted)
    found = [scored(place, own) for place in places(page, own) if place.known >= 0]
    verdicts = zip(found, echoed(page.source, found), strict=True)
    choices: list[Choice] = []
    uncertain: list[Uncertain] = []
    line = 0
    for one, scores in verdicts:
        while line + 1 < len(page.starts) and page.starts[line + 1] <= one.at:
            line += 1
        at = one.at - page.starts[line]
        candidates = own.candidates[one.source]
        best = max(range(len(scores)), key=scores.__getitem__)
        margin = scores[best] - scores[one.known]
        chosen = best if margin > candidates.margin else one.known
        before = page.converted[one.at]
        forms = candidates.forms[region]
        after = forms[chosen] if chosen != one.known else before
        if after != before:
            choices.append(Choice(line, at, one.source, before, after, RULE, margin / UNIT))
        doubt = _doubt(scores, chosen, candidates.temperature)
        if doubt >= LEAST_DOUBT:
            others = sorted(set(range(len(scores))) - {chosen}, key=lambda k: -scores[k])
            uncertain.append(
                Uncertain(line, at, one.source, after, tuple(forms[k] for k in others), doubt)
            )
    return Judged(tuple(choices), tuple(uncertain))


def _doubt(scores: Sequence[int], chosen: int, temperature: float) -> float:
    scale = UNIT * temperature
    return 1 - 1 / sum(math.exp((score - scores[chosen]) / scale) for score in scores)
