"""Write builder/convert/habits.txt: characters that books write in different ways.

    python -m scripts.habits --corpus DIR

Each text of the folder (*_t.txt, Traditional) is simplified by OpenCC and converted back. A
text differs in a character when most of its places come back as something else, differences
that benchmarks/conversion/folds.txt calls none aside. The share is of the texts that have the
character, with two more that do not differ put in; characters in which no text differs are
left out.

Treebanks under CC BY-SA (see builder/convert/figures.NOTICE.md) are not counted.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.conversion.fold import HAN, folding
from scripts.conversion.books import NOT_FOR_TRAINING

OUTPUT = Path(__file__).parent.parent / "builder" / "convert" / "habits.txt"
# Fewer places of a character in a text count for less.
ENOUGH = 3
PRIOR = 2
HEAD = """\
# Characters that books write in different ways: the Simplified character, and in how many
# of a hundred books most of its places are not what OpenCC makes of them. Counted by
# scripts/habits.py in the texts of a corpus; figures only, no text.
"""


def differing(traditional: str) -> dict[str, tuple[int, int]]:
    """For each Simplified character of a text its places, and how many do not come back."""
    from opencc import OpenCC

    simplified = str(OpenCC("t2s").convert(traditional))
    returned = str(OpenCC("s2tw").convert(simplified))
    table = folding()
    places: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    lines = (text.split("\n") for text in (traditional, simplified, returned))
    for wanted, source, found in zip(*lines, strict=True):
        if len(wanted) == len(source) == len(found):
            folded = zip(source, wanted.translate(table), found.translate(table), strict=True)
            for character, one, other in folded:
                if HAN.match(character):
                    places[character] += 1
                    wrong[character] += one != other
    return {character: (count, wrong[character]) for character, count in places.items()}


def shares(corpus: Path) -> dict[str, float]:
    """The share of texts that differ in a character, for those in which one does."""
    books: defaultdict[str, float] = defaultdict(float)
    others: defaultdict[str, float] = defaultdict(float)
    for path in sorted(corpus.glob("*_t.txt")):
        if path.stem.removesuffix("_t") in NOT_FOR_TRAINING:
            continue
        for character, (count, wrong) in differing(path.read_text(encoding="utf-8")).items():
            weight = min(1.0, count / ENOUGH)
            books[character] += weight
            others[character] += weight * (2 * wrong > count)
    return {
        character: share / (books[character] + PRIOR)
        for character, share in others.items()
        if share
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    found = shares(parser.parse_args().corpus)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    rows = [f"{character} {100 * share:.1f}\n" for character, share in ranked if share >= 0.005]
    OUTPUT.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"{OUTPUT}: {len(rows)} characters")


if __name__ == "__main__":
    main()
