"""What ads in pirated texts say: words, addresses, names of sites, and how they are hidden.

A line is read as tokens. Each token has a weight: how sure it makes us that an ad speaks.
Words that only ads say weigh most; words that a story might say weigh little; words without
weight only help to fill a line. How much of a line the tokens cover tells an ad from a
sentence that mentions the same things. Sources: lines that scrapers leave in Chinese texts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.normalize.characters import HAN, HAN_RANGES

# Ads come in both scripts; only the characters that their words are made of matter here.
_TRADITIONAL = str.maketrans(
    "請記錄網書說讀閱頁點擊這個節訂關眾衆號機戶優質體驗無彈費瀏覽發佈碼載繼續結處誤報舉傳盡將導鍵為夾離"
    "內類熱門歡開權聯僅筆樂觀當來現單沒進標題後時間隨電腦贈賞評論選擇認廣獲專屬鮮總條訊應贊轉羣籤簽薦閣"
    "館庫軟遊戲寫齋樓聽畫講滿裡裏藉爲鏈帳賬們從對經過還讓給幫動態萬兩與會處園軒雲鄉愛長東車線視頻飄陸"
    "錯問郵試謝穀讚貼訪連裝準幾製冊員壇實異張強備復歸並學絡維緩獨盜係滾纔釦掃護蒐數嚴箇臨親溫種紅",
    "请记录网书说读阅页点击这个节订关众众号机户优质体验无弹费浏览发布码载继续结处误报举传尽将导键为夹离"
    "内类热门欢开权联仅笔乐观当来现单没进标题后时间随电脑赠赏评论选择认广获专属鲜总条讯应赞转群签签荐阁"
    "馆库软游戏写斋楼听画讲满里里借为链账账们从对经过还让给帮动态万两与会处园轩云乡爱长东车线视频飘陆"
    "错问邮试谢谷赞贴访连装准几制册员坛实异张强备复归并学络维缓独盗系滚才扣扫护搜数严个临亲温种红",
)

# What hides a name: 笔?趣·阁. Only the marks that no Chinese sentence has between two Han
# characters make a line worth a look.
HIDING = "?·•・*＊_＿|｜~～^\\-．.●丶"
HIDDEN = re.compile(f"[{HIDING}](?<=[{HAN_RANGES}][{HIDING}])(?=[{HAN_RANGES}])")
HIDING_CUES = "?·•・*＊_|~^●丶"
HIDDEN_CUE = re.compile(
    f"[?·•・*＊_|~^●丶](?<=[{HAN_RANGES}].)(?=[{HAN_RANGES}]{{1,3}}[?·•・*＊_|~^●丶][{HAN_RANGES}])"
)

TOP_LEVELS = (
    "com|net|org|cc|info|la|me|cn|co|xyz|top|vip|io|tv|app|site|club|online|biz|tw|hk|icu|shop|"
    "fun|link|live|so|ws|pro|mobi|wang|work|ltd|store|tech|space|website|cyou|life|world|cx|gg|"
    "im|ai|sh|us|uk|eu|jp|kr|ru|in|to|fm|is|bz|nu|tk|pw|asia|name|red|ink|wiki|one|best|buzz"
)
# www.example.com, m。example。cc, example●info, w w w . example . net; not name@example.com.
ADDRESS = re.compile(
    "(?:https?[:：]//)?(?<![a-z0-9@])(?:w ?w ?w ?[.。●·?点] ?|[a-z0-9-]{1,24} ?[.。●·?点] ?){0,2}"
    rf"[a-z0-9-]{{2,32}} ?[.。●·?点] ?(?:{TOP_LEVELS})(?:[.。●](?:{TOP_LEVELS}))?"
    "(?![a-z0-9.])(?:/[!-~]{0,80})?"
)
SITE_ENDS = (
    "小说网站?|小说阅读网|中文网|文学网|读书网|阅读网|看书网|书城网?|书屋|书吧|书阁|书院|文库|小说吧|小说城|"
    "小说阁|小说馆|小说屋|文学城|文学馆|小说|书库|书斋|听书网?|漫画网|书坊|书楼|书海|书迷楼?|阅读app"
)
# 墨泊文学网 at the head of a clause; not the end of a sentence about a 书屋.
# Before a name, beside the head of a clause: 尽在墨泊文学网.
BEFORE_SITES = (
    "尽在",
    "访问",
    "请到",
    "搜索",
    "下载",
    "就到",
    "来自",
    "百度",
    "喜欢",
    "关注",
    "告知",
    "的是",
    "感谢",
    "书由",
    "，由",
    "到",
)
SITE = re.compile(
    f"(?:(?<![{HAN_RANGES}])|{'|'.join(f'(?<={word})' for word in BEFORE_SITES)})[{HAN_RANGES}]{{1,5}}?(?:{SITE_ENDS})网?"
)
SITE_WHOLE = re.compile(f"[{HAN_RANGES}a-z0-9]{{1,6}}(?:{SITE_ENDS})网?")

HARD = (
    "保留一切权利|本文首发|缓存技术|实时查看|浏览器阅读|阅读进度|阅读模式|小伙伴们?|禁止转载|免责声明|[(（]?快捷键|"
    "更新时间|本章字数|字数[:：]|最新小说[:：]|请认准|认准|全本小说网?|"
    "请?点击下一页|下一页继续|后面(?:还有)?更精彩|本小章(?:还)?未完|内容未完|章节后面还有|正在手打中?|手打中|请稍等片刻|"
    "内容更新后|重新刷新页面|刷新页面|字体[:：]|温馨提示[:：]?|方向键|回车键|返回列表|前后翻页|左右翻页|(?:readx|chapter_?error)[(][)];?|"
    "推荐阅读[:：]|给个好评|求好评|更新越快|新书上传|新书发布|扫描二维码(?:关注|下载)|扫码(?:关注|下载)|起点币|书币|本[文书]来自|请勿转载|严禁转载|无错章节|"
    "站内无|无任何广告|免登[陆录]|章节报错|记录本次|打开书架|阅读记录|即可看到|当前第[0-9]{1,3}页|共[0-9]{1,3}页|推荐本书|"
    "收藏和推荐|请大家收藏|投推荐票|最大的动力|您的支持|你们?的支持|支持作者|喜欢这部作品|喜欢本书的?|收藏本书|(?:读者|书友)交流群|更多好书|更多精彩好书|"
    "本书首发|首发域名|本站域名|本站网址|本站地址|最新网址|最新域名|备用网址|备用域名|永久网址|永久地址|"
    "手机版阅读网址|手机版网址|阅读网址|手机用户请(?:浏览|访问|到)|手机用户|"
    "天才一秒记住|一秒记住|请记住本[书站]|记住本[书站]|最新章节|最新最快|全文阅读|全文免费|免费阅读|"
    "无弹窗|无无错小?说?|更新最快|最快更新|更新速度|首发更新|秒更新|全网最快|手打更新|手打吧|"
    "文字首发|首发网站|正版首发|纯文字|txt(?:全集)?下载|txt全集|全集下载|下载txt|电子书下载|"
    "求(?:个|下|点|些|一下|一波|一张|几张|各种|大家的?)?(?:月票|推荐票?|收藏|订阅|打赏|红票|鲜花|评论|"
    "支持|首订|全订|票票|票|追读|五星|好评|追订|自动订阅|保底月票|点赞|关注)|推荐票|"
    "本章未完|这章没有结束|此章未完|未完待续|本章完|本章结束|本节完|本章已完|章节未完|"
    "(?:请)?点击下一页|下一页继续|继续阅读!|返回目录|返回书页|章节目录|加入书签|加入书架|放入书架|添加书签|存书签|"
    "章节错误|章节报错|错误举报|举报本?章|ctrl ?\\+ ?d|保存当前页面|收藏本[站书页]|请收藏|"
    "(?:微信)?公众号[:：]|关注(?:微信)?公众号|书友群|读者群|qq群|扣扣群|q群|企鹅群|vip群|百度搜索|百度一下|搜狗搜索|谷歌搜索|"
    "(?:您|你)?(?:现在|正在)阅读的是|整理上传|整理制作|正版订阅|下载app|app下载|"
    "本站所有|版权归|如有侵权|转载请注明|更多精彩|精彩小说|海量小说|海量好书|热门小说|免费小说|"
    "看小说就?[到来上]|看书就?[到来上]|推荐好书|好书推荐|强烈推荐|网友上传|网友提供|"
    "广告|www|https?://|第[(]?[0-9]{1,2} ?/ ?[0-9]{1,2}[)]?页|第?[0-9]{1,3} ?/ ?[0-9]{1,3}页"
)
MILD = (
    "启用|技术|显示|无法|丢失|浏览器|关闭|声明|留言|留言反馈|反馈|缺失|提示|小伙伴|礼物|防盗|未经许可|禁止|许可|快捷键|"
    "会员|注册|模式|夜间|护眼|加载|网络异常|重试|投票|五星|热门|首页|前一页|后一页|回目录|版权|权利|缓存|延时|书迷|书荒|收录|老铁|各位亲|稍后|第[一二三四五六七八九十]更|"
    "后面|小主|点击进去|好评|分数|稍等|刷新|页面|翻页|内容|精彩|好书|动力|谢谢支持|谢谢您的支持|书荒|论坛|贴吧|登[陆录]|注册|会员|"
    "充值|客服|博客|朋友|二维码|扫描|公告|转载|站内|报错|左右|上下滚用|还未完|未完|大 中 小|各位书友|打赏的|投票|投|持续在|上传|文章|客户端|公众号|广告|盗版|收藏夹|加群|粉丝群|继续阅读|手机阅读|手机版|推荐好书|免费读|支持正版|月票|收藏|书签|书架|上一[章页篇]|下一[章页篇]|域名|网址|网站|本站|用户|浏览|首发|更新|章节|下载|app|"
    "阅读|订阅|打赏|举报|管理员|搜索|关注|微信|微博|qq|扣扣|群号|群|回复书名|手打|弹窗|全文|请记住|记住|"
    "请访问|访问|手机|百度|小说|正版|免费|作者|本书|看后续|看全本|全本|完本|连载|书友|读者|txt|vip|加入|"
    "点击|目录|下一章节|一更|二更|三更|四更|五更|加更|ps|保存|当前页面|接着观看|以便以后|中途有事离开|"
    "大家请|书名|全网|推荐|推书|新书|好友|分享|链接|电脑版?|站长|邮箱|地址|速度|最快|最新|喜欢"
)
SOFT = (
    "[0-9]{4}[-/年][0-9]{1,2}[-/月][0-9]{1,2}日?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{3,12}|想看|认准|就去|"
    "请按|请您?|您|你|到|在|由|的|是|了|和|与|及|看|更|最|快|多|好|本|为|以便|以后|可以|方便|观看|接着|如果|如有|"
    "告知|提供|精彩|海量|优质|体验|欢迎|大家|尽在|支持|已经|今天|明天|还有|感谢|谢谢|谢|各位|继续|后续|"
    "下次|书|文字|全集|全部|所有|内容|第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节卷页]|[0-9]{5,12}|"
    "[0-9]{1,3}更|按|键|至|或|并|也|就|来|去|上|下|可|不|一|这|那|有|无|从|给|把|让|会|能|都|个|版|啦|吧|哦|啊|呀|"
    "章|页|节|→|←|》|》》|\\|"
)

# What leads in the name of a site.
LEAD = (
    "本书由|(?:欢迎)?请?(?:访问|前往|光临)|请到|就到|就来|就上|认准|尽在|来自|由|方便阅读|喜欢|关注|告知|感谢|更多精彩|在线阅读|"
    "正在阅读|开始阅读|阅读|下载|安装|打开|百度|搜索|推荐"
)
# A name in brackets that only a site has: 【墨泊文学网】, not 【藏书阁】.
BADGE = f"[【\\[][{HAN_RANGES}]{{2,6}}(?:小说网?|中文网?|文学网|阅读网|读书网|看书网|听书网|书吧|书屋|文库)(?:首发|独家|最新章节|更新)?[】\\]]"
TOKEN = re.compile(
    f"(?P<address>{ADDRESS.pattern})|(?P<badge>{BADGE})|(?P<hard>{HARD})|(?P<lead>{LEAD})|(?P<site>{SITE.pattern})|"
    f"(?P<mild>{MILD})|(?P<name>《[^》\n]{{1,30}}》|【[^】，。！？,!\n]{{1,7}}】|“[^”\n，。！？,!?]{{1,8}}”|\\[[^]\n]{{1,16}}\\])|"
    f"(?P<soft>{SOFT})"
)
WEIGHTS = {
    "address": 3.0,
    "badge": 3.0,
    "learned": 3.0,
    "hard": 3.0,
    "site": 1.5,
    "mild": 1.0,
    "lead": 1.0,
    "name": 0.0,
    "soft": 0.0,
}


def _words(words: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, each of two characters or more.

    Two looks at sets of characters come first: tried word by word, a book takes ten times
    as long.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    heads = "".join(map(re.escape, rests))
    seconds = "".join(re.escape(character) for character in sorted({word[1] for word in words}))
    ends = "|".join(f"(?<={re.escape(head)})(?:{'|'.join(rest)})" for head, rest in rests.items())
    return re.compile(f"[{heads}](?=[{seconds}])(?:{ends})")


# What makes a line worth reading as tokens.
CUE_WORDS = (
    "小伙伴|小夥伴|免费|免費|浏览器|瀏覽器|许可|許可|声明|聲明|反馈|反饋|缺失|防盗|防盜|回车|回車|快捷键|快捷鍵|"
    "会员|會員|注册|註冊|用户|用戶|模式|夜间|夜間|加载|加載|网络|網絡|網路|投票|五星|热门|熱門|首页|首頁|一页|一頁|权利|權利|"
    "缓存|緩存|延时|延時|书迷|書迷|书荒|書荒|认准|認準|收录|收錄|老铁|老鐵|各位|稍后|稍後|更，|更）|更)|"
    "温馨|溫馨|字体|字體|好评|好評|二维码|二維碼|起点币|起點幣|刷新|翻页|翻頁|();|来自|來自|尽在|盡在|稍等|报错|報錯|新书|新書|"
    "站内|站內|无错|無錯|的支持|域名|网址|網址|网站|網站|网友|網友|全网|全網|记住|記住|月票|推荐|推薦|收藏|书签|書籤|書簽|书架|書架|"
    "书屋|書屋|书吧|書吧|书城|書城|书阁|書閣|书库|書庫|书友|書友|书院|書院|首发|首發|阅读|閱讀|手打|手机|手機|"
    "未完|本章|章没有|章沒有|待续|待續|公众|公眾|公衆|QQ|qq|ＱＱ|Qq|微信|www|WWW|ｗｗｗ|http|小说|小說|小?说|"
    "文学网|文學網|文库|文庫|中文网|中文網|更新|章节|章節|上一章|下一章|上一页|下一页|上一頁|下一頁|求票|求追|"
    "打赏|打賞|订阅|訂閱|搜索|下载|下載|第(|第（|PS|ps|Ps|ｐｓ|ＰＳ|作者|CTRL|Ctrl|ctrl|广告|廣告|弹窗|彈窗|"
    "APP|App|app|ＡＰＰ|TXT|txt|看书|看書|读书|讀書|加群|群号|群號|浏览|瀏覽|盗版|盜版|正版|版权|版權|侵权|"
    "转载|轉載|完）|完)|完】|返回|目录|目錄|求个|求個"
)
CUE = _words(CUE_WORDS.split("|"))
# a.b, ａ．ｂ, a。b: where an address may be.
ADDRESS_CUE = re.compile("[a-z0-9A-Zａ-ｚ０-９] ?[.。●．·?？点丶] ?[a-zA-Zａ-ｚ]{2}")


def plain(line: str) -> str:
    """The line in lower case and Simplified, each character where it was."""
    return line.translate(_TRADITIONAL)


# Words of notices of every kind, a site's or a building's.
EVERYDAY = frozenset(
    (
        "手机",
        "启用",
        "技术",
        "显示",
        "无法",
        "丢失",
        "关闭",
        "声明",
        "留言",
        "反馈",
        "缺失",
        "提示",
        "小伙伴",
        "礼物",
        "许可",
        "禁止",
        "未经许可",
    )
)
# Words that ads share with every story: they tell nothing, not even when a line comes back.
COMMON = frozenset(
    (
        "内容",
        "朋友",
        "喜欢",
        "后面",
        "地址",
        "手机",
        "群",
        "左右",
        "作者",
        "分享",
        "好友",
        "文章",
        "投",
        "精彩",
        "速度",
        "最新",
        "最快",
        "用户",
        "记住",
        "请记住",
        "全本",
        "推荐",
        "加入",
        "收藏",
        "目录",
        "书名",
        "保存",
        "搜索",
        "关注",
        "公告",
        "会员",
        "广告",
        "未完",
        "首页",
    )
).union(EVERYDAY)
# Mild words that hardly any story says on a line of its own that comes back.
TRADE = frozenset(
    (
        "免费",
        "登录",
        "登陆",
        "书架",
        "书签",
        "正版",
        "盗版",
        "防盗",
        "版权",
        "转载",
        "章节",
        "网站",
        "网址",
        "域名",
        "翻页",
        "弹窗",
        "手打",
        "客户端",
        "浏览器",
        "举报",
        "报错",
        "月票",
        "订阅",
        "打赏",
        "书友",
        "app",
        "txt",
    )
)


class Token(NamedTuple):
    """`[start, end)` of a folded line."""

    kind: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Folded:
    """A line in the one form in which ads are read.

    Lower case, half-width, Simplified, without the marks that hide names. `origins[i]` is
    where the character at `i` stood in the line.
    """

    text: str
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Where in the line a position of the folded text stands."""
        return self.origins[position]


def folded(line: str) -> Folded:
    """The line in the one form in which ads are read; origins have one entry more, the end."""
    hidden = {match.start() for match in HIDDEN.finditer(line)}
    if line.isascii():
        return Folded(line.lower(), tuple(range(len(line) + 1)))
    pieces: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(line):
        if index in hidden:
            continue
        if "\uff01" <= character <= "\uff5e" or character == "\N{IDEOGRAPHIC SPACE}":
            character = unicodedata.normalize("NFKC", character)
        pieces.append(character.lower())
        origins.extend([index] * len(pieces[-1]))
    return Folded("".join(pieces).translate(_TRADITIONAL), (*origins, len(line)))


def letters(text: str) -> int:
    """How many characters of a text are letters, digits or Han."""
    return sum(map(str.isalnum, text))


@dataclass(frozen=True, slots=True)
class Learned:
    """Names and addresses of the sites whose ads stand in this book, folded."""

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    # The same as patterns: of the names, and of both, to find them in a text that is not folded.
    names_pattern: re.Pattern[str] | None = None
    pattern: re.Pattern[str] | None = None

    def and_more(self, names: set[str], addresses: set[str]) -> "Learned":
        """What was known, and these."""
        all_names = self.names | names
        all_addresses = self.addresses | addresses
        if all_names == self.names and all_addresses == self.addresses:
            return self
        return Learned(
            all_names,
            all_addresses,
            _any_of(all_names) if all_names else None,
            _any_of(all_names | all_addresses),
        )


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def tokens_of(text: str, learned: Learned) -> list[Token]:
    """The tokens of a folded line, apart and in order."""
    found: list[Token] = []
    at = 0
    names = learned.names_pattern.finditer(text) if learned.names_pattern else ()
    for name in names:
        found.extend(_plain_tokens(text, at, name.start(), learned))
        found.append(Token("learned", name.start(), name.end(), WEIGHTS["learned"]))
        at = name.end()
    found.extend(_plain_tokens(text, at, len(text), learned))
    return found


def _plain_tokens(text: str, start: int, end: int, learned: Learned) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "soft"
        if kind == "address" and bare_address(match[0]) in learned.addresses:
            kind = "learned"
        yield Token(kind, match.start(), match.end(), WEIGHTS[kind])


def bare_address(address: str) -> str:
    """What of an address stays the same however it is hidden: example.com."""
    word = re.sub(" ?[.。●·?点] ?", ".", address.split("//")[-1].split("：//")[-1])
    word = word.split("/")[0].replace(" ", "")
    return re.sub("^(?:www|m|wap|3g|sj)\\.", "", word)


def has_han(text: str) -> bool:
    """Whether any character is Han."""
    return HAN.search(text) is not None
