"""Notes in the text."""

import pytest

from builder.core.book import NoteRef, Paragraph, Text
from builder.core.traversal import inline_text
from tests.structure.making import manuscript_of, structured


def paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of the first section; a note's mark is its note in brackets."""
    book = structured(manuscript_of(f"第一章 灯下\n\n{text}")).book
    notes = {n.id: "".join(_words(block) for block in n.blocks) for n in book.notes}
    return [
        [f"[{notes[i.note_id]}]" if isinstance(i, NoteRef) else _text(i) for i in block.inlines]
        for block in book.body[0].blocks
        if isinstance(block, Paragraph)
    ]


def _words(block: object) -> str:
    assert isinstance(block, Paragraph)
    return inline_text(block.inlines)


def _text(inline: object) -> str:
    assert isinstance(inline, Text)
    return inline.value


def test_a_note_may_stand_behind_its_paragraph() -> None:
    assert paragraphs("船灯①亮着。\n\n①船灯：夜里用的灯。\n\n他走了。") == [
        ["船灯", "[船灯：夜里用的灯。]", "亮着。"],
        ["他走了。"],
    ]


def test_numbers_may_start_again_after_each_block_of_notes() -> None:
    text = "船灯［1］亮着。\n\n［1］灯。\n\n又见桅［1］。\n\n［1］桅。\n\n他走了。"
    assert paragraphs(text) == [
        ["船灯", "[灯。]", "亮着。"],
        ["又见桅", "[桅。]", "。"],
        ["他走了。"],
    ]


def test_a_remark_in_brackets_is_a_note() -> None:
    assert paragraphs("他说（注：夜里用的）船灯。") == [["他说", "[夜里用的]", "船灯。"]]
    assert paragraphs("他说（注意：有雾）船灯。") == [["他说（注意：有雾）船灯。"]]


@pytest.mark.parametrize("line", ["【注】走：离开。", "（注：走：离开。）", "[注] 走：离开。"])
def test_a_remark_on_a_line_of_its_own_belongs_to_the_paragraph_before(line: str) -> None:
    assert paragraphs(f"他走了。\n\n{line}\n\n完。") == [["他走了。", "[走：离开。]"], ["完。"]]


def test_what_has_no_note_stays_text() -> None:
    assert paragraphs("他数到［1］为止。\n\n完。") == [["他数到［1］为止。"], ["完。"]]
    listed = "他要买：\n\n①米三斗\n\n②盐半斤"
    assert paragraphs(listed) == [["他要买："], ["①米三斗"], ["②盐半斤"]]
    assert paragraphs("【注】没有段落在前。") == [["【注】没有段落在前。"]]


def test_the_heading_of_the_notes_is_left_out() -> None:
    assert paragraphs("船灯注①亮着。\n\n注释：\n\n注①：夜里用的灯。") == [
        ["船灯", "[夜里用的灯。]", "亮着。"]
    ]
