"""The surroundings of a place cut into words: what stands before it, behind it, and over it.

Each cut is the cheapest; costs are in 1/8 nat, of the words in names_data. The character in
question is no name here: it stands by itself or inside a word. A cut is no longer than a few
characters on either side, and ends at a mark.
"""

from dataclasses import dataclass

from builder.convert.names_data import COMMON, Figures, side_of
from builder.convert.names_weights import (
    AT_START,
    AT_START_OTHERS,
    LEFT_OUT,
    LONGEST_WORD,
    MARKS,
    ONE_CHARACTER,
    PROPER,
    REACH,
    REACH_AHEAD,
    UNKNOWN_CHARACTER,
    WITHOUT_SURNAME,
    WORD_AS_NAME,
)


@dataclass(frozen=True, slots=True)
class Window:
    """`text[at]` is the character in question; from `start` to `end` there is no mark."""

    text: str
    at: int
    start: int
    end: int

    @property
    def character(self) -> str:
        return self.text[self.at]

    def side(self, at: int) -> str:
        return side_of(self.text, at)


def window_of(left: str, right: str) -> Window:
    text = left + right
    at = start = len(left)
    while start and at - start < REACH and side_of(text, start - 1) not in MARKS:
        start -= 1
    end = at + 1
    while end < len(text) and end - at < REACH_AHEAD and side_of(text, end) not in MARKS:
        end += 1
    return Window(text, at, start, end)


def ahead_of(window: Window, known: Figures) -> list[int]:
    """The cheapest cut from the start to each place up to the character."""
    text, start, words = window.text, window.start, known.words
    costs = [0]
    for stop in range(start + 1, window.at + 1):
        best = costs[-1] + words.get(text[stop - 1], UNKNOWN_CHARACTER)
        for size in range(2, min(LONGEST_WORD, stop - start) + 1):
            cost = words.get(text[stop - size : stop])
            if cost is not None and costs[stop - size - start] + cost < best:
                best = costs[stop - size - start] + cost
        costs.append(best)
    return costs


def behind_of(window: Window, known: Figures) -> dict[int, int]:
    """The cheapest cut from each place behind the character to the end."""
    text, end, words = window.text, window.end, known.words
    costs = {end: 0}
    for start in range(end - 1, window.at, -1):
        best = costs[start + 1] + words.get(text[start], UNKNOWN_CHARACTER)
        for size in range(2, min(LONGEST_WORD, end - start) + 1):
            cost = words.get(text[start : start + size])
            if cost is not None and costs[start + size] + cost < best:
                best = costs[start + size] + cost
        costs[start] = best
    return costs


def words_only(window: Window, ahead: list[int], behind: dict[int, int], known: Figures) -> int:
    """The cheapest cut in which the character is no name: by itself or inside a word."""
    text, at, start, words = window.text, window.at, window.start, known.words
    best = ahead[at - start] + _alone(window, known) + _rest(text, at + 1, behind, known)
    if text[at + 1 : at + 3] in known.whole and at + 3 in behind:
        # 认识于海涛: behind a word of one character stands a surname before such a given name.
        best = min(
            best + WITHOUT_SURNAME, ahead[at - start] + _alone(window, known) + behind[at + 1]
        )
    for begin in range(max(start, at - LONGEST_WORD + 1), at + 1):
        for stop in range(max(at + 1, begin + 2), begin + LONGEST_WORD + 1):
            cost = words.get(text[begin:stop])
            if cost is not None and stop in behind:
                rest = _rest(text, stop, behind, known) if stop == at + 1 else behind[stop]
                best = min(best, ahead[begin - start] + cost + rest)
    return best


def _alone(window: Window, known: Figures) -> int:
    """What the character costs as a word of its own, with its neighbours."""
    character, at = window.character, window.at
    cost = known.alone.get(character, UNKNOWN_CHARACTER)
    if character not in known.left:
        return cost
    before = beside(known.left[character], window.side(at - 1))
    if at == window.start and character in COMMON and character != "于":
        before = min(before, AT_START.get(character, AT_START_OTHERS))
    return cost - before - beside(known.right[character], window.side(at + 1))


def _rest(text: str, start: int, behind: dict[int, int], known: Figures) -> int:
    """The cheapest cut from `start` on, where a given name or a place that is no word may begin.

    终于|小明 and 战于|广宗 have no surname either.
    """
    end = start + 2
    if end not in behind:
        return behind[start]
    return min(behind[start], PROPER + given_cost(text[start:end], known) + behind[end])


def beside(table: dict[str, int], side: str) -> int:
    """How much a neighbour speaks for what the table is about."""
    return table.get(side, table["*"])


def given_cost(name: str, known: Figures) -> int:
    """What a given name of one or two characters costs."""
    given = known.given
    if name in LEFT_OUT:
        return LEFT_OUT[name]
    if len(name) == 1:
        return ONE_CHARACTER + given["1"].get(name, given["1"]["*"])
    cost = given["2a"].get(name[0], given["2a"]["*"]) + given["2b"].get(name[1], given["2b"]["*"])
    if name in known.words:
        cost += WORD_AS_NAME
    return min(cost, known.whole.get(name, cost))
