"""Titles of the contents in the text of a page: found as lines, or set."""

import pytest

from builder.core.manuscript import Mark, MarkKind
from builder.read.documents import Title
from builder.read.passes import Passed
from builder.read.titles import with_titles


def headings(passed: Passed) -> list[tuple[str, str]]:
    return [
        (mark.value, passed.text[mark.start : mark.end])
        for mark in passed.marks
        if mark.kind is MarkKind.HEADING
    ]


def test_no_titles_change_nothing() -> None:
    passed = Passed("雨停了。", (("R110", 0, "<p>", ""),), (Mark(MarkKind.STRONG, 0, 1),))
    assert with_titles(passed, ()) == Passed("雨停了。", (), passed.marks)


def test_a_title_without_its_place_is_let_go() -> None:
    passed = Passed("雨停了。")
    assert with_titles(passed, (Title("nowhere", "第一章", 1),)).text == "雨停了。"


def test_two_titles_at_one_place_are_set_in_their_order() -> None:
    passed = Passed("雨停了。\n天亮了。", anchors=(("b", 5),), marks=(Mark(MarkKind.STRONG, 5, 7),))
    titles = (Title("", "第一卷", 1), Title("", "第一章", 2), Title("b", "第二章", 2))
    found = with_titles(passed, titles)
    assert found.text == "第一卷\n\n第一章\n\n雨停了。\n第二章\n\n天亮了。"
    assert headings(found) == [("1", "第一卷"), ("2", "第一章"), ("2", "第二章")]
    (strong,) = [mark for mark in found.marks if mark.kind is MarkKind.STRONG]
    assert found.text[strong.start : strong.end] == "天亮"
    assert [edit[:2] for edit in found.edits] == [("R107", 0), ("R107", 5)]


def test_a_line_is_one_heading_only() -> None:
    passed = Passed("第一章 夜雨\n雨停了。")
    titles = (Title("", "第一章　夜雨", 3), Title("", "第一章　夜雨", 9))
    assert headings(with_titles(passed, titles)) == [("3", "第一章 夜雨")]


@pytest.mark.parametrize("line", ["第一章：夜雨", "第一章  夜雨", "第一章·夜雨", "第一章夜雨"])
def test_space_and_colons_between_number_and_name_do_not_matter(line: str) -> None:
    found = with_titles(Passed(f"{line}\n雨停了。"), (Title("", "第一章　夜雨", 1),))
    assert headings(found) == [("1", line)]


def test_a_title_far_down_the_page_is_not_the_one_meant() -> None:
    passed = Passed("一。\n二。\n三。\n四。\n五。\n夜雨")
    found = with_titles(passed, (Title("", "夜雨", 1),))
    assert found.text.startswith("夜雨\n\n一。")
