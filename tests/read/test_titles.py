"""Titles of the contents in the text of a page: found as lines, or set."""

import time
from collections.abc import Callable
from itertools import accumulate

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


def growth(few: Callable[[], object], many: Callable[[], object]) -> float:
    """How many times as long the second takes as the first, by processor time."""
    taken = []
    for work in (few, many):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return taken[1] / taken[0]


def with_lines(count: int) -> list[tuple[str, str]]:
    """A file of so many lines, each with a title of its own."""
    lines = [f"第{number}章" for number in range(count)]
    starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    marks = tuple(Mark(MarkKind.HEADING, start, start + 3, "1") for start in starts)
    anchors = tuple((str(number), start) for number, start in enumerate(starts))
    titles = tuple(Title(str(number), line, 2) for number, line in enumerate(lines))
    found = titled(Passed("\n".join(lines), marks=marks, anchors=anchors), titles)
    assert headings(found.passed) == [("2", line) for line in lines]
    return headings(found.passed)


def test_twenty_thousand_titles_in_one_file_take_the_time_of_their_number() -> None:
    # 10 times as many; 100 times as long when each looked at all.
    assert growth(lambda: with_lines(2_000), lambda: with_lines(20_000)) < 35


def with_equals(count: int) -> None:
    found = titled(
        Passed("\n".join(["他走。"] * 10 + ["甲乙"] * count)), (Title("", "甲乙", 1),) * count
    )
    assert len(headings(found.passed)) == count


def test_twenty_thousand_equal_titles_take_the_time_of_their_number() -> None:
    assert growth(lambda: with_equals(2_000), lambda: with_equals(20_000)) < 35


def within_a_line(count: int) -> None:
    """Titles that are nowhere, each to be looked for near its anchor in one long line."""
    anchors = tuple((str(number), number * 500) for number in range(count))
    titles = tuple(Title(str(number), f"题{number}", 1) for number in range(count))
    titled(Passed("长" * 500 * count, anchors=anchors), titles)


def test_ten_thousand_titles_within_one_long_line_take_the_time_of_their_number() -> None:
    assert growth(lambda: within_a_line(1_000), lambda: within_a_line(10_000)) < 35


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
