"""What swims is 游, what travels is 遊: the model has no figures for these two.

OpenCC knows 游泳 and 上游; of 鱼在水里游, 游了三圈 and 往岸边游 it makes 遊.
"""

import re
from collections.abc import Iterator, Sequence

from builder.convert.choice import Choice
from builder.convert.model import RULE

SWIMS, TRAVELS = "游", "遊"
# In nats: sure, as words of our own are.
MARGIN = 6.0
# Examples: 水里|游|着, 会|游|。, 往岸边|游, 鱼|游. Counter-examples: 湖里|游玩, 海外游.
_BEHIND = (
    "(?:[水河海湖塘池溪江潭洋缸][里中]|池子里|水面上|[会能](?:不会|不能)?|[往向朝](?:岸边?|前|后|回|上|下|外|[我你他她它]|对岸|河心|深处|那边|这边)"
    "|[鱼鸭蛇鹅]|鱼儿|蝌蚪|天鹅|鸭子|[蛙蝶仰])"
)
# Examples: 游|得快, 游|了五百米, 游|到对岸. Counter-examples: 游|玩, 游|了一趟西湖.
_AHEAD = (
    "(?:得[又也]?[快慢很真远比最不太好]|不[动过了快]|[过到上回][^\\W\\d]{0,2}?[河江湖海岸对]|来游去|进[水河湖海洞]|向[水对岸河海湖深]"
    "|了?[一二两三四五六七八九十几半百千0-9]+[千百]?[圈米公]|[蛙蝶仰]泳|自由泳|在[水湖河海池])"
)
# Not where one stays to look: 湖里游玩, 鱼游戏.
_AGAIN = "(?![玩览客艇轮船戏记乐荡历学说逛园街民侠人行记程憩])"
_SWIMS = re.compile(f"(?<!旅)(?<!郊)(?<!出)(?:(?P<behind>{_BEHIND})游{_AGAIN}|游(?={_AHEAD}))")


def swims(lines: Sequence[str], converted: Sequence[str]) -> Iterator[Choice]:
    """The places where somebody swims and `converted` has somebody travel."""
    for number, (line, now) in enumerate(zip(lines, converted, strict=True)):
        if TRAVELS not in now or len(line) != len(now):
            continue
        for match in _SWIMS.finditer(line):
            at = match.end() - 1
            if now[at] == TRAVELS:
                yield Choice(number, at, SWIMS, TRAVELS, SWIMS, RULE, MARGIN)
