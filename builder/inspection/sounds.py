"""How Han characters sound and look: just enough to tell a slip of the pen from another name.

`sounds.txt` gives each common character its syllable without tone (made by scripts/sounds.py
from the Unicode CLDR). Look-alikes are short lists of our own.
"""

import re
from functools import cache
from importlib.resources import files

SAME, NEAR, SOME = 1.0, 0.8, 0.6
# Characters that hands, eyes and scanners take for each other.
LOOK_ALIKES = (
    "己已巳 未末 大太 土士 王玉主 日曰 风凤 風鳳 刑邢 免兔 亨享 辨辩辫 侯候 博搏 "
    "傅傳 晴睛 洒酒 栗粟 冶治 析折 壁璧 戌戍戊 管菅 斑班 陈阵 陳陣 卷券 千干于 天夭 "
    "今令 间问 鸟乌 鳥烏 平乎 白自 由田甲申 贝见 貝見 准淮 徒徙 季李 宜宣 "
    "官宫 官宮 昊吴 吳吴 茶荼 萍苹 代伐 休体 住佳 侍待 倩情 清请 晓烧 曉燒 "
    "浩洁 洗冼 汪注 珍诊 理埋 荣荧 莹萤 瑩螢 菜莱 藍籃 蓝篮 籍藉 柳抑 桐铜 钗叉 钢纲 "
    "鋼綱 铭铬 銘鉻 键健 霄宵 霞震 鹏鹃 鵬鵑 龙尤 峦恋 巒戀 帅师 帥師 延廷 彬杉 彤形 "
    "思恩 恺铠 晨震 晟盛 曼慢 孟盂 孙逊 孫遜 姗珊 婷停 端瑞 竞竟 维唯 維唯 缓援 緩援 "
    "翌翼 薇微 袁哀 谨瑾 謹瑾 谦廉 贵责 貴責 采彩 瑜喻 钰珏 肖消 丹舟 "
    "仁仕 卞下 史吏 司同 尹伊 宏宠 岑芩 巨臣 廖寥 惠慧 拓柘 杭航 柏拍 桂挂 沈沉 "
    "洪供 淑椒 温湿 溫濕 滕腾 狄秋 祁祈 秦泰 穆稳 竺笠 郎朗"
)
PINYIN = re.compile("(?P<initial>zh|ch|sh|[bpmfdtnlgkhjqxzcsryw]?)(?P<final>[a-z]+)")
# Initials and finals that speakers of many regions do not tell apart: zh/z, n/l, f/h, -n/-ng.
_MERGED = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}


@cache
def _sounds() -> dict[str, str]:
    table = files(__package__).joinpath("sounds.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in table.splitlines())
    return {character: sound for sound, characters in rows for character in characters}


@cache
def syllables() -> frozenset[str]:
    """Every syllable of Mandarin, without tones."""
    return frozenset(_sounds().values())


@cache
def _look_alikes() -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset((left, right))
        for group in LOOK_ALIKES.split()
        for left in group
        for right in group
        if left != right
    )


def look_alike(left: str, right: str) -> bool:
    """Whether two characters are easily taken for each other by the eye."""
    return frozenset((left, right)) in _look_alikes()


def sound_likeness(left: str, right: str) -> float:
    """1 for one syllable, 0.8 for one that many do not tell apart, 0.6 for near ones, else 0."""
    ours, theirs = _sounds().get(left), _sounds().get(right)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return SAME
    (initial, final), (other_initial, other_final) = _parts(ours), _parts(theirs)
    if initial != other_initial:
        return 0.0
    if final.removesuffix("g") == other_final.removesuffix("g"):
        return NEAR
    # 丽 (li) and 令 (ling): the same syllable but for its nasal end.
    return SOME if _open(final) == _open(other_final) else 0.0


def _parts(sound: str) -> tuple[str, str]:
    match = PINYIN.fullmatch(sound)
    if not match:
        return "", sound
    initial = match["initial"]
    return _MERGED.get(initial, initial), match["final"]


def _open(final: str) -> str:
    return final.removesuffix("g").removesuffix("n")
