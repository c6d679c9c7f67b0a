"""What the name of a file or folder says of its place in the order, and what results are called.

Facts about such names as scrapers write (001_3f9a0c1be27d4a55.txt). Pure text work, no file is
touched here; title and author are `book_names`' affair.
"""

import re
import unicodedata

from builder.core.numerals import CHINESE_NUMERAL_CLASS, to_number

# --- order --------------------------------------------------------------------------------

Key = tuple[int, tuple[tuple[int, int, str], ...], str]

_NUMERALS = CHINESE_NUMERAL_CLASS
_COUNTERS = "章回节節卷部篇集话話册冊季幕折场場"

# Hexadecimal noise of scrapers. Example: 3f9a0c1be27d4a55. Counter-examples: 20240131 (a
# date, no letter), facade (a word, no digit).
HASH = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9]*+[a-f])(?=[a-f]*+[0-9])[0-9a-f]{8,}(?![0-9A-Za-z])", re.IGNORECASE
)
# A number in a name. Examples: 12, 第十二, 卷二, 一百零三章, （三）, 二、, 上卷.
# Counter-examples: 一 in 一个人, 三 in 三国演义, 上 in 上海.
_NUMBER = re.compile(
    rf"""
      (?P<digits>[0-9]+)
    | (?:第|卷之?|之) \s*+ (?P<after>[{_NUMERALS}]+)
    | (?<![^\s_\-.（(【\[]) (?P<before>[{_NUMERALS}]+)
      (?= \s*+ [{_COUNTERS}] | [\s_\-.、，,）)】\]] | $ )
    | (?P<place>[上中下]) (?= [部卷篇集册冊] | [）)】\]] | $ )
    """,
    re.VERBOSE,
)
_PLACES = {"上": 1, "中": 2, "下": 3}
# Between the numbers, these say nothing about the order.
_FILLER = re.compile(rf"正文|第|[\s_\-.、，,（）()【】\[\]：:]|^[{_COUNTERS}]")
_FRONT = re.compile(
    "(?:封面|版权|版權|简介|簡介|内容简介|文案|献词|題記|题记|目录|目錄|序|自序|代序|序言|序章|前言|引子|引言|"
    "楔子|导读|導讀|出版说明|(?i:preface|foreword|prologue|introduction))"
    r"(?![\u4e00-\u9fffa-zA-Z])"
)
_BACK = re.compile(
    "(?:尾声|尾聲|终章|終章|后记|後記|跋|附录|附錄|番外|外传|外傳|完本感言|epilogue|afterword|appendix)",
    re.IGNORECASE,
)


def chinese_number(numeral: str) -> int:
    """The value of a Chinese numeral: 二百〇三 → 203, 廿四 → 24, 一〇三 → 103, 两千 → 2000."""
    return to_number(numeral) or 0


def sort_key(stem: str) -> Key:
    """Where a file of this name stands among its siblings; numbers count as numbers.

    Front matter comes before all numbers and back matter after them, unless the name itself
    starts with a number.
    """
    name = HASH.sub("", unicodedata.normalize("NFKC", stem)).strip()
    parts: list[tuple[int, int, str]] = []
    position = 0
    for match in _NUMBER.finditer(name):
        _add_words(parts, name[position : match.start()])
        parts.append((0, _value(match), ""))
        position = match.end()
    _add_words(parts, name[position:])
    starts_with_number = bool(parts) and parts[0][0] == 0
    return (0 if starts_with_number else _rank(name)), tuple(parts), stem


def _value(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"][:18])
    if match["place"]:
        return _PLACES[match["place"]]
    return chinese_number(match["after"] or match["before"])


def _add_words(parts: list[tuple[int, int, str]], words: str) -> None:
    if kept := _FILLER.sub("", words).casefold():
        parts.append((1, 0, kept))


def _rank(name: str) -> int:
    if _FRONT.match(name):
        return -1
    return 1 if _BACK.match(name) else 0


# What a folder is called that holds a part of the book. Examples: 第一卷, 上部, 卷二, 01, 番外,
# 附录. Counter-examples: drafts, 旧稿, images.
_VOLUME = re.compile(
    rf"(?:第?[{_NUMERALS}0-9]{{1,6}}[{_COUNTERS}]|卷之?[{_NUMERALS}0-9]{{1,6}}|[上中下][部卷篇集册冊]|"
    r"[0-9]{1,4}(?![0-9])|(?:vol(?:ume)?|part|book)[ ._-]{0,2}[0-9ivx]{1,6})",
    re.IGNORECASE,
)


def names_a_volume(name: str) -> bool:
    """Whether a folder's name is that of a part of a book."""
    name = unicodedata.normalize("NFKC", name)
    return any(pattern.match(name) for pattern in (_VOLUME, _FRONT, _BACK))


# --- names of results ---------------------------------------------------------------------

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
# ext4 and its like allow 255 bytes; the edition's name and the ending come on top.
MAX_SLUG_BYTES = 150


def slug_of(stem: str) -> str:
    """A name for the results that every file system takes; Chinese stays as it is."""
    slug = _UNSAFE.sub("-", unicodedata.normalize("NFC", stem)).strip(" .-~")
    slug = slug.encode("utf-8", "ignore")[:MAX_SLUG_BYTES].decode("utf-8", "ignore").strip(" .-")
    if not slug:
        return "book"
    return f"_{slug}" if _RESERVED.fullmatch(slug) else slug
