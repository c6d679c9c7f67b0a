"""Lines that may be headings: recognised by family, their numbers parsed, none chosen yet.

Source of the families and of the look-alikes: collected headings of Chinese web novels and
e-texts; each family has an example beside its pattern.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from builder.core.book import Role
from builder.core.numerals import CHINESE_NUMERAL_CLASS, NUMERAL_CLASS, to_number

Family = Literal["unit", "bare unit", "matter", "english", "number", "mark"]

# How high a unit stands: 部 holds 卷, 卷 holds 篇, 篇 holds 章, 章 holds 节.
PART, VOLUME, DIVISION, CHAPTER, SUBCHAPTER = range(5)
RANKS = {
    "部": PART, "卷": VOLUME, "集": VOLUME, "册": VOLUME, "冊": VOLUME, "季": VOLUME,
    "篇": DIVISION, "编": DIVISION, "編": DIVISION, "辑": DIVISION, "輯": DIVISION,
    "章": CHAPTER, "回": CHAPTER, "话": CHAPTER, "話": CHAPTER, "折": CHAPTER, "幕": CHAPTER,
    "节": SUBCHAPTER, "節": SUBCHAPTER, "场": SUBCHAPTER, "場": SUBCHAPTER,
}  # fmt: skip
ENGLISH_RANKS = {"volume": VOLUME, "part": PART, "book": VOLUME, "chapter": CHAPTER, "ep": CHAPTER,
                 "episode": CHAPTER, "no": CHAPTER, "section": SUBCHAPTER}  # fmt: skip

# What turns 第三部 into 第三部队: the word goes on.
CONTINUATIONS = {
    "部": "队隊分门門件署落长長族位下属屬委级級曲电電作影片", "节": "课課目日点奏", "節": "課目日點奏",
    "回": "合到来來去", "场": "雪雨比赛战演戏景大小", "場": "雪雨比賽戰演戲景大小", "集": "团團体體中合",
    "篇": "章文小论論", "章": "节節程", "卷": "子宗", "季": "度节節", "话": "题題说說", "話": "題說",
    "册": "子书書", "冊": "子書", "幕": "后後布", "折": "扣磨", "编": "号辑制", "編": "號輯制",
}  # fmt: skip

PREFACE_ROLES: dict[str, Role] = {
    "序": "preface", "序言": "preface", "自序": "preface", "代序": "preface", "总序": "preface",
    "總序": "preface", "原序": "preface", "小序": "preface", "前言": "foreword", "引言": "introduction",
    "导言": "introduction", "導言": "introduction", "凡例": "introduction", "题记": "epigraph",
    "題記": "epigraph", "题词": "epigraph", "献词": "dedication", "獻詞": "dedication",
    "简介": "abstract", "簡介": "abstract", "内容简介": "abstract", "內容簡介": "abstract",
    "文案": "abstract", "楔子": "prologue", "引子": "prologue", "序章": "prologue", "序幕": "prologue",
    "开篇": "prologue", "開篇": "prologue",
}  # fmt: skip
AFTERWORD_ROLES: dict[str, Role] = {
    "尾声": "epilogue", "尾聲": "epilogue", "终章": "epilogue", "終章": "epilogue",
    "大结局": "conclusion", "大結局": "conclusion", "结语": "conclusion", "結語": "conclusion",
    "后记": "afterword", "後記": "afterword", "跋": "afterword", "后序": "afterword",
    "完本感言": "afterword", "编后记": "afterword", "附录": "appendix", "附錄": "appendix",
    "致谢": "acknowledgments", "致謝": "acknowledgments", "鸣谢": "acknowledgments",
    "番外": "bonus", "番外篇": "bonus", "外传": "bonus", "外傳": "bonus",
}  # fmt: skip
MATTER_ROLES = PREFACE_ROLES | AFTERWORD_ROLES

_N = f"[{NUMERAL_CLASS}]{{1,12}}"
_UNITS = "".join(RANKS)
# 第十二章, 第 12 章, but not 第一次.
UNIT = re.compile(rf"第 ?(?P<number>{_N}) ?(?P<unit>[{_UNITS}])")
# 卷一, 卷之三, but not 卷起.
VOLUME_FIRST = re.compile(rf"(?P<unit>卷)之?(?P<number>{_N})(?![{NUMERAL_CLASS}])")
# 上卷, 下部, but not 上面.
VOLUME_OF_THREE = re.compile("(?P<number>[上中下])(?P<unit>[卷部册冊篇集])")
# 三十章, but not 三十岁.
BARE_UNIT = re.compile(rf"(?P<number>{_N})(?P<unit>[章回话話节節])")
# 楔子, 番外（一）, but not 序列.
MATTER = re.compile(
    rf"(?P<unit>{'|'.join(sorted(MATTER_ROLES, key=len, reverse=True))})"
    rf"(?:[ 　]?[（(]?(?P<number>{_N}|[上中下])[）)]?)?"
)
# Chapter 12, PART ONE, EP 3, but not Parties.
ENGLISH = re.compile(
    r"(?P<unit>chapter|part|book|volume|episode|ep|no|section)[. ]{0,2}"
    r"(?P<number>[0-9]{1,4}|[ivxlc]{1,8}|[a-z]{3,9})(?![a-z0-9])",
    re.IGNORECASE,
)
# 12, 一, （一） or 12、夜雨, but not 12:30.
NUMBER = re.compile(rf"[（(]?(?P<number>[0-9]{{1,4}}|[{CHINESE_NUMERAL_CLASS}]{{1,7}})[）)]?")
NUMBER_SEPARATOR = re.compile("[、.．　 ]+")

# ☆、第三章 and === 第三章 === and 【第一章】: what stands around a heading.
ORNAMENT_BEFORE = re.compile(
    "[☆★◆◇■□●○※=＝~～*＊#＃【〖\\[\\-—]{1,12}[、，. 　]{0,4}|正文[ 　：:]{1,4}"
)
ORNAMENT_AFTER = re.compile("[ 　]{0,4}[☆★◆◇■□●○※=＝~～*＊#＃】〗\\]\\-—]{1,12}$")
SEPARATOR = re.compile("[ \t　:：、，,.．·\\-—]+")
# 第一回 … may be told of in the middle of a story; a heading does not end like a sentence.
SENTENCE_END = re.compile("[。，；：、,;:]$|[。！？!?][”」』]$")
SENTENCE_INSIDE = re.compile("。|[，！？].*[，。！？]|[“”「」]")

LONGEST_TITLE = 35  # the longest genuine title in the texts at hand has 31 characters
LONGEST_HEADING = 80

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading. `label` and `title` are stretches of the manuscript, either may be empty.

    `rank` says how high its unit stands; `role` is set for matter (楔子, 后记) only. `score`
    lies around 1: how much the line looks like a heading, all by itself.
    """

    family: Family
    unit: str
    number: int | None
    rank: int
    label: Stretch
    title: Stretch
    score: float
    role: Role | None = None


def parse_heading(text: str, start: int, end: int) -> tuple[Heading, ...]:
    """The heading on the line `[start, end)`; two for 第一卷 风起 第三章 夜雨; none if none."""
    if end - start > LONGEST_HEADING or end == start:
        return ()
    content_start, content_end = _within_ornaments(text, start, end)
    for family, pattern in _PATTERNS:
        match = pattern.match(text, content_start, content_end)
        if match:
            heading = _parsed(text, match, content_end, family)
            if heading:
                return _doubled(text, heading)
    return ()


_PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("unit", UNIT),
    ("unit", VOLUME_FIRST),
    ("unit", VOLUME_OF_THREE),
    ("matter", MATTER),
    ("english", ENGLISH),
    ("bare unit", BARE_UNIT),
    ("number", NUMBER),
)


def _within_ornaments(text: str, start: int, end: int) -> Stretch:
    while (before := ORNAMENT_BEFORE.match(text, start, end)) and before.end() < end:
        start = before.end()
    after = ORNAMENT_AFTER.search(text, max(start, end - 20), end)
    return start, (after.start() if after and after.start() > start else end)


def _parsed(text: str, match: re.Match[str], end: int, family: Family) -> Heading | None:
    unit = match["unit"].lower() if family != "number" else ""
    number = _value(match["number"] or "")
    if number is None and family != "matter":
        return None
    label_end = match.end()
    pattern = NUMBER_SEPARATOR if family == "number" else SEPARATOR
    separator = pattern.match(text, label_end, end)
    title_start = separator.end() if separator else label_end
    rest = text[label_end:end]
    is_glued = bool(rest) and separator is None
    if is_glued and (family not in {"unit", "bare unit"} or rest[0] in CONTINUATIONS.get(unit, "")):
        return None
    heading = Heading(
        family,
        unit,
        number,
        _rank(family, unit),
        (match.start(), label_end),
        (min(title_start, end), end),
        0.0,
        MATTER_ROLES.get(unit) if family == "matter" else None,
    )
    return replace(heading, score=_score(text, heading, is_glued=is_glued))


def _value(numeral: str) -> int | None:
    if numeral in {"上", "中", "下"}:
        return "上中下".index(numeral) + 1
    return to_number(numeral)


def _rank(family: Family, unit: str) -> int:
    if family == "english":
        return ENGLISH_RANKS[unit]
    return RANKS.get(unit, CHAPTER)


FAMILY_SCORES: dict[Family, float] = {
    "unit": 1.0, "mark": 1.2, "matter": 0.9, "english": 0.9, "bare unit": 0.6, "number": 0.5,
}  # fmt: skip


def _score(text: str, heading: Heading, *, is_glued: bool) -> float:
    score = FAMILY_SCORES[heading.family]
    title = text[slice(*heading.title)]
    if is_glued:
        score -= 0.3
    if len(title) > LONGEST_TITLE:
        score -= 0.3
    if SENTENCE_END.search(title):
        score -= 0.6
    if SENTENCE_INSIDE.search(title):
        score -= 0.3 if is_glued else 0.1
    return score


def _doubled(text: str, heading: Heading) -> tuple[Heading, ...]:
    """第一卷 风起 第三章 夜雨 is two headings on one line."""
    if heading.rank >= CHAPTER or heading.family != "unit":
        return (heading,)
    start, end = heading.title
    for match in UNIT.finditer(text, start, end):
        is_apart = match.start() == start or text[match.start() - 1] in " \t　"
        if is_apart and RANKS[match["unit"]] > heading.rank:
            inner = _parsed(text, match, end, "unit")
            if inner:
                title_end = match.start()
                while title_end > start and SEPARATOR.fullmatch(text[title_end - 1]):
                    title_end -= 1
                return replace(heading, title=(start, title_end), score=inner.score), inner
    return (heading,)
