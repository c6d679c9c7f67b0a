"""What each sign of a name is worth, in 1/8 nat, and the short lists that go with it.

Set on the sentences of benchmarks/conversion that are not held out.
"""

from builder.convert.names_data import COMMON

# So many characters before and from the place on take part.
REACH = 5
REACH_AHEAD = 8
LONGEST_WORD = 4
# A surname with a given name, with a title, in a list of surnames (于、范两家).
NAME = 18
TITLED = 30
LISTED = 14
LIST_ENDS = frozenset("二两三四等诸")
ONE_CHARACTER = 10
# Titles are not for many: 屋里先生们 has no surname.
PLURAL = 40
_MANY = "们 团 证 席 性 作 制 权 班 圈 笔 公会 协会 大会 会议 资格 宿舍 休息室 办公室 名单"
OF_MANY = tuple(_MANY.split())
# 交付于律师, 嫁于军官: inside a clause 于 is "to" whoever comes, but not behind these.
TO_WHOM = 70
WITH = frozenset("和跟与同及给让被把叫请问找见是替帮陪谢求带的向对像随了")
PLACED = WITH | frozenset("叫听派据由料连像爱比")
# A surname that news of a month does not have.
# News of a month and old novels have few people of these; measured on sentences of our day in
# which one surname stands for another.
LEANING = {"种": 16, "朴": 14, "干": 8, "占": 6, "后": 12, "台": 10}
UNKNOWN_COMMON = 72
UNKNOWN_SELDOM = 82
# Afterwards, just then, I wish, I your servant: with these clauses begin.
BEGINNERS = frozenset("后适愿么几准筑仆尸舍")
# Where persons stand, a usual given name outweighs how seldom the surname is: 听|后志强说.
SELDOM_PLACED = -16
# Without a title a seldom surname has to be plainer.
SELDOM_ALONE = 24
# 小处, 家中: a word is no usual given name.
WORD_AS_NAME = 8
# 海洋, 大力, 清风 are words and given names; but not behind these, which are verbs and prepositions.
BUSY = frozenset("于种涂朴占干游")
# A name that begins inside a usual word: 对|于小明, 由|于小雨.
OVERLAP = 26
USUAL_WORD = 119
# A word that everybody uses: 防范|洪水, 余下|来. With 余光 and 范文 names begin too.
EVERYDAY = 92
PLAIN_WORD = 40
NO_BEGINNING = frozenset(
    (
        "余下",
        "余地",
        "余额",
        "种田",
        "种地",
        "种菜",
        "种植",
        "种子",
        "种类",
        "种族",
        "游客",
        "游戏",
        "游行",
        "范围",
        "范畴",
    )
)
# 于 behind a verb is the preposition: what speaks against a name counts twice.
STRICT = 2
UNKNOWN_CHARACTER = 120
# A given name or a place that is no word, without a surname.
PROPER = 24
WITHOUT_SURNAME = 12
# At the start of a clause these are names, or 余 is "I"; 餘 and 範 begin none but in words.
AT_START = {"余": -20, "范": -20}
AT_START_OTHERS = -8
# A surname with a title begins a clause more often than what the character means.
TITLE_STARTS = 10
STARTERS = frozenset((*COMMON, "后"))
# 余家 and 范家 are families; 于家 is also "at home".
FAMILIES = frozenset("余范岳郁涂游谷")
FAMILY = 32
# 镇上的于家: behind 的 begins no "at home".
OF_PLACE = 12
# 余家属, 余家产: no family stands there.
HOUSEHOLD = frozenset("庭属产具当业电常用畜园务底道学世")
# 市长|于东升: 长于 is no word there, because what is left of it would cost so much more.
BROKEN = 40
# 那天|余处长, 到场的有|种老师: but 那天|干部长谈.
ASKED = 40
# 六百有|余, 两月|余: these are no ends of words.
BEFORE_REST = frozenset("有年月日岁里尺丈斤两米亩元吨倍天周旬个")
MILES = frozenset("一二三四五六七八九十百千万两数几多来半余|1")
# 会议由|于建军|主持; in 余波、范宇、岳峰 each is a name; 小于 says.
AGENT = 90
IN_LIST = 24
IN_ROW = 24
YOUNG_PERSON = 60
OLD_PERSON = 16
# Inside a clause a person is seldom behind 于 who has no title.
INSIDE = 8
# 悼念|于晓波; 问过|于铁柱.
MET = 20
HAS_MET = 60
# 记者|余波, 我弟弟叫|余震, and 谷雨|戴上了手套.
CALLING = 32
NAMED = 64
WHO = 40
ACTING, ACTING_SELDOM, DOING = 36, 24, 12
# 沈阳|是我表弟.
PERSON = 48
# Monday, the weekend, the first half: 周一|请假 is no 周.
WEEKDAYS = frozenset("一二三四五六日末内前后中初")
# How a court or a newspaper leaves out a given name.
LEFT_OUT = {"某": 20, "某某": 24, "某甲": 32, "某乙": 32}
# 黄夫人云: 云 is "says"; 学生里: among them; 道友闲行: at leisure.
NO_PERSON = frozenset("云里闲")
# 校长|于礼堂, 父亲|于病中.
CALLING_UNUSUAL = 12
GOES_ON = 6
UNUSUAL = (80, 112)
NO_NAME = frozenset(
    "的了着过是在不没下他她我你它们这那就都也还又很把被和跟与之其此而但却要会能可吗呢吧啊什怎得"
)
PLACE_ENDS = frozenset("中内里上下前后间时外际处期初末")
# 涂 and 种 are verbs before what no given name has: 涂脸, 种姜.
VERBS = frozenset("涂种")
NO_GIVEN = 16
# 于家 is "at home" before these.
HOME = frozenset("中里内外门乡境人父母兄庭长国宅室")
AT_HOME = 24
# 府里|二太爷: behind a place this is no surname.
WITHIN = "里"
INSIDE_A_PLACE = 48
# 于老农, 于公孙: behind a preposition a word begins, not a title.
IN_WORD = 12
MARKS = frozenset("|“”1、·")
# No name is possible.
NONE = 1 << 20
