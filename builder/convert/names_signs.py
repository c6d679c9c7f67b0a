"""Signs around a place that words stand there and no person: 于我而言, 葱、姜、蒜, 民主党副主席."""

import re

from builder.convert.names_data import PREFIXES, figures, side_of
from builder.convert.names_persons import is_asked
from builder.convert.titles import HELD, LONGEST_TITLE, TITLES

# 于 with whom something is so, to the end of the clause, is "for": 于老师而言.
# Counter-example: 于老师来说明情况.
_FOR = re.compile(r"于\w{1,8}(?:而言|(?:来说|来讲)(?!\w))")
# Whose office it is, is the party. Counter-example: 党老师.
_OF_PARTY = tuple(
    f"党{office}"
    for office in [
        "总裁",
        "主席",
        "魁",
        "鞭",
        "代表",
        "书记",
        "委员",
        "中央",
        "副主席",
        "前主席",
        "秘书长",
        "发言人",
    ]
)
# Whose party: 民主|党, 自由|党.
_PARTIES = re.compile(
    "(?:民主|公民|自由|国民|共产|民进|保守|共和|社会|进步|人民|时代|革命|工联|基进|联盟|同盟|立宪|新民|独立|劳动|民族|维新|新|两|各|政|朋|死|叛|逆|奸|匪|会|余|同|结|乱|贼|我|该|本|入|工|创|听|帮|亲|反|全|退|脱|建|整|爱)$"
)
# Example: 于其任内. With these begins no given name.
_THIS = frozenset("其此该每任彼兹")
_SPICES = "葱蒜椒盐醋糖酒"

# When something was. Example: 于一九四九年, 于前晚. Counter-examples: 于七, 于明月.
_AT_TIME = re.compile(
    r"于(?:[〇零○一二三四五六七八九十百千两\d]+ ?(?:世纪|星期|年|月|日|时|点|号|天|周|岁)|前[天日夜晚年]|昨[天日夜晚晨]|"
    "今[天日夜晚晨早年秋冬春夏]|明[天日晚晨早年]|[当同翌次][年日月天夜晚晨]|[本上下][年月周]|去年|"
    "[上下]午|(?:周|星期|礼拜)[一二三四五六日天]|[正腊]月|[子午]夜|时|纪元|公元|民[国初]|[清明元唐宋][初末代朝]|端午)"
)
# Where something was; names that persons have too (于海宁, 于长平) are not among them. Example:
# 于新竹. Counter-example: 于小明道.
_PLACES = (
    "北京 上海 天津 重庆 南京 广州 深圳 武汉 成都 西安 杭州 苏州 沈阳 大连 青岛 济南 郑州 洛阳 开封 太原 合肥 福州 厦门 南昌 昆明 "
    "贵阳 兰州 西宁 银川 拉萨 乌鲁木齐 呼和浩特 哈尔滨 石家庄 海口 三亚 珠海 东莞 佛山 温州 扬州 徐州 无锡 镇江 绍兴 台北 台中 台南 "
    "高雄 新竹 花莲 台东 屏东 嘉义 基隆 宜兰 香港 澳门 九龙 湾仔 旺角 铜锣湾 将军澳 沙田 荃湾 元朗 屯门 弥敦道 中环 金钟 河北 河南 "
    "山东 山西 陕西 甘肃 湖北 湖南 广东 广西 云南 贵州 四川 浙江 福建 江苏 江西 安徽 辽宁 吉林 黑龙江 新疆 西藏 内蒙 台湾 日本 "
    "韩国 美国 英国 法国 德国 俄国 苏联 印度 越南 泰国 缅甸 欧洲 亚洲 非洲 美洲 东京 大阪 京都 横滨 神户 首尔 釜山 平壤 莫斯科 "
    "圣彼得堡 伦敦 巴黎 柏林 罗马 米兰 维也纳 日内瓦 纽约 华盛顿 芝加哥 洛杉矶 旧金山 波士顿 悉尼 墨尔本 新加坡 曼谷 河内 汴京 "
    "临安 建康 咸阳 邯郸 官渡 赤壁 淝水 巨鹿 垓下"
)
_AT_PLACE = re.compile(
    f"于(?:{'|'.join(_PLACES.split())}"
    r"|[^\W\d][^\W\d去到在来回往](?:[寺庙镇邨街巷]|县(?!长)|省(?!长)|一带|境内|郊外|附近|城[外下]))"
)
# More than so many of something. Example: 两万|余天. Counter-example: 三月|余秋雨.
_MORE_THAN = re.compile(
    "余(?:以[前后来]|小时|分钟|星期|公[里斤尺顷分]|英[里尺亩]|平方|[年月天日人名里斤岁载尺丈步亩米吨次种家位件座万元字篇首"
    "株棵间户处条艘辆页册卷省县国个只头匹台部张场项枚颗块层代章回节段句类声遍趟笔本份])"
)
_COUNTS = frozenset("十百千万亿两个时")
# What the party is and does, is no person's. Example: 党是, 党领导. Counter-example: 党怀英.
_PARTY_DOES = frozenset(
    "的是要对在与和跟同为从把将被给也又就都不没有会能应必须该领指组号执用让使向由以所之里内外心务媒话铁其做工产费章纲旗校史报刊龄性风团派群政军禁争部友建"
)
# What is done for the party: 给党写信. Counter-example: 给党大海.
_TO_THE_PARTY = frozenset("给为向对让跟随听爱靠把被和")
# What is taken, and how much of something it is: 谋占, 约占. Counter-example: 找占师傅.
_TAKING = frozenset("谋强侵霸夺抢攻独各只仅约却均共恃")
# So much of something. Example: 占虐儿个案约三成. Counter-example: 占师傅.
_SHARE = re.compile(
    r"占\w{0,12}?(?:成(?!功|员|长|为)|％|%|分之|百分|比例|份额|总数|一半|多数|总值)"
)
# Example: 占总额, 占卦. Counter-example: 占小姐.
_TAKEN = re.compile(
    "占(?:[总全大多少了有据领用比半约近逾超去咁其我他她它整绝上下道先线地位满尽得着过住优主为良田民夺踞旺中铜便的到在嘅路]|回答|受访)"
)
# Who is left. Example: 仅余二弟. Counter-example: 只有余二弟.
_LEFT_OVER = re.compile(
    "(?:[仅尚残剩]余|只余|所余[一二两三四五六七八九十几数]|下余[的一二两三四五六七八九十几数]"
    "|[^、]?余[一二两三四五六七八九十百千万几数]+[分两千百万十人个件名位只条座里年月日成股处家口间亩艘员岁块元钱斤匹房])"
)
# Example: 后提督. Counter-example: 后小姐.
_REAR = re.compile(
    "后(?:提督|将军|军|卫|营|所|厅|堂|殿|宫|院|队|排|卫|官|世(?![杰昌华荣勋民安忠雄明英])|太爷|老爷|少爷|爷|阁|嫔|妃|勤|门|街|山|村)"
)
# What grows is planted, what covers is spread: 种麦子, 涂口红. Counter-examples: 种师道, 涂山月.
_PLANTED = frozenset("麦稻豆瓜菜树茶棉粮薯葱蒜萝苹葡橘蔬庄蘑禾荷红草竹果苗田地植藕芋蔗桑花啲")
_SPREAD = ("护手", "防晒", "笔刷", "面霜", "胶水", "唇膏", "眼影", "指甲", "口红", "颜料", "颜色")
# With these begins no given name. Example: 范是.
_NO_GIVEN = frozenset("是的了吗呢吧们")
# Verbs that take 于 behind them, of what is at, of, to or from something.
_TAKES = (
    "集结 驻扎 消失 散布 分布 散落 散见 居住 坐落 位居 出现 诞生 生长 成长 安葬 埋葬 葬身 战死 流传 流行 盛行 产生 发生 出生 "
    "毕业 任教 就读 供职 就职 任职 服务 效力 效忠 忠诚 隐居 定居 寄居 侨居 旅居 客居 栖息 栖身 藏身 藏匿 隐藏 潜伏 埋伏 集中 "
    "聚集 汇集 汇聚 云集 起源 发源 来源 致力 献身 投身 醉心 热衷 沉迷 沉醉 沉浸 沉湎 沉溺 着眼 立足 取决 归结 归因 归功 归罪 "
    "归咎 嫁祸 施加 强加 有恩 有功 有利 有益 有害 有损 有助 有愧 有求 有别 无益 无助 无愧 无损 无异 无补 无干 不利 不满 不屑 "
    "迁怒 求助 求救 求教 求援 请罪 屈服 臣服 受制 受命 受雇 受惠 受益 得益 得力 听命 听任 从属 隶属 附属 归属 相当 相对 等同 "
    "类似 近似 接近 区别 独立 脱胎 游离 超脱 凌驾 建立 创建 兴建 修建 成立 创立 创办 创刊 兴起 崛起 奠基 竣工 完工 开业 开幕 "
    "刊登 刊载 发表 载入 始见 首见 陈列 展出 收藏 存放 储存 保存 安放 放置 摆放 悬挂 张贴 镌刻 铭刻 浮现 漂浮 漂泊 流浪 奔走 "
    "奔波 徘徊 周旋 辗转 穿梭 往来 出没 出入 活跃 现身 决战 会师 会战 大战 应用 适用 使用 运用 作用 施用 局限 限制 拘泥 执着 "
    "忠实 倾心 倾向 习惯 满足 专注 专心 安心 甘心 疲 寄托 托付 委身 降生 逝世 病逝 卒 崩 薨 殁 配置 囚禁 关押 揭示 载明 记明 交托 失策 存活 执著 设置 设立 设址 装设 装置 "
    "附着 附著 依附 依存 生存 生活 留存 残存 记录 记载 登载 公告 公布 公开 登录 列入 编入 置 寄 托 存 载 "
    "应 须 已 曾 仍 均 皆 迟 宜 可 最迟 至迟 立即 一律"
)
_TAKES_BY_SIZE = {
    size: frozenset(verb for verb in _TAKES.split() if len(verb) == size) for size in (1, 2)
}

# Ginger by weight, old ginger in the kitchen. Examples: 两片姜, 半斤老姜, 老姜切片.
# Counter-example: 老姜来了.
_PIECES = frozenset("斤块片")
_WEIGHED = _PIECES | frozenset("两些点根切买放加把用")
_PREPARED = ("去皮", "一块", "两片", "适量", "少许", "更辣", "最辣", "很辣")
_COOKED = frozenset("切片汤茶丝汁皮水末块炖拍洗煮炒泡煎熬爆剁")


def is_ginger(text: str, at: int) -> bool:
    """Whether 姜 at the place is a spice."""
    left = side_of(text, at - 1)
    if left != "老":
        return left in _PIECES
    is_cooked = side_of(text, at + 1) in _COOKED or text.startswith(_PREPARED, at + 1)
    return side_of(text, at - 2) in _WEIGHED or is_cooked


def is_no_person(text: str, at: int) -> bool:
    """Whether signs around the place say plainly that no person stands there: 于我而言, 葱、姜、蒜."""
    match text[at]:
        case "于":
            is_at = _AT_TIME.match(text, at) or _AT_PLACE.match(text, at)
            is_this = side_of(text, at + 1) in _THIS
            return bool(is_at or is_this or _FOR.match(text, at)) or _is_taken(text, at)
        case "余":
            is_more = side_of(text, at - 1) in _COUNTS and bool(_MORE_THAN.match(text, at))
            return is_more or bool(_LEFT_OVER.match(text, max(0, at - 1)))
        case "干":
            return text.startswith("家务", at + 1)
        case "后":
            return bool(_REAR.match(text, at))
        case "几":
            is_count = len(_title(text, at)) < 2 or text[at + 1] in "太老小大少"
            return is_count and side_of(text, at - 1) not in PREFIXES
        case "台":
            return _title(text, at) in HELD and not is_asked(text[:at])
        case "党":
            return _is_party(text, at)
        case "占":
            if side_of(text, at - 1) in PREFIXES:
                return False
            if side_of(text, at - 1) in _TAKING or _SHARE.match(text, at):
                return True
            return not _title(text, at) and bool(_TAKEN.match(text, at))
        case "种":
            is_kind = side_of(text, at - 1) in "个嗰呢"
            return is_kind or (side_of(text, at + 1) in _PLANTED and not _title(text, at))
        case "涂":
            return text.startswith(_SPREAD, at + 1)
        case "范":
            return side_of(text, at + 1) in _NO_GIVEN and side_of(text, at - 1) not in PREFIXES
        case "姜":
            if is_ginger(text, at):
                return True
            beside = text[max(0, at - 2) : at + 3].replace("姜", "")
            is_spice = "、" in beside and any(one in beside for one in _SPICES)
            return is_spice or text[at + 1 : at + 2] in ("葱", "蒜")
        case _:
            return False


# Given names that begin as what a party does. Example: 党向东. Counter-example: 党向前进.
_EASTWARD = frozenset(("向东", "向阳", "向红", "向荣", "向明", "建勋", "建新", "会民", "会生"))


def _is_party(text: str, at: int) -> bool:
    if text.startswith(_OF_PARTY, at) or _PARTIES.search(text, max(0, at - 2), at):
        return True
    left, given = side_of(text, at - 1), text[at + 1 : at + 3]
    if left == "老" and given[:1] in "员派":
        return True
    is_given = given in figures().whole or given in _EASTWARD
    if left in PREFIXES or len(_title(text, at)) > 1 or is_given:
        return False
    is_to = left in _TO_THE_PARTY or text[max(0, at - 2) : at] == "代表"
    if is_to and given in figures().words:
        return True
    return side_of(text, at + 1) in _PARTY_DOES


def _title(text: str, at: int) -> str:
    """The longest title behind the place; empty when there is none."""
    sizes = range(LONGEST_TITLE, 0, -1)
    return next((one for size in sizes if (one := text[at + 1 : at + 1 + size]) in TITLES), "")


def _is_taken(text: str, at: int) -> bool:
    """Whether 于 at the place belongs to a verb before it: 集结于, 有恩于."""
    return any(
        at >= size and text[at - size : at] in verbs for size, verbs in _TAKES_BY_SIZE.items()
    )
