"""Wrong characters in converted text, ours and plain OpenCC's: a row for each text.

    python -m benchmarks.conversion [--corpus DIR] [--worst N]

Texts of DIR: `par_*_s` and `par_*_t` are pairs, scored both ways. Every other `*_t` makes a
round trip: simplified by OpenCC's t2s, converted back, compared with itself. `fixed` and
`broken` count the hard errors of OpenCC that we do not make, and ours that it does not make.
Then sentences with surnames, and with the same characters in other words.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencc import OpenCC

from benchmarks.conversion.fold import HAN, hard_errors, raw_errors
from benchmarks.conversion.sentences import sentences, wrong
from builder.convert import convert_text
from builder.core.language import target_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
# Plain OpenCC by its best configuration for the target.
CONFIGS = {"zh-Hant-TW": "s2tw", "zh-Hans": "tw2s"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A text, what it should become, and in which language."""

    name: str
    tag: str
    source: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Score:
    """Errors by place: raw ones counted, hard ones placed."""

    han: int
    raw: int
    hard: frozenset[int]


@cache
def _opencc(config: str) -> OpenCC:
    return OpenCC(config)


def as_simplified(traditional: str) -> str:
    """Text as it is printed in Simplified: without the rare forms that no list of 2013 has."""
    return str(OpenCC("t2s", include_tofu_risk_dictionaries=False).convert(traditional))


def plain(text: str, tag: str) -> str:
    """The text as OpenCC alone converts it."""
    return str(_opencc(CONFIGS[tag]).convert(text))


def ours(text: str, tag: str) -> str:
    """The text as `builder convert` does."""
    target = target_of(tag)
    assert target is not None
    return convert_text(text, target).text


def trials(corpus: Path) -> Iterator[Trial]:
    """All texts of the corpus that say what is right."""
    for path in sorted(corpus.glob("*_t.txt")):
        traditional = path.read_text(encoding="utf-8")
        name = path.stem.removesuffix("_t")
        simplified = path.with_name(f"{name}_s.txt")
        if not name.startswith("par_"):
            yield Trial(name, "zh-Hant-TW", as_simplified(traditional), traditional)
        elif simplified.exists():
            pair = simplified.read_text(encoding="utf-8"), traditional
            yield Trial(f"{name} S→T", "zh-Hant-TW", *pair)
            yield Trial(f"{name} T→S", "zh-Hans", *reversed(pair))


def score(wanted: str, found: str) -> Score:
    """Compare two texts of one length."""
    hard = frozenset(hard_errors(wanted, found))
    return Score(len(HAN.findall(wanted)), len(raw_errors(wanted, found)), hard)


def print_texts(corpus: Path, worst: int) -> None:
    """A row for each text, their sum, and the most frequent mistakes."""
    print(f"{'text':16}{'Han':>9}{'raw':>9}{'OpenCC':>9}{'hard':>9}{'OpenCC':>9}", end="")
    print(f"{'errors':>8}{'OpenCC':>8}{'ratio':>7}{'fixed':>7}{'broken':>7}")
    mistakes: Counter[str] = Counter()
    rows: list[tuple[Score, Score]] = []
    for trial in trials(corpus):
        found = ours(trial.source, trial.tag)
        row = (score(trial.wanted, found), score(trial.wanted, plain(trial.source, trial.tag)))
        print(_row(trial.name, [row]), flush=True)
        if trial.tag == "zh-Hant-TW":
            rows.append(row)
        mistakes.update(f"{trial.wanted[at]}→{found[at]}" for at in row[0].hard)
    print(_row("all S→T", rows))
    if worst:
        print("  ".join(f"{pair} {count}" for pair, count in mistakes.most_common(worst)))


def _row(name: str, rows: list[tuple[Score, Score]]) -> str:
    han = sum(own.han for own, _ in rows)
    raw = [sum(row[side].raw for row in rows) for side in (0, 1)]
    hard = [sum(len(row[side].hard) for row in rows) for side in (0, 1)]
    fixed = sum(len(other.hard - own.hard) for own, other in rows)
    broken = sum(len(own.hard - other.hard) for own, other in rows)
    shares = "".join(f"{100 * count / max(han, 1):>8.3f}%" for count in (*raw, *hard))
    ratio = hard[0] / max(hard[1], 1)
    return f"{name:16}{han:>9}{shares}{hard[0]:>8}{hard[1]:>8}{ratio:>7.2f}{fixed:>7}{broken:>7}"


def print_sentences(worst: int) -> None:
    """How many sentences come out right."""
    print(f"\n{'sentences':16}{'number':>9}{'right':>9}{'OpenCC':>9}")
    for name in ("surnames.txt", "counters.txt"):
        number = len(sentences(name))
        bad = wrong(name, lambda text: ours(text, "zh-Hant-TW"))
        other = wrong(name, lambda text: plain(text, "zh-Hant-TW"))
        shares = "".join(f"{100 * (1 - len(one) / number):>8.1f}%" for one in (bad, other))
        print(f"{name.removesuffix('.txt'):16}{number:>9}{shares}")
        for text in bad[:worst]:
            print(f"    {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    if given.corpus.is_dir():
        print_texts(given.corpus, given.worst)
    else:
        print(f"no texts: {given.corpus} is not there")
    print_sentences(given.worst)


if __name__ == "__main__":
    main()
