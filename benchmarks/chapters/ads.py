"""Ads: the kinds that scrapers leave, under names nobody has heard of."""

from dataclasses import dataclass
from random import Random

from benchmarks.chapters.words import pairs, words

SYLLABLES = words("ad syllables")
SITE_ENDS = words("ad site ends")
LINES = pairs("ads")
HEADING_LIKE = pairs("ads like headings")
GLUED = pairs("ads glued")
LETTERS = "abcdefghiklmnopqrstuwxyz"
TOP_LEVELS = ("com", "net", "cc", "org", "info", "la", "me", "cn", "co", "xyz")
MARKS = "?·*．-~丶"


@dataclass(frozen=True, slots=True)
class Site:
    """One scraper: its name, its address and how it hides them."""

    brand: str
    domain: str
    mark: str

    @classmethod
    def invented(cls, random: Random, obfuscated: float) -> "Site":
        """A site that exists nowhere."""
        brand = "".join(random.sample(SYLLABLES, random.choice((2, 2, 3)))) + random.choice(
            SITE_ENDS
        )
        word = "".join(random.choice(LETTERS) for _ in range(random.randrange(4, 9)))
        word += random.choice(("", "", "88", "5", "520"))
        domain = random.choice(("www.", "www.", "", "m.")) + f"{word}.{random.choice(TOP_LEVELS)}"
        mark = random.choice(MARKS) if random.random() < obfuscated else ""
        return cls(brand, domain, mark)

    def names(self, random: Random) -> tuple[str, str]:
        """Brand and domain as they stand in one ad; a hidden one is hidden anew each time."""
        if not self.mark:
            return self.brand, self.domain
        if random.random() < 0.3:
            return self.mark.join(self.brand), _full_width(self.domain)
        places = random.sample(range(1, len(self.brand)), min(2, len(self.brand) - 1))
        brand = "".join(
            (self.mark if index in places else "") + one for index, one in enumerate(self.brand)
        )
        return brand, self.domain.replace(".", random.choice((".", "。", "●", "．", "?", " . ")))


def _full_width(word: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word)


@dataclass(frozen=True, slots=True)
class Campaign:
    """The ads of one book: few sites, some templates, each used again and again."""

    sites: tuple[Site, ...]
    kinds: tuple[str, ...]
    book: str
    other: str

    @classmethod
    def for_book(cls, random: Random, *, book: str, kinds: int, obfuscated: float) -> "Campaign":
        sites = tuple(Site.invented(random, obfuscated) for _ in range(random.choice((1, 1, 2, 3))))
        chosen = tuple(random.sample(sorted(LINES), min(kinds, len(LINES))))
        return cls(
            sites, chosen, book, random.choice(("长安旧事", "北海有灯", "剑与账房", "星河渡"))
        )

    def line(self, random: Random, number: int, title: str) -> tuple[str, str]:
        """The kind and the words of one whole line."""
        kind = random.choice(self.kinds)
        return kind, self._fill(LINES[kind], random, number, title)

    def heading_like(self, random: Random, number: int, title: str) -> tuple[str, str]:
        kind = random.choice(sorted(HEADING_LIKE))
        return kind, self._fill(HEADING_LIKE[kind], random, number, title)

    def glued(self, random: Random) -> tuple[str, str]:
        """The kind and the words of an ad inside a paragraph."""
        kind = random.choice(sorted(GLUED))
        return kind, self._fill(GLUED[kind], random, 0, "")

    def _fill(self, template: str, random: Random, number: int, title: str) -> str:
        brand, domain = random.choice(self.sites).names(random)
        return template.format(
            b=brand, d=domain, k=self.book, n=number, m=number + 1, t=title, o=self.other,
            p=random.randrange(1, 4), q=random.randrange(10**8, 10**9),
        )  # fmt: skip
