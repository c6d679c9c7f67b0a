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
from benchmarks.chapters.headings import GAP, Style
from benchmarks.chapters.mixes import Mix
from benchmarks.chapters.truth import RawBook, TrueSection
from benchmarks.chapters.writer import INDENTS, Writer

BOOKS = ("渡口灯火", "江上书", "旧账", "长河无声", "守夜的人", "北街纪事", "剑影孤城", "山中一年")
AUTHORS = ("沈一舟", "木石", "周渡", "南楼客", "陆离")
FRONT = ("内容简介", "简介", "文案", "序", "序言", "自序", "前言", "题记", "楔子", "引子", "序章")
BACK = ("尾声", "终章", "后记", "跋", "完本感言", "番外", "番外篇", "外传", "大结局")


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
        self.rule_line = random_rule(self.random) if self._maybe("rules", mix.rules) else ""
        self.has_scene_numbers = self._maybe("scene-numbers", mix.scene_numbers)
        self.repeat_style = (
            self.random.choice(("title", "line"))
            if self._maybe("repeat", mix.repeat_titles)
            else ""
        )

    def book(self) -> RawBook:
        """The file, and the truth about it."""
        chapters = self.contents.chapters
        self._title_page()
        self._front()
        last_number = len(chapters) - 1
        huge = self.random.randrange(len(chapters)) if self._maybe("huge", self.mix.huge) else -1
        tiny = (
            set(self.random.sample(range(len(chapters)), min(3, len(chapters))))
            if self._maybe("tiny", self.mix.tiny)
            else set()
        )
        if self._maybe("main-text", self.mix.furniture / 4):
            self.writer.put(self.say("正文"))
        for index, chapter in enumerate(chapters):
            if chapter.volumes and index:
                self._between_volumes()
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

    # --- the file --------------------------------------------------------------------------

    def _title_page(self) -> None:
        writer, random = self.writer, self.random
        if random.random() < 0.7:
            head = random.choice((f"《{self.name}》", self.name, f"书名：{self.name}"))
            writer.put(self.say(head))
            by = random.choice(("作者：", "作者:", "文/", "作者　"))
            writer.put(self.say(by + random.choice(AUTHORS)))
            writer.blank(random.choice((0, 1, 2)))
        if self._maybe("contents", self.mix.contents):
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
                self._note(volume, self._heading_line(volume.line), "volume")
        if chapter.style.family == "two-lines" and chapter.title:
            label_line = chapter.prefix + chapter.style.label(chapter.number)
            place = self._heading_line(self.say(label_line), blank=False)
            self.writer.put(chapter.title)
            self.writer.blank()
        else:
            place = self._heading_line(self.say(chapter.line))
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

    def _heading_line(self, words: str, *, blank: bool = True) -> int:
        random = self.random
        self.writer.blank(random.choice((0, 1, 1, 2)))
        if self.rule_line:
            self.writer.put(self.rule_line)
            self.writer.blank(random.choice((0, 1)))
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
        place = self._heading_line(self.say(style.line(number, title)))
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

    def _between_volumes(self) -> None:
        """What stands at the end of a volume: a line that it is over, or a 番外."""
        if self._maybe("volume-end", self.mix.furniture):
            ended = next(one for one in reversed(self.sections) if "volume" in one.family)
            words = self.random.choice(("（{v}完）", "{v} 完", "{v}终", "（本卷完）"))
            self.writer.put(self.say(words.format(v=ended.label)))
        if self._maybe("middle", self.mix.matter / 4):
            self._matter("番外", is_front=False)

    def _matter(self, name: str, *, is_front: bool) -> None:
        has_title = (
            name in {"楔子", "序章", "引子", "尾声", "终章", "番外", "外传"}
            and self.random.random() < 0.4
        )
        title = self.say(prose.title(self.random)) if has_title else ""
        label = self.say(name)
        place = self._heading_line(f"{label} {title}".rstrip())
        depths = frozenset({0}) if is_front else frozenset(range(self.depth + 1))
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
                    frozenset(range(self.depth + 1)),
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
            depths = frozenset(range(self.depth + 3))
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
    return Generator(mix, seed).book()
