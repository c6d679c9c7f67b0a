"""The stranger's story and ads: another hand than prose.py and ads.py."""

import re
from random import Random

from benchmarks.chapters.words import words

TITLE_SHAPES = (
    "{p}夜话",
    "{o}",
    "{n}归来",
    "{p}惊变",
    "{A}",
    "{q}？",
    "{m}",
    "再见{n}",
    "{n}的秘密",
)
LONG_TITLE = "{n}在{p}遇见{n2}，两人说起{o}的来历，{n}只觉得{w}"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TOP_LEVELS = (".com", ".net", ".cc", ".org", ".info", ".la", ".xyz", ".top", ".me", ".tw")
SENTENCES = re.compile("[^。！？]*[。！？…]+[”」]*|[^。！？]+$")


class Narrator:
    """Prose of a cast of fourteen."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.cast = tuple(self.name() for _ in range(14))

    def name(self) -> str:
        return self._one("surnames") + self._one("given names")

    def said(self, template: str) -> str:
        """The template with its slots filled."""
        first, second = self.random.sample(self.cast, 2)
        return template.format(
            n=first, n2=second, p=self._one("places"), p2=self._one("places"), o=self._one("things"),
            t=self._one("times"), w=self._one("weather"), a=self._one("likes"), v=self._one("deeds"),
            v2=self._one("deeds"), m=self._one("moods"), s=self._one("said"), q=self._one("asked"),
            A=self._one("spoken"), A2=self._one("spoken"),
            k=self.random.choice(("三", "七", "十二", "3", "15", "一百二十", "两")),
        )  # fmt: skip

    def paragraph(self) -> tuple[str, ...]:
        """The sentences of one paragraph."""
        if self.random.random() < 0.38:
            spoken = self.said(self._one("dialogue"))
            return tuple(SENTENCES.findall(spoken))
        return tuple(
            self.said(self._one("sentences"))
            for _ in range(self.random.choice((1, 1, 2, 2, 3, 4, 6)))
        )

    def title(self) -> str:
        draw = self.random.random()
        if draw < 0.04:
            return self.said(LONG_TITLE)
        title = self.said(self.random.choice(TITLE_SHAPES))
        return title + self.random.choice(("（上）", "（下）")) if draw < 0.08 else title

    def _one(self, name: str) -> str:
        return self.random.choice(words(f"strange {name}"))


class Sites:
    """The ads of one book: two sites, some templates of lines, some that are glued to sentences."""

    def __init__(self, random: Random, book: str, author: str) -> None:
        self.random = random
        self.fixed = {"B": book, "X": author}
        self.sites = tuple((self._brand(), self._domain()) for _ in range(2))
        self.lines = random.sample(words("strange ad lines"), random.randint(6, 14))
        self.glue = random.sample(words("strange ads glued"), 5)

    def line(self) -> tuple[str, str]:
        return "strange line", self._filled(self.random.choice(self.lines))

    def glued(self) -> tuple[str, str]:
        return "strange glued", self._filled(self.random.choice(self.glue))

    def top(self) -> tuple[str, str]:
        return "strange top", self._filled(self.random.choice(words("strange ads on top")))

    def _filled(self, template: str) -> str:
        brand, domain = self.sites[self.random.random() < 0.1]
        return template.format(
            S=brand, D=f"www.{domain}", d=domain, O=self._hidden(f"www.{domain}"),
            u=f"清风{self.random.randint(1, 99)}", i=self.random.randint(1, 9999),
            j=self.random.randint(10**7, 10**9), **self.fixed,
        )  # fmt: skip

    def _brand(self) -> str:
        one = self.random.choice
        return (
            one(words("strange site heads"))
            + one(words("strange site middles"))
            + one(words("strange site ends"))
        )

    def _domain(self) -> str:
        word = "".join(self.random.choice(LETTERS) for _ in range(self.random.randint(3, 7)))
        word += self.random.choice(("", "", str(self.random.randint(10, 999)), "xs", "shu"))
        return word + self.random.choice(TOP_LEVELS)

    def _hidden(self, domain: str) -> str:
        match self.random.randrange(6):
            case 0:
                return " ".join(domain)
            case 1:
                return "".join(chr(ord(one) + 0xFEE0) for one in domain)
            case 2:
                return "".join(
                    one.upper() if place % 2 else one for place, one in enumerate(domain)
                )
            case _:
                return domain.replace(".", self.random.choice(("點", "。", "(.)", "·", "、")))
