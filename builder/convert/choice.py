"""What a pass over converted lines decides, and what it leaves in doubt.

Places are a line's number and an offset in it, in code points; a pass works only where a
line and its conversion have the same length, so one offset holds for both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """At this place `source` became `before` so far; it shall become `after`.

    `reason` is the code of the rule in the ledger. `margin` says by how many nats `after` is
    likelier than `before`.
    """

    line: int
    at: int
    source: str
    before: str
    after: str
    reason: str
    margin: float


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A place where another form is possible: `chosen` is in the text, `others` are not.

    `doubt` is the estimated probability, 0 to 1, that `chosen` is wrong; `others` are sorted
    by likelihood, in the target's forms.
    """

    line: int
    at: int
    source: str
    chosen: str
    others: tuple[str, ...]
    doubt: float


def chosen(converted: Sequence[str], choices: Iterable[Choice]) -> list[str]:
    """The lines with the choices carried out."""
    lines = list(converted)
    by_line: dict[int, list[Choice]] = {}
    for choice in choices:
        by_line.setdefault(choice.line, []).append(choice)
    for number, here in by_line.items():
        characters = list(lines[number])
        for choice in here:
            characters[choice.at : choice.at + len(choice.before)] = choice.after
        lines[number] = "".join(characters)
    return lines
