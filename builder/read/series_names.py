"""Which of a series a title says it is: 江湖（上）, 江湖 第二部, 江湖卷三·夜雨, Night Vol.2, 江湖1-3.

Only marks that nobody mistakes for a part of the title count by themselves. A bare number at the
end (江湖2, but also 1984 and 一九八四) does only beside its fellows: `numbered` gives it, and who
knows the fellows decides.
"""

import re
import unicodedata
from dataclasses import dataclass

from builder.core.numerals import CHINESE_NUMERAL_CLASS, to_number


@dataclass(frozen=True, slots=True)
class InSeries:
    """A place in a series; `title` is what the book is called by itself, "" when only by that.

    `is_last` says that it is 下: the second, or the third where there is a 中; `is_several`, that
    it is several in one, of which `position` is the first.
    """

    series: str
    position: float
    title: str = ""
    is_last: bool = False
    is_several: bool = False


_N = rf"(?:[{CHINESE_NUMERAL_CLASS}]{{1,6}}|[0-9０-９]{{1,3}}|[IVXivx]{{1,5}}|[Ⅰ-Ⅻ])"
_UNITS = "部卷册冊集辑輯季篇"
_TO = r"\s*[-~～—–至到、]\s*"
_PLACES = {"上": 1.0, "中": 2.0, "下": 3.0}
# Three volumes are 上中下, two are 上下: of a 下 alone nobody knows, and two are commoner.
LAST_OF_TWO = 2.0
_ENGLISH = r"(?:vol(?:ume)?|book|part|no)\b[ ._#-]{0,2}|\#"
# A mark and nothing else. Examples: 上, 下册, 第二部, 卷三, 1-3, Vol.2. Counter-examples: 上海, 三国.
SERIES_MARK = (
    rf"(?:[上中下][{_UNITS}]?|第\s?{_N}\s?[{_UNITS}]?|{_N}\s?[{_UNITS}]|卷之?\s?{_N}|之{_N}|{_N}"
    rf"|{_N}{_TO}{_N}[{_UNITS}]?|(?:{_ENGLISH}){_N})"
)
_GAP = r"[\s_\-—–·:：,，]"
_OPEN, _CLOSE = r"[（(\[【〔]", r"[）)\]】〕]"
# Examples: 江湖（上）, 江湖（二）, 江湖【第三册】, 江湖（1-3）. Counter-example: 江湖(2), as browsers call
# a file that they load twice.
_BRACKETED = re.compile(
    rf"(?P<series>.+?)\s*{_OPEN}\s*(?P<mark>(?![0-9０-９]+\s*{_CLOSE}){SERIES_MARK})\s*{_CLOSE}"
    rf"(?:{_GAP}*(?P<title>.*))?",
    re.IGNORECASE | re.DOTALL,
)
# Examples: 江湖 第二部, 江湖第二部 风起, 江湖·卷三：夜雨, 江湖 上册, 江湖 Vol.2, 江湖 之二.
# Counter-examples: 三分之一, 第二部 (of nothing), 江湖上, 上海 (no gap), 席卷一切 (卷 needs a gap).
_TRAILING = re.compile(
    rf"(?P<series>.+?)(?:{_GAP}*(?P<mark>第\s?{_N}\s?[{_UNITS}])|(?:{_GAP}+(?P<spaced>[上中下][部卷册冊集]|"
    rf"{_N}\s?[部卷册冊辑輯]|卷之?\s?{_N}|之[{CHINESE_NUMERAL_CLASS}]{{1,3}}|(?:{_ENGLISH}){_N})"
    rf"|(?<![A-Za-z\s])(?P<english>vol(?:ume)?[ ._#-]{{0,2}}{_N})))"
    rf"(?=$|{_GAP}|[（(]){_GAP}*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Examples: 江湖系列之二：风起, 江湖三部曲1 风起, 江湖系列 3. Counter-example: 江湖系列.
_CYCLE = re.compile(
    rf"(?P<series>.+?(?:系列|三部曲|四部曲|五部曲)){_GAP}*(?P<mark>之?{_N}|第{_N}[{_UNITS}]?)"
    rf"(?=$|{_GAP}|[《（(]){_GAP}*[《]?(?P<title>[^》]*)》?",
    re.DOTALL,
)
# Several in one file. Examples: 江湖1-3, 江湖 一至三, 江湖1~3部. Counter-example: 江湖1-300.
_RANGE = re.compile(
    rf"(?P<series>.*?[^0-9０-９{CHINESE_NUMERAL_CLASS}\s_\-])[\s_\-]*"
    rf"(?P<mark>{_N}{_TO}{_N}\s?[{_UNITS}]?)",
    re.DOTALL,
)
# Longer than any title that says its place in a series; a shape is not looked for in it.
LONGEST_TITLE = 100
_SHAPES = (_CYCLE, _BRACKETED, _TRAILING, _RANGE)
_NUMERAL = re.compile(_N)
_SEVERAL = re.compile(rf"{_N}{_TO}{_N}")
# Of more volumes than these nobody numbers the files; they are years and chapters.
_MOST_VOLUMES = 99
# A number at the end, for those who know the fellows. Examples: 江湖2, 江湖 II, 江湖三, 江湖下, 江湖卷二.
# Counter-examples: 2001太空漫游, 江湖(2).
_NUMBERED = re.compile(
    rf"(?P<series>.*?[^0-9０-９IVXivxⅠ-Ⅻ{CHINESE_NUMERAL_CLASS}\s_\-·.（(\[])[\s_\-·.]*[卷第]?"
    rf"(?P<mark>{_N}|[上中下])",
    re.DOTALL,
)
# A number before the title. Examples: 01 夜雨, 2.风起, 第三部 归舟, 卷一：夜雨. Counter-example: 1984.
_LED = re.compile(
    rf"(?:第\s?(?P<a>{_N})\s?[{_UNITS}]|卷之?\s?(?P<b>{_N})|(?P<c>[0-9０-９]{{1,3}}))"
    rf"(?:[\s_\-—–·:：,，、.．]+|$)(?P<title>.*)",
    re.DOTALL,
)


def series_in(title: str) -> InSeries | None:
    """The series and the place in it that `title` names; None when it names none for sure."""
    for shape in _SHAPES:
        match = shape.fullmatch(title) if len(title) <= LONGEST_TITLE else None
        if match is None:
            continue
        found = match.groupdict()
        position = position_of(
            mark := found["mark"] or found.get("spaced") or found.get("english") or ""
        )
        series = found["series"].strip(" _-—–·:：，,《》\N{IDEOGRAPHIC SPACE}")
        if position is not None and series and not SERIES_ALONE.fullmatch(series):
            own = (found.get("title") or "") if shape is _CYCLE else ""
            is_several = bool(_SEVERAL.search(mark))
            return InSeries(series, position, own.strip(), mark.startswith("下"), is_several)
    return None


def numbered(title: str) -> InSeries | None:
    """The same for a bare number at the end, which by itself proves nothing."""
    match = _NUMBERED.fullmatch(title) if len(title) <= LONGEST_TITLE else None
    position = position_of(match["mark"]) if match else None
    if match is None or position is None:
        return None
    return InSeries(match["series"].strip(), position, is_last=match["mark"] == "下")


def led(title: str) -> InSeries | None:
    """The number that a title begins with; the series is whatever the folder is called: ""."""
    match = _LED.fullmatch(title) if len(title) <= LONGEST_TITLE else None
    position = position_of(match["a"] or match["b"] or match["c"]) if match else None
    return None if match is None or position is None else InSeries("", position, match["title"])


def position_of(mark: str) -> float | None:
    """The number in a mark, the first of several; None when it is none or no volume's.

    Examples: 第十二部 → 12, 下册 → 2, 1-3 → 1, Vol. II → 2.
    """
    mark = unicodedata.normalize("NFKC", mark).strip()
    if mark[:1] in _PLACES:
        return LAST_OF_TWO if mark[0] == "下" else _PLACES[mark[0]]
    body = re.sub(rf"^(?:{_ENGLISH})", "", mark, flags=re.IGNORECASE)
    numerals = [to_number(one) for one in _NUMERAL.findall(body)]
    if not numerals or any(one is None or one > _MOST_VOLUMES for one in numerals):
        return None
    return float(numerals[0] or 0)


# What is no name of a series. Examples: 第, 卷, 12.
SERIES_ALONE = re.compile(rf"[第卷之{_UNITS}0-9０-９\s_\-.]*")
