"""Ten titles that are hard on a cover, each in its own way."""

from builder.core.book import Creator, Metadata, Series


def a_book(
    title: str,
    *creators: str,
    language: str = "zh-Hans",
    subtitle: str = "",
    publisher: str = "",
    series: Series | None = None,
    subjects: tuple[str, ...] = (),
) -> Metadata:
    return Metadata(
        title,
        language,
        subtitle=subtitle,
        creators=tuple(Creator(name) for name in creators or ("沈砚",)),
        publisher=publisher,
        series=series,
        subjects=subjects,
    )


SHORT = a_book("长夜")
WITH_SUBTITLE = a_book("渡口的人", subtitle="一条河与三代人的六十年")
LONG = a_book(
    "关于我在雨天的车站捡到一只会说话的猫这件事", "藤井小满", series=Series("雨站物语", 3.0)
)
LATIN = a_book("The Moon Over the River", "Eleanor Whitcombe", language="en")
MIXED = a_book("重生之2046：AI的黄昏", "K. 周", publisher="山海出版社")
TRADITIONAL = a_book(
    "水帳 第一卷 風起", "許南望", language="zh-Hant-TW", series=Series("水帳", 1.0)
)
RARE = a_book("龘龖集", "歐陽𠮷", language="zh-Hant-HK")
MANY_MAKERS = Metadata(
    "聊斋续异",
    "zh-Hans",
    creators=(Creator("蒲柳生"), Creator("顾言", "edt"), Creator("唐果", "ill")),
    publisher="竹青书局",
    series=Series("古今奇谈", 12.0),
)
ANTHOLOGY = a_book("红尘（上）", "甲一", "乙二三", "丙四", "丁五", "戊六")
WITH_MARKS = a_book("一个人的朝圣与归途，以及其他故事", "[英]蕾切尔·乔伊斯")
TITLES = (
    SHORT, WITH_SUBTITLE, LONG, LATIN, MIXED, TRADITIONAL, RARE, MANY_MAKERS, ANTHOLOGY, WITH_MARKS,
)  # fmt: skip
