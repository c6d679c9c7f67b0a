"""A clean book made raw: the same seed and mix give the same bytes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from random import Random
from typing import Any

from benchmarks.chapters import prose, stories
from benchmarks.chapters.ads import Campaign
from benchmarks.chapters.encode import encoded
from benchmarks.chapters.headings import (
    GAP,
    JUNK,
    VOLUME_STYLES,
    Style,
    noisy,
    numeral_for,
    volume_line,
)
from benchmarks.chapters.mixes import Mix, draw
from benchmarks.chapters.truth import RawBook, TrueSection
from benchmarks.chapters.writer import INDENTS, Writer

BOOKS = ("渡口灯火", "江上书", "旧账", "长河无声", "守夜的人", "北街纪事", "剑影孤城", "山中一年")
AUTHORS = ("沈一舟", "木石", "周渡", "南楼客", "陆离")
HIGH_UNITS = frozenset(
    [
        "unit-卷",
        "unit-部",
        "unit-册",
        "unit-季",
        "unit-集",
        "unit-篇",
        "volume-first",
        "volume-of",
        "part-word",
    ]
)
DOUBLING = frozenset(["unit", "unit-回", "unit-节", "spaced", "unit-话"])
FRONT = ("内容简介", "简介", "文案", "序", "序言", "自序", "前言", "题记", "楔子", "引子", "序章")
BACK = ("尾声", "终章", "后记", "跋", "完本感言", "番外", "番外篇", "外传", "大结局")
EMPTY_VOLUME = ("", "")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter to be written: its heading as a line, and what the truth says of it.

    `volume` is the heading (line, label, title, number) that stands before it, if one does.
    """

    number: int
    title: str
    style: Style
    volumes: tuple[tuple[str, str, str, int, int], ...] = ()  # line, label, title, number, depth
    prefix: str = ""
    subsections: tuple[str, ...] = ()
    junk: str = ""

    @property
    def line(self) -> str:
        return self.prefix + self.style.line(self.number, self.title) + self.junk


class Generator:
    """One book from a mix and a seed."""

    def __init__(self, mix: Mix, seed: int) -> None:
        self.mix = mix
        self.random = Random(f"{mix.name} {seed}")
        self.traits: list[str] = []
        self.is_traditional = self._maybe("traditional", mix.traditional)
        is_novel = prose.has_novels() and self._maybe("novel", mix.novels)
        source = prose.novel_paragraphs if is_novel else prose.own_paragraphs
        self.prose: Iterator[tuple[str, ...]] = source(self.random)
        self.say = _script("s2t" if self.is_traditional else "")
        self.say_prose = _script("" if self.is_traditional else "t2s") if is_novel else self.say
        self.name = self.random.choice(BOOKS)
        self.sections: list[TrueSection] = []
        self.repeated: list[int] = []
        self.writer = self._writer()
        self.campaign = Campaign.for_book(
            self.random, book=self.name, kinds=max(mix.ad_kinds, 1), obfuscated=mix.obfuscated
        )
        self.ad_rate = mix.ads * self.random.choice((0.0, 0.5, 1.0, 2.0))
        self.formulas = self._formulas()
        self.repeat_style = (
            self.random.choice(("title", "line"))
            if self._maybe("repeat", mix.repeat_titles)
            else ""
        )

    def book(self) -> RawBook:
        """The file, and the truth about it."""
        chapters = self._chapters()
        self._title_page(chapters)
        self._front()
        last_number = len(chapters) - 1
        huge = self.random.randrange(len(chapters)) if self._maybe("huge", self.mix.huge) else -1
        tiny = (
            set(self.random.sample(range(len(chapters)), min(3, len(chapters))))
            if self._maybe("tiny", self.mix.tiny)
            else set()
        )
        for index, chapter in enumerate(chapters):
            self._head(chapter)
            size = self.random.randint(self.mix.paragraphs_low, self.mix.paragraphs_high)
            size = size * 25 if index == huge else 1 if index in tiny else size
            self._body(chapter, size, is_last=index == last_number)
        self._back()
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

    def _maybe(self, trait: str, share: float) -> bool:
        if self.random.random() >= share:
            return False
        self.traits.append(trait)
        return True

    def _writer(self) -> Writer:
        columns = (
            self.random.choice((32, 40, 60, 68, 76, 80))
            if self._maybe("wrap", self.mix.wrap)
            else 0
        )
        indent = self.random.choice(INDENTS[:4] if columns else INDENTS)
        blank = self.random.random() < 0.4 or (bool(columns) and not indent)
        eol = "\r\n" if self._maybe("crlf", self.mix.crlf) else "\n"
        writer = Writer(self.random, eol=eol, indent=indent, blank=blank, columns=columns)
        writer.dirt = 0.1 if self._maybe("dirt", self.mix.dirt) else 0.0
        return writer

    def _formulas(self) -> tuple[str, ...]:
        formulas: list[str] = []
        if self._maybe("formulas", self.mix.formulas):
            formulas += self.random.sample(stories.FORMULAS, 2)
        if self._maybe("ad-formulas", self.mix.ad_formulas):
            formulas += self.random.sample(stories.AD_FORMULAS, 2)
        return tuple(self.say(one) for one in formulas)

    # --- the contents ----------------------------------------------------------------------

    def _chapters(self) -> list[Chapter]:
        """All chapters of the book in the order of the file."""
        mix, random = self.mix, self.random
        family = draw(random, mix.families)
        self.traits.append(family)
        numeral = numeral_for(family, draw(random, mix.numerals))
        style = Style(
            family, numeral, random.choice((" ", " ", " ", GAP, GAP, "  ")), self.say(self.name)
        )
        count = random.randint(mix.chapters_low, mix.chapters_high)
        if family in HIGH_UNITS:
            count = min(count, 30)
        is_untitled = not style.may_have_titles or random.random() < mix.untitled
        is_couplet = random.random() < mix.couplets or family == "unit-回"
        has_volumes = family not in HIGH_UNITS and self._maybe("volumes", mix.volumes)
        has_parts = has_volumes and self._maybe("parts", mix.parts)
        is_doubled = (
            has_volumes
            and not has_parts
            and family in DOUBLING
            and self._maybe("doubled", mix.doubled)
        )
        has_subsections = (
            family in {"unit", "spaced"}
            and not is_doubled
            and self._maybe("subsections", mix.subsections)
        )
        is_restarting = has_volumes and self._maybe("restart", mix.restart)
        volume_count = random.randint(2, 5) if has_volumes else 1
        starts = (
            sorted(random.sample(range(1, count), min(volume_count - 1, count - 1)))
            if count > 1
            else []
        )
        starts = [0, *starts]
        volume_style = random.choice(
            VOLUME_STYLES if len(starts) > 3 else (*VOLUME_STYLES, "上卷", "上部")
        )
        if has_parts:
            volume_style = random.choice(("第{n}卷 {t}", "卷{n} {t}"))
        volume_numeral = random.choice(("chinese", "chinese", "formal", "ascii"))
        if family in {"chapter", "chapter-roman"}:
            volume_style, volume_numeral = "Part {n} {t}", "word"
        gap = random.randrange(2, count) if count > 3 and self._maybe("gap", mix.gaps) else -1
        repeat = (
            random.randrange(2, count)
            if count > 3 and self._maybe("repeated-number", mix.repeats)
            else -1
        )
        chapters: list[Chapter] = []
        number = volume = 0
        prefix = ""
        for index in range(count):
            volumes: list[tuple[str, str, str, int, int]] = []
            if has_volumes and index in starts:
                volume += 1
                if is_restarting:
                    number = 0
                if has_parts and volume in {1, 3}:
                    part = 1 if volume == 1 else 2
                    volumes.append(
                        (
                            *_pair(
                                self.say, "第{n}部 {t}", part, 2, prose.title(random), "chinese"
                            ),
                            part,
                            0,
                        )
                    )
                words = volume_line(volume_style, volume, len(starts), "", volume_numeral)
                title = (
                    ""
                    if words[0] == words[1] and volume_style in {"上卷", "上部"}
                    else prose.title(random)
                )
                volumes.append(
                    (
                        *_pair(self.say, volume_style, volume, len(starts), title, volume_numeral),
                        volume,
                        int(has_parts),
                    )
                )
                prefix = volumes[-1][0] + " " if is_doubled else ""
            number += 0 if index == repeat else 2 if index == gap else 1
            kind = "couplet" if is_couplet else self._odd_title()
            title = "" if is_untitled else self.say(prose.title(random, kind=kind))
            own = noisy(style, random) if random.random() < mix.noise else style
            if kind == "trap" and own.family == "unit":
                own = replace(own, family="glued")
            junk = (
                random.choice(JUNK)
                if title and random.random() < mix.junk_titles and own.family != "equals"
                else ""
            )
            sections = (
                tuple(self.say(prose.title(random)) for _ in range(random.randint(2, 4)))
                if has_subsections
                else ()
            )
            chapters.append(
                Chapter(
                    max(number, 1), title, own, tuple(volumes), prefix, sections, self.say(junk)
                )
            )
        if count > 6 and self._maybe("swapped", mix.swaps):
            at = random.choice(
                [one for one in range(3, count - 1) if one not in starts and one + 1 not in starts]
                or [-1]
            )
            if at > 0:
                chapters[at], chapters[at + 1] = chapters[at + 1], chapters[at]
        self.chapter_depth = int(has_volumes) + int(has_parts)
        self.is_doubled = is_doubled
        return chapters

    def _odd_title(self) -> str:
        if self.random.random() < self.mix.trap_titles:
            return "trap"
        if self.random.random() < self.mix.odd_titles:
            return self.random.choice(("numbered", "marked", "marked", "long"))
        return "plain"

    # --- the file --------------------------------------------------------------------------

    def _title_page(self, chapters: list[Chapter]) -> None:
        writer, random = self.writer, self.random
        if random.random() < 0.7:
            writer.put(
                self.say(random.choice((f"《{self.name}》", self.name, f"书名：{self.name}")))
            )
            writer.put(
                self.say(
                    f"{random.choice(('作者：', '作者:', '文/', '作者　'))}{random.choice(AUTHORS)}"
                )
            )
            writer.blank(random.choice((0, 1, 2)))
        if self._maybe("contents", self.mix.contents):
            if random.random() < 0.7:
                writer.put(self.say("目录"))
            blank = random.random() < 0.3
            for chapter in chapters:
                if not self.is_doubled:
                    for volume in chapter.volumes:
                        writer.put(volume[0])
                writer.put(chapter.line)
                if blank:
                    writer.blank()
            writer.blank(random.choice((1, 2)))

    def _head(self, chapter: Chapter) -> None:
        """The volume's heading, if one starts here, and the chapter's."""
        writer, depth = self.writer, self.chapter_depth
        if not self.is_doubled:
            for line, label, title, number, level in chapter.volumes:
                place = self._heading_line(line)
                self.sections.append(
                    TrueSection(place, frozenset({level}), label, title, number, "volume")
                )
        if chapter.style.family == "two-lines" and chapter.title:
            place = self._heading_line(
                chapter.prefix + chapter.style.label(chapter.number), blank=False
            )
            writer.put(chapter.title)
            writer.blank()
        else:
            place = self._heading_line(self.say(chapter.line))
        if self.is_doubled:
            for _, label, title, number, level in chapter.volumes:
                self.sections.append(
                    TrueSection(place, frozenset({level}), label, title, number, "doubled volume")
                )
        label, title = self.say(chapter.style.label(chapter.number)), chapter.title
        self.sections.append(
            TrueSection(
                place, frozenset({depth}), label, title, chapter.number, chapter.style.family
            )
        )

    def _heading_line(self, words: str, *, blank: bool = True) -> int:
        random = self.random
        self.writer.blank(random.choice((0, 1, 1, 2)))
        place = self.writer.put(random.choice(("", "", "", "  ", GAP * 2)) + words)
        if blank:
            self.writer.blank(random.choice((0, 1, 1)))
        return place

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
        breaks = {
            size * (index + 1) // (len(chapter.subsections) + 1): index
            for index in range(len(chapter.subsections))
        }
        for index in range(size):
            if chapter.subsections and index in (breaks if size >= 8 else ()):
                self._subsection(breaks[index] + 1, chapter.subsections[breaks[index]])
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

    def _subsection(self, number: int, title: str) -> None:
        style = Style("unit-节", "chinese")
        place = self._heading_line(self.say(style.line(number, title)))
        self.sections.append(
            TrueSection(
                place,
                frozenset({self.chapter_depth + 1}),
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

    # --- before and after --------------------------------------------------------------------

    def _front(self) -> None:
        if not self._maybe("front", self.mix.matter):
            return
        names = self.random.sample(FRONT, self.random.choice((1, 1, 2)))
        for name in sorted(names, key=FRONT.index):
            self._matter(name, is_front=True)

    def _back(self) -> None:
        if self._maybe("back", self.mix.matter):
            names = self.random.sample(BACK, self.random.choice((1, 1, 2, 3)))
            for name in sorted(names, key=BACK.index):
                if name == "番外" and self.random.random() < 0.7:
                    self._bonus_chapters()
                else:
                    self._matter(name, is_front=False)
        if self.random.random() < 0.3:
            self.writer.put(
                self.say(self.random.choice(("（全书完）", "全书完", "（正文完）", "—— 完 ——")))
            )

    def _matter(self, name: str, *, is_front: bool) -> None:
        has_title = (
            name in {"楔子", "序章", "引子", "尾声", "终章", "番外", "外传"}
            and self.random.random() < 0.4
        )
        title = self.say(prose.title(self.random)) if has_title else ""
        label = self.say(name)
        place = self._heading_line(f"{label} {title}".rstrip())
        depths = frozenset({0}) if is_front else frozenset(range(self.chapter_depth + 1))
        self.sections.append(TrueSection(place, depths, label, title, None, name, is_matter=True))
        for _ in range(self.random.randint(1, 6)):
            self.writer.paragraph(tuple(self.say_prose(one) for one in next(self.prose)))

    def _bonus_chapters(self) -> None:
        template = self.random.choice(
            ("番外（{n}） {t}", "番外{n} {t}", "番外 第{n}章 {t}", "番外{n}：{t}", "番外（{n}）")
        )
        if self.random.random() < 0.3:
            place = self._heading_line(self.say("番外"))
            self.sections.append(
                TrueSection(
                    place,
                    frozenset(range(self.chapter_depth + 1)),
                    self.say("番外"),
                    "",
                    None,
                    "番外",
                    is_matter=True,
                )
            )
            template = "第{n}章 {t}"
        for number in range(1, self.random.randint(2, 5)):
            title = self.say(prose.title(self.random)) if "{t}" in template else ""
            line = self.say(template.format(n="零一二三四五"[number], t=title))
            label = self.say(
                template.partition("{t}")[0].rstrip(" ：").format(n="零一二三四五"[number])
            )
            place = self._heading_line(line)
            depths = frozenset(range(self.chapter_depth + 3))
            if "番外 第" in template:
                self.sections.append(
                    TrueSection(
                        place,
                        depths,
                        self.say("番外"),
                        "",
                        None,
                        "番外",
                        is_matter=True,
                        is_optional=True,
                    )
                )
            self.sections.append(
                TrueSection(place, depths, label, title, number, template, is_matter=True)
            )
            for _ in range(self.random.randint(2, 6)):
                self.writer.paragraph(tuple(self.say_prose(one) for one in next(self.prose)))


def _pair(
    say: Callable[[str], str], template: str, number: int, total: int, title: str, numeral: str
) -> tuple[str, str, str]:
    line, label = volume_line(template, number, total, title, numeral)
    return say(line), say(label), say(title)


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
    return Generator(mix, seed).book()
