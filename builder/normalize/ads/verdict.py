"""Whether a line that was read is an ad: by what it says, and by how often its make comes back.

Repetition alone decides nothing: 下回分解 stays.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from builder.normalize.ads.cues import LEAST_REPEATS
from builder.normalize.ads.furniture import FURNITURE, LONGEST_OFFER, OFFER, PERSONAL, WAITING
from builder.normalize.ads.navigation import WORD, is_navigation
from builder.normalize.ads.notices import (
    MESSAGE,
    NARRATED,
    SENTENCE_ENDS,
    is_at_edge,
    speaks_of_trade,
    words_of,
)
from builder.normalize.ads.own import STRONG
from builder.normalize.ads.reading import LONGEST_AD, NUMBER, Reading
from builder.normalize.ads.tokens import letters
from builder.normalize.ads.words import COMMON, EVERYDAY, TRADE

# An ad whatever else: nearly all of it ad words; with its names most of it; or very many.
# Each is the share of ad words, the share with names beside them, and the weight.
SURE = ((0.8, 0.8, 3.0), (0.5, 0.7, 4.5), (0.4, 0.5, 6.0))
# With so much an ad when the same line, its names and numbers aside, comes back so often.
REPEATED_SHARE, REPEATED_WEIGHT = 0.5, 2.0
# A line that comes back and ends like no sentence needs only one word of the trade.
LONGEST_SCRAP, SCRAP_SHARE = 48, 0.45
# What follows the name of a site in a notice is no longer than this: 电子书.
LONGEST_TAIL = 4
# With so much a whole sentence that comes back is a notice.
NOTICE_WEIGHT, NOTICE_SHARE = 5.0, 0.4
# A sentence with less of it tells a story, however often it comes back.
TOLD_SHARE = 0.75
# A notice between corner brackets, which are no speech when it comes back: 『章节错误,点此举报』.
BOXED = re.compile("『[^』。!?…]{2,24}』")
# With so much it is told, and left.
DOUBTFUL_SHARE, DOUBTFUL_WEIGHT = 0.35, 3.0
# Nothing but the name of a site: [墨泊文学网], --墨泊文学网--.
SIGNED = re.compile("[^\\w<]*<(?:learned|badge|site)>[^\\w<]*")
# What a page runs, not what it shows: readx();, <script>tail();</script>.
CODE = re.compile("(?:<script[^>\n]{0,40}>)?[\\w.]{2,30}\\([^()\n]{0,40}\\);?(?:</script>)?")
# 感谢书友“清风”打赏的100起点币！ and not 感谢您的支持。
THANKS = re.compile(
    "[（(]?(?:感谢|多谢|谢谢)[^。!?…\n]{1,60}(?:月票|打赏|推荐票|红包|订阅|捧场|盟主|起点币)[^。!?…\n]{0,12}[。!?…)）]{0,3}"
)
ENDED = re.compile(
    "[^\\w]*本[章节回](?:已?完|结束|未完)[^\\w]*|[^\\w]+未完待续[^\\w]*|未完待续[^\\w]*"
)
TOLD = re.compile("[他她]")


# 好！ may stand before two ads of a book, not before many.
MANY = 4
ENDING = re.compile("[！？!?]$")
# So many of the stretches behind an ad differ where they are the story's.
LEAST_OWN = 0.6


class Repeats:
    """How often lines of one make come, and what is glued to them."""

    def __init__(
        self,
        readings: Iterable[Reading],
        places: Iterable[Sequence[int]],
        lines: Sequence[str] = (),
    ) -> None:
        """`readings` are of different lines, `places` where among all lines each of them stands."""
        self.makes: Counter[str] = Counter()
        self._owns: Counter[str] = Counter()
        self._behind: dict[str, Counter[str]] = {}
        self._worded: dict[tuple[str, ...], list[int]] = {}
        self._lines = lines
        for reading, where in zip(readings, places, strict=True):
            self.makes[reading.make] += len(where)
            if reading.own:
                self._owns[reading.own] += len(where)
                self._behind.setdefault(_before_own(reading), Counter())[reading.own] += len(where)
            self._worded.setdefault(words_of(reading), []).extend(where)

    def is_notice(self, reading: Reading) -> bool:
        """Whether the line is a notice by the trade it speaks of and by where it stands."""
        return speaks_of_trade(
            reading,
            self.times(reading),
            edges=lambda: self._edges(words_of(reading)),
            is_last=lambda: self._is_last(words_of(reading)),
        )

    def times(self, reading: Reading) -> int:
        """How often lines of one make come, or lines of the same words whatever they name."""
        words = words_of(reading)
        places = self._worded[words] if len(words) > 1 else ()
        return max(len(places), self.makes[reading.make])

    def _is_last(self, words: tuple[str, ...]) -> bool:
        """Whether these words only stand at the ends of chapters."""
        return all(is_at_edge(self._lines, place, (1,)) for place in self._worded[words])

    def _edges(self, words: tuple[str, ...]) -> float:
        """How many of the places of these words are edges of chapters."""
        places = self._worded[words]
        return sum(is_at_edge(self._lines, place) for place in places) / len(places)

    def is_own(self, reading: Reading) -> bool:
        """Whether the line has something that no other ad of the book says, or a sentence."""
        if reading.own == "":
            return False
        times = self._owns[reading.own]
        if times == 1 or (times < MANY and ENDING.search(reading.own) is not None):
            return True
        if not reading.line.text.endswith(reading.own):
            return "。" in reading.own
        # An ad has one end, a story goes on in its own words wherever an ad is stuck to it.
        behind = self._behind[_before_own(reading)]
        return len(behind) > 1 and len(behind) >= LEAST_OWN * behind.total()


def _before_own(reading: Reading) -> str:
    """The line without what stands behind its ad."""
    return NUMBER.sub("0", reading.line.text.removesuffix(reading.own))


def is_ad(reading: Reading, of_book: Repeats) -> bool:
    """Whether a line is an ad, by its words or by the trade it speaks of."""
    return is_sure(reading, of_book) or (not of_book.is_own(reading) and of_book.is_notice(reading))


def is_sure(reading: Reading, of_book: Repeats) -> bool:
    """Whether a line is an ad by its words: one to learn from."""
    text = reading.line.text
    if ENDED.fullmatch(text) or FURNITURE.fullmatch(text):
        return True
    if is_navigation(text):
        return len(WORD.findall(text)) > 1 or letters(text) > 3
    if of_book.is_own(reading):
        return False
    if _is_offer(reading):
        return True
    repeats = of_book.makes[reading.make]
    if repeats >= LEAST_REPEATS and (
        WAITING.fullmatch(text) or (text.isascii() and CODE.fullmatch(text))
    ):
        return True
    if (reading.has_strong or of_book.times(reading) > 1) and THANKS.fullmatch(text):
        return True
    least = LEAST_REPEATS if reading.weight < NOTICE_WEIGHT else 2
    if repeats >= least and _is_notice(reading):
        return True
    if reading.is_story or (TOLD.search(text) and reading.weight < 2 * DOUBTFUL_WEIGHT):
        return False
    if SIGNED.fullmatch(reading.make):
        return repeats >= LEAST_REPEATS or "<site>" not in reading.make
    if reading.has_strong and any(
        reading.said >= said and reading.share >= share and reading.weight >= weight
        for said, share, weight in SURE
    ):
        return True
    if repeats < LEAST_REPEATS:
        return False
    words = {
        text[token.start : token.end]
        for token in reading.tokens
        if token.kind in {"mild", "site"} | STRONG
        and not (token.kind == "site" and letters(text[token.end :]) > LONGEST_TAIL)
    }
    if reading.said >= REPEATED_SHARE and reading.weight >= REPEATED_WEIGHT:
        return bool(words - EVERYDAY) and (
            reading.has_strong or not TRADE.isdisjoint(words) or not _is_sentence(reading)
        )
    return (
        len(text) <= LONGEST_SCRAP
        and not SENTENCE_ENDS.search(text)
        and (reading.has_strong or (bool(words - COMMON) and not MESSAGE.fullmatch(text)))
        and (reading.has_strong or max(reading.said, _named_share(reading)) >= SCRAP_SHARE)
    )


def _is_offer(reading: Reading) -> bool:
    """Whether a line offers readers something, and tells of nobody."""
    text = reading.line.text
    if len(text) > LONGEST_OFFER or reading.is_spoken:
        return False
    if PERSONAL.search(text):
        return True
    return OFFER.search(text) is not None and NARRATED.search(text) is None


def _is_sentence(reading: Reading) -> bool:
    """Whether a line without a sure word tells something: 本书作者已经死了三十年。"""
    text = reading.line.text
    return SENTENCE_ENDS.search(text) is not None and (
        reading.said < TOLD_SHARE or NARRATED.search(text) is not None
    )


def is_doubtful(reading: Reading) -> bool:
    """Whether a line that is no ad says so much of one that a reader should look at it."""
    return (
        not reading.is_story
        and reading.has_strong
        and reading.weight >= DOUBTFUL_WEIGHT
        and reading.share >= DOUBTFUL_SHARE
    )


def _named_share(reading: Reading) -> float:
    """How much of a line's letters are names of sites."""
    text = reading.line.text
    named = sum(
        letters(text[token.start : token.end]) for token in reading.tokens if token.kind == "site"
    )
    return named / max(letters(text), 1)


def _is_notice(reading: Reading) -> bool:
    """Whether a line that comes back is a notice of a site, however much it tells."""
    text = reading.line.text
    if BOXED.fullmatch(text):
        return any(token.kind == "hard" for token in reading.tokens)
    if reading.is_spoken or len(text) > LONGEST_AD or NARRATED.search(text):
        return False
    words = {
        text[token.start : token.end]: token.kind
        for token in reading.tokens
        if token.kind in {"mild", "lead"} or token.kind in STRONG
    }
    is_strong = not STRONG.isdisjoint(words.values())
    if SENTENCE_ENDS.search(text):
        return is_strong and reading.weight >= NOTICE_WEIGHT and reading.said >= NOTICE_SHARE
    if len(text) > LONGEST_SCRAP:
        return False
    return is_strong or (
        reading.said >= SCRAP_SHARE
        and not TRADE.isdisjoint(words)
        and MESSAGE.fullmatch(text) is None
    )
