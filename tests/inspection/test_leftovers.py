"""Leftovers: each kind with what it must find and what looks like it and is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.inspection.examination import LeftoverKind
from builder.inspection.leftovers import find_leftovers, is_pinyin
from tests.inspection.making import passages_of


def found_in(*paragraphs: str) -> list[tuple[LeftoverKind, str]]:
    return [(one.kind, one.text) for one in find_leftovers(passages_of(("灯下", paragraphs)))]


@pytest.mark.parametrize(
    ("paragraph", "kind", "text"),
    [
        ("更多章节在www.example.com上。", LeftoverKind.ADDRESS, "www.example.com"),
        ("去https://a.example/b?c=1看。", LeftoverKind.ADDRESS, "https://a.example/b?c=1"),
        ("记住example点com不迷路", LeftoverKind.ADDRESS, "example点com"),
        ("写信到someone@mail.example.cn吧", LeftoverKind.ADDRESS, "someone@mail.example.cn"),
        ("m.example.net手机版", LeftoverKind.ADDRESS, "m.example.net"),
        ("本章未完，请点击下一页", LeftoverKind.PAGE_LINK, "本章未完，请点击下一页"),
        ("（本章完）", LeftoverKind.PAGE_LINK, "（本章完）"),
        ("他走了。(未完待續)", LeftoverKind.PAGE_LINK, "(未完待續)"),
        ("一秒記住我們", LeftoverKind.PAGE_LINK, "一秒記住我們"),
        ("求大家投月票", LeftoverKind.PAGE_LINK, "求大家投月票"),
        ("上一章 目录 下一章", LeftoverKind.PAGE_LINK, "上一章 目录 下一章"),
        ("第(1/3)页", LeftoverKind.PAGE_LINK, "第(1/3)页"),
        ("他说&nbsp;好。", LeftoverKind.MARKUP, "&nbsp;"),
        ("他说<br/>好。", LeftoverKind.MARKUP, "<br/>"),
        ("他说[img]好。", LeftoverKind.MARKUP, "[img]"),
        ("没有人接他的sh3n秘话。", LeftoverKind.PINYIN, "sh3n"),
        ("他一脸sè相。", LeftoverKind.PINYIN, "sè"),
        ("这件事很xing奋。", LeftoverKind.PINYIN, "xing"),
        ("只有那个**的人笑了。", LeftoverKind.MASKED, "**"),
        ("碑上写着□年□月。", LeftoverKind.MASKED, "□"),
        ("王○○来了。", LeftoverKind.MASKED, "○○"),
        ("民国××年的冬天。", LeftoverKind.MASKED, "××"),
        ("锟斤拷锟斤拷响了一声。", LeftoverKind.MOJIBAKE, "锟斤拷锟斤拷"),
        ("烫烫烫烫响了一声。", LeftoverKind.MOJIBAKE, "烫烫烫烫"),
        ("他说鈥渕好。", LeftoverKind.MOJIBAKE, "鈥渕"),
        ("ä½\xa0å¥½，他说。", LeftoverKind.MOJIBAKE, "ä½\xa0å¥½"),
        ("他说\N{REPLACEMENT CHARACTER}好。", LeftoverKind.MOJIBAKE, "\N{REPLACEMENT CHARACTER}"),
        ("他说\ue012好。", LeftoverKind.PRIVATE, "\ue012"),
    ],
)
def test_a_leftover_is_found(paragraph: str, kind: LeftoverKind, text: str) -> None:
    assert (kind, text) in found_in(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "水深3.14米，他12:30才到，U.S. 的船用 Node.js 也算不出。",
        "欲知后事如何，且看下一章分解。",
        "他求她收下，又怕她不收。",
        "他用这个app说话，穿T恤，看3D电影，听mp3。",
        "注释在书末*。",
        "长×宽，等于面积。",
        "二〇〇一年，一九○○年，都过去了。",
        "他在café里坐了一夜，a < b，也没有人来。",
        "烫烫嘴也不要紧。",
        "全文到此，阅读愉快。",
        "第一页写着他的名字。",
    ],
)
def test_what_belongs_to_the_story_is_left_alone(paragraph: str) -> None:
    assert found_in(paragraph) == []


def test_equal_pieces_are_told_once_with_their_count_and_places() -> None:
    [one] = find_leftovers(
        passages_of(("灯下", ["他**了。", "她也**了。"]), ("对岸", ["都**了。"]))
    )
    assert one.count == 3
    assert [str(place.location) for place in one.places] == ["a.txt:2:2", "a.txt:3:3", "a.txt:5:2"]
    assert [place.section for place in one.places] == [0, 0, 1]
    assert (one.before, one.after) == ("他", "了。")


def test_a_line_that_many_chapters_have_is_told() -> None:
    chapters = [
        (f"第{n}夜", [f"他数到第{n}下。", "本站长期招收更新人员", "“好，我们走。”"])
        for n in range(6)
    ]
    [one] = find_leftovers(passages_of(*chapters))
    assert (one.kind, one.text, one.count) == (LeftoverKind.REPEATED, "本站长期招收更新人员", 6)


@pytest.mark.parametrize(
    "line", ["欲知后事如何，且听下回分解。", "“好，我们走。”", "他对众人这样说：", "是。"]
)
def test_lines_that_repeat_by_nature_are_left_alone(line: str) -> None:
    chapters = [(f"第{n}夜", [f"他数到第{n}下。", line]) for n in range(8)]
    assert find_leftovers(passages_of(*chapters)) == ()


def test_a_refrain_of_one_chapter_is_left_alone() -> None:
    assert find_leftovers(passages_of(("灯下", ["摇啊摇，摇到外婆桥。"] * 9))) == ()


@pytest.mark.parametrize(("piece", "is_it"), [("shen2", True), ("s3", False), ("b2b", False), ("ok", False), ("App", False)])  # fmt: skip
def test_pinyin_is_told_from_words(piece: str, is_it: bool) -> None:
    assert is_pinyin(piece) is is_it


@given(
    st.text(
        alphabet="他说好*□×烫锟斤拷www.com@&;<>/[]sh3nè\ue000ä½(（本章完)）第1页求票 ", max_size=60
    )
)
def test_no_soup_breaks_the_search_and_every_piece_is_in_it(soup: str) -> None:
    for one in find_leftovers(passages_of(("灯下", [soup.replace("\n", " ")]))):
        assert one.text in soup
        assert one.count >= 1
