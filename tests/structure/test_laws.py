"""The laws of the structure, on any pile of lines."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.core.book import Book, NoteRef, Paragraph, Verse
from builder.core.manuscript import Mark, MarkKind
from builder.core.traversal import project, walk
from tests.structure.making import manuscript_of, structured

LINES = st.sampled_from(
    [
        "第一卷 雾港", "第二卷　潮汐", "第一章 灯下", "第一章", "第二章：对岸", "第 3 章  归舟", "第三章归舟",
        "第一卷 雾港 第一章 灯下", "卷二 潮", "三十章 夜", "☆、第四章 雪", "【第五章】", "12、夜雨", "1、风",
        "2、雨", "3、雪", "一、山", "Chapter 2 Rain", "楔子", "序", "尾声", "番外（一） 雪夜", "后记", "目录",
        "《渡口》作者：沈砚", "作者：沈砚", "灯下", "雾港", "归舟",
        "他把灯放下，没有说话［1］。", "她笑了①，又问②。", "［1］灯：船灯。", "①笑：一种笑。", "注释：", "注释", "1. 灯：船灯。", "[1] 灯。", "他把灯[1]放下，又说[2]。", "[2] 二。", "②问话。",
        "他说（注：夜里用的）灯①。", "【注】走：离开。", "（注：此处有误。）", "渡口 第三章 雪", "渡口(3)", "1",
        "第一卷 完", "Chapter Two", "Part One", "番外 第一章 雪", "第三章 雪…………12", "作者　沈砚",
        "江上无风浪自平", "一灯如豆照潮声", "春潮带雨晚来急，野渡无人舟自横。", "山高水长，月白风清。",
        "＊＊＊", "* * *", "---", "他收到一封信：", "阿沅吾妹：", "见字如面。", "兄远山", "壬寅年三月初七夜",
        "“你来了？”", "第三部队开拔了。", "第一章里他写道，", "……", "　", " ", "",
        "甲" * 25 + "。",
    ]
)  # fmt: skip
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n\n\n"])), max_size=14).map(
    lambda pairs: "".join(line + gap for line, gap in pairs)
)
NAMES = st.sampled_from(
    ["001.txt", "002_a1b2.txt", "第三章 夜雨.txt", "4 晨风.txt", "楔子.md", "灯下.txt"]
)


@st.composite
def marks_on(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    """Marks in any place, as broken mark-up may leave them."""
    kinds = st.sampled_from(list(MarkKind))
    marks: list[Mark] = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 20)))
        kind = draw(kinds)
        marks.append(Mark(kind, start, end, draw(st.sampled_from(["", "1", "2", "x", "header"]))))
    return tuple(marks)


def check(book: Book) -> None:
    ids = [section.id for _, section in walk(book.sections)]
    assert len(ids) == len(set(ids))
    assert all(identifier[0].isalpha() and " " not in identifier for identifier in ids)
    note_ids = [note.id for note in book.notes]
    assert len(note_ids) == len(set(note_ids))
    for _, section in walk(book.sections):
        assert section.heading or section.role == "foreword"
        for block in section.blocks:
            if isinstance(block, Paragraph):
                refs = [i.note_id for i in block.inlines if isinstance(i, NoteRef)]
                assert set(refs) <= set(note_ids)
            if isinstance(block, Verse):
                assert block.lines


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_layer_is_exact_for_one_file(text: str) -> None:
    check(structured(manuscript_of(text)).book)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, TEXTS), min_size=2, max_size=5))
def test_layer_is_exact_for_several_files(files: list[tuple[str, str]]) -> None:
    names, texts = zip(*files, strict=True)
    check(structured(manuscript_of(*texts, names=names)).book)


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_layer_is_exact_under_any_marks(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    structured(manuscript_of(text, marks=data.draw(marks_on(text))))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=2, max_size=12, unique=True), st.data())
def test_a_chapter_put_in_moves_no_other_id(numbers: list[int], data: st.DataObject) -> None:
    body = "他在渡口的石阶上站了很久，没有等到要等的人，灯灭了以后才慢慢走回去。"
    ordered = sorted(numbers)
    left_out = data.draw(st.sampled_from(ordered))

    def ids(chosen: list[int]) -> dict[str, str]:
        text = "".join(f"第{n}章 夜雨{n}\n\n{body}\n\n" for n in chosen)
        book = structured(manuscript_of(text)).book
        return {section.heading: section.id for _, section in walk(book.sections)}

    without = ids([n for n in ordered if n != left_out])
    assert without.items() <= ids(ordered).items()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_book(text: str) -> None:
    structured(manuscript_of(text))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_letter_is_lost_that_no_rule_names(text: str) -> None:
    made = structured(manuscript_of(text))
    removed = "".join(edit.before for edit in made.layer if edit.rule != "S001")
    inserted = "".join(edit.after for edit in made.layer if edit.rule != "S001")
    before = sorted(c for c in text + inserted if not c.isspace())
    after = sorted(c for c in project(made.book) + removed if not c.isspace())
    assert before == after
