"""What stands against OpenCC's choice in Simplified text, each decider a rule of the ledger.

The model looks at a whole book at once and says where another form is right, then the names do,
with what the model knows of their places. What the names say holds over the model, and what
they have settled is no longer in doubt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp

from builder.convert import cantonese, model, names, narrator, swimming
from builder.convert.choice import Choice, Uncertain, chosen

# In nats; more makes no difference.
CERTAIN = 30.0


def _doubt(choice: Choice) -> Uncertain:
    """A choice by a small margin is one to ask a person about."""
    share = 1 / (1 + exp(min(choice.margin, CERTAIN)))
    others = (choice.before,)
    return Uncertain(choice.line, choice.at, choice.source, choice.after, others, share)


@dataclass(frozen=True, slots=True)
class Decided:
    """The lines after each decider, under its rule; and the places that are still in doubt."""

    stages: tuple[tuple[str, list[str]], ...]
    uncertain: tuple[Uncertain, ...]


def decide(lines: Sequence[str], converted: Sequence[str], region: str) -> Decided:
    """`converted` are OpenCC's lines in the forms of `region`: TW, HK, or its own standard ""."""
    judged = model.judge(lines, converted, region)
    choices = (*judged.choices, *swimming.swims(lines, converted))
    by_model = chosen(converted, _changes(choices, converted))
    found = narrator.told(lines, names.names_of(lines, by_model, judged.scored))
    stages = [(model.RULE, by_model)]
    for rule in (names.RULE, narrator.RULE):
        _add(stages, rule, [choice for choice in found if choice.reason == rule])
    said = tuple(cantonese.spoken(lines, stages[-1][1]))
    _add(stages, cantonese.RULE, said)
    return Decided(tuple(stages), tuple(_in_doubt(judged.uncertain, (*found, *said))))


def _add(stages: list[tuple[str, list[str]]], rule: str, found: Sequence[Choice]) -> None:
    """One more stage, if anything changes in it: each costs a long book half a second."""
    texts = stages[-1][1]
    changes = _changes(found, texts)
    if changes:
        stages.append((rule, chosen(texts, changes)))


def _in_doubt(uncertain: Iterable[Uncertain], found: Sequence[Choice]) -> Iterable[Uncertain]:
    settled = {(choice.line, choice.at) for choice in found}
    yield from (place for place in uncertain if (place.line, place.at) not in settled)
    yield from map(_doubt, found)


def _changes(choices: Sequence[Choice], texts: Sequence[str]) -> list[Choice]:
    """The choices as they change what stands there now; those that change nothing are dropped."""
    changes: list[Choice] = []
    for choice in choices:
        size = len(choice.after)
        before = texts[choice.line][choice.at : choice.at + size]
        if before != choice.after and len(before) == size:
            changes.append(replace(choice, before=before))
    return changes
