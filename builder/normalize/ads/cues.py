"""Which lines of a book are worth reading as ads: those with a cue.

Nearly every line has none, so the search for cues has to be quick; what it finds may still be
story.
"""

import re
from collections.abc import Iterable, Iterator

from builder.normalize.ads.words import HIDDEN_CUE, HIDING_CUES


def _words(words: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, each of two characters or more.

    Two looks at sets of characters come first: tried word by word, a book takes ten times
    as long.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    heads = "".join(map(re.escape, rests))
    seconds = "".join(re.escape(character) for character in sorted({word[1] for word in words}))
    ends = "|".join(f"(?<={re.escape(head)})(?:{'|'.join(rest)})" for head, rest in rests.items())
    return re.compile(f"[{heads}](?=[{seconds}])(?:{ends})")


# What makes a line worth reading as tokens.
CUE_WORDS = (
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
    "转载|轉載|完）|完)|完】|返回|目录|目錄|求个|求個"
)
CUE = _words(CUE_WORDS.split("|"))
# a.b, ａ．ｂ, a。b: where an address may be.
ADDRESS_CUE = re.compile("[a-z0-9A-Zａ-ｚ０-９] ?[.。●．·?？点丶] ?[a-zA-Zａ-ｚ]{2}")
SPACES = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
# Links of Markdown: whoever writes these means them.
MARKUP = re.compile("\\](?:\\(|: ?http)")


class Cued:
    """Which lines of a book have a cue of an ad; a line once looked at is not looked at again."""

    def __init__(self) -> None:
        self._loud: set[str] = set()
        self._quiet: set[str] = set()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """`[start, end)` of the cued lines, without the spaces around them."""
        lines = text.split("\n")
        bare = [line.strip(SPACES) for line in lines]
        self._look_at({*bare} - self._quiet - self._loud)
        spans: list[tuple[int, int]] = []
        start = 0
        for line, inner in zip(lines, bare, strict=True):
            if inner in self._loud:
                first = start + line.index(inner)
                spans.append((first, first + len(inner)))
            start += len(line) + 1
        return spans

    def _look_at(self, lines: set[str]) -> None:
        text = "\n".join(lines)
        cues = [CUE, ADDRESS_CUE]
        if any(mark in text for mark in HIDING_CUES):
            cues.append(HIDDEN_CUE)
        loud = {text[start:end] for start, end in cued_lines(text, cues)}
        self._loud |= loud
        self._quiet |= lines - loud


def cued_lines(text: str, cues: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """The lines, without the spaces around them, in which any of the patterns is found."""
    starts: set[int] = set()
    for cue in cues:
        done = -1
        for match in cue.finditer(text):
            if match.start() < done:
                continue
            starts.add(text.rfind("\n", 0, match.start()) + 1)
            done = text.find("\n", match.start())
            done = len(text) if done < 0 else done
    for start in sorted(starts):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        first = start + len(line) - len(line.lstrip(SPACES))
        last = end - (len(line) - len(line.rstrip(SPACES)))
        if first < last and MARKUP.search(text, first, last) is None:
            yield first, last
