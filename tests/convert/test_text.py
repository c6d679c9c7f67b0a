"""Plain text: by the styles of regions, with everything that is no Chinese left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from builder.convert import (
    GlossaryFile,
    convert_lines,
    convert_text,
    convert_unrecorded,
    doubtful_rows,
    opencc,
    passes,
)
from builder.convert.opencc import convert_text as by_opencc
from builder.core.language import TARGETS
from builder.core.ledger import replay


def to(tag: str, text: str) -> str:
    return convert_text(text, TARGETS[tag]).text


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-Hant", "他在房間裡說著話，為什麼"),
        ("zh-Hant-TW", "他在房間裡說著話，為什麼"),
        ("zh-Hant-HK", "他在房間裏説着話，為什麼"),
        ("zh-Hans", "他在房间里说着话，为什么"),
    ],
)
def test_each_region_has_its_own_forms(tag: str, expected: str) -> None:
    assert to(tag, "他在房间里说着话，为什么") == expected


@pytest.mark.parametrize(
    "text", ["他在房間裡說著話，為什麼", "他在房間裏説着話，為什麼", "他在房間裏說着話，爲什麼"]
)
def test_every_style_of_traditional_text_leads_to_the_same_simplified_text(text: str) -> None:
    assert to("zh-Hans", text) == "他在房间里说着话，为什么"


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hans-CN-x-phrases"])
def test_a_famous_work_keeps_its_zhe(tag: str) -> None:
    assert to(tag, "這部著名的著作裡寫著答案") == "这部著名的著作里写着答案"


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("zh-Hant-TW", "他在房間裏説着話，為什麼", "他在房間裡說著話，為什麼"),
        ("zh-Hant-HK", "他在房間裡說著話，為什麼", "他在房間裏説着話，為什麼"),
        ("zh-Hant-TW", "他在房間裏說着話，爲什麼", "他在房間裡說著話，為什麼"),
    ],
)
def test_traditional_text_takes_on_the_forms_of_another_region(
    tag: str, text: str, expected: str
) -> None:
    result = convert_text(text, TARGETS[tag])
    assert result.text == expected
    assert [layer.rules for layer in result.layers] == [("C104",)]


def test_simplified_vocabulary_of_the_mainland_comes_on_request() -> None:
    assert to("zh-Hans-CN-x-phrases", "這個軟體裡的資訊") == "这个软件里的信息"
    assert to("zh-Hans-CN", "這個軟體裡的資訊") == "这个软体里的资讯"


TO_TRADITIONAL, TO_SIMPLIFIED = OpenCC("s2t"), OpenCC("t2s")
UNTOUCHED = st.one_of(
    st.text(st.characters(max_codepoint=0x24F)),
    # OpenCC knows some of these: 𬭤 is Simplified.
    st.text(st.characters(min_codepoint=0x20000, max_codepoint=0x3FFFF)).filter(
        lambda t: TO_TRADITIONAL.convert(t) == t == TO_SIMPLIFIED.convert(t)
    ),
    st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF)),
    st.text(st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF)),
    st.text(st.sampled_from("头葛发\ufe00\U000e0100")).filter(lambda t: not set(t) & set("头葛发")),
    st.sampled_from(
        [
            "https://例.cn",
            "http://a.cn/发现/x.html",
            "https://a.cn/?q=里面&p=1",
            "\ud800",
            "http://a.cn/发\ufe0f",
        ]
    ),
)


def test_a_state_has_no_furniture() -> None:
    for tag in ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant"):
        assert to(tag, "国家具有主权。一家具体的店。买家具") == "國家具有主權。一家具體的店。買家具"


def test_a_null_ends_no_text() -> None:
    assert to("zh-Hant-TW", "发\N{NULL}头发\n发现") == "發\N{NULL}頭髮\n發現"


@settings(deadline=None)
@given(st.lists(UNTOUCHED, max_size=5), st.sampled_from(sorted(TARGETS)))
def test_what_is_no_chinese_text_is_unchanged(pieces: list[str], tag: str) -> None:
    text = "\n".join(pieces)
    assert to(tag, text) == text


def test_a_variation_sequence_keeps_its_character() -> None:
    sequence = "发\N{VARIATION SELECTOR-17}"
    assert to("zh-Hant", f"{sequence}发现{sequence}") == f"{sequence}發現{sequence}"


def test_chinese_right_after_an_address_is_converted() -> None:
    assert to("zh-Hant", "见https://a.cn发现，http://a.cn/这里 再说") == (
        "見https://a.cn發現，http://a.cn/这里 再說"
    )


@settings(deadline=None, max_examples=200)
@given(
    st.text(
        st.sampled_from(
            "头发发现皇后后来里面只有干净台湾软件互联网打印机“”‘’「」𠮷😀\ufe0fa \n说這個國裏"
        )
    )
)
def test_any_mixture_replays_and_keeps_its_lines(text: str) -> None:
    for tag in ("zh-Hant-TW-x-phrases", "zh-Hans", "zh-Hant-HK"):
        result = convert_text(text, TARGETS[tag])
        replayed = text
        for layer in result.layers:
            replayed = replay(replayed, layer)
        assert replayed == result.text
        assert result.text.count("\n") == text.count("\n")


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("头发现皇后来里面𠮷a")), max_size=6))
def test_converting_all_lines_at_once_is_converting_each(lines: list[str]) -> None:
    together = by_opencc("\n".join(lines), "s2tw")
    assert together == "\n".join(by_opencc(line, "s2tw") for line in lines)


def test_lines_that_have_nothing_to_do_with_one_another_are_judged_alone() -> None:
    text = "‘他说“你\n好”吧’"
    assert convert_text(text, TARGETS["zh-Hant"]).text == "「他說『你\n好』吧」"
    assert convert_lines(text, TARGETS["zh-Hant"]).text == "「他說『你\n好」吧』"


def test_a_thousand_chapters_take_seconds() -> None:
    """Not a benchmark: it catches only what grows faster than the text."""
    text = "他说：“这里的头发现在干净了。”后来打印机又坏了。\n" * 20_000
    start = time.process_time()
    convert_text(text, TARGETS["zh-Hant-TW-x-phrases"])
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("见下文（注1）。", "見下文（註1）。"),
        ("他关注1号选手。", "他關注1號選手。"),
        ("8天后到期。", "8天後到期。"),
        ("她是歌坛天后。", "她是歌壇天后。"),
        ("诸臣咸以为不可，老少咸宜。", "諸臣咸以為不可，老少咸宜。"),
        ("知县准了状子，他瞄准了靶子。", "知縣准了狀子，他瞄準了靶子。"),
        ("海浪把它冲上岸。", "海浪把它沖上岸。"),
        ("这是一出戏，他一出门就下雨。", "這是一齣戲，他一出門就下雨。"),
    ],
)
def test_words_of_our_own_decide(source: str, expected: str) -> None:
    assert convert_text(source, TARGETS["zh-Hant-TW"]).text == expected


SIMPLIFIED = (
    "于小明说：“里面的后面是‘皇后’的发卡，”",
    "",
    "“软件里的余额还剩三千，不干了。”他又回复道",
    "這話還沒說完，他們已經進來了",
)


@pytest.mark.parametrize("tag", ["zh-Hant-TW", "zh-Hant-TW-x-phrases", "zh-Hans"])
@pytest.mark.parametrize("entry", ["", "余额\t餘款"])
def test_without_a_ledger_comes_the_same(tag: str, entry: str) -> None:
    glossaries = (GlossaryFile("names.tsv", entry),) if entry else ()
    for turn, is_related in ((convert_text, True), (convert_lines, False)):
        recorded = turn("\n".join(SIMPLIFIED), TARGETS[tag], *glossaries)
        plain = convert_unrecorded(SIMPLIFIED, TARGETS[tag], *glossaries, is_related=is_related)
        assert "\n".join(plain.lines) == recorded.text
        assert plain.diagnostics == recorded.diagnostics
        assert doubtful_rows(plain) == doubtful_rows(recorded)


def test_a_long_text_lets_go_what_it_no_longer_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = to("zh-Hant-TW", "\n".join(SIMPLIFIED))
    assert opencc._converter.cache_info().currsize > 0
    monkeypatch.setattr(passes, "LONG", 10)
    assert to("zh-Hant-TW", "\n".join(SIMPLIFIED)) == expected
    assert opencc._converter.cache_info().currsize == 0
    assert to("zh-Hant-TW", "里面") == "裡面"
