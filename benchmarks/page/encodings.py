"""How often an encoding is found, by the length of the text and what happened to it."""

from collections import defaultdict

from benchmarks.encodings import CORPUS, LENGTHS, trials
from benchmarks.page.figures import Section, Table

SAMPLES, LONG_SAMPLES = 50, 200
SEED = 1


def encodings(*, long: bool) -> Section:
    """`long` takes four times as many samples. Needs real texts."""
    about = (
        "Passages from random places of real texts, so many Han characters long, in twelve encodings; clean, "
        "cut inside a character, or with bytes overwritten, deleted or both. Clean text is right when it comes back "
        "whole, damaged text when its encoding is found."
    )
    if not CORPUS.is_dir():
        return Section("encodings", "Encodings recognized", about, (), missing=("no texts here",))
    right: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for one in trials(CORPUS, LONG_SAMPLES if long else SAMPLES, SEED):
        right[one.damage, one.length].append(one.is_right)
    rows = tuple(
        (
            damage,
            *(f"{100 * sum(cell) / len(cell):.2f} %" for at in LENGTHS if (cell := right[damage, at])),
            f"{sum(len(right[damage, at]) for at in LENGTHS):,}",
        )
        for damage in dict.fromkeys(damage for damage, _ in right)
    )  # fmt: skip
    head = ("text", *(f"{length:,} Han" for length in LENGTHS), "samples")
    return Section("encodings", "Encodings recognized", about, (Table("", head, rows),))
