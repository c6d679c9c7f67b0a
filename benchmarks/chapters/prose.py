"""Clean prose: our own, made by rule, or paragraphs of the novels beside the repository.

Our own prose makes the benchmark run in a clean checkout; the novels keep it honest.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

from benchmarks.chapters.words import words

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
NOVELS = ("ernu_t", "guanchang_t", "sanguo_t", "shuihu_t", "wenming_t", "xiyouji_t")

PEOPLE = words("people")
PLACES = words("places")
THINGS = words("things")
TIMES = words("times")
WEATHER = words("weather")
DEEDS = words("deeds")
WORDS = words("words")
THOUGHTS = words("thoughts")
OPENERS = words("openers")
HALTS = words("halts")
TITLE_HEADS = words("title heads")
TITLE_TAILS = words("title tails")
COUPLET_HEADS = words("couplet heads")
COUPLET_DEEDS = words("couplet deeds")
ENDS = "。。。。。。。！？……"

_HEADING_INSIDE = re.compile("第.{1,8}[回章卷节節]|下回|分解")


def sentence(random: Random) -> str:
    """One sentence of our own; almost never the same twice in a book."""
    person, place = random.choice(PEOPLE), random.choice(PLACES)
    deed, second = _filled(random, DEEDS), _filled(random, DEEDS)
    match random.randrange(8):
        case 0:
            body = f"{random.choice(TIMES)}，{person}{deed}"
        case 1:
            body = f"{random.choice(WEATHER)}，{person}{deed}，{second}"
        case 2:
            return f"{person}{random.choice(['说', '问', '答', '笑', '骂'])}道：“{_filled(random, WORDS)}{random.choice('。？！')}”"
        case 3:
            return f"“{_filled(random, WORDS)}，”{person}说，“{_filled(random, WORDS)}。”"
        case 4:
            body = _filled(random, THOUGHTS)
        case 5:
            body = f"{random.choice(OPENERS)}，{person}在{place}{random.choice(HALTS)}，{deed}"
        case 6:
            body = f"{person}{deed}，{second}，{random.choice(WEATHER)}"
        case _:
            body = f"{random.choice(TIMES)}，{place}来了一个人，带着一{random.choice(['把', '件', '只', '卷'])}{random.choice(THINGS)}，要找{person}"
    end = random.choice(ENDS)
    return body + ("……" if end == "…" else end)


def _filled(random: Random, pool: tuple[str, ...]) -> str:
    return random.choice(pool).format(
        thing=random.choice(THINGS), place=random.choice(PLACES), person=random.choice(PEOPLE)
    )


def own_paragraphs(random: Random) -> Iterator[tuple[str, ...]]:
    """Endless paragraphs, each a tuple of sentences."""
    while True:
        count = random.choice((1, 1, 2, 3, 3, 4, 5, 7))
        yield tuple(sentence(random) for _ in range(count))


def novel_paragraphs(random: Random) -> Iterator[tuple[str, ...]]:
    """Endless paragraphs of one novel, from a random place on; Traditional."""
    paragraphs = _novel(random.choice(NOVELS))
    index = random.randrange(len(paragraphs))
    while True:
        yield paragraphs[index % len(paragraphs)]
        index += 1


def has_novels() -> bool:
    """Whether the novels lie beside the repository."""
    return (CORPUS / f"{NOVELS[0]}.txt").is_file()


@lru_cache(maxsize=2)
def _novel(name: str) -> tuple[tuple[str, ...], ...]:
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    lines = (line.strip() for line in text.split("\n"))
    return tuple(
        sentences_of(line)
        for line in lines
        if 12 <= len(line) <= 500
        and line[-1] in "。！？」』"
        and line[0] not in "《（("
        and not _HEADING_INSIDE.search(line)
    )


def sentences_of(paragraph: str) -> tuple[str, ...]:
    """The sentences of a paragraph; they join to it."""
    return tuple(re.findall("[^。！？]*[。！？]+[」』”’）]*|[^。！？]+$", paragraph)) or (
        paragraph,
    )


def title(random: Random, *, kind: str = "plain") -> str:
    """A chapter's title of the kind plain, couplet, numbered, marked, long or trap."""
    plain = random.choice(TITLE_HEADS) + random.choice(TITLE_TAILS)
    match kind:
        case "couplet":
            half = [random.choice(COUPLET_HEADS) + random.choice(COUPLET_DEEDS) for _ in range(2)]
            return "\N{IDEOGRAPHIC SPACE}".join(half)
        case "numbered" | "trap":
            # With 第三章 before it, 程家大院 makes 章程: the word that is not there.
            return random.choice(words(f"titles {kind}"))
        case "marked":
            return random.choice(
                (
                    f"{plain}！",
                    f"你，还记得{plain}吗？",
                    f"“{plain}”",
                    f"{plain}（上）",
                    f"{plain}（下）",
                    f"{plain}·{random.choice(TITLE_TAILS)}",
                    f"《{plain}》",
                    f"{plain}……",
                    f"{plain}，{random.choice(TITLE_TAILS)}",
                    f"是{plain}，还是{random.choice(TITLE_TAILS)}？",
                )
            )
        case "long":
            return "，".join(
                f"{random.choice(PEOPLE)}在{random.choice(PLACES)}{_filled(random, DEEDS)}"
                for _ in range(4)
            )[: random.randrange(37, 52)]
        case _:
            return plain
