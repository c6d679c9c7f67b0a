"""Pieces of text that look left over from where it was copied: nothing is removed for it.

Each kind has one pattern, run over the whole text at once. Equal pieces are told once, with
their count; those that somebody asked to keep are not.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from builder.inspection.examination import Leftover, LeftoverKind
from builder.inspection.passages import Passages
from builder.inspection.sounds import syllables

HAN = re.compile("[\u3400-\u9fff]")
PLACES_SHOWN = 5


def _starting(*branches: tuple[str, str]) -> re.Pattern[str]:
    """A pattern of branches, each given as (its possible first characters, its rest).

    All first characters in one class let the engine skip to the next of them at once: ten
    megabytes take tenths of a second.
    """
    firsts = "".join(first for first, _ in branches)
    rests = "|".join(f"(?<=[{first}]){rest}" for first, rest in branches)
    return re.compile(f"[{firsts}](?:{rests})")


# www.example.com, https://a.b/c, example点com, a@b.cn, but not 3.14 or U.S. or Node.js.
ADDRESS = re.compile(
    r"[A-Za-z0-9](?<![A-Za-z0-9._-].)(?:"
    r"(?<=[hH])ttps?://[!-~]+|(?<=[wW])[wW]{2}[.．。・·][!-~]+"
    r"|[A-Za-z0-9-]{0,40}(?:[.．・·点點][A-Za-z0-9-]{2,40}){0,3} ?[.．。・·点點] ?"
    r"(?i:com|net|org|cn|cc|info|xyz|top|vip|tw|hk|la|me|tv|biz|club|site|online)(?![A-Za-z0-9])"
    r"|[A-Za-z0-9._-]{0,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,4})"
)
# 本章未完，请点击下一页 or (本章完), but not 且看下一章 in a story.
PAGE_LINK = _starting(
    ("本", "[章页頁][未没沒]完[^\n]{0,20}"),
    ("（(【", "(?:本[章书書]完|未完待[续續])[）)】]"),
    ("点點", "[击擊]下一[页頁][^\n]{0,12}"),
    ("手", "(?:机用户|機用戶)[^\n]{0,16}"),
    ("一", "秒[记記]住[^\n]{0,16}"),
    ("请請", "[记記]住本[书書][^\n]{0,20}"),
    ("最", "新章[节節][^\n]{0,20}"),
    ("无無", "[弹彈]窗[^\n]{0,12}"),
    ("全", "文[阅閱][读讀][^\n]{0,12}"),
    ("免", "[费費][阅閱][读讀][^\n]{0,12}"),
    ("加", "入[书書][签籤架][^\n]{0,12}"),
    ("笔筆", "趣[阁閣]"),
    ("正", "在手打中[^\n]{0,20}"),
    ("求跪", "[^\n]{0,4}(?:月票|推[荐薦]票|收藏|[订訂][阅閱])[^\n]{0,12}"),
    ("上", "一[章页頁][^\n]{0,12}下一[章页頁]"),
    ("首最", "[发發快][^\n]{0,4}更新[^\n]{0,8}"),
    ("第", r" ?[(（] ?\d{1,3} ?[/／] ?\d{1,3} ?[)）] ?[页頁]"),
)
# &nbsp; <br/> [img] but not a < b.
MARKUP = re.compile(
    r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});"
    r"|</?[a-zA-Z][a-zA-Z0-9]{0,10}(?:\s[^<>\n]{0,80})?/?>"
    r"|\[/?(?:img|url|b|i|size|color|quote|center)(?:=[^\]\n]{0,60})?\]"
)
# sh3n, xìng or se between Han, but not app or T恤 or 3D.
LATIN = re.compile("[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü0-9]{1,11}")
# 他**了 or 这个×× or 口□□, but not a line of asterisks and not 长×宽.
MASKED = re.compile("[*＊×✕╳□■▇█○●][*＊×✕╳□■▇█○●]{0,7}")
# 一九○○年 is a year.
NUMERAL = re.compile("[〇一二三四五六七八九十百]")
MASKING_ALONE = frozenset("*＊□■▇█")
# 锟斤拷, 烫烫烫, ä½ å¥½, 鈥 (“ read as GBK), U+FFFD; but not café.
_CONTINUATION = "\u0080-\u00ff\u20ac\u2018-\u201d\u2020-\u2022\u2026\u0152\u0153\u0160\u0161"
MOJIBAKE = _starting(
    ("锟錕", "斤拷(?:[锟錕]斤拷){0,99}"),
    ("烫", "烫烫+"),
    ("燙", "燙燙+"),
    ("屯", "屯屯+"),
    ("\N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}{0,99}"),
    ("鈥銆锛", "[\u4e00-\u9fff\ue000-\uf8ff?€]"),
    ("\u00c0-\u00f4", f"[{_CONTINUATION}]{{3,60}}"),
)
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
# Lines of a few words that many chapters have; speech and the storyteller's formulas excepted.
SHORT_LINE_CHARS = (5, 29)
LEAST_REPEATS = 5
FORMULA = re.compile("分解|[话話][说說]|且[说說看听聽]|正是|[欲要][知]|[诗詩]曰|有[诗詩]|[词詞]曰")
_LEET = str.maketrans("0134579", "oieastg")

_PATTERNS: tuple[tuple[LeftoverKind, re.Pattern[str]], ...] = (
    (LeftoverKind.ADDRESS, ADDRESS),
    (LeftoverKind.PAGE_LINK, PAGE_LINK),
    (LeftoverKind.MARKUP, MARKUP),
    (LeftoverKind.PINYIN, LATIN),
    (LeftoverKind.MASKED, MASKED),
    (LeftoverKind.MOJIBAKE, MOJIBAKE),
    (LeftoverKind.PRIVATE, PRIVATE),
)


def find_leftovers(passages: Passages) -> tuple[Leftover, ...]:
    """Everything that looks left over, kind by kind, in reading order."""
    found: list[Leftover] = []
    for kind, pattern in _PATTERNS:
        places: dict[str, list[int]] = defaultdict(list)
        for match in pattern.finditer(passages.text):
            if _is_meant(kind, match) and not passages.is_kept(*match.span()):
                places[match[0].strip()].append(match.start())
        found.extend(_leftover(passages, kind, text, at) for text, at in places.items())
    found.extend(_repeated(passages))
    return tuple(found)


def _is_meant(kind: LeftoverKind, match: re.Match[str]) -> bool:
    """Whether its neighbours make a match what it looks like."""
    if kind not in {LeftoverKind.PINYIN, LeftoverKind.MASKED}:
        return True
    text, start, end = match.string, match.start(), match.end()
    is_after_han = HAN.match(text, start - 1) is not None if start else False
    is_before_han = HAN.match(text, end) is not None
    if kind is LeftoverKind.PINYIN:
        return is_after_han and is_before_han and is_pinyin(match[0])
    if match[0][0] == "○" and (NUMERAL.match(text, start - 1) or NUMERAL.match(text, end)):
        return False
    if end - start > 1:
        return is_after_han or is_before_han
    # A single asterisk behind a word marks a note.
    return is_after_han and is_before_han and match[0] in MASKING_ALONE


def is_pinyin(piece: str) -> bool:
    """Whether Latin between Han is a syllable written out: sh3n, xing, sè, mei2."""
    piece = "".join(c for c in unicodedata.normalize("NFD", piece) if c.isascii())
    if not piece[0].islower():
        return False
    letters = piece[:-1] if piece[-1] in "12345" else piece
    if len(letters) < 2:
        return False
    return letters in syllables() or (
        any(c.isdigit() for c in letters)
        and sum(c.isalpha() for c in letters) >= 2
        and letters.translate(_LEET) in syllables()
    )


def _repeated(passages: Passages) -> Iterator[Leftover]:
    least, most = SHORT_LINE_CHARS
    lines = [
        (text, passage)
        for passage in passages.all
        if passage.is_prose
        and least <= len(text := passage.text.strip()) <= most
        and not passages.is_kept(passage.start, passage.start + len(text))
    ]
    counts = Counter(text for text, _ in lines)
    often = {
        text for text, count in counts.items() if count >= LEAST_REPEATS and not _is_of_story(text)
    }
    places: dict[str, list[int]] = defaultdict(list)
    sections: dict[str, set[int]] = defaultdict(set)
    for text, passage in lines:
        if text in often:
            places[text].append(passage.start)
            sections[text].add(passage.section)
    for text, at in places.items():
        if len(sections[text]) >= LEAST_REPEATS:
            yield _leftover(passages, LeftoverKind.REPEATED, text, at)


def _is_of_story(line: str) -> bool:
    """Speech, what leads to speech, and the storyteller's formulas repeat by nature."""
    return line[0] in "“「『‘" or line[-1] in "：:”」" or FORMULA.search(line) is not None


def _leftover(passages: Passages, kind: LeftoverKind, text: str, at: list[int]) -> Leftover:
    before, after = passages.around(at[0], at[0] + len(text))
    shown = tuple(passages.place(position) for position in at[:PLACES_SHOWN])
    return Leftover(kind, text, before, after, len(at), shown)
