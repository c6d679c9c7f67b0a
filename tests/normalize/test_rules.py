"""What each rule changes, and what looks like it and stays."""

import pytest

from builder.core.catalogue import say
from builder.core.config import Config, NormalizeConfig
from builder.core.manuscript import Manuscript, Mark, MarkKind, SourceFile
from builder.normalize import Normalized, RuleInfo, normalize, rules_table
from builder.normalize.rules import RULES, rules_of


def manuscript_of(text: str, *marks: Mark) -> Manuscript:
    files = (SourceFile("a.txt", 0, len(text), "utf-8"),)
    return Manuscript(decoded=text, text=text, files=files, marks=marks)


def normalized(text: str, *marks: Mark) -> Normalized:
    return normalize(manuscript_of(text, *marks), Config())


def cleaned(text: str) -> str:
    return normalized(text).manuscript.text


WRAPPED = """\
　　老何把船灯挂在桅杆下面，回头看了一眼堤上
的那排杨树，心里想着今年的水比去年来得早，要
是再不把下游的那道闸门修好，等到端午前后就怕
来不及了。
　　镇上的人都说他操心太多，可是他记得十几年
前那场大水，半条街的铺子都泡在水里，连祠堂门
口的石狮子也只露出一个头来，谁也没有料到水会
退得那样慢。
"""
UNWRAPPED = """\
老何把船灯挂在桅杆下面，回头看了一眼堤上的那排杨树，心里想着今年的水比去年来得早，要是再不把下游的那道闸门修好，等到端午前后就怕来不及了。
镇上的人都说他操心太多，可是他记得十几年前那场大水，半条街的铺子都泡在水里，连祠堂门口的石狮子也只露出一个头来，谁也没有料到水会退得那样慢。
"""

CHANGES = [
    ("N016", WRAPPED, UNWRAPPED),
    ("N040", "雾来了。\n请记住本书首发域名：www.qingluan9.cc\n船也来了。", "雾来了。\n船也来了。"),
    (
        "N041",
        "雾来了。\n【青鸾小说网】www.qingluan9.cc最新章节\n船也来了。qingluan9．cc他放下灯。",
        "雾来了。\n船也来了。他放下灯。",
    ),
    ("N036", "他把灯挂好．她走了．" * 5, "他把灯挂好。她走了。" * 5),
    ("N037", "他说：“走吧。“又说：“好。“", "他说：“走吧。”又说：“好。”"),
    ("N038", "城里有1，400万人。", "城里有1,400万人。"),
    ("N042", "正文 第三章 夜雨（求月票）【第三更】", "第三章 夜雨"),
    ("N042", "第3章 夜雨-渡口-青鸾小说网", "第3章 夜雨"),
    ("N001", "他\x00停\x1b了\x9d。", "他停了。"),
    ("N001", "他停\ufffe了。", "他停了。"),
    ("N002", "上半页\ufeff下半页", "上半页下半页"),
    ("N003", "船\xad灯", "船灯"),
    ("N004", "船\u200e灯\u202e亮\u2069了", "船灯亮了"),
    ("N005", "水\u200b印\u2060藏\u200d在\u200c字里", "水印藏在字里"),
    ("N010", "一行\r\n两行\r三行\u2028四行\x0c五行", "一行\n两行\n三行\n四行\n五行"),
    ("N011", "雨停了。 　\xa0\n天亮了。\t", "雨停了。\n天亮了。"),
    ("N012", "\xa0\xa0\xa0\xa0雨停了。\n　　天亮了。\n\t他走了。", "雨停了。\n天亮了。\n他走了。"),
    ("N013", "雨停了。\n\n\n\n\n\n天亮了。", "雨停了。\n\n\n天亮了。"),
    ("N014", "Lantern\xa0Bay\u2009Harbour", "Lantern Bay Harbour"),
    ("N015", "他用 IC 芯片， 换了 3 盏灯。", "他用IC芯片，换了3盏灯。"),
    ("N006", "船&nbsp;灯，&amp;hellip;&hellip;亮了&#8203;，& lt;完&gt;", "船灯，……亮了，<完>"),
    ("N006", "&#１２２８８;&#x3000;他说：&ldquo;走。&rdquo;", "他说：“走。”"),
    (
        "N007",
        "雨停了。<br />\n他走了。</p>船<br/><br/>　　也走了</span>。",
        "雨停了。\n他走了。\n船\n也走了。",
    ),
    (
        "N017",
        "雾来了。　　船也来了……　　“走吧。”　　她没有动。",
        "雾来了。\n船也来了……\n“走吧。”\n她没有动。",
    ),
    (
        "N017",
        "    雾来了。    船来了。    “走。”    她没动。",
        "雾来了。\n船来了。\n“走。”\n她没动。",
    ),
    ("N024", "他說︰｢走吧﹐好﹖｣﹙笑﹚〝嗯〞＂好＂", "他說：「走吧，好？」（笑）“嗯”“好”"),
    ("N025", "二○○八年，一九九0年，二OO二年", "二〇〇八年，一九九〇年，二〇〇二年"),
    ("N039", "他说''走吧''，又说``好''。", "他说“走吧”，又说“好”。"),
    ("N020", "Ｔ４００型，１２盏", "T400型，12盏"),
    ("N023", "３．１４米，１２：３０到，９０％，Ａ－３型", "3.14米，12:30到，90%，A-3型"),
    ("N023", "等到12： 30，他走了。", "等到12:30，他走了。"),
    ("N021", "⼀盏灯，⻓夜", "一盏灯，长夜"),
    ("N022", "\uf900\U0002f800", "豈丽"),
    ("N030", "他说...走吧。。。好…", "他说……走吧……好……"),
    ("N030", "他走了。...她来了...。好。。。", "他走了。……她来了……。好……"),
    ("N031", "等等——-好，又—－走，他说———不。", "等等——好，又——走，他说——不。"),
    ("N030", "等⋯⋯再等・・・", "等……再等……"),
    ("N030", "他数着…………没有停", "他数着…………没有停"),
    ("N030", "他数着……………没有停", "他数着………………没有停"),
    ("N031", "他说--不，又想──也许—算了――", "他说——不，又想——也许——算了——"),
    ("N032", '他说："雾来了。"又说："走。"', "他说：“雾来了。”又说：“走。”"),
    ("N032", '他说：“雾来了。"', "他说：“雾来了。”"),
    ("N032", '“外面喊"开船"了。”', "“外面喊“开船”了。”"),
    ("N032", '「走吧。」他說："好。"', "「走吧。」他說：「好。」"),
    ("N033", "他念：'江上无风'，就停了。", "他念：‘江上无风’，就停了。"),
    ("N034", "他(其实是她)走了，芯片(IC)留下。", "他（其实是她）走了，芯片（IC）留下。"),
    ("N034", "他（半真半假)说，(还是假的）。", "他（半真半假）说，（还是假的）。"),
    ("N034", "外层(内层(船)灯)。", "外层（内层（船）灯）。"),
    ("N035", "雨停了,他说:走!去哪?等等;好.", "雨停了，他说：走！去哪？等等；好。"),
    ("N035", "“雨停了!”,他说。", "“雨停了！”，他说。"),
    ("N035", "Captain , 开船", "Captain，开船"),
    ("N015", "20 岁那年，他走了。", "20岁那年，他走了。"),
    ("N038", "一共1，400，000元和2，000人。", "一共1,400,000元和2,000人。"),
    ("N035", "OK!他走了", "OK！他走了"),
]


@pytest.mark.parametrize(("code", "text", "expected"), CHANGES)
def test_rule_changes(code: str, text: str, expected: str) -> None:
    found = normalized(text)
    assert found.manuscript.text == expected
    used = {rule for layer in found.manuscript.layers for rule in layer.rules}
    assert code in used or text == expected


# Changed only by another profile, or when somebody asks for it.
ASKED_FOR = [
    ("N043", "雾来了。\nPS：今天还有一更。", "雾来了。\n"),
    ("N050", "那个**把刀放下，走了。", "那个□□把刀放下，走了。"),
    ("N051", "船\ue001灯亮了。", "船〓灯亮了。"),
]


@pytest.mark.parametrize(("code", "text", "expected"), ASKED_FOR)
def test_rule_runs_only_when_asked_for(code: str, text: str, expected: str) -> None:
    assert cleaned(text) == text
    asked = Config(normalize=NormalizeConfig(enable=(code,)))
    assert normalize(manuscript_of(text), asked).manuscript.text == expected


def test_every_rule_has_a_case() -> None:
    assert {code for code, _, _ in (*CHANGES, *ASKED_FOR)} == {rule.code for rule in RULES}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, text, _ in CHANGES])
def test_a_disabled_rule_changes_nothing(code: str, text: str) -> None:
    without = Config(normalize=NormalizeConfig(disable=(code,)))
    layers = normalize(manuscript_of(text), without).manuscript.layers
    assert code not in {rule for layer in layers for rule in layer.rules}


@pytest.mark.parametrize(
    "text",
    [
        "他用了3.14米，1,400人，12:30到，比分3:2。",
        "见http://a.example/lu?q=1,2&r=x:3的说明。",
        "写信给chen@dukou.example，说一声。",
        "U.S.和文件.txt都在。",
        "第一回　甄家　贾家",
        "春眠不觉晓　处处闻啼鸟",
        "第十二章 风雪",
        "第十二章 他来了！",
        "1. 夜雨，晨风",
        'Hello, world (again): it\'s "fine"... really--yes!',
        "1914—1918年，T-400型，--help选项。",
        "一家人👨\u200d👩\u200d👧在船上。",
        "葛\U000e0100城的葛。",
        "他说：“好的:)”",
        "＊＊＊",
        "----------",
        "下一段\n\n\n隔了两行",
        "屏幕有5\"宽，don't动。",
        "אבג\u200fדה的船",
        "..他说。",
        "他问“&nbsp;”是什么，又在纸上写了“<br>”。",
        "AT&T；R&D；&nothing;他说a < b。",
        "比分是3：2，1914－1918年。",
        "1．1998年的船",
        "<小明>说，他喜欢<b>。",
        "001 他走了多久了？",
        "一 别问了，跟我走",
        "外传 这盏灯是从哪儿来的？",
        "他记下http://a.example/船灯?x=1,2，还有http://b.example/lu，走了。",
        "春眠不觉晓，　　处处闻啼鸟。　　夜来风雨声，　　花落知多少。　　春眠。",
        "雾来了。　　　　老何",
        "他○了她，30岁。",
        "5''宽，l''amour。",
    ],
)
def test_look_alikes_stay(text: str) -> None:
    assert cleaned(text) == text


def test_preformatted_text_keeps_its_spaces_and_points() -> None:
    text = "他写道:\n  if x ,y:\n\n\n\n\n    船(灯)...  \n完."
    start, end = text.index("  if"), text.index("\n完")
    kept = normalized(text, Mark(MarkKind.RAW, start, end)).manuscript.text
    assert kept == "他写道：\n  if x ,y:\n\n\n\n\n    船(灯)...  \n完。"


def test_marks_move_with_the_text() -> None:
    text = "　　他说...船灯亮了"
    at = text.index("船灯")
    found = normalized(text, Mark(MarkKind.STRONG, at, at + 2)).manuscript
    mark = found.marks[0]
    assert found.text[mark.start : mark.end] == "船灯"


def test_speech_that_goes_on_opens_each_paragraph() -> None:
    found = normalized('"雾来了。\n\n"船也来了。"')
    assert found.manuscript.text == "“雾来了。\n\n“船也来了。”"
    assert not found.diagnostics


def test_lonely_quote_stays_and_is_reported_where_it_stood() -> None:
    found = normalized('雨停了。\n　　他说："走"，又说"停')
    assert found.manuscript.text == '雨停了。\n他说：“走”，又说"停'
    assert [(d.code, str(d.location)) for d in found.diagnostics] == [("N101", "a.txt:2:12")]


def test_private_use_characters_are_reported_and_kept() -> None:
    found = normalized("船\ue001灯\ue002")
    assert found.manuscript.text == "船\ue001灯\ue002"
    assert found.diagnostics[0].code == "N102"
    assert dict(found.diagnostics[0].values) == {"count": 2, "character": "U+E001"}


def test_clean_text_gets_no_layer() -> None:
    found = normalized("雨停的时候，老何才把船灯点上。\n\n没有人接话。")
    assert not found.manuscript.layers
    assert not found.diagnostics


def test_minimal_profile_leaves_punctuation_alone() -> None:
    codes = {rule.code for rule in rules_of("minimal")}
    assert "N005" in codes
    assert "N035" not in codes


def test_what_one_book_teaches_about_ads_stays_with_it() -> None:
    assert cleaned("请记住本书首发域名：www.qingluan9.cc") == ""
    story = "名片上印着www.qingluan9.cc，电话却打不通。"
    assert cleaned(story) == story


@pytest.mark.parametrize("rule", rules_table(), ids=lambda rule: rule.code)
def test_every_rule_is_documented_with_an_example_that_holds(rule: RuleInfo) -> None:
    before, after = say(f"rule.{rule.code}.before"), say(f"rule.{rule.code}.after")
    asked = Config(normalize=NormalizeConfig(enable=(rule.code,)))
    found = normalize(manuscript_of(before), asked).manuscript
    assert found.text == after
    assert rule.code in {code for layer in found.layers for code in layer.rules}


def test_a_reading_above_a_character_is_no_pinyin_between_characters() -> None:
    text = "他在漢hàn字旁边写下sǐ了。"
    at = text.index("漢")
    marks = (Mark(MarkKind.RUBY, at, at + 4), Mark(MarkKind.READING, at + 1, at + 4))
    found = [dict(d.values) for d in normalized(text, *marks).diagnostics if d.code == "N106"]
    assert [(values["count"], "sǐ" in str(values["text"])) for values in found] == [(1, True)]


def test_mark_up_shown_in_a_file_that_is_mark_up_stays() -> None:
    text = "第一章 标签\n他用<br/>换行，用&nbsp;隔开。"
    assert normalized(text, Mark(MarkKind.HEADING, 0, 6, "1")).manuscript.text == text
