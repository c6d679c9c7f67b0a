"""HTML: what is read, what is marked, and that the ledger holds every tag."""

import time

import pytest

from builder.core.ledger import Edit, Layer, check_order, replay
from builder.core.manuscript import MarkKind
from builder.read.html_evidence import has_block_tags, kind_of
from builder.read.html_reader import read_html
from builder.read.html_tokens import cell_look
from builder.read.passes import Passed


def reading(source: str, *, is_page: bool = False, picture: str = "") -> Passed:
    passed = read_html(source, lambda _reference, _position: picture, is_page=is_page)
    edits = [Edit(rule, at, at + len(old), old, new) for rule, at, old, new in passed.edits]
    layer = Layer.of("read", edits)
    check_order(layer)
    assert replay(source, layer) == passed.text
    return passed


def page(body: str) -> Passed:
    return reading(f"<html><head><title>夜</title></head><body>{body}</body></html>", is_page=True)


def marks(passed: Passed, *kinds: MarkKind) -> list[tuple[str, str, str]]:
    return [
        (mark.kind.value, passed.text[mark.start : mark.end], mark.value)
        for mark in passed.marks
        if not kinds or mark.kind in kinds
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("    雨停了。<br/><br/>    他走了。<br/><br/>", "    雨停了。\n\n    他走了。"),
        ("\u00a0\u00a0雨<br><br />\u00a0\u00a0停", "\u00a0\u00a0雨\n\n\u00a0\u00a0停"),
        ("床前明月光，<br/>疑是地上霜。", "床前明月光，\n疑是地上霜。"),
        ("雨停了。<br/>\n他走了。<br/>\n", "雨停了。\n他走了。"),
        ("雨停了。<br/>\n<br/>\n他走了。", "雨停了。\n\n他走了。"),
        ("雨停了。</br>他走了。", "雨停了。\n他走了。"),
        ("<p>雨停了。</p>\n<p>他走了。", "雨停了。\n\n他走了。"),
        ("标题\n第一行<br/>\n第二行\n第三行", "标题\n第一行\n第二行\n第三行"),
        ("&ldquo;走&rdquo;&hellip;&nbsp;&#12288;&#x4E00;&amp;lt;", "“走”…\u00a0　一&lt;"),
        ("AT&T 与 &nothing; 与 &#xD800; 与 &nbsp雨", "AT&T 与 &nothing; 与 &#xD800; 与 \u00a0雨"),
        ("雨&#13;\n停", "雨\n停"),
        ("甲<!-- 广告 -->乙<script>x < 1</script>丙<style>p{}</style>丁", "甲乙丙丁"),
        ("甲<!doctype html>乙<?php ?>丙", "甲乙丙"),
        ("甲<!-- 没有结尾", "甲<!-- 没有结尾"),
        ("甲<script>没有结尾", "甲没有结尾"),
        ("《<生化危机>》，a < b，<小明>，<Jaws>。", "《<生化危机>》，a < b，<小明>，<Jaws>。"),
        ("<b>甲</b> <i>乙</i>", "甲 乙"),
        ("甲<hr/>乙", "甲\n\n＊＊＊\n\n乙"),
        ("<hr>甲", "＊＊＊\n\n甲"),
        ("<font color=red title='a>b'>甲</font>", "甲"),
        ('<a href="未完>甲</a>', "甲"),
    ],
)  # fmt: skip
def test_a_fragment_becomes_text(source: str, text: str) -> None:
    passed = reading(source)
    assert passed.text.rstrip("\n") == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\n <p>他走\n了。 a\n b</p>\n\n<p>雨  停</p> ", "他走了。 a b\n\n雨 停"),
        ("<p>甲<em>乙</em>\n丙 <b>丁</b></p>", "甲乙丙 丁"),
        ("<div><div><p>甲</p></div></div><div>乙</div>", "甲\n\n乙"),
        ("甲<x-y>乙</x-y>", "甲乙"),
        ("<ul><li>甲<li>乙<ul><li>丙</ul></ul>尾", "甲\n乙\n丙\n\n尾"),
        ("<pre>\na\n  b\n</pre>尾", "a\n  b\n\n尾"),
        ("<pre>\n</pre>尾", "尾"),
        ("<h1>第一章<br/>夜雨</h1><p>甲</p>", "第一章　夜雨\n\n甲"),
    ],
)
def test_a_page_is_read_as_a_browser_shows_it(body: str, text: str) -> None:
    assert page(body).text == text


def test_marks_lie_on_their_characters() -> None:
    passed = page(
        "<h2>第一章</h2><p>他<em>走</em>了，<strong>真</strong><a href='https://a.b'>走</a>了"
        "<a href='javascript:x()'>。</a></p><blockquote>信</blockquote>"
    )
    assert marks(passed) == [
        ("heading", "第一章", "2"),
        ("emphasis", "走", ""),
        ("strong", "真", ""),
        ("link", "走", "https://a.b"),
        ("quote", "信", ""),
    ]


def test_ruby_keeps_base_and_reading_apart() -> None:
    passed = page("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>人")
    assert passed.text == "漢hàn字zì人"
    assert marks(passed) == [
        ("ruby", "漢hàn", ""),
        ("reading", "hàn", ""),
        ("ruby", "字zì", ""),
        ("reading", "zì", ""),
    ]


def test_lists_and_tables_are_marked() -> None:
    passed = page("<ol start=3><li>甲<li>乙</ol>")
    assert marks(passed) == [("list", "甲\n乙", "3"), ("item", "甲", ""), ("item", "乙", "")]
    passed = page("<table><caption>表</caption><tr><th>名<th>数<tr><td></td><td>2</td></table>")
    assert passed.text == "表\n名\n数\n\n2"
    assert marks(passed, MarkKind.ROW) == [("row", "名\n数", "header"), ("row", "\n2", "")]
    assert [text for _, text, _ in marks(passed, MarkKind.CELL)] == ["名", "数", "", "2"]
    assert marks(passed, MarkKind.CAPTION) == [("caption", "表", "")]


def test_a_single_break_in_a_paragraph_is_a_line_break() -> None:
    passed = page("<p>床前明月光，<br/>疑是地上霜。</p>")
    assert marks(passed) == [("line_break", "\n", "")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>雨停了。<br/><br/>他走了。<br/>天亮了。</p>",
        "<p>　　雨停了。<br/>　　他走了。</p>",
        "<p>" + "雨停了。<br/>" * 80 + "完</p>",
        "雨停了。<br/>他走了。",
    ],
)
def test_breaks_between_paragraphs_are_no_line_breaks(body: str) -> None:
    assert marks(page(body), MarkKind.LINE_BREAK) == []


def test_a_picture_is_its_alternative_text_or_one_character() -> None:
    passed = reading("甲<img src='a.png' alt='远 山'>乙<img src=b.png>", picture="a.png")
    assert passed.text == "甲远 山乙\ufffc"
    assert marks(passed) == [("image", "远 山", "a.png"), ("image", "\ufffc", "a.png")]
    assert reading("甲<img src=x.png alt='㐀'>乙<img src=x>").text == "甲㐀乙"


def test_a_scene_break_is_marked() -> None:
    assert marks(reading("甲<hr/>乙")) == [("break", "＊＊＊", "")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("雨停了。<br/><br/>他走了。", "fragment"),
        ("　　雨停了。<br>\n　　他走了。<br>\n", "fragment"),
        ("床前<br>明月<br>光", "fragment"),
        ("<p>雨停了。</p><p>他走了。</p>", "fragment"),
        ("&nbsp;&nbsp;雨停了。", "fragment"),
        ("&ldquo;走吧&rdquo;，他说。", "fragment"),
        ("<!DOCTYPE html>\n<html><body>雨</body></html>", "page"),
        ("<?xml version='1.0'?><!-- x --><html>", "page"),
        ("a < b，他说，b > c。", "text"),
        ("他在屏幕上打出“<br>”，回头说：“这叫换行。”", "text"),
        ("雨停了。\n" * 40 + "他写下<br>标签。\n", "text"),
        ("雨停了。\n" * 40 + "<p>是段落。\n", "text"),
        ("他说“&nbsp;”是空格，“&nbsp;”就是空格。", "text"),
        ("AT&T 与 R&D;", "text"),
        ("《<生化危机>》", "text"),
        ("", "text"),
    ],
)
def test_markup_is_believed_only_where_it_makes_the_lines(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_a_page_is_told_by_its_block_tags() -> None:
    assert has_block_tags("雨<br>停")
    assert not has_block_tags("雨停了。\n<b>他</b>走了。")


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<script>",
        "<b>",
        "<li>",
        "<a\"<a'",
        "<br ",
        "&a",
        "<pre>\n",
        "<p x=",
        "<td></td>",
    ],
)
@pytest.mark.parametrize("is_page", [True, False])
def test_hostile_markup_costs_time_in_proportion(piece: str, is_page: bool) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        reading_of = read_html(piece * count, lambda _r, _p: "", is_page=is_page)
        assert reading_of.text is not None
        return time.process_time() - start

    small = max(seconds(2_000), 0.004)
    assert seconds(16_000) < 60 * small


def test_nesting_without_end_is_read() -> None:
    assert reading("<div>" * 5000 + "雨").text == "雨"
    assert reading("<b>" * 5000 + "雨" + "</b>" * 5000 + "停").text == "雨停"


# --- what a page's head and its notes say -------------------------------------------------


@pytest.mark.parametrize(
    ("head", "hints"),
    [
        (
            "<title>夜航_林晚_某某小说网</title><meta name='author' content='林晚'>",
            {"title": "夜航", "creators": "林晚"},
        ),
        ("<title>《夜航》最新章节 - 某某网</title>", {"title": "夜航"}),
        ("<title>第三章 夜雨 - 夜航</title>", {}),
        ("<title>夜航&amp;归舟</title>", {"title": "夜航&归舟"}),
        ("<meta name='description' content='一夜 的雨'>", {"description": "一夜 的雨"}),
        ("<title></title>", {}),
    ],
)
def test_the_head_of_a_page_is_a_hint(head: str, hints: dict[str, str]) -> None:
    page = f"<html><head>{head}</head><body><p>雨停了。</p></body></html>"
    passed = read_html(page, lambda reference, position: "", is_page=True)
    assert dict(passed.hints) == hints
    assert passed.text == "雨停了。"


def test_notes_of_a_page_that_stands_alone_find_their_marks() -> None:
    page = (
        "<p>他说<a role='doc-noteref' href='#n1'>①</a>好。</p>"
        "<aside role='doc-footnote' id='n1'><p><a href='#m1'>①</a>甲注</p></aside>"
    )
    passed = read_html(page, lambda reference, position: "", is_page=True, place="note-1-")
    assert [
        (mark.kind, mark.value, passed.text[mark.start : mark.end]) for mark in passed.marks
    ] == [
        (MarkKind.NOTE_REF, "note-1-#n1", "①"),
        (MarkKind.NOTE, "note-1-#n1", "甲注"),
    ]


def test_paragraph_after_paragraph_is_one_edit_and_keeps_breaks() -> None:
    page = "<body><p>月落<br/>乌啼</p>\n<p class='x'>霜满天</p><p>江枫</p></body>"
    passed = read_html(page, lambda reference, position: "", is_page=True)
    assert passed.text == "月落\n乌啼\n\n霜满天\n\n江枫"
    assert [mark.kind for mark in passed.marks] == [MarkKind.LINE_BREAK]


def test_an_end_tag_without_its_paragraph_parts_lines_all_the_same() -> None:
    passed = read_html("甲</p> <p>乙</p><p></p><p>丙", lambda r, p: "", is_page=True)
    assert passed.text == "甲\n\n乙\n\n丙"


@pytest.mark.parametrize(
    ("attributes", "look"),
    [
        (' colspan="3"', "3,1,"),
        (" rowspan=2 style='text-align:center'", "1,2,center"),
        (' align="RIGHT"', "1,1,right"),
        (' colspan="1" align="left"', ""),
        (' colspan="0" rowspan="x"', ""),
        (' colspan="99999"', ""),
        (' colspan="2000"', "1000,1,"),
        (' class="wide"', ""),
    ],
)
def test_a_cell_says_what_it_takes_up(attributes: str, look: str) -> None:
    assert cell_look(attributes) == look
    (cell,) = [
        mark
        for mark in reading(f"<table><tr><td{attributes}>卯</td></tr></table>").marks
        if mark.kind is MarkKind.CELL
    ]
    assert cell.value == look


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("水是H<sub>2</sub>O。", "水是H₂O。"),
        ("x<SUP class=a>2</sup>+10<sup>-3</sup>", "x²+10⁻³"),
        ("f(x)<sup>2</sup>", "f(x)²"),
        ("渡口<sup>2</sup>", "渡口2"),
        ("the 1<sup>st</sup>", "the 1st"),
        ("<sup>2</sup>", "2"),
        ("a<sup>2</sub>", "a2"),
    ],
)
def test_powers_and_formulas_keep_their_meaning(source: str, text: str) -> None:
    assert reading(source).text == text
    assert reading(f"<p>{source}</p>", is_page=True).text == text


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('<p>雨</p><div class="notes"><hr class="notes-rule"/><ol><li>注</li></ol></div>', 0),
        ('<p>雨</p><hr>\n<ol class="duokan-footnote-content"><li>注</li></ol>', 0),
        ('<p>雨</p><hr><aside epub:type="footnote" id="n1">注</aside>', 0),
        ("<p>雨</p><hr><ol><li>船</li></ol>", 1),
        ("<p>雨</p><hr/>", 1),
        ("<p>雨</p><hr></section>", 1),
    ],
)
def test_a_rule_above_notes_is_no_scene_break(source: str, count: int) -> None:
    kinds = [mark.kind for mark in reading(source, is_page=True).marks]
    assert kinds.count(MarkKind.BREAK) == count
