"""Simplified to Traditional, beside plain OpenCC."""

import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks.conversion.__main__ import CORPUS
from benchmarks.conversion.converters import Converter, ours, plain
from benchmarks.conversion.cost import CHARACTERS, costs
from benchmarks.conversion.held_out import converters_of
from benchmarks.conversion.score import Comparison, ratio, together
from benchmarks.conversion.sentences import FILES, sentences, wrong
from benchmarks.conversion.tables import compare, sums
from benchmarks.conversion.texts import MODERN, TRADITIONAL, Trial, trials
from benchmarks.page.figures import Section, Table
from benchmarks.page.measuring import Measure, losses, shown, times

# A folder of figures made without each text: `python -m scripts.conversion --corpus DIR --folds OUT`.
FOLDS = "BUILDER_FOLDS"
KINDS = {
    "surnames.txt": "surnames, seen while rules were made",
    "counters.txt": "the same characters in other words, seen",
    "surnames_held_out.txt": "surnames, held out",
    "counters_held_out.txt": "the same characters in other words, held out",
}


def conversion(*, long: bool) -> Section:
    """`long` counts the seconds and memory of 6 million characters, too. Texts where they are."""
    found = list(trials(CORPUS)) if CORPUS.is_dir() else []
    folds = os.environ.get(FOLDS)
    own = converters_of(Path(folds), [one.name for one in found]) if folds else None
    tables, missing = [_sentences()], []
    measures = []
    if not found:
        missing.append("texts: there are none here")
    elif own is None:
        missing.append(
            "errors by text: the figures of conversion learned from these texts; with figures made "
            f"without each (`python -m scripts.conversion --folds DIR`) in {FOLDS} they are counted"
        )
    else:
        texts = {one.name: _compared(one, own) for one in found if one.to_traditional}
        tables.append(_texts(texts))
        measures = [
            Measure(f"hard errors in {name}", "", {"builder": one.hard[0], "OpenCC": one.hard[1]})
            for name, one in texts.items()
        ]
    if found and long:
        table, cost = _cost(found)
        tables.append(table)
        measures += cost
    elif found:
        missing.append(f"seconds and memory of {CHARACTERS:,} characters: `--long` counts them")
    return Section(
        key="conversion",
        title="Simplified to Traditional",
        about=(
            "Hard errors: wrong characters that are no mere variants of the right ones (裏/裡), beside plain OpenCC "
            "by its best configuration. Sentences are converted one by one, so that no other names help. "
            "More, of texts nobody had seen: [conversion](conversion.md#measured)."
        ),
        tables=tuple(tables),
        lost=losses("builder", measures),
        missing=tuple(missing),
        versions=(f"OpenCC {version('opencc')}",),
    )


def _sentences() -> Table:
    rows = []
    for name in FILES:
        number = len(sentences(name))
        bad = [
            len(wrong(name, lambda text, by=by: by(text, TRADITIONAL)))  # type: ignore[misc]  # a default binds it
            for by in (ours, plain)
        ]
        shares = (f"{100 * (1 - one / number):.1f} %" for one in bad)
        rows.append((KINDS[name], f"{number:,}", *shares))
    return Table("Sentences that come out right", ("sentences", "number", "builder", "OpenCC"), tuple(rows))  # fmt: skip


def _compared(trial: Trial, own: Mapping[str, Converter]) -> Comparison:
    return compare(trial, own[trial.name](trial.source))


def _texts(texts: Mapping[str, Comparison]) -> Table:
    rows = [_row(name, one) for name, one in texts.items()]
    rows += [
        _row(kind, together([texts[name] for name in members]))
        for kind, members in sums(texts, MODERN).items()
    ]
    head = ("text", "Han", "hard errors", "OpenCC", "ratio", "without the print's own faults", "OpenCC", "ratio", "fixed", "broken")  # fmt: skip
    return Table("Texts, each by figures made without it", head, tuple(rows))


def _row(name: str, one: Comparison) -> tuple[str, ...]:
    hard, clean = one.hard, one.clean
    return (
        name,
        f"{one.han:,}",
        *(f"{count:,}" for count in hard),
        f"{ratio(hard):.2f}",
        *(f"{count:,}" for count in clean),
        f"{ratio(clean):.2f}",
        f"{one.fixed:,}",
        f"{one.broken:,}",
    )


def _cost(found: list[Trial]) -> tuple[Table, list[Measure]]:
    cost = costs([one.source for one in found if one.to_traditional])
    names = {"command": "builder convert --report", "ours": "builder", "opencc": "OpenCC"}
    rows = tuple(
        (names[name], shown(seconds), times(seconds / cost["ours"][0]), shown(memory))
        for name, (seconds, memory) in cost.items()
    )
    head = ("converter", "processor seconds", "× builder", "peak MB")
    table = Table(f"{CHARACTERS:,} characters, everything on, one core", head, rows)
    return table, [
        Measure(what, unit, {names[name]: one[at] for name, one in cost.items()})
        for at, (what, unit) in enumerate((("time of conversion", "s"), ("memory of conversion", "MB")))
    ]  # fmt: skip
