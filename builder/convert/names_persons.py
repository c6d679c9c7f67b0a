"""Signs around a place that a person stands there: who does what, who speaks, short items of a
list, who is asked for, 小于 who is no comparison.
"""

import re

from builder.convert.names_calls import is_acting
from builder.convert.names_data import COMMON, IN_LISTS, figures, side_of
from builder.convert.titles import TITLES

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
YOUNG_STARTS = frozenset("，。！？；：“「『我你他她叫喊让请跟给找问和与对把被陪等见替向谢")
YOUNG_TITLES = (
    "哥哥",
    "姐姐",
    "妹妹",
    "弟弟",
    "叔叔",
    "阿姨",
    "一边",
    "一面",
    "一听",
    "一看",
    "老师",
    "同学",
    "同志",
    "师傅",
    "医生",
    "护士",
    "警官",
    "大夫",
    "姑娘",
)
YOUNG = frozenset(
    "把从将给往向，。！？和跟与同说道问答笑哭喊叫想看听走站坐跑拿被也又却就才便还已正在是的啊呀吧呢喝吃穿住买卖写画做打帮教学去来先没不推递放抬摇点转咬抱接挂拍举"
)  # 小游|昨晚没睡好; but 小于 is less than yesterday.
_LATELY = (
    "昨天",
    "昨晚",
    "昨夜",
    "今天",
    "今晚",
    "今早",
    "明天",
    "后天",
    "刚才",
    "刚刚",
    "刚走",
    "上周",
    "下周",
    "去年",
    "今年",
    "明年",
    "这次",
    "那天",
)

# When something was, and who was there: behind these stands who it was. Example: 那天, 到场的有.
# Counter-example: 三天, 没有.
_ASKS = re.compile(
    "(?:[那这当昨今明前每][天晚日夜早]|[早晚]上|[上下中]午|[的先]有|有请|还有|[是请叫问找]|[时刻]候)$"
)


# Whom one meets, praises and pursues: behind these verbs stands a person, and never the preposition 于.
_MEETS = (
    "谢谢 认识 遇见 碰见 看见 遇到 碰到 撞见 拜访 访问 采访 专访 探望 看望 拜见 接见 会见 约见 召见 邀请 聘请 委任 任命 提名 推选 推荐 称赞 "
    "表扬 赞扬 夸奖 批评 指责 责怪 埋怨 训斥 感谢 祝贺 恭喜 欢迎 迎接 陪同 护送 逮捕 拘捕 抓获 抓住 通缉 起诉 控告 驱逐 悼念 缅怀 怀念 想念 "
    "思念 佩服 敬佩 钦佩 敬重 崇拜 信任 怀疑 拥护 击败 战胜 打败 淘汰 逼问 质问 询问 追问 通知 劝说 说服 安慰 嘲笑 讽刺 羞辱 救出 救起 "
    "营救 绑架 杀害 杀死 谋杀 刺杀 暗杀 毒死 打死 撞伤 资助 收养 领养 迎娶 嫁给 爱上 喜欢 讨厌 痛恨 憎恨 惹恼 问起 提起 说起 想起 送给 交给 "
    "递给 借给 留给 还给 寄给 献给 扶起 拉住 拦住 叫住 喊住 挡住 按住 抱住 望向 看向 瞪着 看着 望着 盯着 拉着 扶着 牵着 陪着 跟着 带着 领着 "
    "指着 朝着 连同 包括 例如 比如 就是 正是 便是 乃是 除了 拜托 委托 恳求 央求 吩咐 命令 指派 派遣 打听 寻找 等待 等候 送走 接走 留下 瞧见 "
    "坐着 站着 躺着 跪着 蹲着 走来 跑来 请来 派来 叫来 换上 换下 换成 替换 选出 输给 打赢 遇上 等着 碰上 得罪 抱起 抱着 背起 搀扶 扶住 搂住 搂着 骂了 打了 揍了 "
    "救了 害了 骗了 陪了 问了 求了 娶了 嫁了 支持 开除 解雇 录用 提拔 选中 请教 求见 参见 表彰 奖励 惩罚 监视 跟踪 追赶 追上 赶走 送别 告别 取代 接替 顶替 "
    "见到 见过 认得 熟悉 模仿 扮演 饰演 形容 邀得 力邀"
)
_MEETS_WHOM = frozenset(_MEETS.split())


# To whom. Example: 交给了.
_GIVES = re.compile("[交送嫁递借留传输寄还教卖租托献]给了$")


# Whom. Examples: 问过|于铁柱. Counter-examples: 爱过于深, 要求过于严.
_HAS_MET = frozenset("见问找骂打救帮劝谢拜恨骗揍")


def is_met(text: str, at: int) -> bool:
    """Whether a verb before the place has a person behind it: 悼念|于晓波, 问过|于铁柱."""
    if text[max(0, at - 2) : at] in _MEETS_WHOM:
        return True
    if text[at - 1 : at] == "过":
        return has_met(text, at)
    return text[at - 1 : at] == "了" and bool(_GIVES.search(text, 0, at))


def has_met(text: str, at: int) -> bool:
    """Whether 过 before the place belongs to a verb that has a person behind it."""
    return text[at - 1 : at] == "过" and side_of(text, at - 2) in _HAS_MET


# A surname alone that begins a clause, and what only a person does behind it. Examples: 涂表示,
# 于又指出, 占说：. Counter-examples: 游说议员, 占道经营, 于宣布结果前, 于其后表示.
_SAYS = (
    "表示 指出 认为 强调 透露 坦言 直言 补充 回应 批评 质疑 解释 承认 否认 反问 追问 同意 形容 呼吁 澄清 建议 估计 相信 续称 续指 续说 "
    "笑说 笑言 笑道 说道 问道 答道 喊道 叹道 骂道 介绍 表态 辩称 声称 宣称 忆述 重申 宣布 警告 提醒 反驳 总结 感叹 叹息 点头 摇头 "
    "苦笑 冷笑 皱眉 沉默 转身 起身 转述 引述 供称 作供 不服 上诉 获释 被捕 报称 对此 坚称 自言 自称 哭诉 笑着 哭着 喃喃 不禁 "
    "忍不住 想了想 愣了 看了看 叹了 点了 摇了 松了口气 吓了"
)
_SPEAKER = re.compile(
    "(?P<surname>.)(?:[又亦也则续再还并更曾已只却仍]|(?P<later>随即|其后|之后|随后|最后|接着|一度|甚至|当时|今日|昨日|同时|其实|最初|多次))?"
    f"(?:{'|'.join(_SAYS.split())}|[说道问答称指](?=[，：:,“「『]|$)|(?=：)|[称指](?=[他她其被有当在不该事若如因未没会自]))"
)
# At the time of what was said: 于宣布结果前.
_AT_THE_TIME = re.compile(
    r"[^\W_]{0,8}?(?:[前后](?![一天日面往来去些几半次])|时(?![常间候而不机])|期间|当[天日]|之[日际]|[期日]起)"
)
# With these something else begins clauses too: the party says, and afterwards one says.
_NO_SPEAKER = frozenset("党云向")


def is_speaker(text: str, at: int) -> bool:
    """Whether a surname at the place, which begins a clause, has nothing but what it says behind."""
    if side_of(text, at - 1) not in "|“”" or text[at] not in COMMON.keys() - _NO_SPEAKER:
        return False
    match = _SPEAKER.match(text, at)
    if match is None or text[at] != "于":
        return match is not None
    return match["later"] is None and not _AT_THE_TIME.match(text, match.end())


# What the title behind 由|于 does with others, to the end of the clause: 方案是由于医师和同事共同拟定的.
# Counter-example: 由于医师和护士不足.
_TOGETHER = re.compile(
    r"由于(?P<title>\w{1,5}?)[和与跟同及、](?:\w|、){1,10}?"
    f"(?:(?:共同|一起|一同|联合|分别|合作|合力|联手|轮流|亲自)\\w{{1,6}}|{'|'.join(_DONE.split())}|[一合]起?[做办写画])"
    r"(?:了|的|完成)?(?!\w)"
)


# Surnames in a row, with their number: 范、余两家, 大姓是游、涂、郁三家. No row is longer.
MOST_FAMILIES = 9
_FAMILIES = re.compile(r"(?:\w、){1,8}\w[两二三四五六七八几等诸][家姓人位族府氏]")


def is_of_families(text: str, at: int) -> bool:
    """Whether the place is in a row of surnames."""
    start = at
    while start > 1 and text[start - 1] == "、" and at - start < 2 * MOST_FAMILIES:
        start -= 2
    match = _FAMILIES.match(text, start)
    return match is not None and at < match.end()


def is_shared(text: str, at: int) -> bool:
    """Whether 由 before 于 at the place names several who do something together."""
    if text[max(0, at - 1) : at + 1] != "由于" or at < 2:
        return False
    match = _TOGETHER.match(text, at - 1)
    return match is not None and match["title"] in TITLES


# A sentence of nothing but 由于 and what somebody does has no main clause, so it is 由 and a person.
# Example: 由于建军担任组长。. Counter-example: 由于志强担任队长，大家都服气。.
_SOLE = re.compile(
    f"由于(?P<name>\\w{{2,4}}?)(?:{'|'.join(_DONE.split())})\\w{{0,12}}(?=[。！；\n]|$)"
)


def is_sole(text: str, at: int) -> bool:
    """Whether 由 before 于 at the place begins a sentence that says who does something."""
    if text[max(0, at - 1) : at + 1] != "由于" or side_of(text, at - 2) not in _MARKS:
        return False
    match = _SOLE.match(text, at - 1)
    return match is not None and (match["name"] in TITLES or match["name"] in figures().whole)


# 大夫对|于奶奶说：: to whom it is said; nobody says 对于奶奶说：. Counter-example: 对于老师说的话.
_TOLD = re.compile(
    r"对于(?P<title>\w{1,4}?)(?:[说道喊讲问](?=[：:“「『])|(?:[笑说喊问]道|说了|笑了|点了|点头|挥|鞠|招|使了|使眼色|摇))"
)


def is_told(text: str, at: int) -> bool:
    """Whether 对 before 于 at the place names who is spoken to."""
    if text[max(0, at - 1) : at + 1] != "对于":
        return False
    match = _TOLD.match(text, at - 1)
    return match is not None and match["title"] in TITLES


def is_asked(before: str) -> bool:
    """Whether `before` is followed by who it was, if a title stands behind: 那天|余处长."""
    return bool(_ASKS.search(before))


def is_agent(text: str, at: int, size: int) -> bool:
    """Whether 由 before the place names who does what stands behind `size` characters."""
    return (
        text[max(0, at - 1) : at + 1] == "由于"
        and side_of(text, at - 2) not in _MARKS | BECAUSE
        and text.startswith(DONE_BY, at + size)
    )


# Who was there, and who they are: here a list begins. Examples: 到场的有, 分别是.
_LIST_BEGINS = re.compile("(?:的有|还有|分别[是为]|包括|以及)$")


def begins_list(text: str, at: int, stop: int) -> bool:
    """Whether a list of who was there begins with what stands from `at` to `stop`."""
    return text[stop : stop + 1] == "、" and bool(_LIST_BEGINS.search(text, 0, at))


def is_listed(text: str, at: int, stop: int) -> bool:
    """Whether what stands from `at` to `stop` is one of several short items: 余波、范宇、岳峰."""
    before, behind = side_of(text, at - 1), side_of(text, stop)
    if before == "、" and _is_item(text[: at - 1][::-1]):
        return True
    if behind != "、" or not _is_item(text[stop + 1 :]):
        return False
    return before in "|、" or bool(_LIST_BEGINS.search(text, 0, at))


def is_row(text: str, at: int, stop: int) -> bool:
    """Whether the item beside the one from `at` to `stop` is a person's name: 于洋、|余力."""
    before, behind = text[: at - 1][::-1], text[stop + 1 :]
    return (text[at - 1 : at] == "、" and _is_person(before[: _size(before)][::-1])) or (
        text[stop : stop + 1] == "、" and _is_person(behind[: _size(behind)])
    )


def _is_person(item: str) -> bool:
    return len(item) in _ITEM and item[0] in IN_LISTS and item not in figures().words


def _is_item(beside: str) -> bool:
    """Whether the next thing in the list, read away from this one, has the size of a name."""
    return _size(beside) in _ITEM


def _size(beside: str) -> int:
    """How long the next thing is, up to a mark."""
    return next((at for at in range(len(beside)) if side_of(beside, at) in _MARKS), len(beside))


def is_young(text: str, at: int) -> bool:
    """Whether 小 before a surname at the place calls a person: 小于 is also less than."""
    return (
        text[max(0, at - 1) : at] == "小"
        and (at == 1 or text[at - 2] in YOUNG_STARTS)
        and (
            text[at + 1 : at + 2] in YOUNG
            or text.startswith(YOUNG_TITLES, at + 1)
            or (text[at] != "于" and text.startswith(_LATELY, at + 1))
        )
    )


def is_old(text: str, at: int) -> bool:
    """Whether 老 before a surname at the place calls a person who does something: 老姜|放下碗."""
    return (
        text[max(0, at - 1) : at] == "老"
        and (at == 1 or text[at - 2] in YOUNG_STARTS or side_of(text, at - 2) in "|“、")
        and (
            text[at + 1 : at + 2] in YOUNG
            or text[at + 1 : at + 2] == "头"
            or is_acting(text, at + 1)
        )
    )
