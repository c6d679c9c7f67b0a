"""Notices of sites in words that no list has: told by the trade they speak of.

A notice is made of the words of its trade (reading, pages, sites, votes, files), tells of
nobody, comes back, and stands where chapters begin or end. None of that alone makes one.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from builder.normalize.ads.cues import LEAST_REPEATS, LONGEST_HEADING, SPACES
from builder.normalize.ads.headings import LABELLED
from builder.normalize.ads.own import ADDRESSED, STRONG
from builder.normalize.ads.reading import LONGEST_AD, NUMBER, Reading
from builder.normalize.ads.words import EVERYDAY, TRADE

SENTENCE_ENDS = re.compile("[。！？!?…；;，,][”」』’）)]*$|[”」』’]$")
# Words of those who tell: a notice tells of nobody and of no place.
NARRATED = re.compile(
    "[他她它我却死血]|讲的是|被(?!封|锁|删|屏)|全是|[印刻贴挂摆坐站躺]着|写[着道了]|(?<!小)说(?!明)|[喊念问笑听][着道了]|可是|但是|然而|于是|忽然|仿佛|似乎|只见|只有|墙|窗|门[上口外里]|[一两几半]个?[人天夜声]|从来|一直|已经没"
)
# What a game tells its player in a story comes back, too: 【任务已更新】.
MESSAGE = re.compile("[^\\w]{0,2}(?:叮[,!])?【[^】]{2,40}】")
SENTENCE = re.compile('\\w.{0,200}[。！？!?…”"』」]')
# ▲手机阅读▲, but not 【手机阅读】.
ADORNED = re.compile("([\u2500-\u27bf*=~#>-])[^\n]+[\u2500-\u27bf*=~#<-]")
NAMING = frozenset({"address", "learned", "badge"})
TELLING = STRONG | {"mild", "common", "lead", "site"}

# What makes a notice of a line: how many words of the trade at least, how much its words weigh,
# and how much of it they are.
Measure = tuple[int, float, float]
ONCE: tuple[Measure, ...] = ((2, 4.0, 0.6), (3, 3.0, 0.45), (1, 5.0, 0.6))
# Below the last sentence of a chapter, but not where its title may be.
LAST: tuple[Measure, ...] = ((1, 2.0, 0.7), (2, 2.0, 0.5), (1, 3.0, 0.5))
AGAIN: tuple[Measure, ...] = ((2, 2.0, 0.35), (1, 3.0, 0.5), (1, 2.0, 0.7))
AT_EDGES: tuple[Measure, ...] = ((1, 1.0, 0.3), (0, 2.0, 0.5))
# A sentence with a clause that says nothing of the trade needs more.
TOLD: tuple[Measure, ...] = ((3, 3.0, 0.4), (1, 3.0, 0.7))
TO_READERS: tuple[Measure, ...] = ((3, 5.0, 0.25),)
# A whole sentence with less trade than this has to weigh so much, and be so much of an ad.
LEAST_OF_SENTENCE: Measure = (2, 3.0, 0.5)
# So much of its places must be edges of chapters.
LEAST_EDGES = 0.7


@lru_cache(maxsize=4096)
def is_of_trade(word: str) -> bool:
    """Whether a word of a notice has one in it that hardly any story says: 手机阅读."""
    return word in TRADE or any(inner in word for inner in TRADE)


def words_of(reading: Reading) -> tuple[str, ...]:
    """The words of a line that tell, in order: what lines of one make have in common."""
    text = reading.line.text
    return tuple(
        NUMBER.sub("0", text[token.start : token.end])
        for token in reading.tokens
        if token.kind in TELLING
    )


def speaks_of_trade(
    reading: Reading, repeats: int, *, edges: Callable[[], float], is_last: Callable[[], bool]
) -> bool:
    """Whether a line is a notice, standing so often in the book.

    Asked seldom: how many of its places are `edges` of chapters, and whether it is the last line
    of its chapter wherever it stands.
    """
    text = reading.line.text
    # 亲， and three words of the trade: nobody in a story is spoken to like this.
    if ADDRESSED.match(text) and not reading.is_spoken and _is_enough(reading, TO_READERS):
        return True
    if (
        reading.is_spoken
        or len(text) > LONGEST_AD
        or NARRATED.search(text)
        or MESSAGE.fullmatch(text)
        or _is_behind_sentence(reading)
    ):
        return False
    if reading.is_story and SENTENCE_ENDS.search(text) and not _is_enough(reading, TOLD):
        return False
    if repeats < LEAST_REPEATS:
        return not reading.is_story and (
            _is_enough(reading, ONCE) or (_is_enough(reading, LAST) and is_last())
        )
    return _is_enough(reading, AGAIN) or (
        _is_enough(reading, AT_EDGES)
        and (ADORNED.fullmatch(text) is not None or edges() >= LEAST_EDGES)
    )


def _is_behind_sentence(reading: Reading) -> bool:
    """Whether a sentence stands before all that the line says of the trade."""
    first = next((token.start for token in reading.tokens if token.kind in TELLING), 0)
    head = reading.line.text[:first]
    return SENTENCE.search(head) is not None and ADDRESSED.match(head) is None


def _is_enough(reading: Reading, measures: tuple[Measure, ...]) -> bool:
    text = reading.line.text
    kinds = {text[token.start : token.end]: token.kind for token in reading.tokens}
    words = kinds.keys()
    trade = sum(kind == "hard" or is_of_trade(word) for word, kind in kinds.items())
    trade += measures is not ONCE and not NAMING.isdisjoint(kinds.values())
    weight = reading.weight - len(words & EVERYDAY)
    # 各位书友，今日讲的是《三侠五义》。 has one word of the trade, and tells.
    if (
        trade < LEAST_OF_SENTENCE[0]
        and SENTENCE_ENDS.search(text)
        and (weight < LEAST_OF_SENTENCE[1] or reading.said < LEAST_OF_SENTENCE[2])
    ):
        return False
    return any(
        trade >= least and weight >= least_weight and reading.said >= said
        for least, least_weight, said in measures
    )


def is_at_edge(lines: Sequence[str], at: int, steps: Sequence[int] = (-1, 1)) -> bool:
    """Whether a line is the first (`steps` of -1) or the last (1) of a chapter, or of the text."""
    return any(
        beside is None or (len(beside) <= LONGEST_HEADING and LABELLED.match(beside) is not None)
        for beside in (_beside(lines, at, step) for step in steps)
    )


def _beside(lines: Sequence[str], at: int, step: int) -> str | None:
    """The next line that is not blank, nor the same; none at the end of the text."""
    same = lines[at]
    at += step
    while 0 <= at < len(lines):
        if lines[at] != same and (bare := lines[at].strip(SPACES)):
            return bare
        at += step
    return None
