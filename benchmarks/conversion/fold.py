"""What does not count as a mistake: one character written in two ways, and two right ones.

`raw` compares characters as they stand. `hard` compares them after folding pure variants
(裏/裡, 爲/為, 衆/眾) and pairs of which either is accepted in print (佔/占, 遊/游, 託/托).
The regional variants are those of OpenCC's own tables; the others are listed in folds.txt.
Pairs that tell a name from a word (於/于, 餘/余, 範/范, 嶽/岳, 鬱/郁) are not among them.
What a reference prints at random (并 beside 並) is no variant but noise: see noise.py.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

HAN = re.compile("[\u3400-\u9fff]")

FOLDS = Path(__file__).with_name("folds.txt")
# The tables of OpenCC whose pairs are one character in two regions.
REGIONAL = ("t2tw", "t2hk")


@cache
def folding() -> dict[int, str]:
    """For `str.translate`: variants and accepted pairs to one form each."""
    lines = FOLDS.read_text(encoding="utf-8").splitlines()
    listed = [pair for line in lines if not line.startswith("#") for pair in line.split()]
    return _folding([*listed, *_regional()])


def _regional() -> list[str]:
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    pairs = []
    for config in REGIONAL:
        others = OpenCC(config).convert("\n".join(characters)).split("\n")
        pairs += [one + other for one, other in zip(characters, others, strict=True)]
    return [pair for pair in pairs if len(pair) == 2 and pair[0] != pair[1]]


def _folding(pairs: Iterable[str]) -> dict[int, str]:
    """Every character of a set of connected pairs to the same one of them."""
    parents: dict[str, str] = {}

    def root(character: str) -> str:
        while character in parents:
            character = parents[character]
        return character

    for pair in pairs:
        first, second = sorted(map(root, pair))
        if first != second:
            parents[second] = first
    return {ord(character): root(character) for character in parents}


def raw_errors(wanted: str, found: str) -> list[int]:
    """Where two texts of one length differ in a Han character."""
    lines = zip(wanted.split("\n"), found.split("\n"), strict=True)
    start = 0
    places = []
    for line, other in lines:
        if line != other:
            places += [
                start + at
                for at, (one, two) in enumerate(zip(line, other, strict=True))
                if one != two and HAN.match(one)
            ]
        start += len(line) + 1
    return places


def hard_errors(wanted: str, found: str) -> list[int]:
    """The same, where the difference is a mistake."""
    table = folding()
    return [
        at
        for at in raw_errors(wanted, found)
        if wanted[at].translate(table) != found[at].translate(table)
    ]
