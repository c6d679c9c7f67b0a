"""The best sequence of numbered headings: dynamic programming over one level of a book.

Every heading brings what its line looks like; every step from one to the next brings how well
the numbers follow. No step is forbidden, only dear: one numeral missed, misread or mistyped
costs its own place and never the rest. A heading may also be taken for a mistyped one, which
counts as if it stood in order. Time is linear: from each heading only a few steps back are
tried, to the latest headings and to the best one that each wished-for number has.
"""

from math import log
from typing import NamedTuple

FOLLOWS = 2.0
# 12, 12 and 14, 12 happen; 12, 700, 13 is more likely one that was mistyped.
REPEATED = -1.0
GAP = -0.6
BACK = -2.0
SWAPPED = -1.2  # 19 and then 18
WIDER = -0.35
MISTYPED = -3.0
FIRST = 1.0
LATER_FIRST = -0.3
# Headings without text between them list the contents, or are items of a list.
NO_BODY = -3.0
LITTLE_BODY = -0.5
LITTLE = 12
STRAY_FOLLOWS = 0.4
LOOK_BACK = 12


class Link(NamedTuple):
    """A heading of one level: its number and what its line looks like.

    `start` and `end` are the heading's offsets. Numbers may start again where `group` changes.
    A stray is written unlike the other headings of its level: it fills a gap, no more.
    """

    number: int
    look: float
    start: int
    end: int
    group: int = 0
    is_stray: bool = False


class _State(NamedTuple):
    """The best way to a link that is taken for `number`."""

    value: float
    link: int
    number: int
    back: int


def best_chain(links: list[Link]) -> list[int]:
    """The indices of the links that together make the best sequence."""
    states: list[_State] = []
    of_number: dict[int, int] = {}
    best = before_group = -1
    group = links[0].group if links else 0
    for index, link in enumerate(links):
        if link.group != group:
            group, before_group = link.group, best
        number = link.number
        tried = {of_number.get(number - 1, -1), of_number.get(number, -1), best, before_group}
        tried.update(range(max(len(states) - LOOK_BACK, 0), len(states)))
        start = FIRST if number <= 1 and not link.is_stray else LATER_FIRST
        read, back = max(
            (
                (states[at].value + _step(states[at].number, links[states[at].link], number, link), at)
                for at in tried
                if at >= 0
            ),
            default=(start, -1),
        )  # fmt: skip
        if start > read:
            read, back = start, -1
        made = [_State(read + link.look, index, number, back)]
        if best >= 0 and not link.is_stray:
            expected = states[best].number + 1
            step = _step(states[best].number, links[states[best].link], expected, link)
            value = states[best].value + step + MISTYPED + link.look
            if expected != number:
                made.append(_State(value, index, expected, best))
        for state in made:
            states.append(state)
            known = of_number.get(state.number, -1)
            if known < 0 or states[known].value <= state.value:
                of_number[state.number] = len(states) - 1
        best = max(
            (at for at in (best, *range(len(states) - len(made), len(states))) if at >= 0),
            key=lambda at: states[at].value,
        )
    chain: list[int] = []
    while best >= 0:
        chain.append(states[best].link)
        best = states[best].back
    return chain[::-1]


def _step(before: int, first: Link, number: int, link: Link) -> float:
    """How well `number` follows `before`."""
    distance = number - before
    body = link.start - first.end
    if link.group != first.group and number <= 1:
        value = STRAY_FOLLOWS if link.is_stray else FOLLOWS
    elif distance == 1:
        value = STRAY_FOLLOWS if link.is_stray and first.is_stray else FOLLOWS
    elif distance == 0:
        if link.is_stray != first.is_stray:
            return NO_BODY
        return REPEATED if body > LITTLE else 0.0
    elif distance > 0:
        value = GAP + WIDER * log(distance)
    else:
        # From 2 to 1 the numbers start again.
        value = SWAPPED if distance == -1 < number - 2 else BACK
        value += 0.0 if number == 1 else WIDER * log(-distance)
    if link.group == first.group:
        value += NO_BODY if body <= 3 else LITTLE_BODY if body <= LITTLE else 0.0
    return value
