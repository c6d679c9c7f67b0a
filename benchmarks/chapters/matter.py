"""What stands before, between and after the chapters: 楔子, 番外, 后记, and that a volume is over."""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.chapters import prose
from benchmarks.chapters.headings import GAP
from benchmarks.chapters.mixes import Mix
from benchmarks.chapters.truth import TrueSection
from benchmarks.chapters.writer import Writer

FRONT = ("内容简介", "简介", "文案", "序", "序言", "自序", "前言", "题记", "楔子", "引子", "序章")
BACK = ("尾声", "终章", "后记", "跋", "完本感言", "番外", "番外篇", "外传", "大结局")
MAY_HAVE_TITLE = frozenset(("楔子", "序章", "引子", "尾声", "终章", "番外", "外传"))
BONUS = ("番外（{n}） {t}", "番外{n} {t}", "番外 第{n}章 {t}", "番外{n}：{t}", "番外（{n}）")
BOOK_ENDS = ("（全书完）", "全书完", "（正文完）", "—— 完 ——")
VOLUME_ENDS = ("（{v}完）", "{v} 完", "{v}终", "（本卷完）")


class Matter:
    """The half of the generator that writes everything but chapters."""

    mix: Mix
    random: Random
    say: Callable[[str], str]
    say_prose: Callable[[str], str]
    prose: Iterator[tuple[str, ...]]
    writer: Writer
    sections: list[TrueSection]
    traits: list[str]
    depth: int  # of chapters
    rule_line: str

    def maybe(self, trait: str, share: float) -> bool:
        """Draw whether the book has a trait."""
        if self.random.random() >= share:
            return False
        self.traits.append(trait)
        return True

    def heading_line(self, words: str, *, blank: bool = True) -> int:
        """A heading with what stands around it; its line."""
        self.writer.blank(self.random.choice((0, 1, 1, 2)))
        if self.rule_line:
            self.writer.put(self.rule_line)
            self.writer.blank(self.random.choice((0, 1)))
        place = self.writer.put(self.random.choice(("", "", "", "  ", GAP * 2)) + words)
        if blank:
            self.writer.blank(self.random.choice((0, 1, 1)))
        return place

    def front(self) -> None:
        """One or two sections before the first chapter."""
        if not self.maybe("front", self.mix.matter):
            return
        names = self.random.sample(FRONT, self.random.choice((1, 1, 2)))
        for name in sorted(names, key=FRONT.index):
            self.matter(name, frozenset({0}))

    def back(self) -> None:
        """Some sections after the last chapter, and the words that it is all over."""
        if self.maybe("back", self.mix.matter):
            names = self.random.sample(BACK, self.random.choice((1, 1, 2, 3)))
            for name in sorted(names, key=BACK.index):
                if name == "番外" and self.random.random() < 0.7:
                    self._bonus_chapters()
                else:
                    self.matter(name, self._any_depth(0))
        if self.random.random() < 0.3:
            self.writer.put(self.say(self.random.choice(BOOK_ENDS)))

    def between_volumes(self) -> None:
        """What stands at the end of a volume: a line that it is over, or a 番外."""
        if self.maybe("volume-end", self.mix.furniture):
            ended = next(one for one in reversed(self.sections) if "volume" in one.family)
            words = self.random.choice(VOLUME_ENDS)
            self.writer.put(self.say(words.format(v=ended.label)))
        if self.maybe("middle", self.mix.matter / 4):
            self.matter("番外", self._any_depth(0))

    def matter(self, name: str, depths: frozenset[int]) -> None:
        """One section with a few paragraphs."""
        has_title = name in MAY_HAVE_TITLE and self.random.random() < 0.4
        title = self.say(prose.title(self.random)) if has_title else ""
        label = self.say(name)
        place = self.heading_line(f"{label} {title}".rstrip())
        self.sections.append(TrueSection(place, depths, label, title, None, name, is_matter=True))
        self._paragraphs(self.random.randint(1, 6))

    def _bonus_chapters(self) -> None:
        """番外 with chapters of its own, written one way or another."""
        template = self.random.choice(BONUS)
        if self.random.random() < 0.3:
            self._bonus(self.heading_line(self.say("番外")), is_optional=False)
            template = "第{n}章 {t}"
        for number in range(1, self.random.randint(2, 5)):
            numeral = "零一二三四五"[number]
            title = self.say(prose.title(self.random)) if "{t}" in template else ""
            label = self.say(template.partition("{t}")[0].rstrip(" ：").format(n=numeral))
            place = self.heading_line(self.say(template.format(n=numeral, t=title)))
            if "番外 第" in template:
                self._bonus(place, is_optional=True)
            depths = self._any_depth(2)
            self.sections.append(
                TrueSection(place, depths, label, title, number, template, is_matter=True)
            )
            self._paragraphs(self.random.randint(2, 6))

    def _bonus(self, place: int, *, is_optional: bool) -> None:
        label, depths = self.say("番外"), self._any_depth(2 if is_optional else 0)
        self.sections.append(
            TrueSection(
                place, depths, label, "", None, "番外", is_matter=True, is_optional=is_optional
            )
        )

    def _any_depth(self, below: int) -> frozenset[int]:
        """From the top down to so far below the chapters: readers disagree."""
        return frozenset(range(self.depth + 1 + below))

    def _paragraphs(self, count: int) -> None:
        for _ in range(count):
            self.writer.paragraph(tuple(self.say_prose(one) for one in next(self.prose)))
