"""The file on its way: lines are appended, and what they are is noted with their places."""

import unicodedata
from bisect import bisect_right
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
        self._starts = [0]
        self.line = 1
        self.paragraphs: list[TrueParagraph] = []
        self.ads: list[TrueAd] = []
        self.ad_lines: set[int] = set()
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
        self._starts.append(self._length)
        self.line += 1
        return self.line - 1

    def blank(self, count: int = 1) -> None:
        for _ in range(count):
            self.put("")

    def ad(self, kind: str, words: str) -> None:
        """A whole line that is an ad."""
        indent = self._random.choice((self._indent, ""))
        start = self._length + len(indent)
        self.ad_lines.add(self.line)
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
        pieces: list[tuple[str, bool]] = []  # words, and whether they are the story's
        for index, sentence in enumerate(sentences):
            pieces.append((self._dirtied(sentence), True))
            if ad and index == (after if after >= 0 else len(sentences) - 1):
                pieces.append((ad[1], False))
        places = self._put_wrapped("".join(words for words, _ in pieces))
        spans: list[tuple[int, int]] = []
        position = 0
        for words, is_story in pieces:
            start, end = position, position + len(words)
            if is_story:
                spans.append((places[start], places[end - 1] + 1))
            elif ad:
                self._note_ad(ad[0], words, places[start:end])
            position = end
        self.paragraphs.append(TrueParagraph(sentences, first, tuple(spans), note=note))
        self._after()

    def verse(self, lines: tuple[str, ...]) -> None:
        """Lines that stay lines."""
        first = self.line
        spans: list[tuple[int, int]] = []
        for line in lines:
            start = self._length + len(self._indent) * 2
            spans.append((start, start + len(line)))
            self.put(self._indent * 2 + line)
        self.paragraphs.append(
            TrueParagraph(lines, first, tuple(spans), is_verse=True, note="verse")
        )
        self._after()

    def _put_wrapped(self, text: str) -> list[int]:
        """The text in lines; where each of its characters now stands."""
        places: list[int] = []
        for start, end in self._wrapped(text):
            indent = self._indent if start == 0 else ""
            at = self._length + len(indent)
            places.extend(range(at, at + end - start))
            self.story_lines[self.line] = len(self.paragraphs)
            self.put(indent + text[start:end])
        return places

    def _note_ad(self, kind: str, words: str, places: list[int]) -> None:
        """An ad inside a paragraph: one entry, though a hard wrap may run through it."""
        first, last = (bisect_right(self._starts, place) for place in (places[0], places[-1]))
        self.ad_lines.update((first, last))
        self.ads.append(TrueAd(places[0], places[-1] + 1, first, kind, words))

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
