"""How often an encoding is found, by encoding, length and damage; and whether confidence tells.

    python -m benchmarks.encodings [--corpus DIR] [--samples N] [--seed N]

Samples are taken at random places of the texts in DIR (UTF-8, `_s` Simplified and `_t`
Traditional), so many Han characters long, written in an encoding and, in a second round,
damaged. A clean sample counts as right when the text comes back, a damaged one when its
encoding is found.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.read.encodings import NAMES, decode

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
LENGTHS = (20, 30, 50, 200, 1000)
# Name in the table, codec, and which texts it is for.
WRITTEN = (
    ("utf-8", "utf-8", "st"),
    ("gb2312", "gb2312", "s"),
    ("gbk", "gbk", "s"),
    ("gbk, trad.", "gbk", "t"),
    ("gb18030 4-byte", "gb18030", "s"),
    ("big5", "big5", "t"),
    ("cp950", "cp950", "t"),
    ("big5-hkscs", "big5hkscs", "t"),
    ("utf-16-le", "utf-16-le", "st"),
    ("utf-16-be", "utf-16-be", "st"),
    ("utf-16 + BOM", "utf-16", "st"),
    ("hz", "hz", "s"),
)
DAMAGES = ("clean", "cut", "overwritten", "deleted", "mixed")
RARE = "㐀𠮷䶮"
HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Trial:
    """One sample: what was asked, and what came back."""

    written: str
    damage: str
    length: int
    is_right: bool
    confidence: float


def passages(corpus: Path) -> dict[str, list[str]]:
    """The texts of the corpus by script."""
    texts: dict[str, list[str]] = {"s": [], "t": []}
    for path in sorted(corpus.glob("*_[st].txt")):
        texts[path.stem[-1]].append(path.read_text(encoding="utf-8"))
    return texts


def passage(text: str, han: int, dice: random.Random) -> str:
    """So many Han characters of a text from a random place on, with what stands between them."""
    while True:
        start = dice.randrange(len(text) - 4 * han - 200)
        end = start
        for count, match in enumerate(HAN.finditer(text, start), 1):
            if count == han:
                end = match.end()
                break
        if start < end < start + 4 * han + 40:
            return text[start:end]


def written(text: str, codec: str) -> bytes:
    """The text in an encoding, without the characters that it lacks.

    Left to itself, Python's HZ codec writes escapes that nothing can read for such characters.
    """
    lacking = {one for one in set(text) if not one.encode(codec, "ignore")}
    return "".join(one for one in text if one not in lacking).encode(codec)


def damaged(content: bytes, damage: str, dice: random.Random) -> bytes:
    """The bytes with three of them broken, or cut at the end."""
    if damage == "clean":
        return content
    if damage == "cut":
        return content[:-1]
    broken = bytearray(content)
    for _ in range(3):
        at = dice.randrange(len(broken))
        is_deleted = damage == "deleted" or (damage == "mixed" and dice.random() < 0.4)
        if is_deleted:
            del broken[at]
        elif damage == "mixed" and dice.random() < 0.3:
            broken.insert(at, dice.randrange(256))
        else:
            broken[at] = dice.choice((0xFF, 0x80, 0x00, 0x1B, dice.randrange(256)))
    return bytes(broken)


def trials(corpus: Path, samples: int, seed: int) -> Iterator[Trial]:
    """All samples of the benchmark."""
    texts = passages(corpus)
    dice = random.Random(seed)
    for name, codec, scripts in WRITTEN:
        for damage in DAMAGES:
            if damage != "clean" and name in {"gb2312", "cp950", "utf-16 + BOM"}:
                continue
            for length in LENGTHS:
                for _ in range(samples):
                    text = passage(dice.choice(texts[dice.choice(scripts)]), length, dice)
                    if name == "gb18030 4-byte":
                        middle = len(text) // 2
                        text = text[:middle] + RARE + text[middle:]
                    content = written(text, codec)
                    # GB18030 names two signs of GB 2312 otherwise than Python's own codec.
                    text = content.decode("gb18030" if codec == "gb2312" else codec)
                    yield _trial(name, codec, damage, length, text, damaged(content, damage, dice))


def _trial(name: str, codec: str, damage: str, length: int, text: str, content: bytes) -> Trial:
    found = decode(content)
    if found is None:
        return Trial(name, damage, length, is_right=False, confidence=0.0)
    wanted = NAMES.get(codec, codec)
    is_right = found.encoding == wanted or (codec == "utf-16" and found.encoding == "utf-16-le")
    if damage == "clean":
        is_right = is_right and _same(found.text.removeprefix("\ufeff"), text)
    return Trial(name, damage, length, is_right=is_right, confidence=found.confidence)


# Signs that Python's Big5 and HZ codecs read differently from Windows and browsers.
_AS_WINDOWS = str.maketrans("•､‾∼♁☉¥¢£￭―・", "‧﹑¯～⊕⊙￥￠￡▓—·")


def _same(found: str, text: str) -> bool:
    return found == text or found.translate(_AS_WINDOWS) == text.translate(_AS_WINDOWS)


def print_tables(done: list[Trial]) -> None:
    """Accuracy by encoding, damage and length; then accuracy by confidence."""
    cells: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    bins: dict[str, list[bool]] = defaultdict(list)
    for trial in done:
        cells[trial.written, trial.damage, trial.length].append(trial.is_right)
        bins[_bin(trial.confidence)].append(trial.is_right)
    print(f"{'encoding':16}{'damage':12}" + "".join(f"{f'{n} Han':>10}" for n in LENGTHS))
    for name, _, _ in WRITTEN:
        for damage in DAMAGES:
            rows = [cells[name, damage, length] for length in LENGTHS]
            if all(rows):
                shares = "".join(f"{100 * sum(row) / len(row):>9.2f}%" for row in rows)
                print(f"{name:16}{damage:12}{shares}")
    print(f"\n{'confidence':16}{'samples':>10}{'right':>10}")
    for name in sorted(bins):
        row = bins[name]
        print(f"{name:16}{len(row):>10}{100 * sum(row) / len(row):>9.2f}%")


def _bin(confidence: float) -> str:
    for limit in (0.5, 0.75, 0.9, 0.99, 0.9999):
        if confidence < limit:
            return f"under {limit}"
    return "0.9999 to 1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print_tables(list(trials(given.corpus, given.samples, given.seed)))


if __name__ == "__main__":
    main()
