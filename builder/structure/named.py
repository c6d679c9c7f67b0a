"""Headings behind the book's name: 渡口灯火 第三章 夜雨, 渡口灯火(12)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from builder.core.numerals import NUMERAL_CLASS, to_number
from builder.structure.families import CHAPTER, RANKS, VOLUME
from builder.structure.headings import Heading, parse_heading, title_score

# Scrapers print the book's name and the heading once more inside the text.
NAMED = "named:"
LEAST_REPEATS = 3
# 他说，第三章 may come again and again; a book may be called 三千两银子，一文不能少.
LEAST_OF_SENTENCE = 6
SENTENCE = re.compile("[，！？；,!?;]")
# The heading in 渡口灯火 第三章 夜雨; what stands before it comes again and again.
_UNITS = "".join(RANKS)
INNER = re.compile(rf"第[{NUMERAL_CLASS}]{{1,12}}[{_UNITS}]")
PREFIX = re.compile("[ \t　]*(?P<prefix>[^\n第。：“”]{1,20}?)[ 　:：·\\-—_]{0,3}")
# 正文 before 第三章 is no name.
FRAME = re.compile("正文卷?|VIP[ 　]?(?:章节|章節|卷)?")
# A name has letters: === is an ornament, and 12. before 第十二章 a number.
NAME = re.compile("[^\\W\\d_]")
# 下一章：第十三章 and 上一篇：第三篇 lead to a page.
PAGE_LINK = re.compile("[章节節页頁]|[上下前后後]一[篇回话話集卷部]")
# The number in 渡口灯火(12) and 渡口灯火（12）夜雨.
BRACKETED = re.compile(rf"[（(][{NUMERAL_CLASS}]{{1,7}}[）)]")
NAMED_NUMBER = re.compile(
    rf"[ \t　]*(?P<prefix>[^\n。！？：“”（()）]{{1,24}})[（(](?P<number>[{NUMERAL_CLASS}]{{1,7}})[）)][ \t　]*+(?P<title>[^\n。]{{0,40}}?)[ \t　]*+"
)
LONGEST_PREFIX = 40  # characters from the start of the line, spaces and all


def headings_behind_names(text: str) -> dict[int, tuple[Heading, ...]]:
    """Headings behind words that many headings share, by the start of their lines.

    One name for all is the book's and an ornament; several are those of volumes.
    """
    return _behind_names(text) | _named_numbers(text)


def _behind_names(text: str) -> dict[int, tuple[Heading, ...]]:
    matches = [
        match
        for start, inside in _line_starts(text, INNER)
        if (match := PREFIX.fullmatch(text, start, inside))
        and NAME.search(match["prefix"])
        and not _is_heading(match["prefix"])
        and not FRAME.fullmatch(match["prefix"])
        and not PAGE_LINK.search(match["prefix"])
    ]
    counts = Counter(match["prefix"] for match in matches)
    usual = {
        prefix
        for prefix, count in counts.items()
        if count >= (LEAST_OF_SENTENCE if SENTENCE.search(prefix) else LEAST_REPEATS)
    }
    found: dict[int, tuple[Heading, ...]] = {}
    for match in matches:
        if match["prefix"] not in usual:
            continue
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        inner = parse_heading(text, match.end(), end)[:1]
        if not inner:
            continue
        start = match.start("prefix")
        inner = (replace(inner[0], style=f"{NAMED}{inner[0].style}"),)
        volume = Heading("unit", "", None, VOLUME, (start, start), match.span("prefix"),
                         inner[0].score, style="unit:")  # fmt: skip
        found[start] = (volume, *inner) if len(usual) > 1 else inner
    return found


def _line_starts(text: str, inside: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the lines start on which a pattern stands near the start, and where it stands."""
    latest = -1
    for match in inside.finditer(text):
        before = max(match.start() - LONGEST_PREFIX, 0)
        start = text.rfind("\n", before, match.start()) + 1
        if (start or not before) and start != latest:
            latest = start
            yield start, match.start()


def _is_heading(words: str) -> bool:
    """Whether the words are a heading by themselves: 第一卷 风起, 番外."""
    headings = parse_heading(words, 0, len(words))
    return bool(headings) and headings[0].family in {"unit", "matter"}


def _named_numbers(text: str) -> dict[int, tuple[Heading, ...]]:
    by_prefix: dict[str, list[re.Match[str]]] = defaultdict(list)
    for start, inside in _line_starts(text, BRACKETED):
        end = text.find("\n", inside)
        match = NAMED_NUMBER.fullmatch(text, start, end if end >= 0 else len(text))
        if match and not _is_heading(match["prefix"].strip()):
            by_prefix[match["prefix"]].append(match)
    found: dict[int, tuple[Heading, ...]] = {}
    for matches in by_prefix.values():
        numbers = [to_number(match["number"]) for match in matches]
        if len(set(numbers) - {None}) < LEAST_REPEATS:
            continue
        for match, number in zip(matches, numbers, strict=True):
            start, end = match.start("prefix"), match.end("number") + 1
            heading = Heading(
                "number", "", number, CHAPTER, (start, end), match.span("title"),
                2.5 + title_score(match["title"]), style="number:named",
            )  # fmt: skip
            found[start] = (heading,)
    return found
