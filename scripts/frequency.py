"""Derive builder/read/characters.txt: how often each character stands in Chinese text.

    scripts/frequency.py --corpus DIR

DIR holds UTF-8 texts; `_s` and `_t` at the end of a name say which script it is in. Each text
is counted as it is and once more in the other script, so that both scripts weigh the same.
Only classes of frequency are written, half a nat wide: no text.
"""

import argparse
import math
from collections import Counter, defaultdict
from pathlib import Path

from opencc import OpenCC

OUTPUT = Path(__file__).parents[1] / "builder" / "read" / "characters.txt"
# A text weighs by its length up to here, so that one long novel does not outweigh the others.
FULL_WEIGHT_CHARS = 100_000
# Rarer characters are told by their standard level instead (builder/read/plausibility.py).
LEAST_LOG = -12.5
HEADER = (
    "# How often a character stands in Chinese text, both scripts, classical and modern.",
    "# Each line: twice the negative natural logarithm of the share, a tab, the characters.",
    "# Written by scripts/frequency.py; do not edit.",
)


def shares_of(corpus: Path) -> dict[str, float]:
    """The share of each character, averaged over the texts in both scripts."""
    shares: dict[str, float] = defaultdict(float)
    total = 0.0
    for path in sorted(corpus.glob("*_[st].txt")):
        text = path.read_text(encoding="utf-8")
        other = OpenCC("t2s" if path.stem.endswith("_t") else "s2t").convert(text)
        for version in (text, other):
            counts = Counter(version)
            weight = min(1.0, len(version) / FULL_WEIGHT_CHARS)
            total += weight
            for character, count in counts.items():
                shares[character] += weight * count / len(version)
    return {character: share / total for character, share in shares.items()}


def lines_of(shares: dict[str, float]) -> list[str]:
    """The file's lines: one class of frequency each, the most frequent first."""
    classes: dict[int, list[str]] = {}
    for character, share in shares.items():
        log = math.log(share)
        if log >= LEAST_LOG and not character.isascii() and character.isprintable():
            classes.setdefault(round(-2 * log), []).append(character)
    return [f"{step}\t{''.join(sorted(members))}" for step, members in sorted(classes.items())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    corpus: Path = parser.parse_args().corpus
    lines = (*HEADER, *lines_of(shares_of(corpus)))
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
