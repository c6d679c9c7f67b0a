"""A clean book made raw: the same seed and mix give the same bytes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from random import Random
from typing import Any

from benchmarks.chapters import prose, stories
from benchmarks.chapters.ads import Campaign
from benchmarks.chapters.contents import Chapter, Planner, Volume
from benchmarks.chapters.encode import encoded
from benchmarks.chapters.headings import Style
from benchmarks.chapters.matter import Matter
from benchmarks.chapters.mixes import Mix
from benchmarks.chapters.stranger import Stranger
from benchmarks.chapters.truth import RawBook, TrueSection
from benchmarks.chapters.writer import INDENTS, Writer

BOOKS = ("渡口灯火", "江上书", "旧账", "长河无声", "守夜的人", "北街纪事", "剑影孤城", "山中一年")
AUTHORS = ("沈一舟", "木石", "周渡", "南楼客", "陆离")


class Generator(Matter):
    """One book from a mix and a seed."""

    def __init__(self, mix: Mix, seed: int) -> None:
        self.mix = mix
        self.random = Random(f"{mix.name} {seed}")
        self.traits: list[str] = []
        self.is_traditional = self.maybe("traditional", mix.traditional)
        is_novel = prose.has_novels() and self.maybe("novel", mix.novels)
        source = prose.novel_paragraphs if is_novel else prose.own_paragraphs
        self.prose: Iterator[tuple[str, ...]] = source(self.random)
        self.say = _script("s2t" if self.is_traditional else "")
        self.say_prose = _script("" if self.is_traditional else "t2s") if is_novel else self.say
        self.name = self.random.choice(BOOKS)
        planner = Planner(mix, self.random, self.say, self.say(self.name))
        self.contents = planner.contents()
        self.traits.extend(self.contents.traits)
        self.depth = self.contents.depth
        self.sections: list[TrueSection] = []
        self.repeated: list[int] = []
        self.writer = self._writer()
        self.campaign = Campaign.for_book(
            self.random, book=self.name, kinds=max(mix.ad_kinds, 1), obfuscated=mix.obfuscated
        )
        self.ad_rate = mix.ads * self.random.choice((0.0, 0.5, 1.0, 2.0))
        self.formulas = self._formulas()
        self.rule_line = random_rule(self.random) if self.maybe("rules", mix.rules) else ""
        self.has_scene_numbers = self.maybe("scene-numbers", mix.scene_numbers)
        self.repeat_style = (
            self.random.choice(("title", "line")) if self.maybe("repeat", mix.repeat_titles) else ""
        )

    def book(self) -> RawBook:
        """The file, and the truth about it."""
        chapters = self.contents.chapters
        self._title_page()
        self.front()
        last_number = len(chapters) - 1
        huge = self.random.randrange(len(chapters)) if self.maybe("huge", self.mix.huge) else -1
        tiny = (
            set(self.random.sample(range(len(chapters)), min(3, len(chapters))))
            if self.maybe("tiny", self.mix.tiny)
            else set()
        )
        if self.maybe("main-text", self.mix.furniture / 4):
            self.writer.put(self.say("正文"))
        for index, chapter in enumerate(chapters):
            if chapter.volumes and index:
                self.between_volumes()
            self._head(chapter)
            size = self.random.randint(self.mix.paragraphs_low, self.mix.paragraphs_high)
            size = size * 25 if index == huge else 1 if index in tiny else size
            self._body(chapter, size, is_last=index == last_number)
        self.back()
        content, encoding, damaged = encoded(self.writer, self.random, self.mix)
        self.traits.append(encoding)
        paragraphs = tuple(
            replace(one, is_damaged=True) if index in damaged else one
            for index, one in enumerate(self.writer.paragraphs)
        )
        return RawBook(
            self.name, content, self.writer.text, encoding, "wrap" in self.traits, tuple(self.sections),
            paragraphs, tuple(self.writer.ads), tuple(self.repeated), tuple(self.traits),
        )  # fmt: skip

    # --- choices for the whole book -------------------------------------------------------

    def _writer(self) -> Writer:
        columns = (
            self.random.choice((32, 40, 60, 68, 76, 80)) if self.maybe("wrap", self.mix.wrap) else 0
        )
        indent = self.random.choice(INDENTS[:4] if columns else INDENTS)
        blank = self.random.random() < 0.4 or (bool(columns) and not indent)
        eol = "\r\n" if self.maybe("crlf", self.mix.crlf) else "\n"
        writer = Writer(self.random, eol=eol, indent=indent, blank=blank, columns=columns)
        writer.dirt = 0.1 if self.maybe("dirt", self.mix.dirt) else 0.0
        return writer

    def _formulas(self) -> tuple[str, ...]:
        formulas: list[str] = []
        if self.maybe("formulas", self.mix.formulas):
            formulas += self.random.sample(stories.FORMULAS, 2)
        if self.maybe("ad-formulas", self.mix.ad_formulas):
            formulas += self.random.sample(stories.AD_FORMULAS, 2)
        return tuple(self.say(one) for one in formulas)

    # --- the file --------------------------------------------------------------------------

    def _title_page(self) -> None:
        writer, random = self.writer, self.random
        if random.random() < 0.7:
            head = random.choice((f"《{self.name}》", self.name, f"书名：{self.name}"))
            writer.put(self.say(head))
            by = random.choice(("作者：", "作者:", "文/", "作者　"))
            writer.put(self.say(by + random.choice(AUTHORS)))
            writer.blank(random.choice((0, 1, 2)))
        if self.maybe("contents", self.mix.contents):
            self._contents_list()

    def _contents_list(self) -> None:
        writer, random = self.writer, self.random
        if random.random() < 0.7:
            writer.put(self.say("目录"))
        has_blanks = random.random() < 0.3
        has_pages = random.random() < 0.2
        for page, chapter in enumerate(self.contents.chapters, start=1):
            above = () if self.contents.is_doubled else chapter.volumes
            for line in (*(one.line for one in above), self.say(chapter.line)):
                writer.put(f"{line}{'.' * 12}{page * 7}" if has_pages else line)
                if has_blanks:
                    writer.blank()
        writer.blank(random.choice((1, 2)))

    def _head(self, chapter: Chapter) -> None:
        """The volume's heading, if one starts here, and the chapter's."""
        is_doubled = self.contents.is_doubled
        if chapter.volumes and not is_doubled:
            for volume in chapter.volumes:
                self._note(volume, self.heading_line(volume.line), "volume")
        if chapter.style.family == "two-lines" and chapter.title:
            label_line = chapter.prefix + chapter.style.label(chapter.number)
            place = self.heading_line(self.say(label_line), blank=False)
            self.writer.put(chapter.title)
            self.writer.blank()
        else:
            place = self.heading_line(self.say(chapter.line))
        if is_doubled:
            for volume in chapter.volumes:
                self._note(volume, place, "doubled volume")
        label = self.say(chapter.style.label(chapter.number))
        self.sections.append(
            TrueSection(
                place,
                frozenset({self.depth}),
                label,
                chapter.title,
                chapter.number,
                chapter.style.family,
            )
        )

    def _note(self, volume: Volume, place: int, family: str) -> None:
        self.sections.append(
            TrueSection(
                place, frozenset({volume.depth}), volume.label, volume.title, volume.number, family
            )
        )

    def _body(self, chapter: Chapter, size: int, *, is_last: bool) -> None:
        random, writer, mix = self.random, self.writer, self.mix
        if self.repeat_style and chapter.title and random.random() < 0.9:
            self.repeated.append(writer.line)
            writer.put(chapter.title if self.repeat_style == "title" else self.say(chapter.line))
        if self.ad_rate and random.random() < mix.heading_ads:
            writer.ad(
                *self._said(self.campaign.heading_like(random, chapter.number, chapter.title))
            )
        extras = self._extras(chapter, size)
        has_scenes = self.has_scene_numbers and chapter.style.family.startswith("unit")
        scenes = (0, size // 3, size * 2 // 3) if has_scenes and size >= 6 else ()
        breaks = {
            size * (index + 1) // (len(chapter.subsections) + 1): index
            for index in range(len(chapter.subsections))
        }
        for index in range(size):
            if chapter.subsections and index in (breaks if size >= 8 else ()):
                self._subsection(breaks[index] + 1, chapter.subsections[breaks[index]])
            if index in scenes:
                self._scene(scenes.index(index) + 1)
            for action in extras.get(index, ()):
                action()
            glue = (
                self._said(self.campaign.glued(random))
                if self.ad_rate and random.random() < mix.glued_ads / size
                else None
            )
            sentences = tuple(self.say_prose(one) for one in next(self.prose))
            after = random.randrange(len(sentences)) if glue and random.random() < 0.5 else -1
            writer.paragraph(sentences, ad=glue, after=after)
        for formula in self.formulas:
            if random.random() < 0.9 and not (is_last and random.random() < 0.5):
                writer.paragraph((formula,), note="formula")
        for action in extras.get(size, ()):
            action()

    def _scene(self, number: int) -> None:
        """1, 2, 3 alone on a line in each chapter: may be subsections, may be text."""
        place = self.writer.put(str(number))
        depth = frozenset({self.depth + 1})
        words = str(number)
        self.sections.append(
            TrueSection(place, depth, words, "", number, "scene", is_optional=True)
        )

    def _subsection(self, number: int, title: str) -> None:
        style = Style("unit-节", "chinese")
        place = self.heading_line(self.say(style.line(number, title)))
        self.sections.append(
            TrueSection(
                place,
                frozenset({self.depth + 1}),
                self.say(style.label(number)),
                title,
                number,
                "subsection",
            )
        )

    def _extras(self, chapter: Chapter, size: int) -> dict[int, list[Callable[[], None]]]:
        """What else stands in a chapter, by the paragraph it stands before."""
        random, mix, writer = self.random, self.mix, self.writer
        extras: dict[int, list[Callable[[], None]]] = {}

        def at(place: int, action: Callable[[], None]) -> None:
            extras.setdefault(place, []).append(action)

        for _ in range(_count(random, self.ad_rate)):
            words = self._said(self.campaign.line(random, chapter.number, chapter.title))
            place = random.choice((0, size, size, random.randint(0, size)))
            at(place, partial(writer.ad, *words))
        for _ in range(_count(random, mix.false_headings)):
            at(random.randint(1, size), self._false_heading)
        if random.random() < mix.lists:
            place = random.randint(1, size)
            for item in random.choice(stories.LISTS):
                at(place, partial(writer.paragraph, (self.say(item),), note="list"))
        if random.random() < mix.verse:
            lines = tuple(self.say(one) for one in random.choice(stories.VERSES))
            at(random.randint(1, size), partial(writer.verse, lines))
        if random.random() < mix.ad_formulas / 10:
            address = self.say(random.choice(stories.STORY_ADDRESSES))
            at(random.randint(1, size), partial(writer.paragraph, (address,), note="story address"))
        return extras

    def _false_heading(self) -> None:
        if self.random.random() < 0.75:
            rest = prose.sentence(self.random)
            words = stories.false_paragraph(self.random, rest)
        else:
            words = self.random.choice(stories.FALSE_LINES)
        self.writer.paragraph((self.say(words),), note="false heading")

    def _said(self, ad: tuple[str, str]) -> tuple[str, str]:
        return ad[0], self.say(ad[1])


def random_rule(random: Random) -> str:
    """What some sites print between two chapters."""
    return random.choice(("-" * 12, "=" * 20, "＊" * 5, "－" * 8, "～～～～～～"))


def _count(random: Random, rate: float) -> int:
    return int(rate) + (random.random() < rate - int(rate))


@lru_cache(maxsize=4)
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


def _script(name: str) -> Callable[[str], str]:
    """What turns words into the script of the book."""
    if not name:
        return str
    converter = _converter(name)
    return lambda words: str(converter.convert(words))


def generate(mix: Mix, seed: int) -> RawBook:
    """A raw book and its truth."""
    if mix.name.partition(",")[0] == "stranger":
        return Stranger(mix, seed).book()
    return Generator(mix, seed).book()
