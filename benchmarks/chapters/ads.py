"""Ads: the kinds that scrapers leave, under names nobody has heard of."""

from dataclasses import dataclass
from random import Random

SYLLABLES = [
    "墨",
    "鼎",
    "笔",
    "云",
    "轩",
    "青",
    "阅",
    "趣",
    "星",
    "塔",
    "飞",
    "梧",
    "桐",
    "雅",
    "锦",
    "千",
    "瀚",
    "泊",
    "语",
    "栖",
    "漫",
    "顶",
    "点",
    "小",
    "八",
    "零",
    "思",
    "兔",
    "蜂",
    "鹿",
    "橙",
]
SITE_ENDS = [
    "小说网",
    "中文网",
    "书屋",
    "文学网",
    "阅读网",
    "书阁",
    "小说",
    "书吧",
    "文库",
    "看书网",
]
LETTERS = "abcdefghiklmnopqrstuwxyz"
TOP_LEVELS = ["com", "net", "cc", "org", "info", "la", "me", "cn", "co", "xyz"]
MARKS = "?·*．-~丶"

# {b} brand, {d} domain, {k} this book, {n} chapter number, {t} chapter title, {o} another book
LINES = {
    "first-domain": "请记住本书首发域名：{d}",
    "first-domain-phone": "请记住本书首发域名：{d}。{b}手机版阅读网址：m.{d}",
    "phone": "手机用户请浏览{d}阅读，更优质的用户体验。",
    "one-second": "一秒记住【{b}】，精彩小说无弹窗免费阅读！",
    "genius": "天才一秒记住本站地址：{d}",
    "newest-url": "最新网址：{d}",
    "latest-full": "{k}最新章节，{k}全文阅读，尽在{b}！",
    "more-here": "更多精彩小说，请访问{b} {d}",
    "like-collect": "喜欢{k}请大家收藏：({d}){k}{b}更新速度全网最快。",
    "next-page": "本章未完，请点击下一页继续阅读！",
    "next-page-arrows": "这章没有结束，请点击下一页继续阅读！》》》",
    "chapter-end": "（本章完）",
    "chapter-end-round": "(本章完)",
    "to-be-continued": "（未完待续）",
    "to-be-continued-long": "（未完待续，请搜索{b}，小说更好更新更快！）",
    "bookmark": "加入书签，方便阅读",
    "keep-page": "如果您中途有事离开，请按CTRL+D键保存当前页面至收藏夹，以便以后接着观看！",
    "votes": "求月票！求推荐票！求收藏！",
    "votes-ps": "PS：今天还有一更，求推荐票、求收藏。",
    "page-of": "第({p}/3)页",
    "navigation": "上一章 目录 下一章",
    "navigation-arrows": "← 上一章 | 章节目录 | 下一章 →",
    "navigation-brand": "上一页 返回目录 下一页 {b}",
    "brand-brackets": "【{b}】{d} 无弹窗小说阅读",
    "brand-update": "{b}更新最快，无广告",
    "brand-only": "{b} {d}",
    "domain-only": "{d}",
    "uploaded-by": "本书由{b}（{d}）整理上传",
    "download": "TXT全集下载：{d}",
    "app": "下载{b}APP，海量小说免费读",
    "genuine": "正版订阅，尽在{b}，支持作者，支持正版阅读",
    "error-report": "如有章节错误，请点击“举报”告知{b}管理员",
    "chapter-variant": "您现在阅读的是{b}提供的《{k}》第{n}章 {t}",
    "chapter-variant-free": "{k} 第{n}章免费阅读，由{b}手打更新",
    "friend": "推荐好书：《{o}》，请到{b}搜索阅读",
    "wechat": "关注微信公众号：{b}，回复书名看后续",
    "group": "书友群：{q}，欢迎加入",
    "text-first": "文字首发，手打吧 {d} 百度搜索{b}",
    "baidu": "百度搜索“{b}”看最新章节",
}  # fmt: skip
HEADING_LIKE = {
    "heading-free": "第{n}章 {t}-{k}-{b}",
    "heading-latest": "第{n}章 {t} 最新章节免费阅读 {d}",
    "heading-next": "下一章：第{m}章",
}
GLUED = {
    "glued-end": "（本章完）",
    "glued-domain": "{d}",
    "glued-first": "请记住本书首发域名：{d}。",
    "glued-brand": "【{b}】",
    "glued-brand-long": "（{b} {d} 更新最快）",
    "glued-continue": "（未完待续）",
    "glued-search": "看最新章节百度搜索{b}。",
    "glued-www": "~{b}~{d}~",
}


@dataclass(frozen=True, slots=True)
class Site:
    """One scraper: its name, its address and how it hides them."""

    brand: str
    domain: str
    mark: str

    @classmethod
    def invented(cls, random: Random, obfuscated: float) -> "Site":
        """A site that exists nowhere."""
        brand = "".join(random.sample(SYLLABLES, random.choice((2, 2, 3)))) + random.choice(
            SITE_ENDS
        )
        word = "".join(random.choice(LETTERS) for _ in range(random.randrange(4, 9)))
        word += random.choice(("", "", "88", "5", "520"))
        domain = random.choice(("www.", "www.", "", "m.")) + f"{word}.{random.choice(TOP_LEVELS)}"
        mark = random.choice(MARKS) if random.random() < obfuscated else ""
        return cls(brand, domain, mark)

    def names(self, random: Random) -> tuple[str, str]:
        """Brand and domain as they stand in one ad; a hidden one is hidden anew each time."""
        if not self.mark:
            return self.brand, self.domain
        if random.random() < 0.3:
            return self.mark.join(self.brand), _full_width(self.domain)
        places = random.sample(range(1, len(self.brand)), min(2, len(self.brand) - 1))
        brand = "".join(
            (self.mark if index in places else "") + one for index, one in enumerate(self.brand)
        )
        return brand, self.domain.replace(".", random.choice((".", "。", "●", "．", "?", " . ")))


def _full_width(word: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word)


@dataclass(frozen=True, slots=True)
class Campaign:
    """The ads of one book: few sites, some templates, each used again and again."""

    sites: tuple[Site, ...]
    kinds: tuple[str, ...]
    book: str
    other: str

    @classmethod
    def for_book(cls, random: Random, *, book: str, kinds: int, obfuscated: float) -> "Campaign":
        sites = tuple(Site.invented(random, obfuscated) for _ in range(random.choice((1, 1, 2, 3))))
        chosen = tuple(random.sample(sorted(LINES), min(kinds, len(LINES))))
        return cls(
            sites, chosen, book, random.choice(("长安旧事", "北海有灯", "剑与账房", "星河渡"))
        )

    def line(self, random: Random, number: int, title: str) -> tuple[str, str]:
        """The kind and the words of one whole line."""
        kind = random.choice(self.kinds)
        return kind, self._fill(LINES[kind], random, number, title)

    def heading_like(self, random: Random, number: int, title: str) -> tuple[str, str]:
        kind = random.choice(sorted(HEADING_LIKE))
        return kind, self._fill(HEADING_LIKE[kind], random, number, title)

    def glued(self, random: Random) -> tuple[str, str]:
        """The kind and the words of an ad inside a paragraph."""
        kind = random.choice(sorted(GLUED))
        return kind, self._fill(GLUED[kind], random, 0, "")

    def _fill(self, template: str, random: Random, number: int, title: str) -> str:
        brand, domain = random.choice(self.sites).names(random)
        return template.format(
            b=brand, d=domain, k=self.book, n=number, m=number + 1, t=title, o=self.other,
            p=random.randrange(1, 4), q=random.randrange(10**8, 10**9),
        )  # fmt: skip
