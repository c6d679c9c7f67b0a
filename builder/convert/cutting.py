"""Whether a word of the user's begins at a place of a line, or an earlier word has its start.

OpenCC lets every phrase that begins further left have its characters. For 终于小明 that is right,
and 于小明 is not there; for 鸡只有 it is wrong, because 鸡只 is hardly a word beside 只有. Where OpenCC
did not find a word of the user's, the frequencies of words decide: it is there when the cheapest
cut of its surroundings begins a word where it begins. Figures are of Simplified words; in a
Traditional line nothing is known, and the user's word holds.
"""

from builder.convert.figures import FIRST_RECORD, PREFIX, UNIT, Figures, figures
from builder.convert.lattice import LONGEST_WORD, UNKNOWN_COST

# The characters on either side that take part.
REACH = 4
# So much dearer a cut may be that has the user's word: they have said that it is one. 只有 in
# 三只鸡只有一只 needs 2.2 nats, 于吉 in 由于吉平 would need 4.
CREDIT = 3 * UNIT


def holds(line: str, start: int, end: int) -> bool:
    """Whether `[start, end)` of the line, a word of the user's, is one there."""
    known = figures()
    first = max(0, start - REACH)
    last = min(len(line), end + REACH)
    apart = _cheapest(line[first:start], known) + _cheapest(line[start:last], known)
    return apart - CREDIT <= _cheapest(line[first:last], known)


def _cheapest(text: str, known: Figures) -> int:
    """What the cheapest cut of the text into words costs, in 1/16 nat."""
    costs = [0]
    for end in range(1, len(text) + 1):
        ways = [costs[end - 1] + UNKNOWN_COST]
        for start in range(max(0, end - LONGEST_WORD), end):
            cost = _cost(text[start:end], known)
            if cost is not None:
                ways.append(costs[start] + cost)
        costs.append(min(ways))
    return costs[-1]


def _cost(word: str, known: Figures) -> int | None:
    """The cost of a word; None when no lexicon has it."""
    cost = known.words.get(word, PREFIX)
    if cost == PREFIX:
        return None
    if cost < FIRST_RECORD:
        return cost
    return known.records[cost - FIRST_RECORD][0][0]
