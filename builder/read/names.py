"""What the name of a file or folder says: its place in the order, the title, the author.

Facts about such names: shared by what people download (《书名》作者：某某.txt) and by what
scrapers write (001_3f9a0c1be27d4a55.txt). Pure text work, no file is touched here.
"""

import re
import unicodedata
from dataclasses import dataclass

from builder.core.numerals import CHINESE_NUMERAL_CLASS, to_number

# --- order --------------------------------------------------------------------------------

Key = tuple[int, tuple[tuple[int, int, str], ...], str]

_NUMERALS = CHINESE_NUMERAL_CLASS
_COUNTERS = "章回节節卷部篇集话話册冊季幕折场場"

# Hexadecimal noise of scrapers. Example: 3f9a0c1be27d4a55. Counter-examples: 20240131 (a
# date, no letter), facade (a word, no digit).
_HASH = re.compile(
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
    name = _HASH.sub("", unicodedata.normalize("NFKC", stem)).strip()
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


# --- title and author ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says; empty where it says nothing."""

    title: str = ""
    author: str = ""


_BY = r"(?:作\s?者|著\s?者|作家|文|[Bb][Yy])\s*[:：_/／\-]?\s*|[:：]\s*"
# What is said about the edition, not about the book.
# Examples: （精校版全本）, [TXT下载], 【完结】. Counter-example: （上） stays.
_EDITION = re.compile(
    r"""[（(\[【]\s*[^（()）\[\]【】]*
        (?:全本|全集|完本|完结|完結|校对|校對|精校|校注|版|txt|下载|下載|连载|連載|实体|出版|epub|插图|\d+-\d+)
        [^（()）\[\]【】]*[）)\]】]
      | \s*[@\uff20]\S*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AUTHOR = r"(?P<author>[^\s《》【】\[\]（）()_:：/][^《》【】\[\]（）()_:：/]{0,39})"
_TITLE = r"(?P<title>[^《》]+?)"
_SAID_BY = r"(?:(?:作\s?者|著\s?者)\s*[:：_/／\-]?\s*|(?<=[\s_])[Bb][Yy](?=[\s_:])[\s_:]*)"
_NAME = r"[\u3400-\u9fff·]{2,12}|[A-Za-z][A-Za-z .]{2,39}"
# Ignoring case would cost a look at each of 20,000 Han before anything is read: 10 ms.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 《书名》作者：某某 · 《书名》某某 · 《书名》（某某） · 《书名》
        rf"^《(?P<title>[^》]+)》[\s_\-]*[（(]?\s*(?:{_BY})?{_AUTHOR}?\s*[）)]?$",
        # 某某《书名》
        rf"^{_AUTHOR}\s*(?:著|作)?\s*《(?P<title>[^》]+)》$",
        # 《书名》 and anything that is no author
        r"^[^《]*《(?P<title>[^》]+)》(?P<author>)",
        # 【书名】作者
        rf"^【(?P<title>[^】]+)】[\s_\-]*(?:{_BY})?{_AUTHOR}$",
        # [作者]书名
        rf"^\[{_AUTHOR}\][\s_\-]*(?P<title>[^\[\]]+)$",
        # 书名 作者：某某 · 书名_作者_某某 · 书名 by 某某
        rf"^{_TITLE}[\s_\-，,]*{_SAID_BY}{_AUTHOR}$",
        # 书名(作者)
        rf"^(?P<title>[^（(]+?)\s*[（(](?P<author>{_NAME})[）)]$",
        # 书名 某某 著
        rf"^{_TITLE}\s+(?P<author>{_NAME})\s*著$",
        # 书名 - 作者 · 书名 — 作者
        rf"^{_TITLE}\s+[\-–—]+\s+{_AUTHOR}$",
        # 书名_作者 · 书名-作者: both Chinese, so that my_book stays a title
        r"^(?P<title>[^_\-]*[\u3400-\u9fff][^_\-]*)[_\-](?P<author>[\u3400-\u9fff·]{2,12})$",
    )
)
# Brackets after a title that hold no name. Example: 书名（下册）.
_NOT_A_NAME = re.compile(
    rf"[上中下]|[第{_NUMERALS}0-9]+[{_COUNTERS}]?|[上中下][{_COUNTERS}]|.*[{_COUNTERS}]"
)
# Names that say nothing. Examples: 001, chapters, 正文.
_NOTHING = re.compile(
    r"[\d\s_\-.]*|(?:my)?(?:book|text|txt|novel|source|src|input|chapters?|content|raw|output|download)s?"
    r"|正文|小说|小說|文本|新建文件夹|新建文本文档|未命名",
    re.IGNORECASE,
)


def title_and_author(stem: str) -> Named:
    """The title and author that a file or folder name gives.

    Example: 《夜航》作者：林晚 → 夜航, 林晚. A name that is only a number gives nothing.
    """
    name = _EDITION.sub("", unicodedata.normalize("NFC", stem)).strip(" _-\N{IDEOGRAPHIC SPACE}")
    name = _HASH.sub("", name).strip(" _-")
    for pattern in _PATTERNS:
        if match := pattern.match(name):
            title, author = match["title"].strip(), (match["author"] or "").strip()
            if _NOT_A_NAME.fullmatch(author):
                continue
            return Named(title, _without_by(author))
    return Named("" if _NOTHING.fullmatch(name) else name)


def _without_by(author: str) -> str:
    """The bare name. Example: 林晚 著 → 林晚."""
    return re.sub(r"\s+(?:著|作品|编|編)$", "", author)


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
