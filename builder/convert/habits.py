"""What was counted of the mistakes of a conversion: habits.txt, written by scripts/habits.py."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("habits.txt")


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
