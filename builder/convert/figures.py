"""The compiled figures of conversion: word frequencies, weights of contexts, candidates.

`figures.bin` is written by scripts/conversion.py, which says where everything comes from; the
notice of its sources and their licences is in the file itself and in figures.NOTICE.md. All
scores are whole numbers of 1/16 nat. A word's cost is the negative logarithm of its frequency.

The file: an LZMA stream; in it a line of JSON (`Header`), then the columns it measures, each
a run of UTF-16 text (words and contexts, a newline between two) or of numbers.
"""

import json
import lzma
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import TypedDict

FILE = Path(__file__).with_name("figures.bin")
# Words of our own; a line that begins with # says what they are about.
OWN_WORDS = Path(__file__).with_name("words.txt")
UNIT = 16  # to a nat
# A number below is the cost of a word that can be written in one way only; this and above, the
# place of the word's writings in `records`.
FIRST_RECORD = 512
# In the place of a cost: no word, but longer words begin with these two characters.
PREFIX = 0
REGIONS = ("", "TW", "HK")
# A word of our own costs as much as a seldom word, and as a context it speaks so loudly that
# it is heard above any margin, but not above plain words that cut it (紫|发现, 家里|克扣).
OWN_COST = 13 * UNIT
OWN_WEIGHT = 6 * UNIT

# Each writing of a word: its cost, and which candidate each ambiguous character in it is.
Record = tuple[tuple[int, tuple[int, ...]], ...]

# For each character: what contexts say for its candidates 1, 2 … against candidate 0.
Weights = dict[str, tuple[dict[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one Simplified character may become.

    `forms` are the candidates in each region's form; `members` tells which candidate a form of
    any region is; a choice needs `margin` more than what OpenCC chose, in 1/16 nat.
    `temperature` divides scores before they are read as probabilities.
    """

    forms: dict[str, str]
    members: dict[str, int]
    margin: int
    temperature: float

    @property
    def count(self) -> int:
        """How many candidates there are."""
        return len(self.forms[""])


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it, as the lattice and the model read it.

    `weights[character]` holds for each context how much it speaks for candidate 1 against
    candidate 0, then for candidate 2 against 0, and so on.
    """

    candidates: dict[str, Candidates]
    words: dict[str, int]
    records: tuple[Record, ...]
    weights: Weights


class Header(TypedDict):
    """The first line. `sizes` are the bytes of the columns, in order.

    A candidate's row: its forms by region, its members and their numbers by turns, margin,
    temperature, and how many contexts each of its tables of weights has.
    """

    notice: list[str]
    candidates: dict[str, tuple[list[str], str, int, float, list[int]]]
    records: list[list[tuple[int, str]]]
    sizes: list[int]


def figures(path: Path | None = None) -> Figures:
    """The figures of a file, those of the project by default; read once, in about 0.1 s."""
    return _read(path) if path else _with_own_words(FILE)


@cache
def _read(path: Path) -> Figures:
    return decoded(path.read_bytes())


@cache
def own_words() -> tuple[str, ...]:
    """The words of our own, each as 里克/里克: Simplified, and as it is written in Traditional."""
    lines = OWN_WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(pair for line in lines if not line.startswith("#") for pair in line.split())


@lru_cache(maxsize=1)
def _with_own_words(path: Path) -> Figures:
    return with_words(decoded(path.read_bytes()), own_words())


def with_words(own: Figures, pairs: Iterable[str]) -> Figures:
    """The figures with words (里克/里克, 紫发/紫髮) that decide wherever they are words.

    What has marks or digits in it (（注0/（註0) is no word but surroundings that decide by themselves.
    """
    costs = dict(own.words)
    records = list(own.records)
    weights = {key: tuple(map(dict, tables)) for key, tables in own.weights.items()}
    for pair in pairs:
        word, written = pair.split("/")
        places = [at for at, character in enumerate(word) if character in own.candidates]
        numbers = [own.candidates[word[at]].members[written[at]] for at in places]
        if word.isalpha():
            if len(word) > 2:
                costs.setdefault(word[:2], PREFIX)
            costs[word] = FIRST_RECORD + len(records)
            records.append(((OWN_COST, tuple(numbers)),))
        # What is around a word has to outweigh the word: 天后 the queen, 8天后.
        is_word = word.isalpha()
        weight = OWN_WEIGHT if is_word else 3 * OWN_WEIGHT
        for at, number in zip(places, numbers, strict=True):
            context = f"{word}:{at}" if is_word else word
            for candidate, table in enumerate(weights[word[at]], 1):
                first = weight if number == 0 else 0
                table[context] = weight if candidate == number else -first
    return Figures(own.candidates, costs, tuple(records), weights)


def decoded(content: bytes) -> Figures:
    """The figures of a file's content."""
    plain = lzma.decompress(content)
    end = plain.index(b"\n")
    header: Header = json.loads(plain[:end])
    start = end + 1
    columns: list[bytes] = []
    for size in header["sizes"]:
        columns.append(plain[start : start + size])
        start += size
    names, costs, contexts, weights = columns
    words = dict(zip(_text(names), _numbers("H", costs), strict=True))
    pairs = zip(_text(contexts), _numbers("b", weights), strict=True)
    tables = {
        character: tuple(dict(islice(pairs, count)) for count in row[4])
        for character, row in header["candidates"].items()
    }
    records = tuple(
        tuple((cost, tuple(map(int, pattern))) for cost, pattern in record)
        for record in header["records"]
    )
    return Figures(_candidates(header), words, records, tables)


def _candidates(header: Header) -> dict[str, Candidates]:
    return {
        character: Candidates(
            dict(zip(REGIONS, forms, strict=True)),
            {form: int(number) for form, number in zip(members[::2], members[1::2], strict=True)},
            margin,
            temperature,
        )
        for character, (forms, members, margin, temperature, _) in header["candidates"].items()
    }


def encoded(own: Figures, notice: list[str]) -> bytes:
    """The content of a file: the same bytes for the same figures."""
    names = sorted(own.words)
    characters = sorted(own.candidates)
    tables = [(key, table) for key in characters for table in own.weights[key]]
    contexts = [sorted(table) for _, table in tables]
    columns = [
        _text_column(names),
        array("H", [own.words[name] for name in names]).tobytes(),
        _text_column([context for some in contexts for context in some]),
        array(
            "b",
            [
                table[context]
                for (_, table), some in zip(tables, contexts, strict=True)
                for context in some
            ],
        ).tobytes(),
    ]
    header: Header = {
        "notice": notice,
        "candidates": {
            key: _row(own.candidates[key], [len(table) for table in own.weights[key]])
            for key in characters
        },
        "records": [
            [(cost, "".join(map(str, pattern))) for cost, pattern in record]
            for record in own.records
        ],
        "sizes": [len(column) for column in columns],
    }
    line = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    plain = line.encode() + b"\n" + b"".join(columns)
    return lzma.compress(plain, preset=9 | lzma.PRESET_EXTREME)


def _row(own: Candidates, counts: list[int]) -> tuple[list[str], str, int, float, list[int]]:
    members = "".join(f"{form}{number}" for form, number in sorted(own.members.items()))
    return [own.forms[region] for region in REGIONS], members, own.margin, own.temperature, counts


def _text_column(words: list[str]) -> bytes:
    return "\n".join(words).encode("utf-16-le")


def _text(column: bytes) -> list[str]:
    return column.decode("utf-16-le").split("\n") if column else []


def _numbers(kind: str, column: bytes) -> "array[int]":
    numbers: array[int] = array(kind)
    numbers.frombytes(column)
    return numbers
