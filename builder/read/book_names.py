"""What the name of a book's file or folder says: title, author, and its place in a series.

The shapes are those that people download and scan: 《书名》作者：某某.txt, 书名_作者.txt, [作者]书名,
书名 BY 作者 (完结) 精校版. A name that fits none of them stays whole and is the title. Pure text
work; where a name stands among others is `names`' affair.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from builder.read.names import HASH
from builder.read.series_names import SERIES_MARK, InSeries, series_in


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says; empty where it says nothing."""

    title: str = ""
    author: str = ""
    series: InSeries | None = None


_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_OPEN, _CLOSE = r"[（(\[【〔]", r"[）)\]】〕]"
_INSIDE = r"[^（()）\[\]【】〔〕《》]*"
# Words about the edition, the file, or where it comes from; none of them about the book.
_ABOUT_FILE = (
    r"全本|全集|全文|全书|全書|完本|完结|完結|完整|未完|已完|精校|精排|精编|校对|校對|校正|校注|校订|手打"
    r"|整理|修订|修訂|典藏|珍藏|未删[节减]|无删[节减]|無刪[節減]|无错|無錯|实体[书版]|實體[書版]|出版[版书]|插图|插圖"
    r"|纯文本|连载|連載|下载|下載|首发|首發|更新|简体|繁体|簡體|繁體|正版|版本|电子[书版]|電子[書版]"
    r"|(?:小说|小說|文学|文學|中文|读书|阅读|书)[网網]|论坛|論壇|书屋|書屋|书吧|网盘"
)
_ABOUT_FILE_LATIN = (
    r"vip|txt|e-?pub|pdf|mobi|azw3|utf-?8|gbk|gb18030|big5|z-?library|z-lib[^\s（()）]{0,12}"
    r"|libgen[^\s（()）]{0,12}|anna.s archive"
)
_SITE = r"(?<![a-z0-9.-])(?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|org|cc|cn|info)"
_CHAPTERS = r"第?\s*[0-9]{1,5}\s*[-~～—–至到]+\s*[0-9]{1,5}\s*(?:[章回话話节節](?:完|全)?|完)"
# Examples: （精校版全本）, [TXT下载], 【完结】, (Z-Library), （1-300章）, （插图版）.
# Counter-examples: （上）, （1-3）, （林晚）, （版画）.
_EDITION = re.compile(
    rf"\s*{_OPEN}\s*(?:{_INSIDE}(?:{_ABOUT_FILE}){_INSIDE}|{_INSIDE}版|(?:{_ABOUT_FILE_LATIN}|{_SITE})[\s{_HAN}]*"
    rf"|{_CHAPTERS}|[全完]|(?:19|20)[0-9]{{2}})\s*{_CLOSE}",
    re.IGNORECASE,
)
# The kind of story, in brackets before a title. Example: 【科幻】夜航. Counter-example: 【夜航】林晚.
_GENRE = re.compile(
    r"^[【\[（(](?:科幻|玄幻|奇幻|都市|言情|古言|现言|耽美|历史|歷史|军事|悬疑|推理|武侠|武俠|仙侠|修真|网游|"
    r"同人|原创|经典|名著|小说|小說|文学|转载|推荐|BL|GL|BG)[】\]）)]\s*(?=.)"
)
# The same words after a gap or a bracket. Examples: 夜航 精校版, 夜航_全本, 《夜航》完结+番外, 夜航1-300章.
# Counter-examples: 鲁迅全集, 夜航番外, 夜航 全.
_TAIL = re.compile(
    rf"(?:(?:[\s_\-—–+.·,，、]++|(?<=[》】）)\]]))"
    rf"(?:(?:{_ABOUT_FILE}|{_ABOUT_FILE_LATIN})(?:版|本|文|中|至)?(?:{_CHAPTERS}|[0-9]+章)?[\s+、&和]*(?:番外)?)++"
    rf"|[\s_\-]*{_CHAPTERS}|\s+{_SITE})$",
    re.IGNORECASE,
)
# And between 《书名》 and the author. Example: 《夜航》精校版 林晚.
_AFTER_TITLE = re.compile(
    rf"(?<=》)[\s_\-]*(?:(?:{_ABOUT_FILE})(?:版|本|文)?[\s_+\-]*)++", re.IGNORECASE
)
# Who passed the file on. Example: 夜航@书香. Counter-example: a@b in the middle of words.
_PASSED_ON = re.compile(r"\s*[@\uff20]\S*$")
_BLANKS = " _-—–+·、，,\N{IDEOGRAPHIC SPACE}"

# Where and when somebody wrote. Example: [美], （清）. Counter-example: （林晚）.
_COUNTRY = (
    r"(?:[\[［〔（(【](?:[美英法德日俄苏意西葡奥加澳印韩波捷匈希以荷瑞丹挪芬土埃智墨阿国][国國]?|爱尔兰|哥伦比亚|巴西|秘鲁|"
    r"先秦|[秦汉漢魏晋晉唐宋元明清]|民[国國]|南北朝|现代|當代|当代)[\]］〕）)】]\s*)?"
)
_AUTHOR = r"(?P<author>[^\s《》【】\[\]（）()_:：/][^《》【】\[\]（）()_:：/]{0,39})"
_TITLE = r"(?P<title>[^《》]+?)"
_BY = r"(?:作\s?者|著\s?者|作家|文|[Bb][Yy])\s*[:：_/／\-]?\s*|[:：]\s*"
_SAID_BY = (
    r"(?:(?:作\s?者|著\s?者|作家)\s*[:：_/／\-]?\s*|[\s_]文\s*[:：/／]\s*"
    rf"|(?:(?<=[\s_])[Bb][Yy](?=[\s_:：{_HAN}])|(?<=[{_HAN}）)])(?:BY|by)(?=[\s_:：{_HAN}]))[\s_:：]*)"
)
_HAN_NAME = r"[\u3400-\u9fff]{2,7}|[\u3400-\u9fff]{1,7}(?:[·•][\u3400-\u9fff]{1,7}){1,3}"
_NAME = rf"{_HAN_NAME}|[A-Za-z][A-Za-z .]{{2,39}}"
# Ignoring case would cost a look at each of 20,000 Han before anything is read: 10 ms.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 《书名》作者：某某 · 《书名》某某 · 《书名》（某某） · 《书名》 · 《书名》[美]某某 著
        rf"^《(?P<title>[^》]+)》[\s_\-—]*{_COUNTRY}[（(\[]?\s*(?:{_BY})?{_COUNTRY}{_AUTHOR}?\s*[）)\]]?$",
        # 某某《书名》 · 作者：某某《书名》
        rf"^(?:作者\s*[:：]\s*)?{_COUNTRY}{_AUTHOR}[\s_\-—]*(?:著|作)?\s*《(?P<title>[^》]+)》$",
        # 《书名》第二部 作者：某某
        rf"^《(?P<title>[^》]+)》(?P<rest>[^《》]{{0,20}}?)[\s_\-，,]*{_SAID_BY}{_AUTHOR}$",
        # 《书名》 and anything that is no author
        r"^[^《]*《(?P<title>[^》]+)》(?P<author>)",
        # 【书名】作者
        rf"^【(?P<title>[^】]+)】[\s_\-]*(?:{_BY})?{_AUTHOR}$",
        # [作者]书名 · (作者)书名
        rf"^\[{_AUTHOR}\][\s_\-]*(?P<title>[^\[\]]+)$",
        rf"^[（(](?P<author>{_HAN_NAME})[）)][\s_\-]*(?P<title>[^（()）]+)$",
        # 书名（作者：某某）
        rf"^{_TITLE}\s*[（(\[]\s*(?:作者|著者|文)\s*[:：]?\s*{_AUTHOR}[）)\]]$",
        # 书名 作者：某某 · 书名_作者_某某 · 书名 by 某某
        rf"^{_TITLE}[\s_\-，,]*{_SAID_BY}{_AUTHOR}$",
        # 书名(作者) · 书名[作者] · 书名（某某著）
        rf"^(?P<title>[^（(\[]+?)\s*[（(\[]{_COUNTRY}(?P<author>{_NAME})\s?著?[）)\]]$",
        # 书名 某某 著
        rf"^{_TITLE}\s+{_COUNTRY}(?P<author>{_NAME})\s*著$",
        # 书名 - 作者 · 书名 — 作者
        rf"^{_TITLE}\s+[\-–—]+\s+{_COUNTRY}{_AUTHOR}$",
        # 书名_作者 · 书名-作者: both Chinese, so that my_book stays a title
        rf"^(?P<title>[^_\-]*[\u3400-\u9fff][^_\-]*)[_\-]{_COUNTRY}(?P<author>{_HAN_NAME})$",
    )
)
# What stands where an author could and is none. Examples: 下册, 第二部, 修订本, 短篇小说集, 三部曲.
_NOT_A_NAME = re.compile(
    rf"{SERIES_MARK}|番外.*|.*(?:[章回卷部篇册冊]|合集|文集|选集|选|集|小说|小說|系列|三部曲|版|故事|传奇|漫画|同人)"
)
_BY_AT_END = re.compile(r"(?:\s+(?:著|作品|编|編|编著|撰)|(?<=[\u3400-\u9fff]{2})著)$")
# Names that say nothing. Examples: 001, chapters, 正文.
_NOTHING = re.compile(
    r"[\d\s_\-.]*|(?:my)?(?:book|text|txt|novel|source|src|input|chapters?|content|raw|output|download)s?"
    r"|正文|小说|小說|文本|新建文件夹|新建文本文档|未命名",
    re.IGNORECASE,
)
# Longer than any name that a person gave; a shape is not looked for in it.
_LONGEST = 200


def title_and_author(stem: str) -> Named:
    """The title and author that a file or folder name gives, and the series it belongs to.

    Example: 《夜航》作者：林晚 → 夜航, 林晚; 夜航（上） → 夜航（上）, the first of 夜航. A name that
    is only a number gives nothing.
    """
    name = HASH.sub("", unicodedata.normalize("NFC", stem)).strip(_BLANKS)
    if len(name) > _LONGEST:
        return Named(name)
    name = _without_file_words(name)
    named = _shaped(name) or Named("" if _NOTHING.fullmatch(name) else name)
    found = series_in(named.title)
    if found is None:
        return named
    title = found.title if found.title and not _NOTHING.fullmatch(found.title) else named.title
    return replace(named, title=title, series=found)


def _shaped(name: str) -> Named | None:
    """Title and author, when the name has one of the shapes."""
    for pattern in _PATTERNS:
        if match := pattern.match(name):
            title, author = match["title"].strip(_BLANKS), (match["author"] or "").strip(_BLANKS)
            author = _BY_AT_END.sub("", author)
            if not title or (author and _NOT_A_NAME.fullmatch(author)):
                continue
            # 《夜航》第二部: what follows says which of them it is.
            rest = match.groupdict().get("rest") or name[match.end("title") + 1 :] * (not author)
            rest = rest.strip(_BLANKS)
            if "》" in name and rest and series_in(f"{title} {rest}"):
                title = f"{title} {rest}"
            return Named(_without_file_words(title), author)
    return None


def _without_file_words(name: str) -> str:
    """`name` without what is said about the file; whole when nothing else would be left."""
    while True:
        shorter = _PASSED_ON.sub("", _GENRE.sub("", _EDITION.sub(_gap, name)))
        shorter = _TAIL.sub("", _AFTER_TITLE.sub("", shorter).strip(_BLANKS)).strip(_BLANKS)
        if shorter == name or not shorter:
            return name
        name = shorter


def _gap(match: re.Match[str]) -> str:
    """What parts the words around a bracket that is taken out: nothing where a bracket follows."""
    return "" if match.string[match.end() : match.end() + 1] in "（【〔《 " else " "
