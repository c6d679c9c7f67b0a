"""What stands against OpenCC's choice in Simplified text, each decider a rule of the ledger.

A decider looks at a whole book at once and says where another form is right. They run in the
order of `DECIDERS`; what a later one says holds over an earlier one, and what it has settled is
no longer in doubt.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp

from builder.convert import model, names
from builder.convert.choice import Choice, Uncertain, chosen

# In nats; more makes no difference.
CERTAIN = 30.0

# (lines, their conversion so far, region) → where another form is right, and what is in doubt.
Decider = Callable[
    [Sequence[str], Sequence[str], str], tuple[Sequence[Choice], Sequence[Uncertain]]
]


def _model(
    lines: Sequence[str], converted: Sequence[str], region: str
) -> tuple[Sequence[Choice], Sequence[Uncertain]]:
    judged = model.judge(lines, converted, region)
    return judged.choices, judged.uncertain


def _names(
    lines: Sequence[str], converted: Sequence[str], _: str
) -> tuple[Sequence[Choice], Sequence[Uncertain]]:
    choices = names.names_of(lines, converted)
    return choices, [_doubt(choice) for choice in choices]


def _doubt(choice: Choice) -> Uncertain:
    """A choice by a small margin is one to ask a person about."""
    share = 1 / (1 + exp(min(choice.margin, CERTAIN)))
    others = (choice.before,)
    return Uncertain(choice.line, choice.at, choice.source, choice.after, others, share)


DECIDERS: tuple[tuple[str, Decider], ...] = ((model.RULE, _model), (names.RULE, _names))


@dataclass(frozen=True, slots=True)
class Decided:
    """The lines after each decider, under its rule; and the places that are still in doubt."""

    stages: tuple[tuple[str, list[str]], ...]
    uncertain: tuple[Uncertain, ...]


def decide(lines: Sequence[str], converted: Sequence[str], region: str) -> Decided:
    """`converted` are OpenCC's lines in the forms of `region`: TW, HK, or its own standard ""."""
    texts = list(converted)
    stages: list[tuple[str, list[str]]] = []
    doubts: list[Uncertain] = []
    for rule, decider in DECIDERS:
        choices, uncertain = decider(lines, texts, region)
        changes = _changes(choices, texts)
        texts = chosen(texts, changes)
        stages.append((rule, texts))
        settled = {(choice.line, choice.at) for choice in choices}
        doubts = [place for place in doubts if (place.line, place.at) not in settled]
        doubts += uncertain
    return Decided(tuple(stages), tuple(doubts))


def _changes(choices: Sequence[Choice], texts: Sequence[str]) -> list[Choice]:
    """The choices as they change what stands there now; those that change nothing are dropped."""
    changes: list[Choice] = []
    for choice in choices:
        size = len(choice.after)
        before = texts[choice.line][choice.at : choice.at + size]
        if before != choice.after and len(before) == size:
            changes.append(replace(choice, before=before))
    return changes
