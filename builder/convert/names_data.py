"""What is known of names before a book is opened: surnames, given names, words, neighbours.

`surnames.txt` is written by hand. `names.bin`, written by scripts/names.py, has costs
(negative logarithms of shares, in 1/8 nat) of words and of the characters of names, and how
much likelier each neighbour is beside a name, and beside a doubtful character that is none,
than anywhere.
"""

import lzma
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.convert.figures import own_words

OUTPUT = Path(__file__).with_name("names.bin")
SURNAMES = Path(__file__).with_name("surnames.txt")
UNIT = 8  # to a nat
# What a word of our own costs in which a surname's character has another form, if no name begins in
# it: 失范, and 余恨 if the figures do not have it; not 余生, not 载|余.
OWN_COST = 112

# Example: 于, 丨. Counter-examples: ，, a, 𠮷.
_HAN = re.compile("[\u3400-\u9fff]")
_OPENING = frozenset("“‘「『《〈〔【")
_CLOSING = frozenset("”’」』》〉〕】")


def _pairs(line: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in line.split()}


def _surnames() -> tuple[dict[str, str], dict[str, str]]:
    lines = SURNAMES.read_text(encoding="utf-8").splitlines()
    common, seldom = (_pairs(line) for line in lines if not line.startswith("#"))
    return common, seldom


COMMON, SELDOM = _surnames()
DOUBTFUL = {**SELDOM, **COMMON}

# What a person is called after the surname, with costs in 1/8 nat.
_TITLES = {
    0: "家庄 家村 家沟 家屯 家寨 家湾 家堡 家营 家坪 家坝 家集 家巷 家军",
    16: "先生 小姐 老师 家姑娘 家小姐 "
    "家老宅 家大院 家祠堂 家老爷 家老太 家媳妇 家少爷 家大少 家二少 家公子 家千金 家大小姐 家二小姐",
    24: "丫头 机长 船长 记者 半仙 二小姐 三小姐 大小姐 四小姐 大公子 二公子 三公子 四公子 五爷 六爷 七爷 八爷 九爷 "
    "胖子 瘦子 矮子 麻子 瞎子 秃子 聋子 瘸子 哑巴 疯子 傻子 眼镜 大胡子 大头 木匠 铁匠 石匠 瓦匠 裁缝 屠户 "
    "郎中 镖师 老三 老四 老五 老六 老七 老八 老九 老幺 老大 老二 团座 师座 军座 警长 督军 阁老 婆子 寡妇 媒婆 "
    "女士 太太 夫人 大人 师傅 医生 大夫 教授 老板 经理 主任 公子 姑娘 大爷 大叔 大娘 大妈 "
    "大哥 大姐 同学 同志 校长 局长 处长 科长 书记 队长 警官 博士 阿姨 奶奶 爷爷 叔叔 婶婶",
    32: "少爷 老爷 将军 大侠 道长 掌门 前辈 师兄 师姐 师弟 师妹 师父 嬷嬷 妃 贵人 娘娘 员外 "
    "相公 娘子 大嫂 大婶 大伯 伯伯 妈妈 爸爸 哥哥 姐姐 老太 老太太 老爷子 老先生 老头 老汉 "
    "太公 太君 婆婆 公公 三爷 二爷 四爷 五爷 大少 二少 三少 少侠 女侠 神医 秀才 举人 知府 知县 "
    "县令 丞相 尚书 侍郎 巡抚 总督 都督 元帅 副官 参谋 司令 军长 师长 旅长 团长 营长 连长 排长 "
    "班长 部长 省长 市长 县长 镇长 乡长 村长 厂长 院长 所长 社长 站长 馆长 店长 行长 会长 董事长 "
    "总裁 总监 总经理 秘书 律师 法官 编辑 主编 导演 编剧 教练 会计 工程师 研究员 院士 法医 检察官 制片人 总工 太医 太监 皇后 贵妃 "
    "大将军 大学士 学士 御史 太守 刺史 太尉 太傅 太师 少保 节度使 经略 制台 抚台 道台 藩台 臬台 府台 县尊 知州 "
    "通判 主簿 典史 都头 教头 提辖 指挥使 千户 百户 总兵 副将 参将 游击 守备 千总 把总 都尉 校尉 中郎 侍卫 "
    "掌柜 家兄弟 家父子 家姐妹 氏兄弟 导师 教官 助理 护士 司机 探长 捕头 镖头 庄主 帮主 堂主 教主 盟主 "
    "门主 家主 宗主 城主 岛主 仙子 道士 法师 真人 居士 姑姑 舅舅 舅妈 姨妈 姨娘 婶子 嫂子 奶妈 姥姥 外公 外婆 "
    "父 母 总 哥 姐 叔 婶 爷 嫂 伯 姨 氏 某 家 府 队 局 处 科 工 导 董 少 妈 兄 公 老",
}
# Who heads what: 处长, 里长, 护士长.
_HEADS_OF = (
    "处 局 科 组 队 班 排 连 营 团 旅 师 军 省 市 县 镇 乡 村 里 邻 区 州 厅 署 司 部 室 课 股 系 厂 院 所 社 站 馆 店 行 会 校 "
    "园 台 船 机 舰 艇 车 警 庭 族 酋 议 次 学 护士 秘书 理事 董事 检察 审判 参谋 列车 支队 大队 中队 小队 分队 大堂 学生会 指挥"
)
# Offices and trades; most of them also have deputies.
_OFFICES = (
    "市长 局长 处长 科长 校长 院长 所长 厂长 队长 组长 班长 部长 会长 社长 站长 馆长 店长 行长 县长 镇长 乡长 村长 区长 厅长 署长 "
    "司长 省长 州长 室长 课长 系长 园长 台长 议长 董事长 理事长 秘书长 检察长 总裁 总监 总经理 经理 主任 主席 主编 总编 教授 书记 "
    "司令 参谋 研究员 导演 教练 领队 指挥 总统 总理 首相 总管"
)
_TRADES = (
    "医师 药师 技师 厨师 律师 牧师 老师 讲师 设计师 会计师 建筑师 药剂师 工程师 摄影师 化妆师 理发师 治疗师 心理师 分析师 议员 委员 "
    "警员 组员 队员 教员 指导员 教导员 辅导员 通讯员 联络员 管理员 办事员 检察员 飞行员 驾驶员 专员 官员 店员 雇员 巡官 教官 军官 法官 "
    "长官 警官 指挥官 检察官 老板娘 老板 东家 股东 房东 教练 顾问 干事 理事 董事 监事 代表 主播 主席 主持 主持人 总编 作家 画家 导游 "
    "神父 修女 师母 师娘 师爷 师太 法师 禅师 大师 老总 老弟 老兄 老哥 老伯 老爹 老汉 阿婆 阿公 阿嬷 大婶 奶奶 婶婶 妹妹 弟弟 "
    "女士 太太 夫人 小妹 小弟 同学 校医 院士 硕士 学长 学姐 学弟 学妹 督察 探员 警司 特派员 调查员 研究生 实习生 裁判 保镖 管家"
)
OFFICE = 24
_HELD = {
    **dict.fromkeys([*_OFFICES.split(), *_TRADES.split()], OFFICE),
    **{head + "长": OFFICE for head in _HEADS_OF.split()},
    **{deputy + office: OFFICE for office in _OFFICES.split() for deputy in ("副", "代", "前")},
}
_KNOWN = {title: cost for cost, titles in _TITLES.items() for title in titles.split()}
TITLES = _HELD | _KNOWN
# Those that stand behind a preposition as often as behind a surname.
TRADES = frozenset(TITLES) - frozenset(_KNOWN)
LONGEST_TITLE = max(map(len, TITLES))
# What stands before a surname that stands alone, and what a name costs then.
PREFIXES = {"姓": -30, "老": -20, "小": 0, "阿": -16, "段": 0}


class _Sides(dict[str, str]):
    """Each character as figures know it: a Han character, or a class of marks."""

    def __missing__(self, character: str) -> str:
        self[character] = side = _side(character)
        return side


def _side(character: str) -> str:
    if _HAN.match(character) or character in "、·":
        return character
    if character in _OPENING:
        return "“"
    if character in _CLOSING:
        return "”"
    return "1" if character.isalnum() else "|"


_SIDES = _Sides()


def side_of(text: str, at: int) -> str:
    """The neighbour at a place as figures know it: a Han character, or a class of marks."""
    return _SIDES[text[at]] if 0 <= at < len(text) else "|"


@dataclass(frozen=True, slots=True)
class Figures:
    """All tables; a character that a table of costs does not have costs what `*` does."""

    words: dict[str, int]
    known: dict[str, int]
    surname: dict[str, int]
    given: dict[str, dict[str, int]]
    whole: dict[str, int]
    alone: dict[str, int]
    kept: dict[str, int]
    before: dict[str, int]
    after: dict[str, int]
    left: dict[str, dict[str, int]]
    right: dict[str, dict[str, int]]


@cache
def figures() -> Figures:
    """The file's content."""
    found = Figures({}, {}, {}, {"1": {}, "2a": {}, "2b": {}}, {}, {}, {}, {}, {}, {}, {})
    text = lzma.decompress(OUTPUT.read_bytes()).decode("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            _take(found, line)
    for pair in own_words():
        word, written = pair.split("/")
        pairs = enumerate(zip(word, written, strict=True))
        places = [at for at, (one, form) in pairs if COMMON.get(one, form) != form]
        if places and (word in found.words) == (places[0] > 0):
            found.words[word] = min(OWN_COST, found.words.get(word, OWN_COST))
    return found


def _take(found: Figures, line: str) -> None:
    name, *numbers, members = line.split(" ")
    value = int(numbers[-1])
    lists = {"word": found.words, "known": found.known, "whole": found.whole}
    if name in lists:
        size = int(numbers[0])
        lists[name].update((members[at : at + size], value) for at in range(0, len(members), size))
        return
    table = _table(found, name)
    for member in members:
        table[member] = value


def _table(found: Figures, name: str) -> dict[str, int]:
    if name.startswith("given"):
        return found.given[name[5:]]
    for kind, tables in (("left", found.left), ("right", found.right)):
        if name.startswith(kind):
            return tables.setdefault(name[len(kind) :], {})
    return {
        "surname": found.surname,
        "alone": found.alone,
        "kept": found.kept,
        "before": found.before,
        "after": found.after,
    }[name]
