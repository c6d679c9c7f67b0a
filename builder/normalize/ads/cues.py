"""Which lines of a book are worth reading as ads: those with a cue.

Nearly every line has none, so the search for cues has to be quick; what it finds may still be
story.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from builder.core.numerals import NUMERAL_CLASS
from builder.normalize.ads.words import HIDDEN_CUE, HIDING_CUES

# How many characters one look at a set tells apart before they are tried one by one.
BRANCH = 16


def _words(words: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, each of two characters or more.

    It stops at the rarer of a word's first two characters, looks whether the other may stand
    beside it, and only then asks for the word, a set of characters at a time. Tried word by
    word, a book takes twenty times as long.
    """
    endings: dict[str, list[str]] = {}
    behind: set[str] = set()
    before: set[str] = set()
    for word in words:
        if word[0] in FREQUENT and word[1] not in FREQUENT:
            before.add(word[0])
            ending = f"(?<={re.escape(word[:2])}){re.escape(word[2:])}"
            endings.setdefault(word[1], []).append(ending)
        else:
            behind.add(word[1])
            endings.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = [
        (character, f"(?<={re.escape(character)})(?:{'|'.join(rest)})")
        for character, rest in sorted(endings.items())
    ]
    tree = "|".join(
        f"(?<={_set(character for character, _ in branch)})(?:{'|'.join(end for _, end in branch)})"
        for branch in (branches[at : at + BRANCH] for at in range(0, len(branches), BRANCH))
    )
    beside = f"(?:(?={_set(behind)})|(?<={_set(before)}.))"
    return re.compile(f"{_set(endings)}{beside}(?:{tree})")


def _set(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


# What makes a line worth reading as tokens.
CUE_WORDS = (
    "Copyright|copyright|COPYRIGHT|©2|© |催更|加羣|羣：|群：|群:|w w|W W|扫一扫|掃一掃|扫码|掃碼|换源|換源|书源|書源|好书|好書|书评|書評|评论区|評論區|繁体版|繁體版|简体版|簡體版|完结|完結|试读|試讀|追书|追書|追更|"
    "小伙伴|小夥伴|免费|免費|浏览器|瀏覽器|许可|許可|声明|聲明|反馈|反饋|缺失|防盗|防盜|回车|回車|快捷键|快捷鍵|"
    "会员|會員|注册|註冊|用户|用戶|模式|夜间|夜間|加载|加載|网络|網絡|網路|投票|五星|热门|熱門|首页|首頁|一页|一頁|权利|權利|"
    "缓存|緩存|延时|延時|书迷|書迷|书荒|書荒|认准|認準|收录|收錄|老铁|老鐵|各位|稍后|稍後|更，|更）|更)|"
    "温馨|溫馨|字体|字體|好评|好評|二维码|二維碼|起点币|起點幣|刷新|翻页|翻頁|();|来自|來自|尽在|盡在|稍等|报错|報錯|新书|新書|"
    "站内|站內|无错|無錯|的支持|域名|网址|網址|网站|網站|网友|網友|全网|全網|记住|記住|月票|推荐|推薦|收藏|书签|書籤|書簽|书架|書架|"
    "书屋|書屋|书吧|書吧|书城|書城|书阁|書閣|书库|書庫|书友|書友|书院|書院|首发|首發|阅读|閱讀|手打|手机|手機|"
    "未完|本章|章没有|章沒有|待续|待續|公众|公眾|公衆|QQ|qq|ＱＱ|Qq|微信|www|WWW|ｗｗｗ|http|小说|小說|小?说|"
    "文学网|文學網|文库|文庫|中文网|中文網|更新|章节|章節|上一章|下一章|上一页|下一页|上一頁|下一頁|求票|求追|"
    "打赏|打賞|订阅|訂閱|搜索|下载|下載|第(|第（|PS|ps|Ps|ｐｓ|ＰＳ|作者|CTRL|Ctrl|ctrl|广告|廣告|弹窗|彈窗|"
    "APP|App|app|ＡＰＰ|TXT|txt|看书|看書|读书|讀書|加群|群号|群號|浏览|瀏覽|盗版|盜版|正版|版权|版權|侵权|"
    "转载|轉載|完）|完)|完】|返回|目录|目錄|求个|求個|"
    "转码|轉碼|全文|登录|登錄|登陆|登陸|点击|點擊|扫描|掃描|校对|校對|扫校|掃校|电子书|電子書|提取码|提取碼|捧场|捧場|求一切|求支持|保底|加更|相关推|验证码|驗證碼|同类|同類|录入|錄入|转自|轉自|来源：|來源：|邮箱|郵箱|备案|備案|客户端|客戶端|链接|鏈接|识别二|識別二|听书|聽書|有声|点我|點我|点此|點此|仅供|僅供|内删除|內刪除|商业用途|商業用途|排版：|写作|寫作|动力|動力|章评|本站|錯章|缺章|ＱＱ：|"
    "表于|表於|看楼主|看樓主|复日期|覆日期|日期：|日期:|楼主|樓主|本帖|际遇|際遇|举报|舉報|背景颜|背景顏|位置：|位置:|一篇|页/|頁/|防止|"
    "加V|加v|群1|群2|群3|群4|群5|群6|群7|群8|群9|冲榜|衝榜|评价票|評價票|追读|追讀|观点|觀點|立场|立場|navig|var |/*|cument.|<!-|[[[|[url|[URL|稍候|敲门砖|敲門磚"
)
# Characters of these words, and marks, that every story is full of.
FREQUENT = frozenset(
    "，（）()【】说說点點住明一来來的上下回起看老打二好收认認小完字夜会會声聲快月书書正本全文更手新站许許推记記"
)
CUE = _words(CUE_WORDS.split("|"))
# 第2/3页: where the number of a page may be.
PAGE_CUE = re.compile("[/／](?=[0-9０-９]{1,3} ?[)）]?[页頁])")
# a.b, ａ．ｂ, a。b: where an address may be.
ADDRESS_CUE = re.compile(
    "[a-z0-9A-Zａ-ｚ０-９] ?[(（\\[]?[.。●．·?？点點丶、] ?[)）\\]]?[a-zA-Zａ-ｚ] ?[a-zA-Zａ-ｚ]"
)
# （晚笙吧） behind a sentence.
SHOP_CUE = re.compile("[)）\\]】](?<=[阁閣楼樓轩軒斋齋坊屋馆館吧网網学學说說居社库庫].)")
CUES = (CUE, ADDRESS_CUE, PAGE_CUE, SHOP_CUE)
SPACES = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
# Links and headings of Markdown: whoever writes these means them.
MARKUP = re.compile("\\A#{1,6} |\\](?:\\(|: ?http)")


# A line that may be a heading: 第三章 夜雨, 3、夜雨, 【第三章】.
HEADING_STARTS = frozenset(
    "第正卷☆★◆=＝【〖（([0123456789０１２３４５６７８９一二三四五六七八九十百CcPpEeNn"
)
LONGEST_HEADING = 60
# A line that comes back so often is worth reading; more kinds of them than that are no notices.
LEAST_REPEATS, MOST_REPEATED = 3, 400
# 渡口 第三章: what stands before a heading is the name of a book.
BOOK_CUE = re.compile(f"第(?<=[{SPACES}_-]第)[{NUMERAL_CLASS}]{{1,9}}[章回節节]")


class Line(NamedTuple):
    """A line without the spaces around it, where in the text it starts, and which line it is."""

    start: int
    text: str
    at: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a text that may be ads, those that name a book before a heading, and how
    often each line stands there that looks like a heading.
    """

    cued: tuple[Line, ...]
    booked: tuple[Line, ...]
    headings: Counter[str]
    lines: Sequence[str]


class Watch:
    """Tells which lines of a book are worth reading.

    While rules change a book, most of its lines stay as they are; a line once looked at is
    not looked at again, wherever it stands.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        # The different lines of the last text, and every one ever seen without its spaces.
        self._seen: set[str] = set()
        self._known: set[str] = set()
        self._cued: set[str] = set()
        self._booked: set[str] = set()
        # Of the lines as they stand those that are worth something, the same without spaces,
        # and those that look like headings.
        self._bare: dict[str, str] = {}
        self._headings: set[str] = set()
        self._words: Set[str] = frozenset()
        self._found = Found((), (), Counter(), ())

    def look(self, text: str) -> Found:
        """What there is in a text."""
        self._lines = text.split("\n")
        seen = {*self._lines}
        fresh = {line: line.strip(SPACES) for line in seen - self._seen}
        self._seen = seen
        new = {*fresh.values()} - self._known
        self._known |= new
        self._look_at(new)
        again = (fresh[line] for line in _coming_back(self._lines, fresh))
        self._cued |= {line for line in again if line and MARKUP.search(line) is None}
        worth = self._cued | self._booked
        self._bare.update({line: bare for line, bare in fresh.items() if bare in worth})
        self._headings |= {
            line
            for line, bare in fresh.items()
            if bare[:1] in HEADING_STARTS and len(bare) <= LONGEST_HEADING + 1
        }
        self._found = self._find()
        return self._found

    def _look_at(self, lines: set[str]) -> None:
        text = "\n".join(lines)
        cues = [*CUES]
        if any(mark in text for mark in HIDING_CUES):
            cues.append(HIDDEN_CUE)
        self._cued |= _with_any(
            text, (match.start() for cue in cues for match in cue.finditer(text))
        )
        self._cued |= _with_any(text, _places(text, self._words))
        self._booked |= _lines_at(text, (match.start() for match in BOOK_CUE.finditer(text)))

    def learn(self, words: Set[str]) -> Found:
        """What there is in the last text, now that lines with these words are worth reading."""
        new, self._words = words - self._words, words
        text = "\n".join(self._known)
        told = _with_any(text, _places(text, new)) - self._cued
        if told:
            self._cued |= told
            bare = ((line, line.strip(SPACES)) for line in self._seen)
            self._bare.update((line, inner) for line, inner in bare if inner in told)
            self._found = self._find()
        return self._found

    def _find(self) -> Found:
        lines, bare = self._lines, self._bare
        starts = list(accumulate(map(len, lines), initial=0))
        found = [
            Line(starts[at] + at + line.index(bare[line]), bare[line], at)
            for at, line in enumerate(lines)
            if line in bare
        ]
        return Found(
            tuple(line for line in found if line.text in self._cued),
            tuple(line for line in found if line.text in self._booked),
            Counter(filter(self._headings.__contains__, lines)),
            lines,
        )


def _coming_back(lines: Sequence[str], among: Iterable[str]) -> list[str]:
    """Short lines that come back: few in a book, unless all of it comes back."""
    short = {line for line in among if 1 < len(line) <= LONGEST_HEADING}
    counts = Counter(filter(short.__contains__, lines))
    again = [line for line, count in counts.items() if count >= LEAST_REPEATS]
    return again if len(again) <= MOST_REPEATED else []


def _places(text: str, words: Iterable[str]) -> Iterator[int]:
    """Where the words stand: a place in each line that has any of them.

    Words that begin alike are looked for together: a book whose every ad has an address of its
    own (dafeng17.net, dafeng18.net) is read once for all of them.
    """
    alike: dict[str, set[str]] = {}
    for word in words:
        alike.setdefault(word[:2], set()).add(word)
    for beginning, group in alike.items():
        lengths = {len(word) for word in group}
        at = text.find(beginning)
        while at >= 0:
            following = at + 1
            if any(text[at : at + length] in group for length in lengths):
                yield at
                following = text.find("\n", at)
                if following < 0:
                    break
            at = text.find(beginning, following)


def _with_any(text: str, places: Iterable[int]) -> set[str]:
    """The lines around the places, but for those of Markdown."""
    return {line for line in _lines_at(text, places) if MARKUP.search(line) is None}


def _lines_at(text: str, places: Iterable[int]) -> set[str]:
    """The lines around the places, which ascend or start again."""
    found: set[str] = set()
    start = end = -1
    for place in places:
        if not start <= place <= end:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            found.add(text[start:end])
    return found - {""}
