"""`python -m benchmarks.chapters --mix hard --seeds 20 --show-errors 10`."""

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.chapters.evaluate import Score, evaluate
from benchmarks.chapters.generate import generate
from benchmarks.chapters.mixes import FAMILIES, mix_of
from benchmarks.chapters.real import report
from benchmarks.chapters.truth import RawBook

HEAD = (
    f"{'mix':24} {'books':>5} {'sections':>8} {'F1':>7} {'prec.':>7} {'recall':>7} {'worst':>6} {'num.':>4} "
    f"{'ads':>6} {'removed':>8} {'sent.':>7} {'lost':>5} {'titles':>6} {'para.':>7} {'rewrap':>7} {'verse':>6} "
    f"{'repeat':>7} {'ledger':>6} {'enc.':>5} {'MB/s':>5}"
)


def row(name: str, scores: list[Score]) -> str:
    """One line of the table."""
    total = Score()
    for one in scores:
        total.add(one)

    def share(right: int, all_: int) -> str:
        return f"{right / all_:.4f}" if all_ else "–"

    worst = min(one.f1 for one in scores)
    return (
        f"{name[:24]:24} {len(scores):5} {total.sections:8} {total.f1:7.4f} {total.precision:7.4f} "
        f"{total.recall:7.4f} {worst:6.3f} {total.numbers_wrong:4} {total.ads:6} "
        f"{share(total.ads - total.ads_left, total.ads):>8} {total.sentences:7} "
        f"{total.sentences_lost:5} {total.titles_lost:6} {share(total.paragraphs_right, total.paragraphs):>7} "
        f"{share(total.wrapped_right, total.wrapped):>7} "
        f"{share(total.verse_lines_right, total.verse_lines):>6} "
        f"{share(total.repeats - total.repeats_left, total.repeats):>7} {total.ledgers_wrong:6} "
        f"{total.encodings_wrong:5} {total.characters / 1e6 / max(total.seconds, 1e-9):5.2f}"
    )


def run(words: str, seeds: range) -> list[tuple[int, RawBook, Score]]:
    """The scores of one mix over many seeds."""
    results = []
    for seed in seeds:
        raw = generate(mix_of(words, seed), seed)
        results.append((seed, raw, evaluate(raw)))
    return results


def show_errors(results: list[tuple[int, RawBook, Score]], count: int) -> None:
    """How often each thing went wrong, the worst books, and examples."""
    kinds = Counter(kind for _, _, score in results for kind, _ in score.errors)
    examples: dict[str, list[str]] = defaultdict(list)
    for seed, _, score in results:
        for kind, words in score.errors:
            examples[kind].append(f"seed {seed}: {words}")
    for kind, total in kinds.most_common():
        print(f"\n{kind}: {total}")
        step = max(len(examples[kind]) // count, 1)
        for words in examples[kind][::step][:count]:
            print(f"    {words[:200]}")
    print("\nworst books")
    for seed, raw, score in sorted(results, key=lambda one: one[2].f1)[:count]:
        print(f"    seed {seed}: F1 {score.f1:.3f}  {' '.join(raw.traits)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chapters", description=__doc__)
    parser.add_argument(
        "--mix", action="append", help="standard, hard, random, stranger, or hard,ads=3"
    )
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--show-errors", type=int, default=0, metavar="N")
    parser.add_argument("--families", action="store_true", help="one row for each family")
    parser.add_argument("--write", type=Path, metavar="DIR", help="write the files, judge nothing")
    parser.add_argument("--real", action="store_true", help="the real files beside the repository")
    options = parser.parse_args()
    if options.real:
        print("\n".join(report()) or "no real files here")
        return
    mixes = options.mix or ["standard", "hard"]
    if options.families:
        mixes = [f"{mixes[0]},families={name}" for name, _ in FAMILIES]
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for words in mixes:
            for seed in seeds:
                raw = generate(mix_of(words, seed), seed)
                (options.write / f"{words}-{seed}.txt").write_bytes(raw.content)
        return
    print(HEAD)
    for words in mixes:
        started = time.perf_counter()
        results = run(words, seeds)
        name = words.partition("families=")[2] if options.families else words
        print(
            row(name, [score for _, _, score in results]),
            f"{time.perf_counter() - started:5.0f}s",
            flush=True,
        )
        if options.show_errors:
            show_errors(results, options.show_errors)


if __name__ == "__main__":
    main()
