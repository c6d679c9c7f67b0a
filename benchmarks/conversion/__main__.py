"""How much of a conversion is wrong, ours and others': by text, by sentence, and at what cost.

    python -m benchmarks.conversion [--corpus DIR] [--folds DIR] [--modern NAMES] [--worst N]
                                    [--peers DIR] [--oracle ROWS] [--cost] [--no-texts]

`fixed` and `broken` count the hard errors of OpenCC that we do not make, and ours that it does
not make. The right half of the table leaves out the places of noise.txt. Without --folds the
texts are converted with the figures as shipped: right for texts they were not made from.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from benchmarks.conversion.converters import Converter, ours, plain
from benchmarks.conversion.cost import print_cost
from benchmarks.conversion.oracle import print_oracle
from benchmarks.conversion.sentences import FILES, sentences, wrong
from benchmarks.conversion.tables import print_peers, print_texts
from benchmarks.conversion.texts import MODERN, TRADITIONAL, Trial, trials
from benchmarks.conversion.untouched import print_untouched

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def print_sentences(worst: int) -> None:
    """How many sentences come out right, each converted alone."""
    print(f"\n{'sentences':24}{'number':>8}{'right':>9}{'OpenCC':>9}")
    for name in FILES:
        number = len(sentences(name))
        bad = wrong(name, lambda text: ours(text, TRADITIONAL))
        other = wrong(name, lambda text: plain(text, TRADITIONAL))
        shares = "".join(f"{100 * (1 - len(one) / number):>8.1f}%" for one in (bad, other))
        print(f"{name.removesuffix('.txt'):24}{number:>8}{shares}")
        for text in bad[:worst]:
            print(f"    {text}")


def print_corpus(given: argparse.Namespace) -> None:
    """Everything that needs texts."""
    found = [trial for trial in trials(given.corpus) if not given.only or trial.name in given.only]
    modern = frozenset(given.modern)
    own = _held_out(given.folds, found) if given.folds else None
    if not given.no_texts:
        print_texts(found, own, modern=modern, worst=given.worst)
    if given.peers:
        print_peers(found, given.peers, own, modern)
    if given.oracle:
        print_oracle(found, given.oracle)
    if given.cost:
        print_cost([trial.source for trial in found if trial.to_traditional])


def _held_out(folder: Path, found: list[Trial]) -> Mapping[str, Converter]:
    from benchmarks.conversion.held_out import converters_of

    return converters_of(folder, [trial.name for trial in found])


def _names(words: str) -> list[str]:
    return words.split(",")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", type=_names, default=[], help="names of texts, with commas")
    parser.add_argument("--modern", type=_names, default=sorted(MODERN))
    parser.add_argument("--folds", type=Path, help="figures made without each text")
    parser.add_argument("--peers", type=Path, help="a folder with one folder a package")
    parser.add_argument("--oracle", type=int, default=0, help="so many rows of the report")
    parser.add_argument("--cost", action="store_true", help="seconds and memory")
    parser.add_argument("--no-texts", action="store_true", help="leave out the table of texts")
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    if given.corpus.is_dir():
        print_corpus(given)
    else:
        print(f"no texts: {given.corpus} is not there")
    print_sentences(given.worst)
    print_untouched()


if __name__ == "__main__":
    main()
