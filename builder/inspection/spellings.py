"""Names that look like two spellings of one: 黄丽仪 beside a single 黄令仪.

A name is a surname and two characters (after a double surname one or two), or a foreign name
written with a dot. Two names make a pair when one character differs and the two characters
sound or look alike, when the one is much rarer, and when the rare one stands near the common
one and where names stand: before a verb, a title or a stop. Better to miss a slip than to cry
wolf: every condition must hold. The pairs come ranked.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from builder.inspection.examination import Resemblance, Spelling
from builder.inspection.passages import Passages
from builder.inspection.sounds import SAME, SOME, look_alike, sound_likeness

HAN = "\u4e00-\u9fff"
# Surnames that are rarely anything else; 和, 于, 时, 都 and their like would drown them.
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华魏陶姜戚谢邹喻窦章苏潘葛范彭鲁韦"
    "马苗凤方俞任袁柳鲍史唐费廉薛雷贺倪汤滕殷罗毕郝安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄臧"
    "戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房"
    "裘缪丁邓郁洪左石崔吉龚程邢裴陆荣翁荀甄曲封段焦巴侯宁仇甘厉刘景詹龙叶黎白蒲赖卓屠蒙乔闻党"
    "翟谭姬申冉桂牛边燕温庄晏柴阎连习艾易廖耿匡寇欧沃聂勾冷辛简饶沙关游竺楚肖涂岳"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華魏謝鄒竇蘇潘葛範魯韋馬鳳費賀湯羅畢齊餘顧黃蕭龐紀項藍閔賈"
    "顏鐘鍾駱萬盧繆鄧鬱龔陸榮寧厲劉龍葉賴喬聞黨譚邊溫莊閻連習歐聶簡饒關塗嶽"
)
DOUBLE_SURNAMES = frozenset((
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙",
    "公孫", "慕容", "令狐", "宇文", "长孙", "長孫", "司徒", "司空", "南宫", "南宮", "西门", "西門", "独孤", "獨孤",
    "轩辕", "軒轅", "端木", "百里", "呼延", "夏侯", "澹台", "拓跋", "完颜", "完顏",
))  # fmt: skip
# What foreign names are written with.
TRANSCRIBING = (
    "阿埃艾爱安奥巴白班邦保鲍贝本比彼毕宾波勃博布查茨达戴丹道德邓迪蒂丁杜敦多尔恩法凡菲费芬佛弗福夫"
    "盖冈戈格葛古哈海汉豪赫亨胡华怀惠霍基吉加贾简杰金卡凯坎康考科克肯库夸拉莱兰劳勒雷里丽利莉连林琳"
    "龙隆卢鲁路露伦罗洛马玛迈麦曼毛梅门蒙米密缪莫默姆木穆娜纳奈南内尼妮宁牛纽诺欧帕派潘庞佩彭皮平珀"
    "普齐奇恰乔琴琼让瑞若撒萨塞桑瑟森沙莎珊尚舍申圣施史士斯思司苏索塔泰汤唐特提廷图托瓦万王威韦维温"
    "文沃乌武西希夏香肖谢辛欣休许雪雅亚扬耶叶伊依因英尤于约泽扎詹珍朱佐"
    "愛奧畢賓達鄧爾費蓋岡漢賈簡傑凱萊蘭勞裡麗連龍盧魯倫羅馬瑪邁麥門納寧紐諾歐龐齊喬瓊讓薩聖蘇湯圖"
    "萬韋維溫烏謝許亞揚葉約澤"
)
# Characters that given names do without.
NOT_IN_NAMES = frozenset(
    "的了着著是在不我你他她它们們这這那么麼也就都还還被把和与與对對向从從到去来來说說道问問想看听聽"
    "走叫答点點又便却卻要会會没沒有个個上下里裡外等得地过過吗嗎呢吧啊呀哪谁誰什些很太最更再才只并並"
    "十百千丈给給让讓跟为為以及或但因所此其之而且则則者先生夫人太爷爺哥姐姓家府氏某老师師"
)
# 林小雪 is a name; 林小姐 has 姐, and in 林小路 the words are 小路.
NOT_GIVEN = frozenset(
    ("小路", "小巷", "小时", "小時", "小心", "小声", "小聲", "小子", "小队", "小隊", "小组", "小組")
)
# What follows a name: a verb of speech or motion, a particle, a title, or no Han at all.
AFTER_NAMES = frozenset(
    "道说說笑问問想看听聽走叫答点點摇搖也又便却卻就在是的把被对對向和跟与與一忙将將从從已不都没沒"
    "很这這那身脸臉心手眼等来來去站坐拿知觉覺感同院教博女男先老医醫总總经經主部团團所"
)
BEFORE_NAMES = frozenset(
    "和与與跟同对對向把被给給叫让讓是请請见見问問找等着著了的说說道里裡在那这這位名个個到替"
    "朝由为為教授师師家长長士员員及或像看想"
)
LEAST_COMMON = 4
# A slip is at least this many times rarer than the name.
RARER = 8
# How much of what a surname and a character begin must be the name: 王熙 goes on with 凤.
LEAST_COHESION = 0.5
LEAST_STANDING = 0.5
# 段云 and 段芸: two characters look like words, so more is asked of them.
SHORT_CHARS = 2
LEAST_COMMON_SHORT = 10
LEAST_STANDING_SHORT = 0.7
LEAST_COHESION_SHORT = 0.3
# How near the rare one stands to the common one, in characters.
NEARNESS = 3000
CLOSE = 1500
PLACES_SHOWN = 5

DOTS = frozenset("·‧・")

_SINGLE = re.compile(f"(?=([{SURNAMES}][{HAN}]{{2}}))")
_SHORT = re.compile(f"[{SURNAMES}][{HAN}]")
_DOUBLE = re.compile(f"(?=([{''.join(name[0] for name in DOUBLE_SURNAMES)}][{HAN}]{{3}}))")
# 伊丽莎白·班纳特: the whole, so that a slip in either half shows; 看着 before it is no part.
_DOTTED = re.compile(f"[{TRANSCRIBING}]{{2,6}}[·‧・][{TRANSCRIBING}]{{2,6}}")


class _Pair(NamedTuple):
    common: str
    rare: str
    because: Resemblance
    likeness: float


def find_spellings(
    passages: Passages, simplified: Callable[[str], str] = str
) -> tuple[Spelling, ...]:
    """Pairs of names that may be one, most likely first; not those that only the script parts."""
    found = (
        _judged(passages, pair, counts, is_loose=fixed > 0)
        for fixed, counts in _names(passages.text)
        for pair in _pairs(counts, fixed)
    )
    others = (one for one in found if one and simplified(one.rare) != simplified(one.common))
    return tuple(sorted(others, key=attrgetter("score"), reverse=True))


def _names(text: str) -> Iterator[tuple[int, Counter[str]]]:
    """What may be names, counted; with each kind the number of characters of its surnames."""
    yield 1, Counter(_SINGLE.findall(text))
    yield 1, Counter(_SHORT.findall(text))
    double = Counter(_DOUBLE.findall(text))
    yield 2, Counter({name: n for name, n in double.items() if name[:2] in DOUBLE_SURNAMES})
    if any(dot in text for dot in DOTS):
        yield 0, Counter(_DOTTED.findall(text))


def _pairs(counts: Counter[str], fixed: int) -> Iterator[_Pair]:
    """Names of one length that differ in one character after the surname of `fixed` characters."""
    stems: Counter[str] = Counter()
    for name, count in counts.items():
        stems[name[:-1]] += count
    common = [name for name, count in counts.items() if count >= 2 and _can_be_name(name, fixed)]
    by_gap: dict[tuple[str, str], list[str]] = defaultdict(list)
    wanted = {(name[:at], name[at + 1 :]) for name in common for at in range(fixed, len(name))}
    for name in counts:
        for at in range(fixed, len(name)):
            if (name[:at], name[at + 1 :]) in wanted:
                by_gap[name[:at], name[at + 1 :]].append(name)
    for name in common:
        cohesion = LEAST_COHESION_SHORT if len(name) == SHORT_CHARS else LEAST_COHESION
        if fixed and counts[name] < cohesion * stems[name[:-1]]:
            continue
        for at in range(fixed, len(name)):
            for other in by_gap[name[:at], name[at + 1 :]]:
                if other == name or counts[other] * RARER > max(counts[name], 2 * RARER):
                    continue
                if counts[other] >= counts[name] or not _can_be_name(other, fixed):
                    continue
                is_last = at == len(name) - 1
                if fixed and not is_last and counts[other] < LEAST_COHESION * stems[other[:-1]]:
                    continue
                if resemblance := _resemblance(name[at], other[at]):
                    yield _Pair(name, other, *resemblance)


def _can_be_name(name: str, fixed: int) -> bool:
    given = name[fixed:]
    return not fixed or (NOT_IN_NAMES.isdisjoint(given) and given not in NOT_GIVEN)


def _resemblance(left: str, right: str) -> tuple[Resemblance, float] | None:
    likeness = sound_likeness(left, right)
    if likeness == SAME:
        return Resemblance.SOUND, likeness
    if look_alike(left, right):
        return Resemblance.LOOK, SAME
    return (Resemblance.NEAR_SOUND, likeness) if likeness else None


def _judged(
    passages: Passages, pair: _Pair, counts: Counter[str], *, is_loose: bool
) -> Spelling | None:
    """The pair with its score, or None when its places speak against it."""
    text, length = passages.text, len(pair.common)
    if length == SHORT_CHARS and (pair.likeness < SAME or counts[pair.common] < LEAST_COMMON_SHORT):
        return None
    common, rare = _places(text, pair.common), _places(text, pair.rare)
    distance = min((_distance(common, position) for position in rare), default=NEARNESS + 1)
    if distance > NEARNESS:
        return None
    if counts[pair.common] < LEAST_COMMON and distance > CLOSE:
        return None
    if pair.likeness <= SOME and distance > CLOSE:
        return None
    standing = 1.0
    if is_loose:
        standing = min(_standing(text, common, length), _standing(text, rare, length))
        if standing < (LEAST_STANDING_SHORT if length == SHORT_CHARS else LEAST_STANDING):
            return None
    weight = min(1.0, (len(common) / len(rare)) / (2 * RARER))
    score = pair.likeness * (0.5 + 0.25 * standing + 0.25 * weight)
    shown = rare[:PLACES_SHOWN]
    return Spelling(
        pair.common,
        len(common),
        pair.rare,
        len(rare),
        pair.because,
        round(score, 3),
        tuple(passages.place(position) for position in shown),
        tuple(passages.around(position, position + length) for position in shown),
    )


def _places(text: str, name: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(name), text)]


def _distance(places: Sequence[int], position: int) -> int:
    """How far the nearest of `places` (ascending) is."""
    at = bisect_left(places, position)
    near = places[max(0, at - 1) : at + 1]
    return min(abs(position - place) for place in near)


def _standing(text: str, places: Sequence[int], length: int) -> float:
    """The share of sides, before and after, where something stands that stands beside names."""
    standing = sum(
        _fits(text[max(0, at - 1) : at], BEFORE_NAMES)
        + _fits(text[at + length : at + length + 1], AFTER_NAMES)
        for at in places
    )
    return standing / (2 * len(places))


def _fits(character: str, known: frozenset[str]) -> bool:
    return not character or character in known or not "\u4e00" <= character <= "\u9fff"
