"""Chapters found in raw text, beside a pattern of headings."""

import re

from benchmarks.chapters.__main__ import run
from benchmarks.chapters.evaluate import Score
from benchmarks.chapters.pattern import Lines, by_pattern
from benchmarks.chapters.real import report
from benchmarks.page.figures import Section, Table
from benchmarks.page.measuring import Measure, losses

MIXES = {"standard": "ordinary", "hard": "hard", "stranger": "strange"}
SEEDS, LONG_SEEDS = 20, 100
WHOLE = ("files", "sections", "F1", "precision", "recall", "worst file", "adverts gone", "sentences", "lost")  # fmt: skip


def chapters(*, long: bool) -> Section:
    """`long` reads five times as many files."""
    seeds = range(LONG_SEEDS if long else SEEDS)
    whole, lines, measures = [], [], []
    for mix, name in MIXES.items():
        results = run(mix, seeds)
        whole.append((name, *_whole([score for _, _, score in results])))
        ours, theirs = Lines(), Lines()
        for _, raw, score in results:
            ours.count(raw, score.lines)
            theirs.count(raw, by_pattern(raw))
        for program, one in (("builder", ours), ("a pattern", theirs)):
            shares = (one.f1, one.precision, one.recall)
            lines.append((name, program, *(f"{share:.4f}" for share in shares)))
        for what in ("f1", "precision", "recall"):
            values = {"builder": 1 - getattr(ours, what), "a pattern": 1 - getattr(theirs, what)}
            measures.append(Measure(f"1 − {what} of lines, {name} files", "", values))
    real = tuple(tuple(re.split(" {2,}", line, maxsplit=1)) for line in report())
    return Section(
        key="chapters",
        title="Chapters found",
        about=(
            "Files of a seeded generator that knows the truth: ordinary web novels; hard ones with every trouble we "
            "know; strange ones, written by someone who had not seen the rules. A section is right when line, level "
            "and title are. Below, whether a line is a heading at all, beside a pattern of the kind that makers of "
            "e-books come with; it is told the encoding."
        ),
        tables=(
            Table("Sections whole", ("files of kind", *WHOLE), tuple(whole)),
            Table("Lines that are headings", ("files of kind", "found by", "F1", "precision", "recall"), tuple(lines)),
            *([Table("Real files, as their title pages count", ("file", "found"), real)] if real else []),
        ),
        lost=losses("builder", measures),
    )  # fmt: skip


def _whole(scores: list[Score]) -> tuple[str, ...]:
    total = Score()
    for one in scores:
        total.add(one)
    gone = f"{(total.ads - total.ads_left) / total.ads:.4f}" if total.ads else "–"
    return (
        str(len(scores)),
        f"{total.sections:,}",
        f"{total.f1:.4f}",
        f"{total.precision:.4f}",
        f"{total.recall:.4f}",
        f"{min(one.f1 for one in scores):.3f}",
        gone,
        f"{total.sentences:,}",
        str(total.sentences_lost),
    )
