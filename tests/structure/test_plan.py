"""The contents as a file that people edit."""

import pytest
from hypothesis import given, settings

from builder.core.book import Book
from builder.core.errors import ConfigError
from builder.core.traversal import project, walk
from builder.structure import PlanFile, plan_of
from tests.structure.making import manuscript_of, structured
from tests.structure.test_laws import TEXTS

TEXT = (
    "《渡口》\n\n序\n\n这本书写了三年。\n\n第一卷 雾港\n\n第一章 灯下\n\n雨停了。\n\n他站了很久。\n\n"
    "第二章 对岸\n\n天亮了。\n\n第二卷 退潮\n\n第三章 归舟\n\n他回来了。\n\n后记\n\n谢谢。\n"
)


def outline(book: Book) -> list[tuple[int, str, str]]:
    return [(depth, section.role, section.heading) for depth, section in walk(book.sections)]


def edited(before: str, after: str) -> Book:
    """The book of a plan in which some words were changed."""
    manuscript = manuscript_of(TEXT)
    plan = plan_of(structured(manuscript).book, manuscript)
    assert before in plan
    contents = PlanFile("plan.txt", plan.replace(before, after))
    return structured(manuscript, contents=contents).book


def test_a_plan_names_level_heading_and_place() -> None:
    manuscript = manuscript_of(TEXT)
    plan = plan_of(structured(manuscript).book, manuscript)
    assert [line for line in plan.splitlines() if not line.startswith("#")] == [
        "preface  序 @ 001.txt:3",
        "volume  第一卷　雾港 @ 001.txt:7",
        "  chapter  第一章　灯下 @ 001.txt:9",
        "  chapter  第二章　对岸 @ 001.txt:15",
        "volume  第二卷　退潮 @ 001.txt:19",
        "  chapter  第三章　归舟 @ 001.txt:21",
        "afterword  后记 @ 001.txt:25",
    ]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_an_unchanged_plan_gives_the_same_contents(text: str) -> None:
    manuscript = manuscript_of(text)
    book = structured(manuscript).book
    plan = PlanFile("plan.txt", plan_of(book, manuscript))
    again = structured(manuscript, contents=plan).book
    assert [s.heading for _, s in walk(again.sections)] == [
        s.heading for _, s in walk(book.sections)
    ]


def test_a_changed_heading_is_printed() -> None:
    book = edited("第一章　灯下", "第一章　灯火")
    assert (1, "chapter", "第一章　灯火") in outline(book)


def test_a_heading_can_be_emptied() -> None:
    book = edited("  chapter  第一章　灯下 @", "  chapter  @")
    assert (1, "chapter", "") in outline(book)


def test_a_deleted_line_makes_its_heading_text() -> None:
    book = edited("  chapter  第二章　对岸 @ 001.txt:15\n", "")
    first = book.body[0].children[0]
    assert [len(section.children) for section in book.body] == [1, 1]
    assert len(first.blocks) == 4


def test_a_level_can_be_changed() -> None:
    book = edited("chapter  第二章　对岸", "section  第二章　对岸")
    assert (2, "subchapter", "第二章　对岸") in outline(book)
    book = edited("chapter  第三章　归舟", "back  第三章　归舟")
    assert [section.role for section in book.back] == ["afterword", "afterword"]


def test_a_section_can_begin_at_any_line() -> None:
    added = "\n  chapter  余波 @ 001.txt:13\n  chapter  第二章　对岸"
    book = edited("\n  chapter  第二章　对岸", added)
    assert [child.heading for child in book.body[0].children] == [
        "第一章　灯下",
        "余波",
        "第二章　对岸",
    ]
    heading_is_the_line = edited("\n  chapter  第二章　对岸", added.replace("余波", "他站了很久。"))
    assert not heading_is_the_line.body[0].children[1].blocks


def test_the_text_before_the_first_entry_stays() -> None:
    book = edited("preface  序 @ 001.txt:3\n", "")
    assert [(s.role, s.heading, len(s.blocks)) for s in book.front] == [("foreword", "", 2)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("kapitel  第一章 @ 001.txt:9", "S202"),
        ("chapter  第一章", "S202"),
        ("chapter  第一章 @ 001.txt:10", "S203"),
        ("chapter  第一章 @ 002.txt:9", "S203"),
        ("chapter  第二章 @ 001.txt:15\nchapter  第一章 @ 001.txt:9", "S204"),
    ],
)
def test_what_a_plan_says_wrong_is_told_with_its_line(line: str, code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        structured(manuscript_of(TEXT), contents=PlanFile("plan.txt", f"# 目\n\n{line}\n"))
    assert caught.value.diagnostic.code == code
    assert caught.value.location is not None
    assert str(caught.value.location).startswith("plan.txt:")


def test_places_say_no_folder_that_all_files_share() -> None:
    names = ("shu/上/01.txt", "shu/下/01.txt")
    manuscript = manuscript_of("第一章 灯下\n\n雨停了。", "第二章 对岸\n\n天亮了。", names=names)
    book = structured(manuscript).book
    plan = plan_of(book, manuscript)
    assert "@ 上/01.txt:1\n" in plan
    again = structured(manuscript, contents=PlanFile("p", plan.replace("灯下", "灯火")))
    assert again.book.body[0].heading == "第一章　灯火"


@pytest.mark.parametrize(
    "lines",
    [
        ["volume  第一卷 @ 001.txt:1", "  chapter  第一章　灯下 @ 001.txt:1"],
        ["chapter  第一章　灯下 @ 001.txt:1", "section  一 @ 001.txt:1", "section  二 @ 001.txt:1"],
        ["chapter  第一章　灯下 @ 001.txt:1", "chapter  第一章　灯下 @ 001.txt:1"],
        ["chapter  甲 @ 001.txt:3", "  section  雨停了。 @ 001.txt:3", "section  雨停了。 @ 001.txt:3"],
    ],
)  # fmt: skip
def test_several_sections_may_begin_at_one_line_which_is_set_once(lines: list[str]) -> None:
    manuscript = manuscript_of("第一章 灯下\n\n雨停了。\n\n他站了很久。\n")
    book = structured(manuscript, contents=PlanFile("plan.txt", "\n".join(lines))).book
    wanted = [line.split(" @ ")[0].split("  ")[-1] for line in lines]
    assert [heading for _, _, heading in outline(book) if heading] == wanted
    assert project(book).count("他站了很久。") == 1


def test_of_two_sections_at_one_heading_the_heading_is_that_which_says_so() -> None:
    manuscript = manuscript_of("第一章 灯下\n\n雨停了。\n")
    plan = "volume  第一卷 @ 001.txt:1\n  chapter  第一章　灯下 @ 001.txt:1\n"
    book = structured(manuscript, contents=PlanFile("plan.txt", plan)).book
    assert outline(book) == [(0, "volume", "第一卷"), (1, "chapter", "第一章　灯下")]
    assert project(book) == "第一卷\n第一章　灯下\n雨停了。"


@pytest.mark.parametrize(
    "line",
    ["chapter " + "@" * 200_000, "chapter " + " " * 200_000 + "x", "chapter " + " @ a:" * 40_000],
)
def test_a_line_that_is_no_entry_is_refused_however_long(line: str) -> None:
    with pytest.raises(ConfigError, match="S202"):
        structured(manuscript_of(TEXT), contents=PlanFile("plan.txt", line))
