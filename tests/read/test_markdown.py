"""Markdown: marks on the right characters, and every sign in the ledger."""

import pytest

from builder.core.ledger import Edit, Layer, check_order, replay
from builder.core.manuscript import MarkKind
from builder.read.markdown_reader import read_markdown
from builder.read.passes import Passed


def reading(source: str, picture: str = "") -> Passed:
    passed = read_markdown(source, lambda _reference, _position: picture, "note-1-")
    edits = [Edit(rule, at, at + len(old), old, new) for rule, at, old, new in passed.edits]
    layer = Layer.of("read", edits)
    check_order(layer)
    assert replay(source, layer) == passed.text
    return passed


def marks(passed: Passed, *kinds: MarkKind) -> list[tuple[str, str, str]]:
    return [
        (mark.kind.value, passed.text[mark.start : mark.end], mark.value)
        for mark in passed.marks
        if not kinds or mark.kind in kinds
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# 第一章 夜雨\n\n雨停了。\n", "第一章 夜雨\n\n雨停了。"),
        ("第一章\n===\n雨停了。", "第一章\n\n雨停了。"),
        ("## 第二节 ##\n\n\n\n雨", "第二节\n\n雨"),
        ("他*走*了，**真**的***走***了，**没", "他走了，真的走了，**没"),
        ("他 \\*没\\* 走 &nbsp; &amp; `a*b`", "他 *没* 走 \u00a0 & a*b"),
        ("雨停了。\n他走了。", "雨停了。\n他走了。"),
        ("邮局的门总是半开着，里面坐着\n一个戴眼镜的老头，整天低头写字。", "邮局的门总是半开着，里面坐着一个戴眼镜的老头，整天低头写字。"),
        ("> 邮局的门总是半开着，里面坐着\n> 一个戴眼镜的老头。", "邮局的门总是半开着，里面坐着一个戴眼镜的老头。"),
        ("邮局的门总是半开着，里面没有人。\n他等了很久，什么也没有说。", "邮局的门总是半开着，里面没有人。\n他等了很久，什么也没有说。"),
        ("白日依山尽，\n黄河入海流", "白日依山尽，\n黄河入海流"),
        ("故人西辞黄鹤楼去后江水空\n烟花三月下扬州去时柳如烟", "故人西辞黄鹤楼去后江水空\n烟花三月下扬州去时柳如烟"),
        ("邮局的门总是半开着，里面没有人\n第二章 渡口\n他等了很久", "邮局的门总是半开着，里面没有人\n第二章 渡口\n他等了很久"),
        ("the rain\nhas stopped", "the rain has stopped"),
        ("床前明月光，  \n疑是地上霜。\\\n举头", "床前明月光，\n疑是地上霜。\n举头"),
        ("> 信一\n> 信二\n\n尾", "信一\n信二\n\n尾"),
        ("1. 1\n2. # 1\n   > - x\n", "1\n\n1\n\nx"),
        ("- 甲\n- 乙\n\n尾", "甲\n乙\n\n尾"),
        ("    四格缩进的段落。", "四格缩进的段落。"),
        ("```py\na\n  b\n\nc\n```\n尾", "a\n  b\n\nc\n\n尾"),
        ("> ```\n> a\n> b\n> ```\n", "a\nb"),
        ("```\n```\n尾", "尾"),
        ("雨<br>停<span>了</span>", "雨\n停了"),
        ("<div>雨<br/>停</div>\n\n尾", "雨\n停\n\n尾"),
        ("<!-- 注释 -->\n\n雨", "雨"),
        ("[链](<https://a.b> \"题\")与[引][x]与<https://c.d>\n\n[x]: https://e.f", "链与引与https://c.d"),
        ("![远*山*\n图](a.png)雨", "远山 图雨"),
        ("雨\0停", "雨\0停"),
        ("1. 雨\n\t停了", "雨\n停了"),
        ("看`一\n二`三", "看一 二三"),
        ("- ```\n\t雨\n  ```\n", "\t雨\n  ```"),
        ("看[一`]`二](https://a.b)[三", "看一]二[三"),
    ],
)  # fmt: skip
def test_markdown_becomes_text(source: str, text: str) -> None:
    assert reading(source).text == text


def test_marks_lie_on_their_characters() -> None:
    passed = reading(
        "# 第一章\n\n他*走*了，**真[走](https://a.b)**。\n\n> 信\n\n***\n\n```\nx\n```\n"
    )
    assert marks(passed) == [
        ("heading", "第一章", "1"),
        ("emphasis", "走", ""),
        ("strong", "真走", ""),
        ("link", "走", "https://a.b"),
        ("quote", "信", ""),
        ("break", "***", ""),
        ("raw", "x", ""),
    ]


def test_lists_say_where_they_start() -> None:
    passed = reading("3. 甲\n4. 乙\n   - 丙\n")
    assert marks(passed) == [
        ("list", "甲\n乙\n丙", "3"),
        ("item", "甲", ""),
        ("item", "乙\n丙", ""),
        ("list", "丙", ""),
        ("item", "丙", ""),
    ]


def test_tables_keep_their_cells() -> None:
    passed = reading("| 名 | 数 |\n|---|---|\n| 甲*乙* | 1 |\n|  | a\\|b |\n\n尾")
    assert passed.text == "名\n数\n甲乙\n1\n\na|b\n\n尾"
    cells = [text for _, text, _ in marks(passed, MarkKind.CELL)]
    assert cells == ["名", "数", "甲乙", "1", "", "a|b"]
    assert [value for _, _, value in marks(passed, MarkKind.ROW)] == ["header", "", ""]


def test_notes_are_tied_to_their_marks() -> None:
    passed = reading("雨停了[^1]，他[^x]走了。\n\n[^1]: 初夏的雨，\n一夜。\n[^2]: 二")
    assert marks(passed) == [
        ("note_ref", "[^1]", "note-1-1"),
        ("note", "初夏的雨，\n一夜。", "note-1-1"),
        ("note", "二", "note-1-2"),
    ]
    assert "[^x]" in passed.text


def test_hard_breaks_are_marked_and_soft_ones_are_not() -> None:
    assert marks(reading("明月光，  \n地上霜。")) == [("line_break", "\n", "")]
    assert marks(reading("明月光，\n地上霜。")) == []


def test_pictures_and_ruby() -> None:
    passed = reading("![山](a.png)与![](b.png)", picture="a.png")
    assert marks(passed) == [("image", "山", "a.png"), ("image", "\ufffc", "a.png")]
    passed = reading("<ruby>漢<rt>hàn</rt></ruby>字")
    assert marks(passed) == [("ruby", "漢hàn", ""), ("reading", "hàn", "")]


def test_a_link_to_a_script_is_only_text() -> None:
    assert marks(reading("[走](page.html)")) == []


def test_front_matter_is_about_the_book_and_no_part_of_it() -> None:
    passed = reading(
        '---\ntitle: "渡口"\nauthors:\n  - 何舟\n  - 沈砚\nlang: zh-Hant\n'
        "date: 2021-05-06T08:00:00\ntags: [水, '船']\n# 草稿\ndraft: false\nsummary:\n---\n\n# 第一章 夜雨\n\n雨停了。\n"
    )
    assert passed.text == "第一章 夜雨\n\n雨停了。"
    assert dict(passed.hints) == {
        "title": "渡口",
        "creators": "何舟、沈砚",
        "language": "zh-Hant",
        "date": "2021-05-06",
        "subjects": "水、船",
    }
    assert next(edit[0] for edit in passed.edits) == "R106"
    assert marks(passed, MarkKind.HEADING) == [("heading", "第一章 夜雨", "1")]


def test_front_matter_may_be_toml() -> None:
    passed = reading('+++\ntitle = "渡口"\nauthors = ["何舟"]\n[extra]\na = 1\n+++\n雨停了。')
    assert passed.text == "雨停了。"
    assert dict(passed.hints) == {"title": "渡口", "creators": "何舟"}


def test_front_matter_may_say_who_did_what_and_the_series() -> None:
    passed = reading(
        "---\ntitle: 渡口\ntranslators: [何舟, 沈砚]\nillustrator: 周渡\nseries: 四季渡\n"
        "series_index: 4\n---\n雨停了。"
    )
    assert dict(passed.hints) == {
        "title": "渡口",
        "creators.trl": "何舟、沈砚",
        "creators.ill": "周渡",
        "series": "四季渡",
        "series.position": "4",
    }


@pytest.mark.parametrize(
    "source",
    [
        "---\n\n他说：雨停了。\n\n---\n\n她走了。",
        "---\ntitle: 渡口\n\n没有结尾。",
        "---\ntitle: 渡口\n他说雨停了。\n---\n",
        "---\n---\n雨",
        "+++\n雨停了。\n+++\n",
        "---",
    ],
)
def test_a_scene_break_at_the_beginning_is_no_front_matter(source: str) -> None:
    passed = reading(source)
    assert passed.hints == ()
    assert "R106" not in {edit[0] for edit in passed.edits}


def test_a_note_goes_on_in_paragraphs_that_stand_in() -> None:
    source = (
        "渡口[^1]有船[^2]。\n\n[^1]: 在江边。\n\n    冬天没有船，\n    夏天有。\n\n"
        "[^2]: 大船。\n\n天亮了。\n"
    )
    passed = reading(source)
    assert [text for _, text, _ in marks(passed, MarkKind.NOTE)] == [
        "在江边。\n\n冬天没有船，\n夏天有。",
        "大船。",
    ]
    assert passed.text.endswith("天亮了。")


def test_where_paragraphs_stand_in_by_themselves_a_note_ends_with_its_line() -> None:
    source = "    渡口[^1]有船。\n\n[^1]: 在江边。\n\n    天亮了。\n"
    assert [text for _, text, _ in marks(reading(source), MarkKind.NOTE)] == ["在江边。"]


def test_links_to_headings_of_the_text_find_them() -> None:
    source = (
        "# 第一章 渡\n\n见[后](#第二章-辞)、[再](#第二章)、[三](#A-Day!)与[无](#没有)。\n\n"
        "# 第二章 辞\n\n船。\n\n# A Day!\n\n船。\n"
    )
    passed = reading(source)
    links = [value for _, _, value in marks(passed, MarkKind.LINK)]
    places = {
        f"#{mark.value}": passed.text[mark.start :].split("\n")[0]
        for mark in passed.marks
        if mark.kind is MarkKind.ANCHOR
    }
    assert [places.get(link, "") for link in links] == ["第二章 辞", "第二章 辞", "A Day!", ""]
