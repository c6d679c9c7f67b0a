"""Names and titles as shelves sort them: pinyin without tones, 曹雪芹 → Cao Xueqin.

A person's name is surname and given name, each one word; a pen name that has no surname, and a
title, are syllables (红楼梦 → Hong lou meng), as libraries write them. What has no Han
characters has its sort form in itself and gets none.
Source: GB/T 28039-2011 (names); ALA-LC romanization of Chinese (titles).
"""

import re
from dataclasses import replace
from itertools import groupby

from builder.core.book import Creator, Metadata
from builder.pinyin.dictionary import readings_of
from builder.pinyin.han import is_han
from builder.pinyin.readings import Simplify, read_line, simplified, without_tones

# The country or dynasty before a name. Example: [英]狄更斯, （清）曹雪芹. Counter-example: 曹[雪]芹.
_ORIGIN = re.compile(r"\s*+[\[［【〔（(〈][^\]］】〕）)〉]{1,6}[\]］】〕）)〉]\s*+")
# What parts the names of a foreigner. Example: 列夫·托尔斯泰. Counter-example: 曹雪芹.
_DOTS = re.compile("[·•・‧．\N{BULLET OPERATOR}]")
MAX_GIVEN_CHARS = 2

_COMPOUND = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 轩辕 钟离 澹台 "
    "万俟 端木 独孤 南宫 西门 东郭 百里 呼延 闻人 申屠 赫连 拓跋 完颜 纳兰 叶赫 爱新 公冶 宗政 "
    "濮阳 淳于 单于 太叔 仲孙 鲜于 闾丘 亓官 第五 梁丘 左丘 谷梁"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭"
    "郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平"
    "黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危"
    "江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘缪解应宗丁宣邓郁单杭洪包左石崔吉龚程邢"
    "裴陆荣翁荀甄曲封储靳段巫焦巴牧隗谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶司黎薄白怀"
    "蒲卓蔺屠蒙池乔闻党翟谭劳姬申冉桑桂牛寿边燕尚农温柴瞿阎连习艾鱼容向古易廖终居衡步耿满匡文寇"
    "广阙东欧沃利蔚越师巩聂晁敖冷辛阚简饶曾沙鞠丰关查游竺权盖益肖岳覃佘佟付代涂邸仝战冼区朴苑靖"
)
# Surnames that are read otherwise than the same character elsewhere.
_SURNAME_READINGS = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "任": "ren",
    "朴": "piao", "区": "ou", "翟": "zhai", "华": "hua", "燕": "yan", "缪": "miao", "乐": "yue",
    "薄": "bo", "柏": "bai", "隗": "wei", "覃": "qin", "冼": "xian", "尉迟": "yuchi", "万俟": "moqi",
    "长孙": "zhangsun", "单于": "chanyu", "谷梁": "guliang", "澹台": "tantai", "车": "che",
    "叶": "ye", "宁": "ning", "石": "shi", "沈": "shen", "娄": "lou", "谷": "gu", "葛": "ge",
}  # fmt: skip
# Characters whose readings differ by more than the tone: the words of a title decide.
_HETERONYMS = frozenset(
    "传行长重乐调朝藏还会角卷降弹单什石食色参差盛校识说省种着了地得巷薄车都大便辟宿落露率没模奇强"
    "塞厦舍似陶提吐系血约择占折殖粘仔无若房吾曲熟熨柏绿拗暴秘叶俟余委娜"
)


def with_sort_forms(metadata: Metadata, simplify: Simplify) -> Metadata:
    """The metadata with a sort form for the title and each creator that has none."""
    creators = tuple(
        creator if creator.file_as.strip() else _sorted(creator, simplify)
        for creator in metadata.creators
    )
    file_as = metadata.file_as.strip() or sort_form(metadata.title, simplify)
    return replace(metadata, creators=creators, file_as=file_as)


def _sorted(creator: Creator, simplify: Simplify) -> Creator:
    return replace(creator, file_as=name_form(creator.name, simplify))


def name_form(name: str, simplify: Simplify) -> str:
    """The sort form of a person's name; empty when the name has no Han characters."""
    origin = _ORIGIN.match(name)
    bare = name[origin.end() :] if origin else name
    plain = "".join(simplified(bare, simplify).split())
    if not any(map(is_han, plain)):
        return ""
    if not all(map(is_han, plain)):
        parts = _DOTS.split(plain)
        if len(parts) > 1 and all(part and all(map(is_han, part)) for part in parts):
            return " ".join(_joined(part).capitalize() for part in parts)
        return sort_form(bare, simplify)
    for length, surnames in ((2, _COMPOUND_SURNAMES), (1, _SURNAMES)):
        surname, given = plain[:length], plain[length:]
        if surname in surnames and 0 < len(given) <= MAX_GIVEN_CHARS:
            first = _SURNAME_READINGS.get(surname, _joined(surname))
            return f"{first.capitalize()} {_joined(given).capitalize()}"
    return sort_form(bare, simplify)


def sort_form(title: str, simplify: Simplify) -> str:
    """The sort form of a title; empty when it has no Han characters. Punctuation goes."""
    if not any(map(is_han, title)):
        return ""
    plain = simplified(title, simplify)
    if _HETERONYMS.isdisjoint(plain):
        readings = tuple(_reading(character) for character in plain)
    else:
        readings = tuple(map(without_tones, read_line(plain, plain).readings))
    words: list[str] = []
    for kind, some in groupby(zip(title, readings, strict=True), key=_kind):
        if kind == "reading":
            words += [reading for _, reading in some]
        elif kind == "word":
            words.append("".join(character for character, _ in some))
    form = " ".join(words)
    return form[:1].upper() + form[1:]


def _kind(pair: tuple[str, str]) -> str:
    character, reading = pair
    if reading:
        return "reading"
    return "word" if character.isalnum() else "nothing"


def _joined(name: str) -> str:
    """The syllables of a name as one word: 雪芹 → xueqin, 平安 → ping'an."""
    word = ""
    for character in name:
        syllable = _reading(character) or character
        word += f"'{syllable}" if word and syllable[0] in "aeo" else syllable
    return word


def _reading(character: str) -> str:
    return without_tones(next(iter(readings_of(character)), "")) if is_han(character) else ""
