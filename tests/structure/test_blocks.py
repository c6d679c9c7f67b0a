import pytest

from builder.core.book import (
    Block,
    Break,
    CellLook,
    Emphasis,
    Figure,
    Heading,
    Image,
    LineBreak,
    Link,
    ListBlock,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Table,
    Text,
    Verse,
)
from builder.core.manuscript import Mark, MarkKind
from builder.core.traversal import inline_text
from tests.structure.making import book_of, manuscript_of, structured


def blocks_of(text: str, *marks: Mark) -> tuple[Block, ...]:
    return structured(manuscript_of(text, marks=marks)).book.body[0].blocks


def mark_on(text: str, words: str, kind: MarkKind, value: str = "") -> Mark:
    at = text.index(words)
    return Mark(kind, at, at + len(words), value)


def kinds(text: str) -> list[str]:
    return [type(block).__name__ for block in blocks_of(f"第一章 灯下\n\n{text}")]


def test_short_lines_between_blank_lines_are_verse() -> None:
    assert kinds("他念：\n\n江上无风浪自平\n一灯如豆照潮声\n\n念完就走了。") == [
        "Paragraph",
        "Verse",
        "Paragraph",
    ]


def test_stanzas_stay_one_poem() -> None:
    (verse,) = blocks_of("第一章\n\n江上无风\n一灯如豆\n\n潮声又起\n有人渡河")
    assert isinstance(verse, Verse)
    assert [inline_text(line) for line in verse.lines] == [
        "江上无风",
        "一灯如豆",
        "",
        "潮声又起",
        "有人渡河",
    ]


def test_couplets_of_one_pattern_are_verse_without_blank_lines() -> None:
    text = "他念了四句。\n春潮带雨晚来急，野渡无人舟自横。\n一灯照水三更冷，双桨摇风五里轻。\n念完就走了，没有回头看那条船一眼。"
    assert kinds(text) == ["Paragraph", "Verse", "Paragraph"]


def test_short_prose_and_speech_are_no_verse() -> None:
    assert kinds("他走了。\n\n雨停了。\n\n天亮了。") == ["Paragraph"] * 3
    assert kinds("他问了两遍。\n\n“走吗？”\n“不走。”\n\n然后就没有声音了。") == ["Paragraph"] * 4


def test_rows_of_ornaments_are_scene_breaks() -> None:
    assert (
        kinds("甲。\n\n＊＊＊\n\n乙。\n\n* * *\n\n丙。\n\n-----\n\n丁。\n\n◇\n\n戊。").count(
            "Break"
        )
        == 4
    )
    assert kinds("甲。\n\n……\n\n乙。\n\n——\n\n丙。") == ["Paragraph"] * 5


LETTER = "他拆开信：\n\n阿沅吾妹：\n\n见字如面。\n\n此致\n\n敬礼\n\n雾港水文站 余生\n\n壬寅年三月初七\n\n信到这里就完了。"


def test_a_letter_runs_from_salutation_to_date() -> None:
    before, letter, after = blocks_of(f"第一章\n\n{LETTER}")
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert isinstance(letter, Quote)
    roles = [block.role for block in letter.blocks if isinstance(block, Paragraph)]
    assert letter.kind == "letter"
    assert roles == ["salutation", "body", "body", "body", "signature", "signature"]


def test_speech_after_a_colon_is_no_letter() -> None:
    assert "Quote" not in kinds("他拆开信：\n\n他说：\n\n见字如面。\n\n壬寅年三月初七")
    assert "Quote" not in kinds("他拆开信：\n\n阿沅吾妹：\n\n见字如面。\n\n信到这里就完了。")
    assert "Quote" not in kinds("雨停了。\n\n阿沅吾妹：\n\n见字如面。\n\n壬寅年三月初七")


def test_notes_are_linked_and_moved_to_the_end() -> None:
    made = structured(
        manuscript_of(
            "第一章\n\n船灯［1］挂在桅［2］上。\n\n注释：\n\n［1］船灯：夜里用的灯。\n\n［2］桅：挂帆的杆。",
            "第二章\n\n又见船灯［1］。\n\n［1］见前。",
        )
    )
    first = made.book.body[0].blocks
    assert len(first) == 1
    assert isinstance(first[0], Paragraph)
    refs = [inline.note_id for inline in first[0].inlines if isinstance(inline, NoteRef)]
    assert refs == [note.id for note in made.book.notes[:2]]
    assert len({note.id for note in made.book.notes}) == 3
    for move in made.layer.moves:
        assert made.layer.forward(move.start) == move.target
    assert len(made.layer.moves) == 3


def test_circled_numbers_are_marks_too() -> None:
    book = book_of("第一章\n\n她笑了①。\n\n①笑：一种笑。")
    assert len(book.notes) == 1


def test_a_mark_at_one_end_only_stays_text() -> None:
    made = structured(manuscript_of("第一章\n\n船灯［1］。\n\n［1］灯。\n\n［2］桅。"))
    assert len(made.book.notes) == 1
    assert [d.code for d in made.diagnostics] == ["S105"]
    assert not book_of("第一章\n\n他数到［3］为止。").notes


def test_marked_notes_are_notes() -> None:
    text = "第一章\n\n船灯[a]亮着。\n\n夜里用的灯。\n\n完。"
    made = structured(
        manuscript_of(
            text,
            marks=(
                mark_on(text, "[a]", MarkKind.NOTE_REF, "灯"),
                mark_on(text, "夜里用的灯。", MarkKind.NOTE, "灯"),
            ),
        )
    )
    assert [note.id[:5] for note in made.book.notes] == ["note-"]
    paragraph = made.book.body[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (Text("船灯"), NoteRef(made.book.notes[0].id), Text("亮着。"))


@pytest.mark.parametrize(
    ("mark", "words", "left"),
    [
        ("①", "①夜里用的灯。", "夜里用的灯。"),
        ("[1]", "[1] 夜里用的灯。", "夜里用的灯。"),
        ("1", "1. 夜里用的灯。", "夜里用的灯。"),
        ("1", "1840年的灯。", "1840年的灯。"),
        ("1", "1盏灯。", "1盏灯。"),
        ("①", "②夜里用的灯。", "②夜里用的灯。"),
    ],
)
def test_a_marked_note_is_numbered_once(mark: str, words: str, left: str) -> None:
    text = f"第一章\n\n船灯{mark}亮着。\n\n{words}\n\n完。"
    start = text.index(mark)
    made = structured(
        manuscript_of(
            text,
            marks=(
                Mark(MarkKind.NOTE_REF, start, start + len(mark), "灯"),
                mark_on(text, words, MarkKind.NOTE, "灯"),
            ),
        )
    )
    (note,) = made.book.notes
    (paragraph,) = note.blocks
    assert isinstance(paragraph, Paragraph)
    assert inline_text(paragraph.inlines) == left


def test_a_link_around_the_mark_of_a_note_is_the_mark() -> None:
    text = "第一章\n\n船灯[1]亮着。\n\n夜里用的灯。\n\n完。"
    marks = (
        mark_on(text, "[1]", MarkKind.LINK, "#c1"),
        mark_on(text, "[1]", MarkKind.NOTE_REF, "灯"),
        mark_on(text, "夜里用的灯。", MarkKind.NOTE, "灯"),
    )
    book = structured(manuscript_of(text, marks=marks)).book
    paragraph = book.body[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines[1] == NoteRef(book.notes[0].id)


def test_a_link_in_a_link_parts_it() -> None:
    text = "第一章\n\n船灯亮着了。"
    marks = (
        mark_on(text, "船灯亮着", MarkKind.LINK, "a"),
        mark_on(text, "灯亮", MarkKind.EMPHASIS),
        mark_on(text, "亮", MarkKind.LINK, "b"),
    )
    paragraph = structured(manuscript_of(text, marks=marks)).book.body[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        Link("a", (Text("船"),)),
        Emphasis((Text("灯"), Link("b", (Text("亮"),)))),
        Link("a", (Text("着"),)),
        Text("了。"),
    )


def test_a_marked_reference_without_its_note_stays_text_and_is_reported() -> None:
    text = "第一章\n\n船灯[a]亮着。"
    made = structured(manuscript_of(text, marks=(mark_on(text, "[a]", MarkKind.NOTE_REF, "灯"),)))
    assert made.book.body[0].blocks[0] == Paragraph(
        (Text("船灯"), Text("[a]"), Text("亮着。")), span=made.book.body[0].blocks[0].span
    )
    assert [d.code for d in made.diagnostics] == ["S104"]


def test_inline_marks_become_inlines() -> None:
    text = "第一章\n\n他把船灯点上，见此处与图，㵘字读作măn。"
    marks = (
        mark_on(text, "船灯", MarkKind.EMPHASIS),
        mark_on(text, "灯", MarkKind.STRONG),
        mark_on(text, "此处", MarkKind.LINK, "https://dukou.example/"),
        mark_on(text, "图", MarkKind.IMAGE, "tu.png"),
        mark_on(text, "字读作măn", MarkKind.RUBY),
        mark_on(text, "măn", MarkKind.READING),
    )
    (paragraph,) = blocks_of(text, *marks)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        Text("他把"),
        Emphasis((Text("船"), Emphasis((Text("灯"),), strong=True))),
        Text("点上，见"),
        Link("https://dukou.example/", (Text("此处"),)),
        Text("与"),
        Image("tu.png", "图"),
        Text("，㵘"),
        Ruby("字读作", "măn"),
        Text("。"),
    )


def test_a_line_break_stays_inside_its_paragraph() -> None:
    text = "第一章\n\n上一行\n下一行\n\n完。"
    at = text.index("\n下")
    paragraph = blocks_of(text, Mark(MarkKind.LINE_BREAK, at, at + 1))[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (Text("上一行"), LineBreak(), Text("下一行"))


def test_block_marks_become_blocks() -> None:
    text = "第一章\n\n引文一。\n引文二。\n\n其一\n其二\n\n品名\n价钱\n灯\n三元\n\n诗一句话也可以很长很长很长很长很长很长。\n诗\n\n  for x:\n    y\n\n小题\n\n***\n\n甲"
    table = "品名\n价钱\n灯\n三元"
    marks = (
        mark_on(text, "引文一。\n引文二。", MarkKind.QUOTE),
        mark_on(text, "其一\n其二", MarkKind.LIST, "3"),
        mark_on(text, "其一", MarkKind.ITEM),
        mark_on(text, "其二", MarkKind.ITEM),
        mark_on(text, table, MarkKind.TABLE),
        mark_on(text, "品名\n价钱", MarkKind.ROW, "header"),
        mark_on(text, "品名", MarkKind.CELL),
        mark_on(text, "价钱", MarkKind.CELL),
        mark_on(text, "灯\n三元", MarkKind.ROW),
        mark_on(text, "灯", MarkKind.CELL),
        mark_on(text, "三元", MarkKind.CELL),
        mark_on(text, "诗一句话也可以很长很长很长很长很长很长。\n诗", MarkKind.VERSE),
        mark_on(text, "  for x:\n    y", MarkKind.RAW),
        mark_on(text, "***", MarkKind.BREAK),
        mark_on(text, "甲", MarkKind.IMAGE, "jia.png"),
    )
    found = blocks_of(text, *marks)
    assert [type(block) for block in found] == [
        Quote, ListBlock, Table, Verse, Raw, Paragraph, Break, Figure,
    ]  # fmt: skip
    listed, table_block, raw = found[1], found[2], found[4]
    assert isinstance(listed, ListBlock)
    assert (listed.is_ordered, listed.start, len(listed.items)) == (True, 3, 2)
    assert isinstance(table_block, Table)
    assert (table_block.header_rows, len(table_block.rows)) == (1, 2)
    assert isinstance(raw, Raw)
    assert raw.text == "  for x:\n    y"


def test_deep_headings_inside_a_section_are_blocks() -> None:
    text = "第一章\n\n甲。\n\n小题\n\n乙。"
    found = blocks_of(
        text,
        mark_on(text, "第一章", MarkKind.HEADING, "1"),
        mark_on(text, "小题", MarkKind.HEADING, "4"),
    )
    assert [type(block) for block in found] == [Paragraph, Heading, Paragraph]
    assert isinstance(found[1], Heading)
    assert found[1].level == 4


def test_a_picture_without_words_keeps_its_place() -> None:
    text = "第一章\n\n甲。\n\n\n\n乙。"
    at = text.index("甲。") + 4
    found = blocks_of(text, Mark(MarkKind.IMAGE, at, at, "tu.png"))
    assert [type(block) for block in found] == [Paragraph, Figure, Paragraph]


def test_a_caption_of_a_table_stands_above_it_and_its_head_stays_a_head() -> None:
    text = "渡船的班次\n时辰\n船\n卯时\n大船"
    blocks = blocks_of(
        text,
        Mark(MarkKind.TABLE, 0, len(text)),
        mark_on(text, "渡船的班次", MarkKind.CAPTION),
        mark_on(text, "时辰\n船", MarkKind.ROW, "header"),
        mark_on(text, "时辰", MarkKind.CELL),
        mark_on(text, "船\n", MarkKind.CELL),
        mark_on(text, "卯时\n大船", MarkKind.ROW),
        mark_on(text, "卯时", MarkKind.CELL),
        mark_on(text, "大船", MarkKind.CELL),
    )
    caption, table = blocks
    assert isinstance(caption, Paragraph)
    assert caption.inlines == (Text("渡船的班次"),)
    assert isinstance(table, Table)
    assert table.header_rows == 1
    assert [len(row) for row in table.rows] == [2, 2]


def test_cells_keep_the_columns_and_rows_they_take_up() -> None:
    text = "天还没有亮，渡口已经站满了人。\n\n渡船\n初一\n卯"
    blocks = blocks_of(
        text,
        mark_on(text, "渡船\n初一\n卯", MarkKind.TABLE),
        mark_on(text, "渡船\n", MarkKind.ROW, "header"),
        mark_on(text, "渡船\n", MarkKind.CELL, "2,1,"),
        mark_on(text, "初一\n卯", MarkKind.ROW),
        mark_on(text, "初一\n", MarkKind.CELL),
        mark_on(text, "卯", MarkKind.CELL, "1,3,right"),
    )
    table = blocks[-1]
    assert isinstance(table, Table)
    assert table.looks == ((CellLook(2),), (CellLook(), CellLook(1, 3, "right")))


def test_a_table_of_nothing_but_a_caption_is_a_paragraph() -> None:
    text = "天还没有亮，渡口已经站满了人。\n\n渡船的班次"
    marks = (
        mark_on(text, "渡船的班次", MarkKind.TABLE),
        mark_on(text, "渡船的班次", MarkKind.CAPTION),
    )
    assert [type(block) for block in blocks_of(text, *marks)] == [Paragraph, Paragraph]


def test_spans_point_into_the_manuscript() -> None:
    text = "第一章\n\n雨停了。\n\n天亮了。"
    for block, words in zip(blocks_of(text), ("雨停了。", "天亮了。"), strict=True):
        assert block.span.of(text) == words


def test_a_caption_belongs_to_the_picture_above_it() -> None:
    text = "第一章\n\n甲。\n\n图\n\n渡口的灯\n\n乙。\n\n没有图的说明"
    marks = (
        mark_on(text, "图", MarkKind.IMAGE, "tu.png"),
        mark_on(text, "渡口的灯", MarkKind.CAPTION),
        mark_on(text, "没有图的说明", MarkKind.CAPTION),
    )
    found = blocks_of(text, *marks)
    assert [type(block) for block in found] == [Paragraph, Figure, Paragraph, Paragraph]
    assert isinstance(found[1], Figure)
    assert inline_text(found[1].caption) == "渡口的灯"


def roles_of(text: str) -> list[str]:
    section = book_of(text).sections[-1]
    return [block.role for block in section.blocks if isinstance(block, Paragraph)]


def test_name_and_date_at_the_end_of_an_afterword_are_its_signature() -> None:
    text = "第一章 灯\n\n天亮了，他没有走。\n\n后记\n\n写完了，我也老了。\n\n想了想，差不多。\n\n沈砚\n\n二〇二六年七月九日\n"
    assert roles_of(text) == ["body", "body", "signature", "signature"]
    assert roles_of(text.replace("沈砚\n\n", "")) == ["body", "body", "signature"]


def test_a_chapter_and_an_afterword_that_goes_on_have_no_signature() -> None:
    chapter = "第一章 灯\n\n天亮了，他没有走。\n\n他还是没有走。\n\n沈砚\n\n二〇二六年七月九日\n"
    assert "signature" not in roles_of(chapter)
    told = "第一章 灯\n\n天亮了，他没有走。\n\n后记\n\n写完了，我也老了。\n\n沈砚\n\n那年七月我才明白，他不会来了。\n"
    assert "signature" not in roles_of(told)
