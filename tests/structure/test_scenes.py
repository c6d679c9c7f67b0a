"""Scene breaks that are nothing but a gap."""

import pytest

from builder.core.book import Break
from builder.core.manuscript import Mark, MarkKind
from tests.structure.making import manuscript_of, structured

SENTENCES = (
    "他在渡口的石阶上站了很久，没有等到要等的人。", "“你来了？”她问。", "灯灭了以后他才慢慢走回去。",
    "船家收起了桨，望着对岸的灯。", "雨下了一夜，天亮时才停！", "没有人知道那封信写了什么……",
)  # fmt: skip


def scene(count: int, gap: str) -> str:
    return gap.join(SENTENCES[at % len(SENTENCES)] for at in range(count))


def breaks(text: str, *marks: Mark) -> list[int]:
    """After how many paragraphs each scene break of the first section stands."""
    section = structured(manuscript_of(text, marks=marks)).book.body[0]
    found, count = [], 0
    for block in section.blocks:
        if isinstance(block, Break):
            found.append(count)
        else:
            count += 1
    return found


@pytest.mark.parametrize(("gap", "wide"), [("\n", "\n\n"), ("\n", "\n\n\n"), ("\n\n", "\n\n\n")])
def test_a_gap_wider_than_the_books_own_ends_a_scene(gap: str, wide: str) -> None:
    text = wide.join([scene(12, gap), scene(10, gap), scene(1, gap)])
    assert breaks(f"第一章 灯下\n\n{text}\n") == [12, 22]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_the_books_own_gaps_mean_nothing(gap: str) -> None:
    assert breaks(f"第一章 灯下\n\n\n{scene(24, gap)}\n") == []


def test_gaps_that_come_often_mean_nothing() -> None:
    text = "\n\n".join(scene(4, "\n") for _ in range(8))
    assert breaks(f"第一章 灯下\n{text}\n") == []


def test_what_is_set_apart_is_no_scene() -> None:
    sign = "\n\n门上写着：\n\n内有恶犬\n\n"
    assert breaks(f"第一章 灯下\n{scene(24, chr(10))}{sign}{scene(24, chr(10))}\n") == []
    alone = "\n\n他把那一页又读了一遍。\n\n"
    assert breaks(f"第一章 灯下\n{scene(24, chr(10))}{alone}{scene(24, chr(10))}\n") == []


def test_a_gap_before_notes_or_beside_ornaments_is_no_other_break() -> None:
    notes = "\n\n①灯：船灯。\n②桅：杆。\n"
    text = f"第一章 灯下\n他看见灯①和桅②。\n{scene(24, chr(10))}{notes}"
    assert breaks(text) == []
    rows = f"第一章 灯下\n{scene(12, chr(10))}\n\n＊＊＊\n\n{scene(12, chr(10))}\n"
    assert breaks(rows) == [12]


def test_gaps_of_wrapped_text_part_paragraphs() -> None:
    line = "他在渡口的石阶上站了很久没有等到要等的人灯灭"
    paragraph = "\n".join([*[line] * 11, "了以后才慢慢走回去。"])
    assert breaks("第一章 灯下\n" + "\n\n".join([paragraph] * 5)) == []


def test_in_a_book_with_mark_up_gaps_mean_nothing() -> None:
    text = f"第一章 灯下\n{scene(12, chr(10))}\n\n{scene(12, chr(10))}\n"
    assert breaks(text) == [12]
    assert breaks(text, Mark(MarkKind.QUOTE, text.index("船家"), text.index("雨下"))) == []
