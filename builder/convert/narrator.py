"""A book told by 余: its 余 is "I", and the ledger does not call that a name.

The reading of names finds both, since neither is what is left over (餘). Who tells a story does
what no given name says: 余乃归, 余亦不知. A book in which 余 does so again and again, in different
ways, is told by 余; then 余 is "I" wherever something of that kind stands behind it, and wherever
what stands behind it does not recur as a name does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from builder.convert.choice import Choice
from builder.convert.names_data import side_of

RULE = "C109"
NARRATOR = "余"
# What an "I" of old prose is followed by, and hardly a surname.
_DOES = frozenset(
    "乃亦不自曰谓闻见往归甚以既遂即则方欲知之与为曾尝答问言视默辞颔唯独始再未无所在也又皆复何笑心生好思念忖"
)
# So many places, in so many different ways.
LEAST_PLACES = 5
LEAST_WAYS = 3


def told(lines: Sequence[str], choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices; those that are the "I" of the book have a rule of their own."""
    own = [choice for choice in choices if choice.after == NARRATOR]
    ways = Counter(_behind(lines, choice) for choice in own)
    doing = {way: count for way, count in ways.items() if way in _DOES}
    if sum(doing.values()) < LEAST_PLACES or len(doing) < LEAST_WAYS:
        return tuple(choices)
    names = Counter(_name(lines, choice) for choice in own)
    return tuple(
        replace(choice, reason=RULE)
        if choice.after == NARRATOR
        and (_behind(lines, choice) in _DOES or names[_name(lines, choice)] == 1)
        else choice
        for choice in choices
    )


def _behind(lines: Sequence[str], choice: Choice) -> str:
    return side_of(lines[choice.line], choice.at + 1)


def _name(lines: Sequence[str], choice: Choice) -> str:
    return lines[choice.line][choice.at : choice.at + 3]
