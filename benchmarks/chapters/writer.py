"""The file on its way: lines are appended, and what they are is noted with their places."""

import unicodedata
from random import Random

from benchmarks.chapters.truth import TrueAd, TrueParagraph

INDENTS = ("\N{IDEOGRAPHIC SPACE}" * 2, "    ", "\N{NO-BREAK SPACE}" * 4, "", "\t", " ")
DIRT = ("\u200b", "\ufeff", "\u00ad", "\u200e")


class Writer:
    """Collects lines. `line` is the number, from 1, of the line to come."""

    def __init__(self, random: Random, *, eol: str, indent: str, blank: bool, columns: int) -> None:
        self._random = random
        self._eol = eol
        self._indent = indent
        self._blank = blank
        self._columns = columns
        self._pieces: list[str] = []
        self._length = 0
        self.line = 1
        self.paragraphs: list[TrueParagraph] = []
        self.ads: list[TrueAd] = []
        self.story_lines: dict[int, int] = {}  # line → index of its paragraph
        self.dirt = 0.0

    @property
    def text(self) -> str:
        """All lines so far."""
        return "".join(self._pieces)

    def put(self, words: str) -> int:
        """One line; its number."""
        self._pieces.append(words + self._eol)
        self._length += len(words) + len(self._eol)
        self.line += 1
        return self.line - 1

    def blank(self, count: int = 1) -> None:
        for _ in range(count):
            self.put("")

    def ad(self, kind: str, words: str) -> None:
        """A whole line that is an ad."""
        indent = self._random.choice((self._indent, ""))
        start = self._length + len(indent)
        self.ads.append(TrueAd(start, start + len(words), self.line, kind, words))
        self.put(indent + words)
        self._after()

    def paragraph(
        self,
        sentences: tuple[str, ...],
        *,
        note: str = "",
        ad: tuple[str, str] | None = None,
        after: int = -1,
    ) -> None:
        """A paragraph of the story; `ad` (kind, words) is glued behind sentence `after`."""
        first = self.line
        ad_at = (-1, -1)
        text = ""
        for index, sentence in enumerate(sentences):
            text += self._dirtied(sentence)
            if ad and index == (after if after >= 0 else len(sentences) - 1):
                ad_at = (len(text), len(text) + len(ad[1]))
                text += ad[1]
        for start, end in self._wrapped(text):
            if ad and (overlap := (max(start, ad_at[0]), min(end, ad_at[1])))[0] < overlap[1]:
                at = self._length + len(self._indent if start == 0 else "") + overlap[0] - start
                words = text[overlap[0] : overlap[1]]
                self.ads.append(TrueAd(at, at + len(words), self.line, ad[0], words))
            self.story_lines[self.line] = len(self.paragraphs)
            self.put((self._indent if start == 0 else "") + text[start:end])
        self.paragraphs.append(TrueParagraph(sentences, first, note=note))
        self._after()

    def verse(self, lines: tuple[str, ...]) -> None:
        """Lines that stay lines."""
        first = self.line
        for line in lines:
            self.put(self._indent * 2 + line)
        self.paragraphs.append(TrueParagraph(lines, first, is_verse=True, note="verse"))
        self._after()

    def _after(self) -> None:
        if self._blank:
            self.blank()

    def _wrapped(self, text: str) -> list[tuple[int, int]]:
        """Stretches that fill the columns, no closing mark at a line's start; one without limit."""
        if not self._columns:
            return [(0, len(text))]
        stretches: list[tuple[int, int]] = []
        start, width = 0, _width(self._indent)
        for index, character in enumerate(text):
            size = _width(character)
            if (
                width + size > self._columns
                and index > start
                and character not in "，。！？；：”’、」』）…"
            ):
                stretches.append((start, index))
                start, width = index, 0
            width += size
        stretches.append((start, len(text)))
        return stretches

    def _dirtied(self, sentence: str) -> str:
        if not self.dirt or self._random.random() >= self.dirt or len(sentence) < 6:
            return sentence
        at = self._random.randrange(1, len(sentence) - 1)
        match self._random.randrange(5):
            case 0:
                return sentence.replace("，", ",")
            case 1:
                return sentence.replace("……", "...")
            case 2:
                return sentence.replace("“", '"').replace("”", '"')
            case _:
                return sentence[:at] + self._random.choice(DIRT) + sentence[at:]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
