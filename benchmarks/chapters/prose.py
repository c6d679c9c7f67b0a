"""Clean prose: our own, made by rule, or paragraphs of the novels beside the repository.

Our own prose makes the benchmark run in a clean checkout; the novels keep it honest.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
NOVELS = ("ernu_t", "guanchang_t", "sanguo_t", "shuihu_t", "wenming_t", "xiyouji_t")

PEOPLE = [
    "林舟",
    "沈雁",
    "陆平",
    "顾长河",
    "老陈",
    "阿秀",
    "杜掌柜",
    "韩七",
    "小满",
    "徐先生",
    "何婶",
    "白露",
    "程远",
    "周伯",
    "石头",
    "苏青",
    "方二姐",
    "赵校尉",
    "罗账房",
    "贺兰",
    "船家",
    "那少年",
    "老妇人",
    "守门人",
    "邮差",
    "说书人",
    "木匠",
    "哑巴",
    "教书的",
    "巡检",
]
PLACES = [
    "渡口",
    "城门",
    "后院",
    "茶馆",
    "山道",
    "桥头",
    "码头",
    "祠堂",
    "书房",
    "街角",
    "河滩",
    "染坊",
    "药铺",
    "车站",
    "阁楼",
    "驿站",
    "磨坊",
    "井边",
    "戏台",
    "菜园",
    "石阶",
    "芦苇荡",
    "旧仓库",
    "米店",
    "半山亭",
    "西厢",
    "堤上",
    "窑洞",
    "学堂",
    "客栈",
]
THINGS = [
    "灯",
    "伞",
    "信",
    "船票",
    "铜锁",
    "账本",
    "酒壶",
    "棋盘",
    "旧书",
    "竹篮",
    "钥匙",
    "布包",
    "刀",
    "镜子",
    "马灯",
    "地图",
    "茶碗",
    "皮箱",
    "笛子",
    "怀表",
    "毛笔",
    "药方",
    "斗笠",
    "绳子",
    "木匣",
    "火把",
    "照片",
    "名册",
    "棉袄",
    "石印",
]
TIMES = [
    "天刚亮的时候",
    "到了傍晚",
    "那一夜",
    "第二天一早",
    "雨停以后",
    "过了半个时辰",
    "入秋以来",
    "掌灯时分",
    "正午",
    "雪化的那几天",
    "后半夜",
    "鸡叫头遍",
    "春分前后",
    "一连几日",
    "散场之后",
    "隔了许多年",
    "不多一会儿",
    "临走之前",
]
WEATHER = [
    "风从北边吹过来",
    "雨点打在瓦上",
    "月亮躲进了云里",
    "雾还没有散",
    "雪下得很大",
    "河水涨了半尺",
    "远处有几声狗叫",
    "日头晒得石板发烫",
    "树影在墙上摇",
    "灰尘浮在光柱里",
    "江面上一片白",
    "蝉叫得人心烦",
    "炉子里的火快要灭了",
]
DEEDS = [
    "把{thing}放在桌上",
    "慢慢走到{place}",
    "回头看了一眼",
    "没有说话",
    "笑了起来",
    "叹了一口气",
    "数了数剩下的钱",
    "推开了那扇门",
    "在{place}等了很久",
    "把{thing}藏进怀里",
    "低着头想心事",
    "点上了{thing}",
    "沿着河岸往东走",
    "拍了拍身上的土",
    "朝{place}望了望",
    "把话又咽了回去",
    "坐在门槛上抽烟",
    "写完了最后一行字",
    "收起{thing}就走",
    "一口气跑到{place}",
    "替人修好了{thing}",
    "打听{person}的下落",
    "摇了摇头",
    "从{place}绕了回来",
]
WORDS = [
    "你从哪里来",
    "今年的收成不好",
    "这件事我不能答应",
    "路还远着呢",
    "先喝口水再说",
    "他早就走了",
    "我只要那{thing}",
    "明天再去{place}看看",
    "你认得{person}吗",
    "谁也不知道后来的事",
    "钱已经还清了",
    "别回头",
    "等水退了就开船",
    "这{thing}是谁的",
    "人总要吃饭的",
    "我在{place}见过他",
    "再给我三天",
    "话不能这么讲",
    "你记错了日子",
    "到家了",
]
THOUGHTS = [
    "谁也没有想到，事情会变成这个样子",
    "这话听上去有理，细想却不对",
    "日子就这样一天一天过去了",
    "他忽然明白了父亲当年的意思",
    "那地方如今已经没有人住了",
    "说起来也不过是一件小事",
    "有些账是算不清的，有些人是等不来的",
    "消息传到{place}，已经是三天以后",
    "许多年以后，{person}还记得那个晚上",
    "要是早一天到{place}，也许就不一样了",
    "世上的路看着多，走起来只有一条",
    "东西不值钱，难得的是心意",
]
OPENERS = [
    "忽然",
    "于是",
    "只见",
    "后来",
    "其实",
    "果然",
    "谁知",
    "偏偏",
    "终于",
    "原来",
    "当下",
    "不料",
]
HALTS = ["停了下来", "站住了", "坐了半日", "认出了他"]
ENDS = "。。。。。。。！？……"

TITLE_HEADS = [
    "夜",
    "旧",
    "孤",
    "长",
    "寒",
    "远",
    "空",
    "残",
    "暗",
    "归",
    "野",
    "断",
    "秋",
    "春",
    "故",
    "雪",
    "风",
    "雨",
    "江",
    "山",
]
TITLE_TAILS = [
    "渡",
    "城",
    "灯",
    "信",
    "客",
    "桥",
    "路",
    "门",
    "舟",
    "人",
    "梦",
    "钟",
    "井",
    "火",
    "影",
    "林",
    "台",
    "镇",
    "酒",
    "约",
    "局",
    "债",
    "谜",
    "笛",
    "雁",
    "渡口",
    "来客",
    "故人",
    "风波",
    "消息",
]
COUPLET_HEADS = ["林校尉", "杜掌柜", "沈雁儿", "老船家", "白先生", "痴公子", "哑木匠", "守城人"]
COUPLET_DEEDS = [
    "夜渡寒江",
    "独守空城",
    "重修旧约",
    "错认故人",
    "雪中送信",
    "灯下论棋",
    "义释仇家",
    "醉卧荒村",
]

_HEADING_INSIDE = re.compile("第.{1,8}[回章卷节節]|下回|分解")


def sentence(random: Random) -> str:
    """One sentence of our own; almost never the same twice in a book."""
    person, place = random.choice(PEOPLE), random.choice(PLACES)
    deed, second = _filled(random, DEEDS), _filled(random, DEEDS)
    match random.randrange(8):
        case 0:
            body = f"{random.choice(TIMES)}，{person}{deed}"
        case 1:
            body = f"{random.choice(WEATHER)}，{person}{deed}，{second}"
        case 2:
            return f"{person}{random.choice(['说', '问', '答', '笑', '骂'])}道：“{_filled(random, WORDS)}{random.choice('。？！')}”"
        case 3:
            return f"“{_filled(random, WORDS)}，”{person}说，“{_filled(random, WORDS)}。”"
        case 4:
            body = _filled(random, THOUGHTS)
        case 5:
            body = f"{random.choice(OPENERS)}，{person}在{place}{random.choice(HALTS)}，{deed}"
        case 6:
            body = f"{person}{deed}，{second}，{random.choice(WEATHER)}"
        case _:
            body = f"{random.choice(TIMES)}，{place}来了一个人，带着一{random.choice(['把', '件', '只', '卷'])}{random.choice(THINGS)}，要找{person}"
    end = random.choice(ENDS)
    return body + ("……" if end == "…" else end)


def _filled(random: Random, pool: tuple[str, ...] | list[str]) -> str:
    return random.choice(pool).format(
        thing=random.choice(THINGS), place=random.choice(PLACES), person=random.choice(PEOPLE)
    )


def own_paragraphs(random: Random) -> Iterator[tuple[str, ...]]:
    """Endless paragraphs, each a tuple of sentences."""
    while True:
        count = random.choice((1, 1, 2, 3, 3, 4, 5, 7))
        yield tuple(sentence(random) for _ in range(count))


def novel_paragraphs(random: Random) -> Iterator[tuple[str, ...]]:
    """Endless paragraphs of one novel, from a random place on; Traditional."""
    paragraphs = _novel(random.choice(NOVELS))
    index = random.randrange(len(paragraphs))
    while True:
        yield paragraphs[index % len(paragraphs)]
        index += 1


def has_novels() -> bool:
    """Whether the novels lie beside the repository."""
    return (CORPUS / f"{NOVELS[0]}.txt").is_file()


@lru_cache(maxsize=2)
def _novel(name: str) -> tuple[tuple[str, ...], ...]:
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    lines = (line.strip() for line in text.split("\n"))
    return tuple(
        sentences_of(line)
        for line in lines
        if 12 <= len(line) <= 500
        and line[-1] in "。！？」』"
        and line[0] not in "《（("
        and not _HEADING_INSIDE.search(line)
    )


def sentences_of(paragraph: str) -> tuple[str, ...]:
    """The sentences of a paragraph; they join to it."""
    return tuple(re.findall("[^。！？]*[。！？]+[」』”’）]*|[^。！？]+$", paragraph)) or (
        paragraph,
    )


def title(random: Random, *, kind: str = "plain") -> str:
    """A chapter's title of the kind plain, couplet, numbered, marked, long."""
    plain = random.choice(TITLE_HEADS) + random.choice(TITLE_TAILS)
    match kind:
        case "couplet":
            half = [random.choice(COUPLET_HEADS) + random.choice(COUPLET_DEEDS) for _ in range(2)]
            return "\N{IDEOGRAPHIC SPACE}".join(half)
        case "numbered":
            return random.choice(
                (
                    "三个人的晚饭",
                    "一九三七",
                    "第二次见面",
                    "十二点钟",
                    "7号仓库",
                    "两封信",
                    "第一场雪",
                    "百年",
                    "十年以后",
                    "1937年的冬天",
                    "五更",
                    "八百里加急",
                    "第三个人",
                    "千里之外",
                    "四十岁",
                    "万家灯火",
                )
            )
        case "marked":
            return random.choice(
                (
                    f"{plain}！",
                    f"你，还记得{plain}吗？",
                    f"“{plain}”",
                    f"{plain}（上）",
                    f"{plain}（下）",
                    f"{plain}·{random.choice(TITLE_TAILS)}",
                    f"《{plain}》",
                    f"{plain}……",
                    f"{plain}，{random.choice(TITLE_TAILS)}",
                    f"是{plain}，还是{random.choice(TITLE_TAILS)}？",
                )
            )
        case "long":
            return "，".join(
                f"{random.choice(PEOPLE)}在{random.choice(PLACES)}{_filled(random, DEEDS)}"
                for _ in range(4)
            )[: random.randrange(37, 52)]
        case "trap":
            # With 第三章 before it: 第三章程家大院. The word that is not there.
            return random.choice(
                (
                    "程家大院",
                    "节外生枝",
                    "合家团圆",
                    "课堂内外",
                    "队长归来",
                    "分道扬镳",
                    "属下无能",
                    "来客",
                    "说书人",
                    "题外话",
                    "长亭送别",
                    "战鼓声声",
                )
            )
        case _:
            return plain
