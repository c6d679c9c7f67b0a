"""Notes gathered at the end of a volume or of the book."""

import pytest

from builder.core.book import Block, Book, NoteRef, Paragraph
from builder.core.traversal import inline_text, walk
from tests.structure.making import manuscript_of, structured

BODY = "他在渡口的石阶上站了很久，没有等到要等的人，灯灭了以后才慢慢走回去。\n\n"


def shown(book: Book) -> list[str]:
    """Each section: its heading, and its paragraphs with notes in angle brackets."""
    notes = {note.id: "/".join(_words(block) for block in note.blocks) for note in book.notes}
    found: list[str] = []
    for _, section in walk(book.sections):
        lines = [section.heading]
        for block in section.blocks:
            assert isinstance(block, Paragraph)
            words = "".join(
                f"<{notes[one.note_id]}>" if isinstance(one, NoteRef) else inline_text((one,))
                for one in block.inlines
            )
            if words != BODY.strip():
                lines.append(words)
        found.append("|".join(lines))
    return found


def _words(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return inline_text(block.inlines)


def shown_of(text: str) -> list[str]:
    return shown(structured(manuscript_of(text)).book)


def chapters(*marked: str) -> str:
    names = ("灯下", "对岸", "归舟", "夜雨")
    return "".join(
        f"第{'一二三四'[at]}章 {names[at]}\n\n{BODY}{words}\n\n" for at, words in enumerate(marked)
    )


@pytest.mark.parametrize(
    ("mark", "entry"),
    [
        ("[{}]", "[{}] "), ("［{}］", "{}. "), ("〔{}〕", "{}、"), ("（{}）", "（{}）"), ("注{}", "注{}："),
        ("[注{}]", "[注{}]"), ("[{}]", "{}　"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["注释", "【註釋】", "尾注：", "全书注释", "Notes"])
def test_notes_that_count_through_belong_to_their_marks(
    mark: str, entry: str, heading: str
) -> None:
    text = chapters(
        f"船灯{mark.format(1)}亮着，桅{mark.format(2)}断了。", f"网{mark.format(3)}破了。"
    )
    words = ("夜里行船用的灯。", "挂帆的杆。", "打鱼的网。")
    listed = "\n\n".join(f"{entry.format(n)}{one}" for n, one in enumerate(words, 1))
    assert shown_of(f"{text}{heading}\n\n{listed}\n") == [
        "第一章　灯下|船灯<夜里行船用的灯。>亮着，桅<挂帆的杆。>断了。",
        "第二章　对岸|网<打鱼的网。>破了。",
    ]


CHAPTERWISE = [
    "第一章　灯下|船灯<夜里行船用的灯。>亮着，桅<挂帆的杆。/没有帆的时候也叫桅。>断了。",
    "第二章　对岸|没有注的一章。",
    "第三章　归舟|网<打鱼的网。>破了。",
]


def test_notes_that_start_again_stand_below_their_chapters_headings() -> None:
    text = chapters("船灯①亮着，桅②断了。", "没有注的一章。", "网①破了。")
    notes = (
        "注释\n\n第一章 灯下\n\n①夜里行船用的灯。\n\n②挂帆的杆。\n\n没有帆的时候也叫桅。\n\n"
        "第三章\n\n①打鱼的网。\n\n后记\n\n写完了。\n"
    )
    assert shown_of(text + notes) == [*CHAPTERWISE, "后记|写完了。"]


def test_notes_that_start_again_are_told_apart_by_order() -> None:
    text = chapters("船灯①亮着，桅②断了。", "没有注的一章。", "网①破了。")
    notes = "注释\n\n①夜里行船用的灯。\n\n②挂帆的杆。\n\n没有帆的时候也叫桅。\n\n①打鱼的网。\n"
    # Without ③ behind them a lone line would be another paragraph of the note or the text.
    assert shown_of(text + notes.replace("\n\n没有帆的时候也叫桅。", "")) == [
        one.replace("/没有帆的时候也叫桅。", "") for one in CHAPTERWISE
    ]


def test_each_volume_may_have_its_own_notes() -> None:
    first = (
        f"第一卷 雾港\n\n第一章 灯下\n\n{BODY}船灯[1]亮着。\n\n第二章 对岸\n\n{BODY}网[2]破了。\n\n"
    )
    second = (
        f"第二卷 潮汐\n\n第三章 归舟\n\n{BODY}风[1]起了。\n\n第四章 夜雨\n\n{BODY}雨[2]来了。\n\n"
    )
    assert shown_of(
        f"{first}注释\n\n[1] 灯。\n\n[2] 网。\n\n{second}注释\n\n[1] 风。\n\n[2] 雨。\n"
    ) == [
        "第一卷　雾港", "第一章　灯下|船灯<灯。>亮着。", "第二章　对岸|网<网。>破了。",
        "第二卷　潮汐", "第三章　归舟|风<风。>起了。", "第四章　夜雨|雨<雨。>来了。",
    ]  # fmt: skip


def test_a_list_without_heading_at_the_end_of_the_book_is_one() -> None:
    text = chapters("船灯[1]亮着。", "网[2]破了。") + "[1] 灯。\n\n[2] 网。\n"
    assert shown_of(text) == ["第一章　灯下|船灯<灯。>亮着。", "第二章　对岸|网<网。>破了。"]


@pytest.mark.parametrize("notes", ["1. 灯。\n\n2. 网。", "注释\n\n1. 灯。\n\n2. 网。"])
def test_a_file_of_notes_is_no_chapter(notes: str) -> None:
    texts = (f"{BODY}船灯[1]亮着。\n", f"{BODY}网[2]破了。\n", notes)
    names = ("第一章 灯下.txt", "第二章 对岸.txt", "03 注释.txt")
    assert shown(structured(manuscript_of(*texts, names=names)).book) == [
        "第一章　灯下|船灯<灯。>亮着。",
        "第二章　对岸|网<网。>破了。",
    ]


def test_what_has_no_mark_stays_in_a_section_of_its_own() -> None:
    text = (
        chapters("船灯[1]亮着。", "网[2]破了[9]。") + "注释\n\n[1] 灯。\n\n[2] 网。\n\n[3] 桅。\n"
    )
    made = structured(manuscript_of(text))
    assert shown(made.book)[1:] == ["第二章　对岸|网<网。>破了[9]。", "注释|[3] 桅。"]
    assert [one.code for one in made.diagnostics] == ["S104", "S105"]


def test_notes_may_begin_with_any_number_below_a_heading() -> None:
    text = (
        chapters("船灯[12]亮着。", "网[13]破了。")
        + "注释\n\n第一章\n\n[12] 灯。\n\n第二章\n\n[13] 网。\n"
    )
    assert shown_of(text) == ["第一章　灯下|船灯<灯。>亮着。", "第二章　对岸|网<网。>破了。"]


def test_a_mark_may_stand_twice() -> None:
    text = chapters("船灯[1]亮着。", "网[2]破了，船灯[1]灭了。") + "注释\n\n[1] 灯。\n\n[2] 网。\n"
    assert shown_of(text)[1] == "第二章　对岸|网<网。>破了，船灯<灯。>灭了。"


def test_lists_of_other_things_stay_text() -> None:
    text = chapters("他买了两样。", "他又走了。")
    listed = "注释\n\n1. 米三斗\n\n2. 盐半斤\n"
    made = structured(manuscript_of(text + listed))
    assert shown(made.book)[1] == "第二章　对岸|他又走了。|注释|1. 米三斗|2. 盐半斤"
    assert not made.diagnostics
    spoken = chapters("他说注释完了他就走。", "[1]灯。")
    assert shown_of(spoken)[1] == "第二章　对岸|[1]灯。"


def test_marks_that_start_again_are_not_tied_to_notes_that_count_through() -> None:
    text = chapters("船灯[1]亮着[2]。", "网[1]破了[2]。", "风[1]起了[2]。")
    made = structured(
        manuscript_of(text + "注释\n\n[1] 灯。\n\n[2] 桅。\n\n[3] 网。\n\n[4] 杆。\n")
    )
    assert not made.book.notes
    assert [one.code for one in made.diagnostics] == ["S109"]
