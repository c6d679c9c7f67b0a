"""The contents of a book to be: its volumes and chapters, their numbers, titles and styles."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from benchmarks.chapters import prose
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

# Families whose unit stands above 章: no volumes can stand above them.
HIGH = frozenset(
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
DOUBLING = frozenset(("unit", "unit-回", "unit-节", "spaced", "unit-话"))
SUBDIVIDED = frozenset(("unit", "spaced"))
UNNAMED_VOLUMES = ("上卷", "上部")
NAMELESS_SHARE = 0.2
MOST_HIGH_UNITS = 30


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume's heading: the line, and what the truth says of it."""

    line: str
    label: str
    title: str
    number: int
    depth: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's heading; `volumes` start with it. `prefix` and `junk` stand around the line."""

    number: int
    title: str
    style: Style
    volumes: tuple[Volume, ...] = ()
    prefix: str = ""
    subsections: tuple[str, ...] = ()
    junk: str = ""

    @property
    def line(self) -> str:
        return self.prefix + self.style.line(self.number, self.title) + self.junk


@dataclass(frozen=True, slots=True)
class Contents:
    """All chapters in the order of the file. `is_doubled`: their lines name the volume, too."""

    chapters: tuple[Chapter, ...]
    depth: int
    is_doubled: bool
    traits: tuple[str, ...]


class Planner:
    """Draws the contents of one book."""

    def __init__(self, mix: Mix, random: Random, say: Callable[[str], str], book: str) -> None:
        self.mix, self.random, self.say = mix, random, say
        self.traits: list[str] = []
        family = draw(random, mix.families)
        self.traits.append(family)
        numeral = numeral_for(family, draw(random, mix.numerals))
        self.style = Style(family, numeral, random.choice((" ", " ", " ", GAP, GAP, "  ")), book)
        count = random.randint(mix.chapters_low, mix.chapters_high)
        self.count = min(count, MOST_HIGH_UNITS) if family in HIGH else count
        self.is_untitled = not self.style.may_have_titles or random.random() < mix.untitled
        self.is_couplet = random.random() < mix.couplets or family == "unit-回"
        self.has_volumes = family not in HIGH and self._maybe("volumes", mix.volumes)
        self.has_parts = self.has_volumes and self._maybe("parts", mix.parts)
        may_double = self.has_volumes and not self.has_parts and family in DOUBLING
        self.is_doubled = may_double and self._maybe("doubled", mix.doubled)
        may_divide = family in SUBDIVIDED and not self.is_doubled
        self.has_subsections = may_divide and self._maybe("subsections", mix.subsections)
        self.is_restarting = self.has_volumes and self._maybe("restart", mix.restart)
        self.first = random.choice((31, 101, 500)) if self._maybe("late", mix.late) else 1
        self.starts = self._starts()
        self.volume_style, self.volume_numeral = self._volume_style()

    def contents(self) -> Contents:
        """The contents, in the order of the file."""
        random = self.random
        gap = random.randrange(2, self.count) if self._may(self.count > 3, "gap") else -1
        repeat = random.randrange(2, self.count) if self._may(self.count > 3, "repeat") else -1
        chapters: list[Chapter] = []
        number, prefix = self.first - 1, ""
        for index in range(self.count):
            volumes = self._volumes(index)
            if volumes:
                number = 0 if self.is_restarting else number
                prefix = volumes[-1].line + " " if self.is_doubled else ""
            number += 0 if index == repeat else 2 if index == gap else 1
            chapters.append(self._chapter(max(number, 1), volumes, prefix))
        if self._may(self.count > 6, "swap"):
            self._swap(chapters)
        if self._may(self.count > 6, "twice"):
            at = random.randrange(2, self.count)
            chapters.insert(at, replace(chapters[at - 1], volumes=()))
        depth = int(self.has_volumes) + int(self.has_parts)
        return Contents(tuple(chapters), depth, self.is_doubled, tuple(self.traits))

    def _maybe(self, trait: str, share: float) -> bool:
        if self.random.random() >= share:
            return False
        self.traits.append(trait)
        return True

    def _may(self, is_possible: object, trait: str) -> bool:
        share = {"gap": "gaps", "repeat": "repeats", "swap": "swaps", "twice": "twice"}[trait]
        return bool(is_possible) and self._maybe(trait, getattr(self.mix, share))

    def _starts(self) -> tuple[int, ...]:
        """The chapters that open a volume."""
        if not self.has_volumes:
            return ()
        more = min(self.random.randint(1, 4), self.count - 1)
        return (0, *sorted(self.random.sample(range(1, self.count), more)))

    def _volume_style(self) -> tuple[str, str]:
        random = self.random
        if self.style.family.startswith("chapter"):
            return "Part {n} {t}", "word"
        numeral = random.choice(("chinese", "chinese", "formal", "ascii"))
        if self.has_parts:
            return random.choice(("第{n}卷 {t}", "卷{n} {t}")), numeral
        unnamed = UNNAMED_VOLUMES if len(self.starts) in {2, 3} else ()
        return random.choice((*VOLUME_STYLES, *unnamed)), numeral

    def _volumes(self, index: int) -> tuple[Volume, ...]:
        """The headings above the chapters that start at a chapter."""
        if index not in self.starts:
            return ()
        number = self.starts.index(index) + 1
        volumes: list[Volume] = []
        if self.has_parts and number in {1, 3}:
            volumes.append(self._volume("第{n}部 {t}", number // 2 + 1, "chinese", 0))
        depth = int(self.has_parts)
        volumes.append(self._volume(self.volume_style, number, self.volume_numeral, depth))
        return tuple(volumes)

    def _volume(self, template: str, number: int, numeral: str, depth: int) -> Volume:
        title = "" if template in UNNAMED_VOLUMES else prose.title(self.random)
        line, label = volume_line(template, number, len(self.starts), title, numeral)
        return Volume(self.say(line), self.say(label), self.say(title), number, depth)

    def _chapter(self, number: int, volumes: tuple[Volume, ...], prefix: str) -> Chapter:
        random, mix = self.random, self.mix
        kind = "couplet" if self.is_couplet else self._title_kind()
        title = "" if self.is_untitled else self.say(prose.title(random, kind=kind))
        style = noisy(self.style, random) if random.random() < mix.noise else self.style
        if kind == "trap" and style.family == "unit":
            style = replace(style, family="glued")
        may_have_junk = title and style.family != "equals"
        has_junk = may_have_junk and random.random() < mix.junk_titles
        junk = self.say(random.choice(JUNK)) if has_junk else ""
        names = range(random.randint(2, 4)) if self.has_subsections else ()
        subsections = tuple(self.say(prose.title(random)) for _ in names)
        return Chapter(number, title, style, volumes, prefix, subsections, junk)

    def _title_kind(self) -> str:
        if self.random.random() < self.mix.trap_titles:
            return "trap"
        if self.random.random() < self.mix.odd_titles:
            return self.random.choice(("numbered", "marked", "marked", "long"))
        return "plain"

    def _swap(self, chapters: list[Chapter]) -> None:
        """Two neighbours in the wrong order, no volume starting at either."""
        fit = [at for at in range(3, len(chapters) - 1) if not {at, at + 1} & set(self.starts)]
        if fit:
            at = self.random.choice(fit)
            chapters[at], chapters[at + 1] = chapters[at + 1], chapters[at]
