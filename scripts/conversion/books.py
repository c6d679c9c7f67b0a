"""The texts of corpora as pairs: what a converter gets, and what it should make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

from builder.convert.opencc import convert_lines
from builder.convert.page import PAD, Page, page_of

# Texts under CC BY-SA stay test texts: nothing that ships is made from them.
NOT_FOR_TRAINING = frozenset({"par_gsd", "ud_hk"})
# Modern prose is a small part of the corpus and a large part of what people convert.
MODERN = frozenset({"ahq", "gongmu", "ouyou", "rustbook"})
MODERN_WEIGHT = 8.0
FOLDS = 6


@dataclass(frozen=True, slots=True)
class Book:
    """A text, as a page and as print has it (`wanted`, the page's length)."""

    name: str
    page: Page
    wanted: str

    @property
    def weight(self) -> float:
        return MODERN_WEIGHT if self.name in MODERN else 1.0


def books_of(corpora: Sequence[Path], leave_out: Sequence[str] = ()) -> list[Book]:
    """`*_t.txt` simplified by OpenCC, or with the `par_*_s.txt` that belongs to it."""
    books = []
    for path in [path for corpus in corpora for path in sorted(corpus.glob("*_t.txt"))]:
        name = path.stem.removesuffix("_t")
        if name in NOT_FOR_TRAINING or name in leave_out:
            continue
        wanted = path.read_text(encoding="utf-8").split("\n")
        simplified = path.with_name(f"{name}_s.txt")
        if name.startswith("par_") and simplified.exists():
            lines = simplified.read_text(encoding="utf-8").split("\n")
        else:
            t2s = OpenCC("t2s", include_tofu_risk_dictionaries=False)
            lines = t2s.convert("\n".join(wanted)).split("\n")
        books.append(_book(name, lines, wanted))
    return books


def _book(name: str, lines: Sequence[str], wanted: Sequence[str]) -> Book:
    converted = convert_lines(lines, "s2tw")
    rows = [
        (line, other, right)
        for line, other, right in zip(lines, converted, wanted, strict=True)
        if len(line) == len(other) == len(right)
    ]
    page = page_of([row[0] for row in rows], [row[1] for row in rows])
    return Book(name, page, PAD + PAD.join(row[2] for row in rows) + PAD)


def folds_of(books: Sequence[Book]) -> list[int]:
    """The fold of each book: the largest first, each into the fold that has least."""
    sizes = [0] * FOLDS
    folds = [0] * len(books)
    for number in sorted(range(len(books)), key=lambda at: -len(books[at].wanted)):
        folds[number] = sizes.index(min(sizes))
        sizes[folds[number]] += len(books[number].wanted)
    return folds
