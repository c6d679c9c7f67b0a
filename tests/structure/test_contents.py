"""Contents lists in the text, and lines that mark-up says are no headings."""

import pytest

from builder.core.manuscript import Mark, MarkKind
from builder.core.traversal import walk
from tests.structure.making import manuscript_of, structured
from tests.structure.test_families import ASKING, BODY, TITLES, written

FRONT, BACK = "题记", "后记"


def headings(text: str, *marks: Mark) -> list[str]:
    book = structured(manuscript_of(text, marks=marks)).book
    return [section.heading for _, section in walk(book.sections) if section.heading]


@pytest.mark.parametrize("page", ["", "\t{}", "……{}", "  {}"])
@pytest.mark.parametrize("form", ["第{n}章 {t}", "{z} {t}", "{d}回 {t}", "{n}、{t}"])
def test_a_list_of_all_headings_is_left_out(form: str, page: str) -> None:
    lines = [FRONT, *written(form, ASKING), BACK]
    listed = "".join(f"{line}{page.format(7 * at + 1)}\n" for at, line in enumerate(lines))
    text = "".join(f"{line}\n{BODY}" for line in lines)
    made = structured(manuscript_of(f"目录\n\n{listed}\n\n{text}"))
    assert [s.heading for _, s in walk(made.book.sections)] == headings(text)
    assert [one.code for one in made.diagnostics] == ["S106"]


@pytest.mark.parametrize("starts_again", [True, False])
def test_each_volume_may_list_its_own_chapters(starts_again: bool) -> None:
    lines = written("第{n}章 {t}")
    volumes = (
        ("第一卷 风起", lines[:5]),
        ("第二卷 云涌", [f"第{one[1]}章 {title}" for one, title in zip(lines[:5], TITLES[5:], strict=True)]
         if starts_again else lines[5:]),
    )  # fmt: skip
    text = ""
    for volume, chapters in volumes:
        bodies = "\n\n".join(f"{line}\n\n{BODY}" for line in chapters)
        text += f"{volume}\n\n" + "\n".join(chapters) + f"\n\n{bodies}\n"
    made = structured(manuscript_of(text))
    found = [(depth, one.title) for depth, one in walk(made.book.sections)]
    assert found == [
        (0, "风起"), *((1, title) for title in TITLES[:5]),
        (0, "云涌"), *((1, title) for title in TITLES[5:]),
    ]  # fmt: skip
    assert all(len(one.blocks) == 3 for depth, one in walk(made.book.sections) if depth)
    assert [one.code for one in made.diagnostics] == ["S106", "S106"]


def test_a_list_of_things_in_a_story_stays() -> None:
    text = "".join(
        f"{line}\n{BODY}1、先把门闩上\n2、再去井边\n3、天亮\n" for line in written("第{n}章 {t}")
    )
    assert len(headings(text)) == len(TITLES)


@pytest.mark.parametrize("kind", [MarkKind.LIST, MarkKind.TABLE, MarkKind.QUOTE])
def test_nothing_inside_a_list_or_a_quotation_is_a_heading(kind: MarkKind) -> None:
    text = (
        "第一章 雪夜\n\n要带的东西。\n\n第二章 渡口\n\n老周等他。\n\n第三章 的书签\n\n楔子\n\n完。"
    )
    start, end = text.index("第三章"), text.index("\n\n完。")
    assert headings(text, Mark(kind, start, end)) == ["第一章　雪夜", "第二章　渡口"]
    assert len(headings(text)) == 4


def test_a_page_that_is_one_table_has_headings() -> None:
    text = "".join(f"{line}\n{BODY * 20}" for line in written("第{n}章 {t}"))
    assert len(headings(text, Mark(MarkKind.TABLE, 0, len(text)))) == len(TITLES)


def test_mere_numbers_beside_marked_headings_are_text() -> None:
    text = "第一章 雪夜\n\n他来了。\n\n1、不是列表\n\n走了。\n\n第二章 渡口\n\n完。"
    marks = tuple(
        Mark(MarkKind.HEADING, text.index(words), text.index(words) + len(words), "1")
        for words in ("第一章 雪夜", "第二章 渡口")
    )
    assert headings(text, *marks) == ["第一章　雪夜", "第二章　渡口"]


def test_a_list_may_have_several_entries_a_line() -> None:
    lines = written("第{n}章 {t}")
    listed = "\n\n".join("　　".join(lines[at : at + 3]) for at in range(0, 9, 3))
    text = "".join(f"{line}\n{BODY}" for line in lines[:9])
    assert headings(f"目录\n\n{listed}\n\n{text}") == headings(text)


def test_a_page_may_stand_right_behind_an_entry() -> None:
    lines = written("{z}. {t}")
    listed = "".join(f"{line}{at * 7 + 1}\n" for at, line in enumerate(lines))
    text = "".join(f"{line}\n{BODY}" for line in lines)
    assert headings(listed + text) == headings(text)
