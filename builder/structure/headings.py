"""Lines that may be headings: recognised by family, their numbers parsed, none chosen yet.

Each family has an example and a counter-example beside its pattern.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Literal

from builder.core.book import Role
from builder.core.numerals import (
    CHINESE_NUMERAL_CLASS,
    ENCLOSED_CLASS,
    NUMERAL_CLASS,
    ROMAN_CHARACTERS,
    to_number,
)
from builder.structure.families import (
    CHAPTER,
    CONTINUATIONS,
    ENGLISH_RANKS,
    MATTER_ROLES,
    MEASURES,
    RANKS,
    SIMPLIFIED_UNITS,
    VOLUME,
)
from builder.structure.ornaments import MARKS, within_ornaments

Family = Literal["unit", "bare unit", "matter", "english", "number", "mark", "ornament"]

_N = f"[{NUMERAL_CLASS}]{{1,12}}"
_UNITS = "".join(RANKS)
# 第十二章, 第 12 章, 第Ⅻ章, 第十二、十三章, but not 第一次.
UNIT = re.compile(
    rf"[第笫][ 　]{{0,2}}(?P<number>{_N}|[{ROMAN_CHARACTERS}]{{1,4}}|[IVXLC]{{1,8}}|[{ENCLOSED_CLASS}])"
    rf"(?:[、~～/\-—]{{1,2}}第?{_N})?[ 　]{{0,2}}(?P<unit>[{_UNITS}])"
)
# 卷一, 卷之三, 卷 12, but not 卷起.
VOLUME_FIRST = re.compile(
    rf"(?P<unit>[卷部])[之 　]?(?P<number>{_N}|[上中下])(?![{NUMERAL_CLASS}])"
)
# 上卷, 下部, but not 上面.
VOLUME_OF_THREE = re.compile("(?P<number>[上中下])(?P<unit>[卷部册冊篇集])")
# 终卷, 最终卷, but not 终于.
LAST_VOLUME = re.compile("(?P<number>)(?:最终|最終|终|終|末|尾|序)(?P<unit>[卷])")
# 三十章 and 30 章, but not 三十岁 and not 30 回家.
BARE_UNIT = re.compile(
    rf"(?P<number>{_N})(?: (?=.(?:[ \t　:：、.．·—-]|$)))?(?P<unit>[章回话話节節卷])"
)
# 楔子, 番外（一）, 番外之二, but not 序列; in 楔子 一沓图纸 nothing is counted.
MATTER = re.compile(
    rf"(?P<unit>{'|'.join(sorted(MATTER_ROLES, key=len, reverse=True))})(?![a-z])"
    rf"(?:之(?={_N}))?(?:[ 　]?[（(]?(?P<number>{_N}|[上中下])(?:[）)]|(?![^ \t　:：、.．·\-—）)】\]]))(?![{_UNITS}]))?",
    re.IGNORECASE,
)
# 番外之雪夜, 番外1雪夜 and 终章雪夜, but not 番外之后 and not 番外3个.
NAMED_BONUS = re.compile(
    "(?P<unit>番外篇?|外[传傳]|特[别別]篇)(?:之(?![后後前外中间間上下内內])|(?P<number>[0-9０-９]{1,3})(?=[\u4e00-\u9fff]))"
    "|(?P<last>最?[终終]章)(?=[\u4e00-\u9fff])"
)
LONGEST_BONUS = 20
# Chapter 12, PART ONE, EP 3, No.12, but not Parties.
ENGLISH = re.compile(
    r"(?P<unit>chapter|part|book|volume|vol|episode|ep|ch|no|section)[. ]{0,2}"
    r"(?P<number>[0-9]{1,4}|[ivxlc]{1,8}|[a-z]{3,9}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))?)(?![a-z0-9])",
    re.IGNORECASE,
)
# 12, 一, （一）, ①, XII or 12、夜雨, but not 12:30.
NUMBER = re.compile(
    rf"[（(]?(?P<number>[0-9０-９]{{1,4}}|[{CHINESE_NUMERAL_CLASS}]{{1,7}}|[{ENCLOSED_CLASS}{ROMAN_CHARACTERS}]|[IVXLC]{{1,8}})[）)]?"
)
# 12、夜雨 and 12. 夜雨 and 12.3号码头, but not 12:30 and not 3.14.
NUMBER_SEPARATOR = re.compile(
    "[、.．　 :：·]+(?![0-9])|[、　 ]+|[.．·：:、](?=[0-9]{1,4}[\u4e00-\u9fff])"
)
DECIMAL = re.compile("[.．·：:、](?=[0-9])")

# 12夜雨 and 003夜雨, but not 12:30 and not 12 kHz.
DIGITS_BEFORE_HAN = re.compile("[0-9０-９]{1,4}[\u4e00-\u9fff《“「]")

SEPARATOR = re.compile("[ \t　:：、，,.．。·•\\-—–_|｜/]+")
# 第三章】夜雨 and 第三章◎夜雨: what was opened before the label ends behind it.
CLOSING_ORNAMENT = re.compile(
    f"(?:[】〗〕］\\]》」』)）>＞”’\"']|[{MARKS}]{{1,4}})[ 　:：、]{{0,4}}"
)
# 第一章 …… may be told of in the middle of a story; a heading does not end like a sentence.
FULL_STOP = re.compile("[。．]$")
UNFINISHED = re.compile("[；;，,、：:]$")
SPOKEN_END = re.compile("[。！？!?…][”」』’]$")
SHOUTED_END = re.compile("[！？!?…]$")
QUOTED_WHOLE = re.compile("[“「『《‘][^“”「」『』]*[”」』》’]")

# 第二卷 完, （第十二章终）: the end of a part is no beginning of one.
PART_END = re.compile(
    "[ 　·:：—-]{0,4}[（(]?(?:全?[完终終]|完结|完結|结束|結束|终了|終了|[完终終]了)[）)]?[。！!]?"
)
# 后记……141, 题记 and a tab and 1: the page behind an entry of a contents list.
LISTED_TITLE = re.compile("(?:[.．。…·—_-]{2}|\t)[0-9]{1,5}[ 页頁]?$")
PAGE_BEHIND = re.compile("[ \t　.．。…·—_-]{1,60}[0-9]{1,5}[ 页頁]?")
# 969.net: the end of an address is no number.
DOMAIN_BEHIND = re.compile("[.．][a-z]{2,}|[:：]\\\\")
# www.dukou.example: a title has no address.
ADDRESS = re.compile("[A-Za-z0-9]\\.[A-Za-z]{2}|[ｗw]{3}|https?:")

COMFORTABLE_TITLE = 20
LONGEST_TITLE = 35  # the longest genuine title in the texts at hand has 31 characters
LONGEST_HEADING = 120

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading. `label` and `title` are stretches of the manuscript, either may be empty.

    `rank` says how high its unit stands; `role` is set for matter (楔子, 后记) only. `score` is
    what the line says by itself, in the manner of log odds: above nought a heading. Headings of
    one `style` look alike, those of one `form` have numerals of one kind and the same ornament
    before them. `is_glued` when no space parts label and title.
    """

    family: Family
    unit: str
    number: int | None
    rank: int
    label: Stretch
    title: Stretch
    score: float
    role: Role | None = None
    style: str = ""
    is_glued: bool = False
    form: str = ""


def parse_heading(
    text: str, start: int, end: int, *, longest: int = LONGEST_TITLE
) -> tuple[Heading, ...]:
    """The heading on the line `[start, end)`; two for 第一卷 风起 第三章 夜雨; none if none.

    A title of more than `longest` characters speaks against it.
    """
    if end - start > LONGEST_HEADING or end == start:
        return ()
    first, last = within_ornaments(text, start, end)
    for family, pattern in _PATTERNS:
        match = pattern.match(text, first, last)
        if match:
            heading = _parsed(text, match, last, family, longest)
            if heading:
                return _doubled(text, heading, longest)
    bonus = _named_bonus(text, first, last)
    return (bonus,) if bonus else ()


def _named_bonus(text: str, start: int, end: int) -> Heading | None:
    """番外 with a name right behind it: 番外之雪夜 is the title as a whole, 番外1 a label."""
    match = NAMED_BONUS.match(text, start, end)
    if match is None or not 0 < end - match.end() <= LONGEST_BONUS:
        return None
    if match["number"] and text[match.end()] in MEASURES:
        return None
    number = to_number(match["number"]) if match["number"] else None
    unit = match["unit"] or match["last"]
    label_end = match.end() if match["number"] or match["last"] else start
    heading = Heading(
        "matter", unit, number, CHAPTER, (start, label_end), (label_end, end), 0.0,
        MATTER_ROLES[unit], f"matter:{unit}", is_glued=match["last"] is not None,
    )  # fmt: skip
    return replace(heading, score=_score(text, heading, LONGEST_TITLE))


_PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("unit", UNIT),
    ("unit", VOLUME_FIRST),
    ("unit", VOLUME_OF_THREE),
    ("unit", LAST_VOLUME),
    ("matter", MATTER),
    ("english", ENGLISH),
    ("bare unit", BARE_UNIT),
    ("number", NUMBER),
)


def _parsed(
    text: str, match: re.Match[str], end: int, family: Family, longest: int
) -> Heading | None:
    unit = match["unit"].lower() if family != "number" else ""
    number = _value(match["number"] or "")
    if number is None and match["number"] != "" and family != "matter":
        return None
    label_end = match.end()
    pattern = NUMBER_SEPARATOR if family == "number" else SEPARATOR
    separator = pattern.match(text, label_end, end) or CLOSING_ORNAMENT.match(text, label_end, end)
    is_closed = match[0][-1] in "）)" and (match[0][0] in "（(" or family == "matter")
    if is_closed and family in {"number", "matter"}:
        separator = separator or re.compile("").match(text, label_end, end)
    title_start = separator.end() if separator else label_end
    rest = text[label_end:end]
    if family == "number" and DOMAIN_BEHIND.match(rest):
        return None
    is_paged = family == "matter" and PAGE_BEHIND.fullmatch(rest) is not None
    is_glued = bool(rest) and separator is None and not is_paged
    if rest and _ends_part(rest) and family != "matter":
        return None
    may_be_glued = (
        family in {"unit", "bare unit"}
        or (family == "english" and rest[:1] > "z")
        or (family == "number" and DIGITS_BEFORE_HAN.match(text, match.start(), end) is not None)
    )
    if is_glued and not may_be_glued:
        return None
    heading = Heading(
        family,
        SIMPLIFIED_UNITS.get(unit, unit),
        number,
        _rank(family, unit),
        (match.start(), label_end),
        (min(title_start, end), end),
        0.0,
        MATTER_ROLES.get(unit) if family == "matter" else None,
        _style(family, unit, match[0], separator[0] if separator and rest else ""),
        is_glued,
        _form(text, match),
    )
    score = _score(text, heading, longest)
    if is_glued and rest[0] in _going_on(text, match, family, unit):
        score -= CONTINUED
    score -= LISTED if is_paged else 0.0
    score -= AS_DECIMAL if family == "number" and DECIMAL.match(rest) else 0.0
    if family == "number" and is_glued and score < LEAST_GLUED_NUMBER:
        is_sentence = rest[0] in MEASURES or FULL_STOP.search(rest) or SPOKEN_END.search(rest)
        if is_sentence:
            return None
    return replace(heading, score=score)


def _going_on(text: str, match: re.Match[str], family: Family, unit: str) -> Container[str]:
    """What makes a word of the numeral and what follows: 12人, 第三部队; but not #12人间."""
    if family != "number":
        return CONTINUATIONS.get(unit, "")
    is_bare = match.start() == 0 or text[match.start() - 1] not in "#＃№§"
    return MEASURES if is_bare and match["number"][0] not in "0０" else ""


def _ends_part(rest: str) -> bool:
    """Whether what follows a label says that the part is over."""
    return PART_END.fullmatch(rest) is not None


def _value(numeral: str) -> int | None:
    if numeral in {"上", "中", "下"}:
        return "上中下".index(numeral) + 1
    return to_number(numeral)


def _rank(family: Family, unit: str) -> int:
    if family == "english":
        return ENGLISH_RANKS[unit]
    return RANKS.get(unit, CHAPTER)


def _form(text: str, match: re.Match[str]) -> str:
    """The kind of the numeral, and what stands before the label."""
    numeral, at = match["number"] or "", match.start()
    while at and text[at - 1] in " \t　":
        at -= 1
    before = text[at - 1] if at and text[at - 1] != "\n" else ""
    return f"{'digits' if numeral.isdecimal() else 'words'}:{before}"


def _style(family: Family, unit: str, label: str, separator: str) -> str:
    """What headings of one kind share: 一、夜雨 and 1. 夜雨 count apart, 第一章 and 第2章 do not."""
    if family != "number":
        return f"{family}:{SIMPLIFIED_UNITS.get(unit, unit)}"
    numeral = label.strip("（()）")
    kind = "digits" if numeral.isdecimal() else "roman" if numeral.isascii() else "chinese"
    bracket = "bracket" if label != numeral else ""
    return f"number:{bracket}:{kind}:{separator.strip()[:1] if separator else ''}"


FAMILY_SCORES: dict[Family, float] = {
    "unit": 4.0, "mark": 8.0, "matter": 4.0, "english": 3.5, "bare unit": 2.0, "number": 1.5,
    "ornament": 0.5,
}  # fmt: skip
CONTINUED = 5.0
AS_DECIMAL = 3.0  # 12.3号码头, and 12.3万元
LISTED = 4.0  # 后记……141 stands in a contents list
LEAST_GLUED_NUMBER = -4.0  # 12个人坐在船上。 is told apart here, not later
GLUED = 1.0
GLUED_CLAUSE = 3.0


def _score(text: str, heading: Heading, longest: int) -> float:
    title = text[slice(*heading.title)]
    score = FAMILY_SCORES[heading.family] + title_score(title, longest)
    if heading.is_glued:
        score -= GLUED * (2.0 if heading.rank <= VOLUME else 1.0)
        is_clause = "，" in title and heading.family not in {"number", "english"}
        score -= GLUED_CLAUSE if is_clause else 0.0
        score -= GLUED_CLAUSE if UNFINISHED.search(title) else 0.0
        # 第三卷的, 第一章里: what is glued on is no title but a particle.
        if title[0] in "的了里裡中是就也还還都在之上下和与與":
            score -= 3.0
    if heading.family == "matter" and title:
        score -= 1.0
    return score


def title_score(title: str, longest: int = LONGEST_TITLE) -> float:
    """How much less than a short plain title this one speaks for a heading; never above nought."""
    if not title:
        return 0.0
    score = 0.0
    length = len(title)
    if length > longest:
        score -= 1.5 + (length - longest) / 30
    elif length > COMFORTABLE_TITLE and longest <= LONGEST_TITLE:
        score -= (length - COMFORTABLE_TITLE) / 30
    if QUOTED_WHOLE.fullmatch(title):
        return score
    if FULL_STOP.search(title):
        score -= 4.0
    elif UNFINISHED.search(title):
        score -= 3.0
    elif SPOKEN_END.search(title):
        score -= 2.5
    elif SHOUTED_END.search(title):
        score -= 0.3
    inner = title[:-1]
    score -= 3.0 * min(inner.count("。") + inner.count("；"), 2)
    score -= 0.4 * min(inner.count("，") + inner.count(","), 4)
    if "“" in title or "”" in title or "「" in title:
        score -= 0.7
    if LISTED_TITLE.search(title):
        score -= LISTED
    if ADDRESS.search(title):
        score -= 4.0
    if len(UNIT.findall(title)) > 1:
        score -= 3.0
    return score


def _doubled(text: str, heading: Heading, longest: int) -> tuple[Heading, ...]:
    """第一卷 风起 第三章 夜雨 is two headings on one line; 番外 第一章 is, too."""
    is_volume = heading.family in {"unit", "english"} and heading.rank < CHAPTER
    if not (is_volume or heading.role == "bonus"):
        return (heading,)
    start, end = heading.title
    for family, pattern in _INNER_PATTERNS:
        for match in pattern.finditer(text, start, end):
            rank = _rank(family, match["unit"].lower())
            is_apart = match.start() == start or text[match.start() - 1] in APART
            is_lower = heading.role is not None or rank > heading.rank
            if is_lower and (is_apart or (family == "unit" and rank >= CHAPTER)):
                inner = _parsed(text, match, end, family, longest)
                if inner and inner.score > 0:
                    title_end = match.start()
                    while title_end > start and text[title_end - 1] in APART:
                        title_end -= 1
                    outer = replace(heading, title=(start, title_end), score=inner.score)
                    return outer, inner
    return (heading,)


APART = " \t　·：:-—_，、】]》〕］」|/"
_INNER_PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("unit", UNIT),
    ("bare unit", BARE_UNIT),
    ("english", ENGLISH),
)
