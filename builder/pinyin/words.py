"""Words that are read otherwise than they look, and characters that their neighbours decide.

pypinyin's table has 47,000 words; those here it lacks or has wrong. `SURPRISING` are words of
common characters with an uncommon reading, names of old peoples, places and persons above all:
a reader wants their reading as much as that of a rare character.
Source: 现代汉语词典 and 汉语大词典, as far as they agree.
"""

from dataclasses import dataclass

_SURPRISING = """
单于 chán yú|可汗 kè hán|阏氏 yān zhī|龟兹 qiū cí|吐蕃 tǔ bō|月氏 yuè zhī|大月氏 dà yuè zhī
吐谷浑 tǔ yù hún|高句丽 gāo gōu lí|高句骊 gāo gōu lí|大宛 dà yuān
冒顿 mò dú|金日磾 jīn mì dī|郦食其 lì yì jī|审食其 shěn yì jī|樊於期 fán wū jī|皋陶 gāo yáo
墨翟 mò dí|宓妃 fú fēi|妲己 dá jǐ|嫪毐 lào ǎi
单雄信 shàn xióng xìn|尉迟 yù chí|万俟 mò qí|澹台 tán tái
令狐 líng hú|长孙 zhǎng sūn|亓官 qí guān
般若 bō rě|南无 nā mó|伽蓝 qié lán|阿弥陀佛 ē mí tuó fó|阿房宫 ē páng gōng
番禺 pān yú|会稽 kuài jī|亳州 bó zhōu|台州 tāi zhōu|铅山 yán shān
蚌埠 bèng bù|涡阳 guō yáng|莘县 shēn xiàn|浚县 xùn xiàn
郫县 pí xiàn|盱眙 xū yí|荥阳 xíng yáng|鄱阳 pó yáng|泌阳 bì yáng|繁峙 fán shì
隗嚣 wěi áo|中行说 zhōng háng yuè
否极泰来 pǐ jí tài lái|暴虎冯河 bào hǔ píng hé|一曝十寒 yī pù shí hán|心广体胖 xīn guǎng tǐ pán
虚与委蛇 xū yǔ wēi yí|图穷匕见 tú qióng bǐ xiàn|自怨自艾 zì yuàn zì yì|方兴未艾 fāng xīng wèi ài
"""

_ORDINARY = """
还有 hái yǒu|还是 hái shì|还要 hái yào|还在 hái zài|还能 hái néng|还会 hái huì|还没 hái méi
还不 hái bù|还想 hái xiǎng|还得 hái děi|归还 guī huán|还债 huán zhài|还钱 huán qián|还给 huán gěi
还乡 huán xiāng|还魂 huán hún|奉还 fèng huán|都是 dōu shì|都有 dōu yǒu|都在 dōu zài|都会 dōu huì
宿命 sù mìng|不得不 bù dé bù|免不得 miǎn bù dé
总得 zǒng děi|非得 fēi děi|必得 bì děi|就得 jiù děi|地上 dì shàng|地下 dì xià|地里 dì lǐ
受得了 shòu de liǎo|了却 liǎo què|了断 liǎo duàn|了然 liǎo rán|了望 liào wàng|未了 wèi liǎo
长大 zhǎng dà|长成 zhǎng chéng|长出 zhǎng chū|长满 zhǎng mǎn|长老 zhǎng lǎo|长辈 zhǎng bèi
长兄 zhǎng xiōng|长子 zhǎng zǐ|长女 zhǎng nǚ|长官 zhǎng guān|行长 háng zhǎng|市长 shì zhǎng
县长 xiàn zhǎng|院长 yuàn zhǎng|船长 chuán zhǎng|班长 bān zhǎng|村长 cūn zhǎng|会长 huì zhǎng
当作 dàng zuò|当成 dàng chéng|当做 dàng zuò|三更 sān gēng|五更 wǔ gēng|打更 dǎ gēng|更夫 gēng fū
空闲 kòng xián|有空 yǒu kòng|没空 méi kòng|抽空 chōu kòng|处处 chù chù|处死 chǔ sǐ|相处 xiāng chǔ
一重 yī chóng|几重 jǐ chóng|重重 chóng chóng|九重 jiǔ chóng|重逢 chóng féng|重来 chóng lái
大将 dà jiàng|将士 jiàng shì|名将 míng jiàng|武将 wǔ jiàng|猛将 měng jiàng|降将 xiáng jiàng
投降 tóu xiáng|归降 guī xiáng|诈降 zhà xiáng|丞相 chéng xiàng|宰相 zǎi xiàng|相国 xiàng guó
音乐 yīn yuè|乐师 yuè shī|礼乐 lǐ yuè|奏乐 zòu yuè|睡觉 shuì jiào|一觉 yī jiào|午觉 wǔ jiào
说客 shuì kè|游说 yóu shuì|解差 jiè chāi|押解 yā jiè|差役 chāi yì|当差 dāng chāi|公差 gōng chāi
自传 zì zhuàn|列传 liè zhuàn|外传 wài zhuàn|别传 bié zhuàn|正传 zhèng zhuàn|内传 nèi zhuàn
大夫 dà fū|倒是 dào shì|倒也 dào yě|倒不 dào bù|倒像 dào xiàng|倒好 dào hǎo|跌倒 diē dǎo
"""


def _table(lines: str) -> dict[str, tuple[str, ...]]:
    """Words and readings from lines like 单于 chán yú|可汗 kè hán."""
    parted = (entry.split() for entry in lines.replace("\n", "|").split("|") if entry)
    return {word: tuple(readings) for word, *readings in parted}


SURPRISING = _table(_SURPRISING)
WORDS = _table(_ORDINARY) | SURPRISING


@dataclass(frozen=True, slots=True)
class Rule:
    """`reading` holds for a character in no word, after one of `before` and before one of `after`.

    An empty string stands for anything, `HAN` for any Han character, `END` for none.
    """

    reading: str
    before: str = ""
    after: str = ""


HAN = "汉"
END = "。"
_PRONOUNS = "我你他她它们咱您"
_NUMERALS = "一二两三四五六七八九十百千万几数每半双0123456789０１２３４５６７８９"

# The first rule that fits decides; the last of a character has no condition.
# Examples: 慢慢地走 de, 在地上 dì; 跑得快 de, 我得走了 děi; 一只猫 zhī, 只好 zhǐ.
RULES: dict[str, tuple[Rule, ...]] = {
    "地": (
        Rule("dì", before="在到于从往向倒落遍扫坠跪坐躺一块此这那本该各某满天两的田土空草荒"),
        Rule("dì", after="上下里中面板方势形位处点图主底皮头"),
        Rule("de", before=HAN, after=HAN),
        Rule("dì"),
    ),
    "得": (
        Rule("dé", after="知以意罪道胜"),
        Rule("dé", before="不"),
        Rule("dé", before=_PRONOUNS, after="了到出"),
        Rule("děi", before=_PRONOUNS + "总必须就也都可", after=HAN),
        Rule("de", before=HAN, after=HAN),
        Rule("dé"),
    ),
    "着": (Rule("zháo", before="不得"), Rule("zhe", before=HAN), Rule("zhāo")),
    "了": (Rule("liǎo", before="不得", after=END), Rule("le")),
    "只": (Rule("zhī", before=_NUMERALS + "这那某", after=HAN), Rule("zhǐ")),
    "为": (
        Rule("wéi", before="认以成作称变名化改定视奉尊最极甚颇更所人身结沦分合贬"),
        Rule("wèi", after="我你他她它您咱这那此国民谁何人大"),
        Rule("wéi"),
    ),
    "长": (
        Rule("zhǎng", before="局处科部省市镇乡社组连排营团师军旅校厂站所舰酋族家首生增成助滋"),
        Rule("zhǎng", after="大出成满得着了高胖"),
        Rule("cháng"),
    ),
    "重": (Rule("chóng", before=_NUMERALS), Rule("chóng", after="新复叠返建申温提回又")),
    "种": (
        Rule("zhǒng", before=_NUMERALS + "这那何各某品物人"),
        Rule("zhòng", after="地田花树菜下瓜草了着植"),
    ),
    "更": (Rule("gēng", before="一二三四五初", after=END), Rule("gēng", after="鼓天时")),
    "处": (Rule("chǔ", after="理于在分罚女境置世事决"),),
    "倒": (Rule("dào", after="是也不有像好还没要"), Rule("dǎo")),
    "教": (Rule("jiāo", after="我你他她给书会"),),
    "数": (Rule("shǔ", after="着了"),),
    "还": (Rule("huán", before="归偿奉退交讨生", after=END),),
    "当": (Rule("dàng", before="上", after=END),),
    "空": (
        Rule("kòng", before="得没有", after=END),
        Rule("kòng", before="没有", after="吗吧呢啊了的"),
    ),
    "弹": (Rule("tán", after="琴琵起奏唱了着"),),
    "曲": (Rule("qū", before="弯扭歪"), Rule("qū", after="折线直")),
    "尽": (Rule("jǐn", after="管量早快可"), Rule("jìn")),
    "与": (Rule("yǔ"),),
    "舍": (Rule("shè", before="宿校农屋房茅寒"),),
    "藏": (Rule("cáng"),),
    "薄": (Rule("bó"),),
    "儿": (Rule("ér"),),
    "子": (
        Rule("zǐ", before="孔孟老庄荀墨韩朱程曾孙君夫天王太公男女弟父母赤才养长次义"),
        Rule("zi", before=HAN, after=END),
        Rule("zǐ"),
    ),
    "觉": (Rule("jiào", before="着睡个场"),),
    "头": (Rule("tóu"),),
    "分": (Rule("fèn", before="缘名本职水养过"),),
    "露": (Rule("lòu", after="面头脸出"),),
    "似": (Rule("shì", after="的"), Rule("sì")),
    "系": (Rule("jì", after="着上住了"),),
    "背": (Rule("bēi", after="着起了上"),),
    "假": (Rule("jià", before="请放休告暑寒病"),),
    "朝": (Rule("zhāo", before="今终"),),
}
