"""What is stuck to headings and is no title: 正文, （求月票）, （第三更）, 【大章】, the name of a site.

Only lines that look like headings are touched; structure decides later which of them are.
"""

import re
from collections.abc import Iterator

from builder.core.numerals import NUMERAL_CLASS
from builder.normalize.ads.words import SITE_WHOLE
from builder.normalize.rule import Change, Rule

SPACE = "[ \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}]"
_N = f"[{NUMERAL_CLASS}]"
LABEL = (
    f"(?:第{SPACE}?{_N}{{1,9}}{SPACE}?[章回节節卷部篇集幕折话話册冊季场場]|卷之?{_N}|番外|楔子|序[章言]|尾[声聲]|终章|終章|後記|后记"
    f"|{_N}{{1,9}}[章回节節话話、.．]|[0-9]{{1,4}}{SPACE}|(?i:chapter|part|volume|vol|episode|ep|no)[ .])"
)
# 第三章 夜雨（求月票）: a line of a heading's length that starts with a label. The newline
# before it is what the search finds lines by.
HEADING = re.compile(
    f"\n{SPACE}{{0,8}}(?P<before>(?:正文|最新章[节節]|VIP章[节節]|公众章节|作品正文卷?){SPACE}{{0,4}})?"
    f"(?P<title>[☆★◆【=＝]{{0,3}}、?{LABEL}[^\n]{{0,90}})$",
    re.MULTILINE,
)

# What stands in brackets behind a title and speaks of something else: 求月票, 第三更, 4000字大章,
# but not 上, 其二, 更深的夜.
REMARK = (
    f"[^（()）【】\\[\\]\n]{{0,12}}(?:求[^（()）\n]{{1,3}}|月票|推[荐薦]票|收藏|[订訂][阅閱]|打[赏賞]|盟主|大章|合一|[加补補爆]更|首[订訂]|上架"
    f"|第{_N}{{1,3}}更|{_N}{{1,3}}更|{_N}{{1,6}}[kK千万]?字|[0-9.]{{1,4}}[kKwW])[^（()）【】\\[\\]\n]{{0,16}}"
    f"|已?修(?:改|[订訂])?|捉[虫蟲]|改[错錯]|重[写寫]|VIP|vip|免[费費]"
)
REMARKS = re.compile(
    f"(?:{SPACE}{{0,4}}(?:（(?:{REMARK})）|[(](?:{REMARK})[)）]|【(?:{REMARK})】|\\[(?:{REMARK})\\]|〔(?:{REMARK})〕)){{1,4}}$"
    f"|{SPACE}{{1,4}}求(?:月票|推[荐薦]|收藏|[订訂][阅閱]|票|打[赏賞])[^\n]{{0,16}}$"
)
# 第3章 夜雨-渡口-墨泊文学网, 第3章 夜雨 最新章节免费阅读 www.example.com
SITE_BEHIND = re.compile(
    f"[-_—|丨][^-_—|丨\n]{{1,24}}[-_—|丨]{SPACE}?{SITE_WHOLE.pattern}$"
    f"|[^\\S\n](?:最新章[节節]|全文[阅閱][读讀]|免[费費][阅閱][读讀]|[无無][弹彈]窗|https?:|www[.．])[^\n]{{0,60}}$"
)


def _title_junk(text: str) -> Iterator[Change]:
    for match in HEADING.finditer(f"\n{text}"):
        if match["before"] and re.match("[☆★◆【]?、?第", match["title"]):
            yield match.start("before") - 1, match["before"], ""
        title = match["title"]
        end = len(title)
        for pattern in (SITE_BEHIND, REMARKS):
            junk = pattern.search(title, 0, end)
            if junk is not None and junk.start() > 0:
                end = junk.start()
        if end < len(title):
            yield match.start("title") - 1 + end, title[end:], ""


RULES = (
    Rule(
        "N042",
        "lossy",
        "standard",
        frozenset("正最V公作（(【[〔-_—|丨求hw全免无無"),
        _title_junk,
        is_removal=True,
    ),
)
