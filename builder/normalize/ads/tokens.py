"""A line as tokens of ads: words, addresses, names of sites, each with a weight.

The weight says how sure a token makes us that an ad speaks. How much of a line the tokens
cover tells an ad from a sentence that mentions the same things.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.normalize.ads.cues import CUES
from builder.normalize.ads.words import (
    ADDRESS,
    BADGE,
    HARD,
    HIDDEN,
    LEAD,
    MILD,
    NOTICE_COMMON,
    NOTICE_TRADE,
    SITE,
    SOFT,
)

# Ads come in both scripts; only the characters that their words are made of matter here.
_TRADITIONAL = str.maketrans(
    "請記錄網書說讀閱頁點擊這個節訂關眾衆號機戶優質體驗無彈費瀏覽發佈碼載繼續結處誤報舉傳盡將導鍵為夾離"
    "內類熱門歡開權聯僅筆樂觀當來現單沒進標題後時間隨電腦贈賞評論選擇認廣獲專屬鮮總條訊應贊轉羣籤簽薦閣"
    "館庫軟遊戲寫齋樓聽畫講滿裡裏藉爲鏈帳賬們從對經過還讓給幫動態萬兩與會處園軒雲鄉愛長東車線視頻飄陸"
    "錯問郵試謝穀讚貼訪連裝準幾製冊員壇實異張強備復歸並學絡維緩獨盜係滾纔釦掃護蒐數嚴箇臨親溫種紅換編輯區簡幣鐘"
    "啓術顯丟閉聲饋夥禮許註鐵絲覆責純鵝蟲雙斷場觸頂餘識別證審覈鎖亂糾盤採業暢獎務創該詞級刪購買繫議見設遲訴領舊複變確勵搶臺氣淨減啟著閲説價噠敗於磚衝際顏麼",
    "请记录网书说读阅页点击这个节订关众众号机户优质体验无弹费浏览发布码载继续结处误报举传尽将导键为夹离"
    "内类热门欢开权联仅笔乐观当来现单没进标题后时间随电脑赠赏评论选择认广获专属鲜总条讯应赞转群签签荐阁"
    "馆库软游戏写斋楼听画讲满里里借为链账账们从对经过还让给帮动态万两与会处园轩云乡爱长东车线视频飘陆"
    "错问邮试谢谷赞贴访连装准几制册员坛实异张强备复归并学络维缓独盗系滚才扣扫护搜数严个临亲温种红换编辑区简币钟"
    "启术显丢闭声馈伙礼许注铁丝复责纯鹅虫双断场触顶余识别证审核锁乱纠盘采业畅奖务创该词级删购买系议见设迟诉领旧复变确励抢台气净减启着阅说价哒败于砖冲际颜么",
)
_FOLDS: dict[int, int | str | None] = {
    **_TRADITIONAL,
    **{full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)},
    ord("\N{IDEOGRAPHIC SPACE}"): " ",
}
TOKEN = re.compile(
    f"(?P<address>{ADDRESS.pattern})|(?P<badge>{BADGE})|(?P<hard>{HARD})|(?P<lead>{LEAD})|(?P<site>{SITE.pattern})|"
    f"(?P<mild>{MILD}|{NOTICE_TRADE})|(?P<common>{NOTICE_COMMON})|(?P<name>《[^》\n]{{1,30}}》|【[^】，。！？,!\n]{{1,7}}】|“[^”\n，。！？,!?]{{1,8}}”|\\[[^]\n]{{1,16}}\\])|"
    f"(?P<soft>{SOFT})"
)
# What parts the levels of an address, and the first one, which says nothing.
# Examples: the (.) and the www. of www(.)example(.)com. Counter-example: the m of example.com.
_POINT = re.compile(" ?[(\\[]?[.。●·?点、][)\\]]? ?")
_FIRST_LEVEL = re.compile("^(?:www|m|wap|3g|sj)\\.")
# A line longer than this is story, and worth reading only near its cues.
LONG, NEAR = 400, 120
WEIGHTS = {
    "address": 3.0,
    "badge": 3.0,
    "learned": 3.0,
    "hard": 3.0,
    "site": 1.5,
    "mild": 1.0,
    "lead": 1.0,
    "common": 1.0,
    "name": 0.0,
    "soft": 0.0,
}


_SIMPLIFIED = {
    simplified: traditional for traditional, simplified in reversed(_TRADITIONAL.items())
}


def written(word: str) -> set[str]:
    """A folded word as it may stand in a text of either script."""
    return {word, word.translate(_SIMPLIFIED)}


def plain(line: str) -> str:
    """The line in lower case and Simplified, each character where it was."""
    return line.translate(_TRADITIONAL)


class Token(NamedTuple):
    """`[start, end)` of a folded line."""

    kind: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Folded:
    """A line in the one form in which ads are read.

    Lower case, half-width, Simplified, without the marks that hide names. `origins[i]` is
    where the character at `i` stood in the line.
    """

    text: str
    origins: Sequence[int]

    def origin(self, position: int) -> int:
        """Where in the line a position of the folded text stands."""
        return self.origins[position]


def folded(line: str) -> Folded:
    """The line in the one form in which ads are read; origins have one entry more, the end."""
    text = line.translate(_FOLDS).lower()
    if len(text) != len(line):
        # The one capital that is two characters in lower case.
        text = (
            line.translate(_FOLDS).replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
        )
    hidden = [match.start() for match in HIDDEN.finditer(line)]
    if not hidden:
        return Folded(text, range(len(line) + 1))
    shown = sorted({*range(len(line))}.difference(hidden))
    return Folded("".join(text[at] for at in shown), (*shown, len(line)))


def letters(text: str) -> int:
    """How many characters of a text are letters, digits or Han."""
    return sum(map(str.isalnum, text))


@dataclass(frozen=True, slots=True)
class Learned:
    """Names and addresses of the sites whose ads stand in this book, folded."""

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    # The names as a pattern, to find them in a line that is not folded.
    names_pattern: re.Pattern[str] | None = None

    def names_any(self, text: str) -> bool:
        """Whether a folded line has one of the names."""
        return self.names_pattern is not None and self.names_pattern.search(text) is not None

    def kind(self, address: str) -> str:
        """What kind of token an address is for who knows these."""
        is_known = bool(self.addresses) and bare_address(address) in self.addresses
        return "learned" if is_known else "address"

    def and_more(self, names: set[str], addresses: set[str]) -> "Learned":
        """What was known, and these."""
        all_names = self.names | names
        all_addresses = self.addresses | addresses
        if all_names == self.names and all_addresses == self.addresses:
            return self
        return Learned(
            all_names,
            all_addresses,
            _any_of(all_names) if all_names else None,
        )


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def tokens_of(text: str, learned: Learned) -> list[Token]:
    """The tokens of a folded line, apart and in order."""
    found: list[Token] = []
    at = 0
    names = learned.names_pattern.finditer(text) if learned.names_pattern else ()
    for name in names:
        found.extend(_plain_tokens(text, at, name.start(), learned))
        found.append(Token("learned", name.start(), name.end(), WEIGHTS["learned"]))
        at = name.end()
    found.extend(_plain_tokens(text, at, len(text), learned))
    return found


def _plain_tokens(text: str, start: int, end: int, learned: Learned) -> Iterator[Token]:
    if end - start > LONG:
        for first, last in _windows(text, start, end):
            yield from _all_tokens(text, first, last, learned)
    else:
        yield from _all_tokens(text, start, end, learned)


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of a long line is worth reading: the clauses around its cues, apart and in order."""
    cues = sorted(match.start() for cue in CUES for match in cue.finditer(text, start, end))
    first = last = start
    for at in cues:
        if at - NEAR > last:
            if last > first:
                yield first, last
            first = at - NEAR
        last = min(at + NEAR, end)
    if last > first:
        yield first, last


def _all_tokens(text: str, start: int, end: int, learned: Learned) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "soft"
        if kind == "address":
            kind = learned.kind(match[0])
        yield Token(kind, match.start(), match.end(), WEIGHTS[kind])


def bare_address(address: str) -> str:
    """What of an address stays the same however it is hidden: example.com."""
    word = _POINT.sub(".", address.split("//")[-1].split("：//")[-1])
    word = word.split("/")[0].replace(" ", "").replace("*", "")
    return _FIRST_LEVEL.sub("", word)
