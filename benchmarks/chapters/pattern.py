"""Chapters as makers of e-books find them: a pattern that a line must begin with.

Programs that make books of TXT files come with one such pattern, calibre is given one. It knows
no levels, so the comparison with it counts lines only: is there a heading here or not?
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.chapters.truth import RawBook

# Example: 第十二章 归来, 第3回, Chapter 3, 12, 楔子. Counter-example: 他读到第十二章。
HEADING = re.compile(
    r"[ \t\N{IDEOGRAPHIC SPACE}]*"
    r"(?:第[0-9０-９零〇一二三四五六七八九十百千两]{1,9}[章回节集卷部话]"
    r"|[Cc]hapter.{1,20}$|[Ss]ection.{1,20}$|\d{1,4}$|楔子|引子|序章|序言|前言|番外|尾声|后记)"
)


@dataclass(slots=True)
class Lines:
    """Lines with headings: those there are, those found, those that are both."""

    wanted: int = 0
    found: int = 0
    right: int = 0

    def count(self, raw: RawBook, found: Iterable[int]) -> None:
        """Add a file; lines that may be headings or not count for nobody."""
        optional = {true.line for true in raw.sections if true.is_optional}
        wanted = {true.line for true in raw.sections} - optional
        lines = set(found) - optional
        self.wanted += len(wanted)
        self.found += len(lines)
        self.right += len(lines & wanted)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0


def by_pattern(raw: RawBook) -> list[int]:
    """The lines of a file, from 1, that the pattern takes for headings, its encoding known."""
    return [at for at, line in enumerate(raw.text.split("\n"), 1) if HEADING.match(line.rstrip())]
