"""Ads go; a story that says the same words stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.core.config import Config
from builder.core.ledger import Ledger
from builder.core.manuscript import Manuscript, SourceFile
from builder.normalize import Normalized, normalize
from builder.normalize.ads.cues import _places
from builder.normalize.ads.navigation import is_navigation
from tests.fuzz.understanding import clock


def normalized(text: str) -> Normalized:
    files = (SourceFile("a.txt", 0, len(text), "utf-8"),)
    return normalize(Manuscript(text, text, files), Config())


def book(*extra: str, times: int = 1) -> str:
    """A short book with some lines more at the end of each of its chapters."""
    chapters = []
    for number in range(1, times + 1):
        lines = (f"第{number}章 堤上第{number}夜", f"老何数到第{number}盏灯，没有说话。", *extra)
        chapters.append("\n\n".join(lines))
    return "\n\n".join(chapters) + "\n"


ONCE = [
    "青鸾阁 qingluan9.cc，最快更新旧账最新章节！",
    "请记住本书首发域名：www.qingluan9.cc",
    "手机用户请浏览m.qingluan9.cc阅读，更优质的用户体验。",
    "一秒记住【青鸾小说网】，精彩小说无弹窗免费阅读！",
    "求月票！求推荐票！求收藏！",
    "求月票！求推薦票！求收藏！",
    "本章未完，请点击下一页继续阅读！",
    "（本章完）",
    "上一章 目录 下一章",
    "第(1/3)页",
    "ｗｗｗ．ｑｉｎｇｌｕａｎ９．ｃｃ",
    "青?鸾小?说网更新最快，无广告",
    "更新时间：2012-3-2 12:30:05 本章字数：3021",
]


@pytest.mark.parametrize("line", ONCE)
def test_an_unmistakable_ad_goes_even_once(line: str) -> None:
    assert normalized(book(line)).manuscript.text.strip("\n") == book().strip("\n")


REPEATED = [
    "readx();",
    "阅读模式：护眼 夜间 白天",
    "小主，后面更精彩，翻页就能看到",
    "用户上传之内容结束",
    "『章節錯誤,點此舉報』",
    "已启用缓存技术，最新章节可能会延时显示，登录书架即可实时查看。",
    "溫馨提示：方向鍵左右(← →)前後翻頁，上下(↑ ↓)上下滾用，回車鍵:返回列表",
    "求一波免费的小礼物",
    "今日免费",
    "立即阅读",
    "扫一扫看更多",
    "書友評論區",
    "换源阅读",
    "<script>tail_of_page();</script>",
    "感谢清风、明月的月票支持！",
    "Copyright © 2019 青鸾吧 All Rights Reserved.",
    "加羣35800999，一起催更！",
    "书友群35800999，欢迎各位来聊剧情。",
    "▲手机阅读请点击进入旧账▲",
    "由于各种问题，本站地址更改为qingluan9.cc，请大家收藏新地址避免迷路",
    "转码失败！请您使用右上换源切换源站阅读！",
    "展开剩余全文",
    "转自青鸾论坛",
    "各位大佬有票的捧个票场",
    "……青鸾吧……",
    "求鲜花！求评价票！",
]


@pytest.mark.parametrize("line", REPEATED)
def test_what_speaks_the_trade_and_comes_back_goes(line: str) -> None:
    assert line not in normalized(book(line, times=5)).manuscript.text


STORIES = [
    "请记住我的名字。",
    "“请记住这个地址，柳条巷七号。”",
    "他翻到下一页，上面还是空白。",
    "“多谢收藏，改日再来。”掌柜的拱了拱手。",
    "名片上印着www.hekou9.com，电话却打不通。",
    "那家小说网倒闭以后，他再也没有写过一个字。",
    "他笑道：“求月票的时候，你可不是这么说的。”",
    "墙上的广告写着：百度搜索“渡口”，可是这里没有网。",
    "月票只剩一张，他还是上了车。",
    "那封信的末尾写着：未完待续。",
    "本章完，他写下这三个字，放下了笔。",
    "欲知后事如何，且听下回分解。",
    "请勿在墙上张贴广告。",
    "收藏室的灯又亮了。",
    "灯还亮着",
    "【任务已更新，请及时查看】",
    "请关闭手机，禁止拍照。",
    "未经许可，禁止入内",
    "河口书屋的灯又亮了",
    "『请把书签还给我』",
    "- [河口](https://hekou9.org/lu)",
    "一拜天地，二拜爹娘，三拜这条江。",
    "上一页已经被撕掉了，下一页全是血。",
    "本书作者已经死了三十年。",
    "他在地址栏里敲下www.hekou9.org，按下回车。",
    "【等级：12】",
    "各位书友，今日讲的是《三侠五义》第十回。",
    "温馨提示：请勿在大殿喧哗。",
]


@pytest.mark.parametrize("line", ["展开剩余全文", "本章为VIP章节，订阅后阅读"])
def test_a_line_of_the_trade_goes_once_below_a_chapter_and_stays_between_sentences(
    line: str,
) -> None:
    assert line not in normalized(book(line)).manuscript.text
    assert "展开剩余全文" in normalized(book("展开剩余全文", "老何合上了书。")).manuscript.text


@pytest.mark.parametrize("line", STORIES)
@pytest.mark.parametrize("times", [1, 6])
def test_a_story_may_say_it_in_every_chapter(line: str, times: int) -> None:
    assert normalized(book(line, times=times)).manuscript.text == book(line, times=times)


def test_a_scrap_goes_and_its_sentences_stay() -> None:
    text = (
        book("请记住本书首发域名：www.qingluan9.cc")
        + "他关上门。qingluan9。cc他回过头。（本章完）\n"
    )
    assert normalized(text).manuscript.text.endswith("他关上门。他回过头。\n")


GLUED = [
    ("第一百次失败www.qingluan9.cc最新章节", "第一百次失败"),
    ("【等级：12】（www.qingluan9.cc）", "【等级：12】"),
    ("（青鸾书屋 www.qingluan9.cc）【姓名：庞浩】", "【姓名：庞浩】"),
    ("【姓名：杨安】，最新章節請到www.qingluan9.cc閱讀", "【姓名：杨安】，"),
    ("[青鸾书屋]求收藏家看过的账单，老何没有答应。", "求收藏家看过的账单，老何没有答应。"),
    ("三天后，最新章节请到www.qingluan9.cc阅读", "三天后，"),
    ("第二天（青鸾书屋 www.qingluan9.cc）", "第二天"),
    ("[青鸾书屋]话说第二回合打到一半，老何就不见了。", "话说第二回合打到一半，老何就不见了。"),
    ("【www.muchuan8.top】《粮站记》上说，此地从前是海。", "《粮站记》上说，此地从前是海。"),
    ("《水账》，[青鸾书屋]老何走了。", "《水账》，老何走了。"),
    ("（www.qingluan9.cc）“明天一早还在老地方。”", "“明天一早还在老地方。”"),
    ("他说完就走了（栖云楼 www.qingluan9.cc）头也不回。", "他说完就走了头也不回。"),
]


@pytest.mark.parametrize(("line", "left"), GLUED)
def test_a_short_line_keeps_its_story_when_an_ad_is_glued_to_it(line: str, left: str) -> None:
    text = book("请记住本书首发域名：www.qingluan9.cc") + f"\n{line}\n\n雨停了。\n"
    assert normalized(text).manuscript.text == book() + f"\n{left}\n\n雨停了。\n"


BEFORE_STORY = [
    "最新网址：www.qingluan9.cc{}",
    "（青鸾阁 www.qingluan9.cc 无弹窗广告）{}",
    "天才一秒记住本站地址：www.qingluan9.cc。{}",
    "一秒记住【青鸾阁 www.qingluan9.cc】，精彩小说无弹窗免费阅读！{}",
    "求推荐票，求收藏！{}",
    "最新網址：www.qingluan9.cc{}（本章完）",
]
SHORT_STORIES = [
    "老何退了半步。",
    "他道过谢，沿着原路回去。走到堤口，他停了停。",
    "第一卷书他读了三遍，还是没有读懂。",
    "“走吧。”",
    "他推荐我去看那本书，我没有去。",
]


@pytest.mark.parametrize("ad", BEFORE_STORY)
@pytest.mark.parametrize("story", SHORT_STORIES)
@pytest.mark.parametrize("others", [(), ("雨停了。", "屋里没有人。", "灯灭了，谁也没动。")])
def test_the_sentence_behind_an_ad_is_the_storys_however_often_the_ad_comes(
    ad: str, story: str, others: tuple[str, ...]
) -> None:
    stories = (*others, story)
    glued = "\n\n".join(f"　　{ad.format(words)}" for words in stories)
    left = "\n\n".join(f"　　{words}" for words in stories)
    cleaned = normalized(f"{book()}\n{glued}\n\n天亮了。\n").manuscript.text
    assert cleaned == normalized(f"{book()}\n{left}\n\n天亮了。\n").manuscript.text
    assert cleaned.endswith(f"{story}\n\n天亮了。\n")


FURNITURE = [
    "作者：江边客 回复日期：2012-2-21 12:34:06",
    "日期：2012-2-21 12:34:06",
    "发表于 2012-2-21 12:34 | 只看该作者",
    "發表於 2012-2-21 12:34 | 只看該作者",
    "本帖最后由 江上清风 于 2012-2-21 12:34 编辑",
    "[ 本帖最後由 江上清風 於 2012-2-21 12:34 編輯 ]",
    "楼主：江边客 时间：2012-2-21 12:34:06 点击：3842 回复：21",
    "第2页/共21页",
    "返回顶部",
    "錯誤舉報",
    "字体大小：大 中 小",
    "背景颜色： 字号： [默认] 繁体",
    "您现在的位置：青鸾阁 → 旧账 → 正文",
    "上一篇：第十一章 夜雨",
    "您正在阅读：第十二章 渡口",
    'var cpro_id = "u599";',
    "if(navigator.userAgent.match(/mobile/i)){top();}",
    "/* 220*90，创建于2014-2-21 */",
    'document.writeln("青鸾阁");',
    "[url=http://qingluan9.cc]青鸾阁[/url]",
    "VIP群599958518，全订的兄弟可加",
    "加V信 xs86062 看后续",
    "（关注公众号：青鸾阅读，抽现金红包！）",
    "各位看官，点个收藏再走呗",
    "新的一周，求各位书友的推荐票，冲榜！",
    "本文仅代表作者个人观点，与青鸾阁立场无关",
    "本站言论均属其个人行为，不代表本站立场",
    "推荐一个我追书十年的app，青鸾阅读！朗读听书都靠它打发时间",
    "【收藏本页，防止丢失】",
]


@pytest.mark.parametrize("line", FURNITURE)
@pytest.mark.parametrize("times", [4, 1])
def test_what_forums_pages_and_scripts_leave_goes(line: str, times: int) -> None:
    cleaned = normalized(book(line, "老何没有回头。", times=times)).manuscript.text
    assert cleaned == book("老何没有回头。", times=times)


LIKE_FURNITURE = [
    "日期：2012年2月21日",
    "他在论坛上看见楼主最后发表于三月的那句话。",
    "他翻到第2页，又翻回第1页。",
    "他的位置在窗边。",
    "“加我微信，xs86062。”她说。",
    "他把公众号关了。",
    "他说这些话只代表作者，与旁人无关。",
    "字迹大小不一，背景颜色发黄。",
    "这个群599个人，没有一个说话。",
    "他们求的不是鲜花，是一条活路。",
    "船票涨价的消息贴在返回顶层的楼梯口。",
]


@pytest.mark.parametrize("line", LIKE_FURNITURE)
@pytest.mark.parametrize("times", [4, 1])
def test_a_story_that_sounds_like_a_forum_or_a_page_stays(line: str, times: int) -> None:
    assert normalized(book(line, times=times)).manuscript.text == book(line, times=times)


def test_a_machine_may_ask_to_wait_once() -> None:
    line = "正在加载中，请稍候……"
    assert line in normalized(book(line, "老何没有回头。")).manuscript.text
    assert line not in normalized(book(line, "老何没有回头。", times=4)).manuscript.text


WHOLE_ADS = [
    "完整版请加微信xs86062",
    "全文字更新,牢记网址：www.qingluan9.cc",
    "本书首发于青鸾阁，请支持正版！",
    "本書首發於青鸞閣，請支持正版！",
    "无错章节在青鸾阁阅读",
    "手机用户请浏览m.qingluan9.cc阅读，更优质的用户体验。",
    "请记住本书首发域名：www.qingluan9.cc。青鸾阁手机版阅读网址：m.qingluan9.cc",
    "百度搜索“青鸾阁”，第一时间看最新章节",
]


@pytest.mark.parametrize("ad", WHOLE_ADS)
@pytest.mark.parametrize("times", [1, 4])
def test_an_ad_behind_a_sentence_goes_whole(ad: str, times: int) -> None:
    story = "灯还亮着，雾气打湿了他的鞋面。"
    assert normalized(book(story + ad, times=times)).manuscript.text == book(story, times=times)


def test_a_story_that_goes_on_behind_a_word_of_the_trade_keeps_it() -> None:
    text = book(
        "他抬起头。广告两个字还在墙上闪。", "他说：“月票涨价了。求收藏的人也多了。”", times=4
    )
    assert normalized(text).manuscript.text == text


@pytest.mark.parametrize(
    "address", ["w w w . q l 9 . c c", "www(.)ql9(.)cc", "www、ql9、tw", "www.ql*m9.cc"]
)
def test_an_address_is_known_however_its_points_are_hidden(address: str) -> None:
    assert normalized(book(address)).manuscript.text.strip("\n") == book().strip("\n")


def test_a_name_before_its_address_is_known_wherever_it_stands_alone() -> None:
    lines = ("他关上门。青鸾吧www.qingluan9.cc", "雨停了。（青鸾吧）", "他走进巷口那家酒吧。")
    cleaned = normalized(book(*lines, times=4)).manuscript.text
    assert "青鸾吧" not in cleaned
    assert cleaned.count("他关上门。\n\n雨停了。\n\n他走进巷口那家酒吧。") == 4


def chapters(form: str) -> str:
    """Four chapters whose headings are of a form."""
    names = zip("1234", ("夜雨", "残灯", "渡口", "归人"), strict=True)
    return "\n\n".join(f"{form.format(n=n, t=t)}\n\n老何没有说话。" for n, t in names) + "\n"


@pytest.mark.parametrize(
    "form",
    ["正文卷 第{n}章 {t}", "旧账 第{n}章 {t}", "第{n}章 {t} 第（1/3）页", "第{n}章 {t}（1/3）"],
)
def test_a_heading_that_stands_nowhere_else_is_the_chapters_own(form: str) -> None:
    contents = "".join(
        f"第{n}章 {t}\n" for n, t in zip("1234", ("夜雨", "残灯", "渡口", "归人"), strict=True)
    )
    assert normalized(chapters(form)).manuscript.text == chapters(form)
    assert normalized(contents + chapters(form)).manuscript.text == contents + chapters(form)


@pytest.mark.parametrize("again", ["旧账 第{n}章 {t}", "旧账-第{n}章 {t}"])
def test_the_books_name_with_the_heading_once_more_goes(again: str) -> None:
    assert normalized(chapters("第{n}章 {t}\n\n" + again)).manuscript.text == chapters(
        "第{n}章 {t}"
    )


def test_the_end_of_a_sentence_before_an_ad_on_a_wrapped_line_stays() -> None:
    text = "他写完最后一行字，长长地叹了一口\n气。www.muchuan88.com看最新章节\n"
    assert normalized(text).manuscript.text.replace("\n", "").endswith("叹了一口气。")
    alone = "他写完了最后一行字。\n！www.muchuan88.com看最新章节\n天亮了。\n"
    assert "muchuan88" not in normalized(alone).manuscript.text
    assert "！" not in normalized(alone).manuscript.text


def test_a_heading_is_never_an_ad_until_another_says_the_same() -> None:
    assert normalized("第三章 夜雨（求月票）\n\n雨停了。").manuscript.text.startswith(
        "第三章 夜雨\n"
    )
    twice = "第三章 夜雨\n\n第三章 夜雨 最新章节免费阅读 www.qingluan9.cc\n\n雨停了。"
    assert normalized(twice).manuscript.text == "第三章 夜雨\n\n雨停了。"


def test_what_was_removed_is_told_with_its_place() -> None:
    found = normalized(book("（本章完）")).diagnostics
    assert [(d.code, str(d.location)) for d in found] == [("N110", "a.txt:5:1")]


LINES = st.lists(
    st.sampled_from([*ONCE, *REPEATED, *STORIES, "第三章 夜雨", "", "　　雨停了。"]), max_size=12
)


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_cleaning_twice_changes_nothing_more_and_everything_comes_back(lines: list[str]) -> None:
    text = "\n".join(lines)
    once = normalized(text).manuscript
    assert normalized(once.text).manuscript.text == once.text
    assert Ledger().then(*once.layers).restore(once.text) == text
    for line in STORIES:
        assert once.text.count(line) == text.count(line)


@pytest.mark.parametrize(
    ("line", "is_row"),
    [
        ("上一章 | 返回目录 | 下一章", True),
        ("——上一章  第三章 灯下等雨停  下一章——", True),
        ("第三章 下一章 上一章", True),
        ("下一章", False),
        ("目录 首页", False),
        ("下一章他才说出来", False),
        ("下一章" + "|" * 9, False),
        ("第2回" * 20_000 + "下一章。雨", False),
        ("第2回" * 9 + "下一章", True),
    ],
)
def test_a_row_of_links_is_told_from_a_sentence_in_one_reading(line: str, is_row: bool) -> None:
    with clock(2):
        assert is_navigation(line) is is_row


def test_addresses_that_begin_alike_are_all_found_in_one_reading() -> None:
    sites = {f"dafeng{number}.net" for number in range(300)} | {"b.cc"}
    lines = [f"渡口来的人说他在{site}见过。" for site in sorted(sites)]
    story = [f"第{number}盏灯在渡口亮着，dafeng是谁，没有人知道。" for number in range(300)]
    text = "\n".join(line for pair in zip(lines, story, strict=False) for line in pair)
    found = {text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0] for at in _places(text, sites)}
    assert found == set(lines[:300])
    assert not [*_places(text, {"dafeng300.net"})]
