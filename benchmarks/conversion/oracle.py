"""How much of what is left the first rows of the report remove, confirmed by who knows the text.

The reader of the report is played by the reference: each word of a row is written as the
reference has it in most of its places, through the same file that people edit, and the text is
converted again with the glossary that `--accept` makes of it. So an entry that is right in most
places and wrong in some costs what it would cost a reader.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.conversion.score import score
from benchmarks.conversion.texts import TRADITIONAL, Trial
from builder.convert import (
    GlossaryFile,
    ReportFile,
    Row,
    accept,
    convert_text,
    doubtful_rows,
    report_tsv,
)
from builder.core.language import target_of

ROWS = 20
GLOSSARY = "names.tsv"


@dataclass(frozen=True, slots=True)
class Reading:
    """Hard errors before and after; how many words the rows asked about and were corrected."""

    before: int
    after: int
    asked: int
    corrected: int

    @property
    def removed(self) -> float:
        """The share of the errors that is gone."""
        return 1 - self.after / self.before if self.before else 0.0


def confirmed(trial: Trial, rows: int = ROWS) -> Reading:
    """The first rows of the trial's report, confirmed or corrected, and converted again."""
    target = target_of(TRADITIONAL)
    assert target is not None
    first = convert_text(trial.source, target)
    shown = doubtful_rows(first)[:rows]
    report, corrected = edited(shown, trial)
    accepted = accept(ReportFile("report.tsv", report), GlossaryFile(GLOSSARY, ""))
    second = convert_text(trial.source, target, GlossaryFile(GLOSSARY, accepted.content))
    before, after = (score(trial.wanted, one.text, trial.name).clean for one in (first, second))
    return Reading(len(before), len(after), sum(len(row.groups) for row in shown), corrected)


def edited(rows: Sequence[Row], trial: Trial) -> tuple[str, int]:
    """The report with the column `correct` as the reference has it, and how many words changed."""
    lines = report_tsv(rows).splitlines()
    head = next(at for at, line in enumerate(lines) if not line.startswith("#"))
    columns = lines[head].split("\t")
    words, became, correct = (columns.index(name) for name in ("words", "became", "correct"))
    changed = 0
    for at in range(head + 1, len(lines)):
        cells = lines[at].split("\t")
        asked = cells[words].split()
        pairs = zip(asked, cells[became].split(), strict=True)
        answers = [in_print(word, shown, trial, asked) for word, shown in pairs]
        changed += sum(one != two for one, two in zip(answers, cells[became].split(), strict=True))
        cells[correct] = " ".join(answers)
        lines[at] = "\t".join(cells)
    return "\n".join(lines) + "\n", changed


def in_print(word: str, shown: str, trial: Trial, asked: Sequence[str] = ()) -> str:
    """What the reference has for a word of the source in most places; `shown` if it has none.

    A character by itself is asked for where none of the longer words that are `asked` stands.
    """
    longer = [one for one in asked if word in one] if len(word) == 1 else []
    taken = {
        match.start() + offset
        for one in longer
        if one != word
        for match in re.finditer(f"(?={re.escape(one)})", trial.source)
        for offset in range(len(one))
    }
    found = Counter(
        trial.wanted[match.start() : match.start() + len(word)]
        for match in re.finditer(f"(?={re.escape(word)})", trial.source)
        if match.start() not in taken
    )
    if not found:
        return shown
    (most, count), *_ = found.most_common(1)
    return most if count > found[shown] else shown


def print_oracle(trials: Sequence[Trial], rows: int = ROWS) -> None:
    """A line for each text."""
    print(f"\nfirst {rows} rows{'left':>10}{'then':>7}{'removed':>9}{'words':>7}{'corrected':>11}")
    for trial in trials:
        if trial.to_traditional:
            one = confirmed(trial, rows)
            share = f"{100 * one.removed:.1f}%"
            print(
                f"{trial.name:14}{one.before:>9}{one.after:>7}{share:>9}{one.asked:>7}"
                f"{one.corrected:>11}",
                flush=True,
            )
