"""The stranger's mix: raw books by another hand, with other words, so that one list does not check itself.

What `generate` makes from `words.txt` is what the detector's authors thought of. This generator was written
without a look at either: its own prose, ads, heading frames and layouts (`strange.txt`), the same truth.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import Any

from benchmarks.chapters.encode import encoded
from benchmarks.chapters.mixes import Mix
from benchmarks.chapters.numerals import STYLES, write
from benchmarks.chapters.strange import Narrator, Sites
from benchmarks.chapters.truth import RawBook, TrueSection
from benchmarks.chapters.words import words
from benchmarks.chapters.writer import INDENTS, Writer

ANY_STYLES = tuple(style for style in STYLES if style not in {"roman", "word"})
UNITS = "章章章章章回回节卷部篇集幕折话场册季"
UNITS_ABOVE = {"章": "卷部篇集册", "回": "卷部集", "节": "章卷部篇", "话": "卷季部", "场": "幕"}
HIGH_UNITS = "卷部篇册季"  # as chapters they have nothing above them here
COUPLET = "{n}夜走{p}\N{IDEOGRAPHIC SPACE}{n2}大闹{p2}"


class Stranger:
    """One raw book. Reads of the mix its shares of ads, gaps, wraps, contents … and its encodings."""

    def __init__(self, mix: Mix, seed: int) -> None:
        self.mix = mix
        self.random = random = Random(f"stranger {seed}")
        self.narrator = Narrator(random)
        self.say = _traditional() if random.random() < mix.traditional else str
        self.book_name = self.say(self.narrator.said(random.choice(("{p}传", "{o}录", "{n}记"))))
        numerals, self.frame = random.choice(words("strange frames")).split(" | ")
        self.numeral = random.choice(ANY_STYLES if numerals == "any" else numerals.split("+"))
        self.unit = "卷" if self.frame.startswith("{U}") else random.choice(UNITS)
        self.is_titled = "{T}" in self.frame
        self.volume_frame = random.choice(words("strange volume frames"))
        self.volume_unit = ""
        self.sites = Sites(random, self.book_name, self.narrator.name())
        self.has_remarks = self.is_titled and random.random() < 0.5
        self.couplets = random.random() < 0.12
        self.numbers = self._numbers(random.randint(mix.chapters_low, mix.chapters_high))
        self.volumes = self._volumes()
        columns = random.choice((60, 64, 70, 72, 76, 80)) if random.random() < mix.wrap else 0
        indent = random.choice(INDENTS[:4] if columns else INDENTS)
        self.writer = Writer(
            random, eol=random.choice(("\n", "\r\n")), indent=indent, columns=columns,
            blank=random.random() < 0.5 or (bool(columns) and not indent),
        )  # fmt: skip
        self.sections: list[TrueSection] = []
        self.is_wrapped = bool(columns)

    def book(self) -> RawBook:
        """The file, and the truth about it."""
        titles = [self._title() for _ in self.numbers]
        self._top([self._heading(*one) for one in zip(self.numbers, titles, strict=True)])
        if self.random.random() < self.mix.matter:
            self._matter("front")
        middle = self.random.randrange(len(titles)) if not self.volumes else -1
        for index, (number, title) in enumerate(zip(self.numbers, titles, strict=True)):
            if index in self.volumes:
                self._volume(self.volumes.index(index) + 1)
            self._chapter(number, title)
            if index == middle and self.random.random() < self.mix.matter / 2:
                self._matter("middle")
        if self.random.random() < self.mix.matter:
            self._matter("back")
        content, encoding, damaged = encoded(self.writer, self.random, self.mix)
        paragraphs = tuple(
            replace(one, is_damaged=index in damaged)
            for index, one in enumerate(self.writer.paragraphs)
        )
        traits = (self.frame, self.unit, self.numeral, f"volumes={len(self.volumes)}", encoding)
        return RawBook(
            self.book_name, content, self.writer.text, encoding, self.is_wrapped, tuple(self.sections),
            paragraphs, tuple(self.writer.ads), (), traits,
        )  # fmt: skip

    # --- plan ------------------------------------------------------------------------------

    def _numbers(self, count: int) -> tuple[int, ...]:
        """1, 2, 3 …, with gaps and repeats in some books."""
        rate = 0.02 if self.random.random() < self.mix.gaps else 0.0
        numbers: list[int] = []
        number = 0
        for place in range(count):
            number += 1
            draw = self.random.random()
            if place > 2 and draw < rate:
                number += self.random.choice((1, 1, 2))
            elif place > 2 and draw < rate * 1.7:
                number -= 1
            numbers.append(number)
        return tuple(numbers)

    def _volumes(self) -> tuple[int, ...]:
        """The places of the chapters that open a volume."""
        count = len(self.numbers)
        can = self.unit not in HIGH_UNITS and "{B}" not in self.frame and count >= 12
        if not can or self.random.random() >= self.mix.volumes:
            return ()
        size = count // self.random.choice((2, 3))
        places = tuple(range(0, count - size + 1, size))
        if self.random.random() < self.mix.restart:
            self.numbers = tuple(place % size + 1 for place in range(size * len(places)))
        return places

    def _title(self) -> str:
        if not self.is_titled:
            return ""
        title = self.narrator.said(COUPLET) if self.couplets else self.narrator.title()
        return self.say(title)

    def _heading(self, number: int, title: str) -> str:
        numeral = write(number, self.numeral)
        frame = self.say(self.frame.replace("{B}", "\0").replace("{U}", self.unit))
        return frame.replace("\0", self.book_name).format(N=numeral, T=title).strip()

    # --- the file --------------------------------------------------------------------------

    def _top(self, headings: list[str]) -> None:
        writer, random = self.writer, self.random
        if random.random() < 0.6:
            writer.put(random.choice((f"《{self.book_name}》", self.book_name)))
            writer.put(self.say(f"作者：{self.narrator.name()}"))
        if self.mix.ads and random.random() < 0.5:
            writer.ad(*self._spoken(self.sites.top()))
        writer.blank()
        if "／" not in self.frame and random.random() < self.mix.contents:
            writer.put(self.say(random.choice(("目录", "目 录", "【目录】", "总目录"))))
            dots = random.choice(("", "", ".....", "……"))
            for page, heading in enumerate(headings):
                writer.put(f"{heading}{dots}{page * 9 + 1}" if dots else heading)
            writer.blank(2)

    def _chapter(self, number: int, title: str) -> None:
        words_of_line = self._heading(number, title)
        if title and self.has_remarks and self.random.random() < 0.15:
            words_of_line += self.say(
                self.narrator.said(self.random.choice(words("strange remarks")))
            )
        depth = int(bool(self.volumes))
        self._section(words_of_line, (depth,), title, number, self.frame)
        self._body(self.random.randint(self.mix.paragraphs_low, self.mix.paragraphs_high))

    def _volume(self, number: int) -> None:
        unit = (
            self.random.choice(UNITS_ABOVE.get(self.unit, "部"))
            if number == 1
            else self.volume_unit
        )
        self.volume_unit = unit
        title = self.say(self.narrator.title()) if "{T}" in self.volume_frame else ""
        numeral = write(number, "word" if self.volume_frame.startswith("Part") else "chinese")
        frame = self.say(self.volume_frame.replace("{U}", unit))
        self._section(frame.format(N=numeral, T=title), (0,), title, number, "volume")

    def _matter(self, place: str) -> None:
        """楔子, 上架感言, 番外 …: its depth is anybody's guess between chapters or among volumes."""
        name = self.say(self.random.choice(words(f"strange {place}")))
        title = self.say(self.narrator.title()) if "{T}" in name else ""
        depths = (0, 1) if self.volumes or place == "middle" else (0,)
        self._section(name.format(T=title), depths, title, None, "matter", is_matter=True)
        self._body(self.random.randint(2, 6))

    def _section(
        self, line: str, depths: tuple[int, ...], title: str, number: int | None, family: str,
        *, is_matter: bool = False,
    ) -> None:  # fmt: skip
        self.writer.blank(self.random.choice((0, 1, 2)))
        first, *more = line.split("／")
        place = self.writer.put(first)
        for one in more:
            self.writer.put(one)
        label = first.replace(title, "") if title else first
        self.sections.append(
            TrueSection(place, frozenset(depths), label, title, number, family, is_matter)
        )
        self.writer.blank(self.random.choice((0, 1, 1)))

    def _body(self, size: int) -> None:
        random, writer, mix = self.random, self.writer, self.mix
        for _ in range(size):
            is_false = random.random() < mix.false_headings / size
            false = (self.narrator.said(random.choice(words("strange false headings"))),)
            sentences = false if is_false else self.narrator.paragraph()
            has_glue = not is_false and random.random() < mix.glued_ads / size
            writer.paragraph(
                tuple(self.say(one) for one in sentences),
                note="false heading" if is_false else "",
                ad=self._spoken(self.sites.glued()) if has_glue else None,
            )
            if random.random() < mix.ads / size:
                writer.ad(*self._spoken(self.sites.line()))

    def _spoken(self, ad: tuple[str, str]) -> tuple[str, str]:
        return ad[0], self.say(ad[1])


@lru_cache(maxsize=1)
def _traditional() -> Callable[[str], str]:
    import opencc

    converter: Any = opencc.OpenCC("s2t")
    return lambda said: str(converter.convert(said))
