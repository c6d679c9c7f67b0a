"""Titles of the contents in the text of a page: found as lines, or set."""

import time

import pytest

from builder.core.manuscript import Mark, MarkKind
from builder.read.documents import Title
from builder.read.passes import Passed
from builder.read.titles import with_titles as titled


def with_titles(passed: Passed, titles: tuple[Title, ...]) -> Passed:
    return titled(passed, titles).passed


def headings(passed: Passed) -> list[tuple[str, str]]:
    return [
        (mark.value, passed.text[mark.start : mark.end])
        for mark in passed.marks
        if mark.kind is MarkKind.HEADING
    ]


def test_no_titles_change_nothing() -> None:
    passed = Passed("雨停了。", (("R110", 0, "<p>", ""),), (Mark(MarkKind.STRONG, 0, 1),))
    assert with_titles(passed, ()) == Passed("雨停了。", (), passed.marks)


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


def test_a_title_without_its_place_is_handed_back() -> None:
    lost = Title("nowhere", "第二章", 1)
    found = titled(Passed("雨停了。"), (Title("", "第一章", 1), lost))
    assert found.passed.text == "第一章\n\n雨停了。"
    assert found.lost == (lost,)


def test_the_only_title_of_a_page_needs_no_place() -> None:
    found = titled(Passed("雨停了。"), (Title("nowhere", "第一章", 1),))
    assert (found.passed.text, found.lost) == ("第一章\n\n雨停了。", ())


def test_several_titles_at_the_head_of_a_file_are_found_further_down() -> None:
    prose = "雨停了。\n" * 6
    passed = Passed(f"第一部 起\n第一章 雪夜\n{prose}第二章 渡口\n{prose}")
    titles = (Title("", "第一部 起", 1), Title("", "第一章 雪夜", 2), Title("", "第二章 渡口", 2))
    found = titled(passed, titles)
    assert found.passed.text == passed.text
    assert headings(found.passed) == [
        ("1", "第一部 起"),
        ("2", "第一章 雪夜"),
        ("2", "第二章 渡口"),
    ]
    assert found.lost == ()


def test_of_several_titles_that_the_text_lacks_the_first_and_what_lies_below_it_are_set() -> None:
    titles = (Title("", "上卷", 1), Title("", "雪夜", 2), Title("", "渡口", 2))
    found = titled(Passed("雨停了。"), titles)
    assert found.passed.text == "上卷\n\n雪夜\n\n雨停了。"
    assert [title.text for title in found.lost] == ["渡口"]


def test_a_title_below_one_that_the_text_has_stands_after_it() -> None:
    titles = (Title("", "上卷", 1), Title("", "雪夜", 2))
    assert with_titles(Passed("上卷\n\n雨停了。"), titles).text == "上卷\n\n雪夜\n\n雨停了。"
    found = with_titles(Passed("上卷"), titles)
    assert found.text == "上卷\n\n雪夜"
    assert headings(found) == [("1", "上卷"), ("2", "雪夜")]


def test_a_group_stands_above_a_heading_that_is_called_otherwise() -> None:
    passed = Passed("第一章　雪夜\n雨停了。", marks=(Mark(MarkKind.HEADING, 0, 6, "2"),))
    titles = (Title("", "上部", 1, is_group=True), Title("", "1", 2))
    assert headings(with_titles(passed, titles)) == [("1", "上部"), ("2", "第一章　雪夜")]


def test_a_title_in_several_lines_becomes_one_line() -> None:
    marks = (
        Mark(MarkKind.HEADING, 0, 3, "1"),
        Mark(MarkKind.HEADING, 5, 7, "2"),
        Mark(MarkKind.STRONG, 9, 11),
    )
    passed = Passed("第一章\n\n雪夜\n\n雨停了。", marks=marks)
    found = with_titles(passed, (Title("", "第一章 雪夜", 1),))
    assert found.text == "第一章\N{IDEOGRAPHIC SPACE}雪夜\n\n雨停了。"
    assert headings(found) == [("1", "第一章\N{IDEOGRAPHIC SPACE}雪夜")]
    (strong,) = [mark for mark in found.marks if mark.kind is MarkKind.STRONG]
    assert found.text[strong.start : strong.end] == "雨停"
    assert [edit[0] for edit in found.edits] == ["R130"]


def test_an_anchor_in_the_midst_of_a_paragraph_does_not_tear_it() -> None:
    passed = Passed("一夜。\n雨停了，天亮了。", anchors=(("b", 8),))
    found = with_titles(passed, (Title("", "雪夜", 1), Title("b", "天亮", 1)))
    assert found.text == "雪夜\n\n一夜。\n天亮\n\n雨停了，天亮了。"


def test_twenty_thousand_titles_in_one_file_are_no_work() -> None:
    count = 20_000
    lines = [f"第{number}章" for number in range(count)]
    text = "\n".join(lines)
    anchors: list[tuple[str, int]] = []
    at = 0
    for number, line in enumerate(lines):
        anchors.append((str(number), at))
        at += len(line) + 1
    headings_before = tuple(Mark(MarkKind.HEADING, start, start + 3, "1") for _, start in anchors)
    titles = tuple(Title(str(number), line, 2) for number, line in enumerate(lines))
    started = time.process_time()
    found = titled(Passed(text, marks=headings_before, anchors=tuple(anchors)), titles)
    assert time.process_time() - started < 5  # 0.4 s, and 14 s when each looked at all
    assert headings(found.passed) == [("2", line) for line in lines]


def test_twenty_thousand_equal_titles_are_no_work() -> None:
    count = 20_000
    text = "\n".join(["他走。"] * 10 + ["甲乙"] * count)
    started = time.process_time()
    found = titled(Passed(text), (Title("", "甲乙", 1),) * count)
    assert time.process_time() - started < 5
    assert len(headings(found.passed)) == count


def test_ten_thousand_titles_within_one_long_line_are_no_work() -> None:
    text = "长" * 5_000_000
    anchors = tuple((str(number), number * 500) for number in range(10_000))
    titles = tuple(Title(str(number), f"题{number}", 1) for number in range(10_000))
    started = time.process_time()
    titled(Passed(text, anchors=anchors), titles)
    assert time.process_time() - started < 5


def test_a_heading_that_holds_half_a_book_is_not_what_the_contents_mean() -> None:
    text = "第一章\n" + "雨停了。" * 2000 + "\n第二章\n他走了。"
    second = text.index("第二章")
    marks = (
        Mark(MarkKind.HEADING, 0, len(text), "1"),
        Mark(MarkKind.HEADING, second, second + 3, "2"),
    )
    passed = Passed(text, marks=marks, anchors=(("b", second),))
    found = with_titles(passed, (Title("", "第一章", 1), Title("b", "第二章", 1)))
    assert [words for _, words in headings(found)] == [text, "第一章", "第二章"]
