"""What is known of print: habits.txt, counted by scripts/habits.py, and prints.txt, by hand."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("habits.txt")
PRINTS = Path(__file__).with_name("prints.txt")


@dataclass(frozen=True, slots=True)
class Habit:
    """What was counted of a character in books.

    In a share of them, `books`, most of its places are not as ours. A place of doubt d is wrong
    in `doubted` x d cases, one without doubt in `sure`. `forms` are what print has, ours aside.
    """

    books: float = 0.0
    doubted: float = 1.0
    sure: float = 0.0
    forms: tuple[str, ...] = ()


UNKNOWN = Habit()


@cache
def habits() -> dict[str, Habit]:
    """What was counted of each character; of others, nothing is known."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {
        character: Habit(float(books) / 100, float(doubted), float(sure) / 10_000, tuple(forms))
        for character, books, doubted, sure, *forms in rows
    }


@dataclass(frozen=True, slots=True)
class Way:
    """A word that prints write in more than one way; `forms` is what stands there at `offset`."""

    word: str
    offset: int
    forms: tuple[str, ...]


@cache
def ways() -> dict[str, tuple[Way, ...]]:
    """By character, the words in which prints differ because of it."""
    found: defaultdict[str, list[Way]] = defaultdict(list)
    for line in PRINTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, *written = line.split()
            for at, forms in enumerate(zip(*written, strict=True)):
                if len(set(forms)) > 1:
                    found[word[at]].append(Way(word, at, tuple(dict.fromkeys(forms))))
    return {character: tuple(some) for character, some in found.items()}
