"""A novel that means nothing, but sets like one: the same seed gives the same text everywhere.

Han characters are the 3,755 of GB 2312's first level in an order thrown by the seed; how often
each comes follows the law of Zipf and Mandelbrot, by which the first thousand make nine tenths
of a text. They are drawn one by one: there are no words, so such a text deflates worse than
prose does, and the sizes of files are upper bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from builder.core.numerals import to_chinese

CHAPTER_CHARACTERS = 3000
FIRST_LEVEL = (0xB0, 0xD7)  # rows of 94 in GB 2312; the last has 89
# Weight of the character at a rank: 1 / (rank + SHIFT) ** EXPONENT.
SHIFT, EXPONENT = 25.0, 1.4
LATIN = ("Alice", "Bob", "CPU", "DNA", "e-mail", "GPS", "Jazz", "King", "OK", "Python", "T-400", "vs", "WiFi")  # fmt: skip
# What ends a clause, with how many of a hundred do.
ENDS = (("，", 50), ("。", 28), ("、", 4), ("；", 2), ("！", 5), ("？", 6), ("：", 1), ("……", 2), ("——", 2))  # fmt: skip
FINAL = frozenset("。！？…")


@dataclass(frozen=True, slots=True)
class Chapter:
    """`label` is 第十二章, `title` its name."""

    label: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Novel:
    """A title and its chapters."""

    title: str
    chapters: tuple[Chapter, ...]

    @property
    def characters(self) -> int:
        """How many characters its paragraphs have."""
        return sum(len(text) for one in self.chapters for text in one.paragraphs)


def novel(chapters: int, *, seed: int = 1, title: str = "无尽的夜航") -> Novel:
    """A novel of so many chapters of about 3,000 characters. One of more begins like one of fewer."""
    return Novel(title, tuple(_Writer(seed).chapters(chapters)))


class _Writer:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._han = _first_level()
        self._random.shuffle(self._han)
        weights = (1 / (rank + SHIFT) ** EXPONENT for rank in range(len(self._han)))
        self._weights = list(accumulate(weights))

    def chapters(self, count: int) -> Iterator[Chapter]:
        for number in range(1, count + 1):
            title = self._words(3, 8)
            yield Chapter(f"第{to_chinese(number)}章", title, tuple(self._paragraphs()))

    def _paragraphs(self) -> Iterator[str]:
        written = 0
        while written < CHAPTER_CHARACTERS:
            # The median is 58 characters; one in twenty has more than 150.
            length = min(240, max(8, int(self._random.lognormvariate(4.06, 0.58))))
            text = self._speech(length) if self._maybe(0.36) else self._sentences(length)
            written += len(text)
            yield text

    def _speech(self, length: int) -> str:
        """Who speaks, what is said, and often what follows."""
        before = f"{self._words(2, 9)}：" if self._maybe(0.5) else ""
        said = self._sentences(length - len(before))
        if self._maybe(0.06):
            said = f"{said[:-1]}：‘{self._sentences(8)}’"
        after = self._sentences(6) if self._maybe(0.4) else ""
        return f"{before}“{said}”{after}"

    def _sentences(self, length: int) -> str:
        text = ""
        while True:
            text += self._clause()
            if len(text) >= length:
                return text + ("。" if self._maybe(0.8) else self._random.choice("！？"))
            text += self._random.choices(*zip(*ENDS, strict=True))[0]

    def _clause(self) -> str:
        words = self._words(3, 15)
        match self._random.random():
            case dice if dice < 0.015:
                return f"{words}《{self._words(2, 6)}》"
            case dice if dice < 0.028:
                return f"{words}{self._random.randint(1, 2030)}{self._words(1, 4)}"
            case dice if dice < 0.031:
                return f"{words}{self._random.randint(1, 99)}.{self._random.randint(1, 9)}%"
            case dice if dice < 0.038:
                return f"{words}{self._random.choice(LATIN)}{self._words(1, 4)}"
            case dice if dice < 0.042:
                return f"{words}（{self._words(2, 8)}）"
        return words

    def _words(self, shortest: int, longest: int) -> str:
        length = self._random.randint(shortest, longest)
        return "".join(self._random.choices(self._han, cum_weights=self._weights, k=length))

    def _maybe(self, share: float) -> bool:
        return self._random.random() < share


def _first_level() -> list[str]:
    first, last = FIRST_LEVEL
    cells = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return [one for cell in cells if (one := cell.decode("gb2312", "ignore"))]
