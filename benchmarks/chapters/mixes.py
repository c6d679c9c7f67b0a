"""How much of which trouble a generated file has."""

from dataclasses import dataclass, fields, replace
from random import Random

Pool = tuple[tuple[str, float], ...]

FAMILIES: Pool = (
    ("unit", 60), ("glued", 8), ("spaced", 5), ("unit-回", 6), ("unit-节", 4), ("unit-话", 3), ("unit-集", 2),
    ("unit-幕", 1), ("unit-折", 1), ("unit-场", 1), ("unit-篇", 1), ("unit-卷", 2), ("unit-部", 1), ("unit-册", 1),
    ("unit-季", 1), ("volume-first", 2), ("volume-of", 1), ("bare-unit", 3), ("number", 2), ("number-comma", 4),
    ("number-dot", 3), ("number-paren", 2), ("number-han", 2), ("bracket", 3), ("chapter", 2), ("chapter-roman", 1),
    ("part-word", 1), ("no", 1), ("episode", 1), ("star", 2), ("black-star", 1), ("equals", 2), ("name-number", 1),
    ("zhengwen", 3), ("colon", 2), ("two-lines", 2), ("named", 2), ("number-space", 2), ("chapter-word", 1),
)  # fmt: skip
STANDARD_FAMILIES: Pool = (
    ("unit", 70), ("glued", 3), ("spaced", 3), ("unit-回", 6), ("unit-节", 3), ("unit-话", 1),
    ("number-comma", 2), ("number-dot", 1), ("chapter", 2), ("bracket", 1), ("star", 1), ("zhengwen", 2),
    ("colon", 2), ("unit-卷", 1), ("named", 1),
)  # fmt: skip
NUMERALS: Pool = (
    ("chinese", 40), ("ascii", 25), ("two", 8), ("full", 5), ("padded", 3), ("digits", 5), ("short", 3),
    ("formal", 2), ("radical", 2),
)  # fmt: skip
STANDARD_NUMERALS: Pool = (("chinese", 60), ("ascii", 30), ("two", 5), ("full", 2), ("padded", 2))
ENCODINGS: Pool = (
    ("utf-8", 45), ("gb18030", 25), ("gbk", 15), ("utf-8-sig", 8), ("utf-16", 4), ("big5hkscs", 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares are probabilities: of a book where nothing else is said, else of what the comment says."""

    name: str = "standard"
    chapters_low: int = 30
    chapters_high: int = 70
    paragraphs_low: int = 6
    paragraphs_high: int = 18
    novels: float = 0.4
    traditional: float = 0.1
    families: Pool = STANDARD_FAMILIES
    numerals: Pool = STANDARD_NUMERALS
    volumes: float = 0.35
    restart: float = 0.6
    parts: float = 0.05
    subsections: float = 0.05
    doubled: float = 0.15
    contents: float = 0.15
    matter: float = 0.5
    noise: float = 0.01  # of headings: written another way than the book's others
    untitled: float = 0.08  # of books: no titles at all
    couplets: float = 0.1
    odd_titles: float = 0.05  # of headings: numbers, marks, over 35 characters
    trap_titles: float = 0.0  # of headings: 第三章程家大院
    junk_titles: float = 0.03  # of headings: (求月票)
    repeat_titles: float = 0.1
    late: float = 0.03  # the first chapter is not number 1
    twice: float = 0.03  # a chapter is there twice
    furniture: float = 0.2  # of volumes: （第一卷完）; fewer books: 正文 alone on a line
    rules: float = 0.15  # of books: a line of dashes before each heading
    scene_numbers: float = 0.05  # of books: scenes inside the chapters numbered 1, 2, 3
    gaps: float = 0.3
    repeats: float = 0.2
    swaps: float = 0.1
    huge: float = 0.15
    tiny: float = 0.3
    false_headings: float = 0.1  # for each chapter
    lists: float = 0.03  # of chapters
    verse: float = 0.05  # of chapters
    formulas: float = 0.4
    ad_formulas: float = 0.1  # formulas that sound like ads
    ads: float = 0.7  # for each chapter
    ad_kinds: int = 6
    obfuscated: float = 0.15  # of brand names
    glued_ads: float = 0.1  # for each chapter
    heading_ads: float = 0.02  # of chapters: an ad that looks like a heading
    wrap: float = 0.12
    dirt: float = 0.1
    crlf: float = 0.4
    broken: int = 0
    encodings: Pool = ENCODINGS


STANDARD = Mix()
HARD = Mix(
    name="hard",
    families=FAMILIES,
    numerals=NUMERALS,
    novels=0.4,
    traditional=0.25,
    volumes=0.5,
    parts=0.12,
    subsections=0.12,
    doubled=0.25,
    contents=0.4,
    matter=0.8,
    noise=0.08,
    couplets=0.15,
    odd_titles=0.15,
    trap_titles=0.02,
    junk_titles=0.1,
    repeat_titles=0.3,
    late=0.1,
    twice=0.15,
    furniture=0.5,
    rules=0.3,
    scene_numbers=0.15,
    gaps=0.7,
    repeats=0.6,
    swaps=0.4,
    huge=0.4,
    tiny=0.6,
    false_headings=0.6,
    lists=0.15,
    verse=0.15,
    formulas=0.8,
    ad_formulas=0.4,
    ads=2.0,
    ad_kinds=14,
    obfuscated=0.4,
    glued_ads=0.4,
    heading_ads=0.08,
    wrap=0.3,
    dirt=0.4,
    crlf=0.5,
    broken=3,
)
STRANGER = replace(HARD, name="stranger", false_headings=0.3, ads=1.5, glued_ads=0.3)
MIXES = {"standard": STANDARD, "hard": HARD, "stranger": STRANGER}


def mix_of(words: str, seed: int) -> Mix:
    """The mix that `standard`, `hard`, `random` or `hard,ads=3,families=number` means.

    `stranger` is another generator (stranger.py), with the shares of the hard mix it knows.
    `random` draws every share anew for each seed, anywhere between none and twice the hard one.
    """
    name, *changes = words.split(",")
    mix = _random(Random(f"mix {seed}")) if name == "random" else MIXES[name]
    for change in changes:
        key, _, value = change.partition("=")
        mix = replace(mix, **{key: _value(key, value)}, name=words)  # type: ignore[arg-type]  # checked by _value
    return mix


def _value(key: str, value: str) -> int | float | Pool:
    kinds = {one.name: one.type for one in fields(Mix)}
    if kinds[key] is Pool:
        return tuple((name, 1.0) for name in value.split("+"))
    return int(value) if kinds[key] is int else float(value)


def _random(random: Random) -> Mix:
    shares = {
        one.name: random.choice((0.0, random.random(), random.random() * 2))
        * getattr(HARD, one.name)
        for one in fields(Mix)
        if one.type is float
    }
    families = tuple(random.sample(FAMILIES, random.randrange(1, 12)))
    return replace(
        HARD, **shares, name="random", families=families, broken=random.choice((0, 0, 1, 4)),
        ad_kinds=random.randrange(1, 25), chapters_low=random.choice((4, 12, 40)),
    )  # fmt: skip


def draw(random: Random, pool: Pool) -> str:
    """One name of a pool, by weight."""
    return random.choices([name for name, _ in pool], [weight for _, weight in pool])[0]
