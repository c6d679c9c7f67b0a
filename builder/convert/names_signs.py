"""Signs around a place that tell a person from words: who does what, short items of a list, 小于."""

import re

from builder.convert.names_data import side_of

# 会议由|于建军|主持: 由 names who does it; the word 由于 begins clauses or stands behind these.
BECAUSE = frozenset("是正也都而并但又且只多全皆原就即还仅")
_DONE = (
    "主持 主演 主讲 主编 主唱 主办 主刀 主导 演唱 饰演 扮演 出演 执导 执笔 执教 担任 担纲 出任 接任 接替 "
    "继任 兼任 负责 带队 率领 带领 领衔 领唱 指挥 指导 设计 创作 创办 创立 翻译 撰写 编写 编剧 作词 作曲 "
    "作序 题写 题字 介绍 陪同 护送 照顾 保管 代理 代管 签字 签发 宣读 朗读 朗诵 讲解 解说 配音 承担 承办 "
    "捐赠 捐建 接待 接管 接手 转交 转达 转告 掌管 操作 驾驶 押送 审理 辩护 整理 校对 审定 口述 "
)
DONE_BY = tuple(_DONE.split())
_MARKS = frozenset("|“”1、·")
# As long as a name.
_ITEM = (2, 3)
# 小于 at a clause's start and before these is a person, elsewhere a comparison.
YOUNG_STARTS = frozenset("，。！？；：“「『我你他她叫喊让请跟给找")
YOUNG_TITLES = ("老师", "同学", "同志", "师傅", "医生", "护士", "警官", "大夫", "姑娘")
YOUNG = frozenset(
    "，。！？和跟与同说道问答笑哭喊叫想看听走站坐跑拿被也又却就才便还已正在是的啊呀吧呢"
)

# 于 with whom something is so, to the end of the clause, is "for": 于老师而言.
# Counter-example: 于老师来说明情况.
_FOR = re.compile(r"于\w{1,8}(?:而言|(?:来说|来讲)(?!\w))")
# Whose office it is, is the party. Counter-example: 党老师.
_OF_PARTY = tuple(
    f"党{office}" for office in ["总裁", "主席", "魁", "鞭", "代表", "书记", "委员", "中央"]
)
_SPICES = "葱蒜椒盐醋糖酒"


def is_no_person(text: str, at: int) -> bool:
    """Whether signs around the place say plainly that no person stands there: 于我而言, 葱、姜、蒜."""
    match text[at]:
        case "于":
            return bool(_FOR.match(text, at))
        case "党":
            return text.startswith(_OF_PARTY, at)
        case "姜":
            beside = text[max(0, at - 2) : at + 3].replace("姜", "")
            is_spice = "、" in beside and any(one in beside for one in _SPICES)
            return is_spice or text[at + 1 : at + 2] in ("葱", "蒜")
        case _:
            return False


def is_agent(text: str, at: int, size: int) -> bool:
    """Whether 由 before the place names who does what stands behind `size` characters."""
    return (
        text[max(0, at - 1) : at + 1] == "由于"
        and side_of(text, at - 2) not in _MARKS | BECAUSE
        and text.startswith(DONE_BY, at + size)
    )


def is_listed(text: str, at: int, stop: int) -> bool:
    """Whether what stands from `at` to `stop` is one of several short items: 余波、范宇、岳峰."""
    before, behind = side_of(text, at - 1), side_of(text, stop)
    return (before == "、" and _is_item(text[: at - 1][::-1])) or (
        behind == "、" and before in "|、" and _is_item(text[stop + 1 :])
    )


def _is_item(beside: str) -> bool:
    """Whether the next thing in the list, read away from this one, has the size of a name."""
    size = next((at for at in range(len(beside)) if side_of(beside, at) in _MARKS), len(beside))
    return size in _ITEM


def is_young(text: str, at: int) -> bool:
    """Whether 小于, of which 于 stands at the place, is a person and no comparison."""
    return (
        text[max(0, at - 1) : at + 1] == "小于"
        and (at == 1 or text[at - 2] in YOUNG_STARTS)
        and (text[at + 1 : at + 2] in YOUNG or text.startswith(YOUNG_TITLES, at + 1))
    )
