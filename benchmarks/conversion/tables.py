"""The tables of the benchmark: by text, by kind of text, and beside the other converters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.conversion.converters import (
    PEERS,
    Converter,
    PeerUnavailableError,
    by_peer,
    ours,
    plain,
)
from benchmarks.conversion.score import Comparison, Score, ratio, score, together
from benchmarks.conversion.texts import MODERN, Trial

HEAD = (
    f"{'text':16}{'Han':>9}{'raw':>8}{'OpenCC':>8}{'hard':>8}{'OpenCC':>8}{'errors':>8}{'OpenCC':>8}"
    f"{'ratio':>7} | {'no noise':>8}{'OpenCC':>8}{'ratio':>7}{'fixed':>7}{'broken':>7}"
)


def row(name: str, comparison: Comparison) -> str:
    """Shares in per cent of the Han characters; errors and ratios with noise, then without."""
    shares = (*comparison.raw, *comparison.hard)
    per_cent = "".join(f"{100 * count / max(comparison.han, 1):>7.3f}%" for count in shares)
    hard, clean = comparison.hard, comparison.clean
    return (
        f"{name:16}{comparison.han:>9}{per_cent}{hard[0]:>8}{hard[1]:>8}{ratio(hard):>7.3f}"
        f" | {clean[0]:>8}{clean[1]:>8}{ratio(clean):>7.3f}{comparison.fixed:>7}{comparison.broken:>7}"
        f"{'  WORSE' if comparison.is_worse else ''}"
    )


def compare(trial: Trial, found: str) -> Comparison:
    """What we found for a trial, beside plain OpenCC."""
    other = plain(trial.source, trial.tag)
    return Comparison(
        (score(trial.wanted, found, trial.name),), (score(trial.wanted, other, trial.name),)
    )


def print_texts(
    trials: Sequence[Trial],
    converters: Mapping[str, Converter] | None = None,
    *,
    modern: frozenset[str] = MODERN,
    worst: int = 0,
) -> None:
    """A row for each text, their sums, and the most frequent mistakes.

    `converters` by the name of a text say who converts it to Traditional; by default we do, as
    shipped.
    """
    print(HEAD)
    mistakes: Counter[str] = Counter()
    rows: dict[str, Comparison] = {}
    for trial in trials:
        if converters and trial.to_traditional:
            found = converters[trial.name](trial.source)
        else:
            found = ours(trial.source, trial.tag)
        comparison = compare(trial, found)
        if trial.to_traditional:
            rows[trial.name] = comparison
            mistakes.update(mistakes_of(trial, found, comparison.own[0]))
        print(
            row(trial.name if trial.to_traditional else f"{trial.name} T→S", comparison), flush=True
        )
    for name, members in sums(rows, modern).items():
        print(row(name, together([rows[member] for member in members])))
    if worst:
        print("  ".join(f"{pair} {count}" for pair, count in mistakes.most_common(worst)))


def sums(names: Iterable[str], modern: frozenset[str]) -> dict[str, list[str]]:
    """The texts of each sum: modern, classical, all."""
    listed = list(names)
    kinds = {
        "modern": [name for name in listed if name in modern],
        "classical": [name for name in listed if name not in modern],
        "all": listed,
    }
    return {kind: members for kind, members in kinds.items() if members}


def mistakes_of(trial: Trial, found: str, own: Score) -> Counter[str]:
    """wanted→found of every mistake where the reference is to be trusted."""
    return Counter(f"{trial.wanted[at]}→{found[at]}" for at in own.clean)


def print_peers(
    trials: Sequence[Trial],
    folder: Path,
    own: Mapping[str, Converter] | None,
    modern: frozenset[str],
) -> None:
    """Hard errors of every converter on PyPI that runs, noise left out, per 10,000 Han."""
    chosen = [trial for trial in trials if trial.to_traditional]
    names = sums([trial.name for trial in chosen], modern)
    print(
        f"\n{'per 10,000 Han':30}" + "".join(f"{kind:>10}" for kind in names) + f"{'all raw':>10}"
    )

    def line(name: str, texts: Sequence[str]) -> None:
        scores = {
            trial.name: score(trial.wanted, text, trial.name)
            for trial, text in zip(chosen, texts, strict=True)
        }
        print(_peer_row(name, scores, names), flush=True)

    line("ours", [_own(trial, own) for trial in chosen])
    line("opencc", [plain(trial.source, trial.tag) for trial in chosen])
    for peer in PEERS:
        try:
            line(peer.package, by_peer(peer, folder, [trial.source for trial in chosen]))
        except PeerUnavailableError as problem:
            print(f"{peer.package:30} SKIPPED: {problem}")


def _own(trial: Trial, own: Mapping[str, Converter] | None) -> str:
    return own[trial.name](trial.source) if own else ours(trial.source, trial.tag)


def _peer_row(name: str, scores: Mapping[str, Score], kinds: Mapping[str, list[str]]) -> str:
    text = f"{name:30}"
    for members in kinds.values():
        errors = sum(len(scores[member].clean) for member in members)
        text += f"{10_000 * errors / sum(scores[member].han for member in members):>10.2f}"
    raw = sum(one.raw for one in scores.values())
    return text + f"{10_000 * raw / sum(one.han for one in scores.values()):>10.2f}"
