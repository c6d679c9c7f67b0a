"""What stands behind a title and is none of it: remarks to readers, and marks of pages.

夜雨（加更）, 夜雨 求月票！, 夜雨（第1/3页）. Cleaning takes most of them, from lines of which it
knows that they are headings; here the rest goes, once the book has told what its headings are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from builder.core.numerals import NUMERAL_CLASS, to_number

_N = f"[{NUMERAL_CLASS}]"
_ASKED = "(?:月票|推[荐薦]票?|收藏|[订訂][阅閱]|首[订訂]|全[订訂]|自[订訂]|打[赏賞]|[鲜鮮]花|支持|票票?|[评評][论論]|追[读讀更訂订]|催更|投票|[关關]注|[点點][赞讚击擊]|首[发發]|自[动動][订訂][阅閱])"
_INNER = "[^（()）【】\\[\\]〔〕\n]"
# What a remark in brackets says: 求月票, 第三更, 二合一, 4000字大章, 已修; not 上, 其二, 更深的夜.
REMARK = (
    f"{_INNER}{{0,14}}(?:求{_ASKED}|月票|推[荐薦]票|收藏|[订訂][阅閱]|首[订訂]|打[赏賞]|[鲜鮮]花|盟主|大章|合一|上架"
    f"|[加补補爆]更|更新|{_N}{{1,3}}[更連连]|{_N}{{1,6}}[kK千万萬]?字|[萬万千]字|[0-9.]{{1,4}}[kKwW]|[补補][昨前欠上更]|[双雙]倍|追[读讀更]|催更|感[谢謝].{{1,12}}(?:打|[书書]友|老[铁鐵]|[舵堂]主)|[欠还還][章更]){_INNER}{{0,16}}"
    "|已?修(?:改|[订訂])?|捉[虫蟲]|改[错錯]|重[写寫]|VIP|vip|免[费費]"
)
# In quotation marks only what no one in a story says: 求追读.
ASKED = (
    f"(?:各?[种種]?求{_ASKED}[，、 ]?){{1,4}}[！!~～。]{{0,3}}|第?{_N}{{1,3}}[更連连]|[加补補爆]更"
)
REMARK_BEHIND = re.compile(
    f"[ \t　]{{0,4}}(?:（(?:{REMARK})）|[(](?:{REMARK})[)）]|【(?:{REMARK})】|\\[(?:{REMARK})\\]|〔(?:{REMARK})〕"
    f"|「(?:{ASKED})」|『(?:{ASKED})』|《(?:{ASKED})》|[{{](?:{REMARK})[}}]|<(?:{REMARK})>|＜(?:{REMARK})＞"
    f"|(?:[ 　，、~～*]{{0,3}}求{_ASKED}){{1,4}}[！!~～*。]{{0,3}})$"
)
# （第1/3页）, (1/3), 第1/3页, but not 1/3 and not 二分之一.
PAGE_OF = re.compile(
    "[ \t　]{0,4}(?:[（(\\[【](?:第[ ]?)?(?P<page>[0-9]{1,3})[ ]?[/／][ ]?[0-9]{1,3}[ ]?[页頁]?[）)\\]】]"
    "|第[ ]?(?P<bare>[0-9]{1,3})[ ]?[/／][ ]?[0-9]{1,3}[ ]?[页頁])$"
)
# （2）, （二）: a page only where the same heading has （1） before it.
PART_OF = re.compile(f"[ \t　]{{0,4}}[（(](?P<page>{_N}{{1,3}})[）)]$")
# （昨天的）: what stands behind several titles in the same words, and speaks of readers or days.
TAIL = re.compile(
    "[ \t　]{0,4}(?:（[^（）\n]{2,16}）|[(][^()\n]{2,16}[)]|【[^【】\n]{2,16}】|\\[[^\\[\\]\n]{2,16}\\]|〔[^〔〕\n]{2,16}〕"
    "|「[^「」\n]{2,16}」|『[^『』\n]{2,16}』|[{][^{}\n]{2,16}[}]|<[^<>\n]{2,16}>|[~～][^~～\n]{2,16}[~～])$"
)
SPOKEN_TO_READERS = re.compile(
    "求.{0,2}[票订訂阅閱藏荐薦赏賞花追读讀]|[补補][昨前欠上更]|[昨今明][天日晚].{0,4}[更章补補欠还還]|更新|[加爆]更"
    "|月票|[订訂][阅閱]|推[荐薦]票|收藏|感[谢謝].{0,40}(?:友|者|主|票|赏|賞)|打[赏賞]|盟主|[书書]友|[读讀]者|大家|老[铁鐵]"
    "|[双雙]倍|新年|[节節]快[乐樂]|追[读讀]|上架|大章|[两兩]更|还有.{0,2}[更章]|[還]有.{0,2}[更章]"
)
LEAST_USUAL = 2  # titles with the same remark behind them
LONGEST = 48


class Page(NamedTuple):
    """The title `[start, end)` without its mark, and the page that the mark counts; 0 if none."""

    end: int
    number: int


def usual_remarks(text: str, titles: Iterable[tuple[int, int]]) -> frozenset[str]:
    """What stands in brackets behind several titles and speaks to readers."""
    counts: Counter[str] = Counter()
    for start, end in titles:
        match = TAIL.search(text, max(start, end - LONGEST), end)
        if match and match.start() > start:
            counts[match[0].strip()] += 1
    return frozenset(
        words
        for words, count in counts.items()
        if count >= LEAST_USUAL and SPOKEN_TO_READERS.search(words)
    )


def end_of_title(text: str, start: int, end: int, usual: Set[str] = frozenset()) -> int:
    """Where the title `[start, end)` ends without remarks; a title that is one stays whole.

    `usual` are remarks that this book has behind its titles (usual_remarks).
    """
    stop = end
    while stop > start:
        before = max(start, stop - LONGEST)
        match = REMARK_BEHIND.search(text, before, stop) or PAGE_OF.search(text, before, stop)
        if match is None and usual:
            match = TAIL.search(text, before, stop)
            match = match if match and match[0].strip() in usual else None
        if match is None:
            break
        stop = match.start()
    return stop if stop > start else end


def past_kept(kept: Sequence[tuple[int, int]], stop: int, end: int) -> int:
    """Where a title ends that would end at `stop`: behind what somebody keeps of the rest of it."""
    return max(
        (min(last, end) for first, last in kept if first < end and last > stop), default=stop
    )


def page_of(text: str, start: int, end: int) -> Page:
    """Which page of its chapter a title says it is."""
    before = max(start, end - LONGEST)
    for pattern in (PAGE_OF, PART_OF):
        match = pattern.search(text, before, end)
        if match:
            number = to_number(match["page"] or match["bare"])
            return Page(match.start(), number or 0)
    return Page(end, 0)
