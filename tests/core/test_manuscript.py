"""A manuscript knows where its characters came from, and its marks move with the text."""

import pytest

from builder.core.diagnostic import Location
from builder.core.ledger import Edit, Layer, Ledger, replay
from builder.core.ledger_file import record
from builder.core.manuscript import Manuscript, Mark, MarkKind, SourceFile


def manuscript() -> Manuscript:
    decoded = "  第一章\n  他说“好”\n  第二章\n"
    return Manuscript(
        decoded,
        decoded,
        (SourceFile("01.txt", 0, 15, "utf-8"), SourceFile("02.txt", 15, 21, "gb18030", 0.9)),
        marks=(Mark(MarkKind.EMPHASIS, 10, 13), Mark(MarkKind.BREAK, 14, 14)),
    )


def without_indents(before: Manuscript) -> Manuscript:
    starts = [0, 6, 14]
    layer = Layer.of(
        "normalize", [Edit("N003", at, at + 2, before.text[at : at + 2], "") for at in starts]
    )
    return before.after(replay(before.text, layer), layer)


def test_places_are_told_by_file_line_and_column() -> None:
    assert manuscript().location(8) == Location("01.txt", 2, 3)
    assert manuscript().location(17) == Location("02.txt", 1, 3)
    assert Manuscript("", "", ()).location(0) == Location("")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(line_end: str) -> None:
    decoded = line_end.join(["第一章", "他来了。", "", "她走了。"])
    book = Manuscript(decoded, decoded, (SourceFile("a.txt", 0, len(decoded), "utf-8"),))
    assert book.location(decoded.index("来")) == Location("a.txt", 2, 2)
    assert book.location(decoded.index("走")) == Location("a.txt", 4, 2)
    (source,) = record(book, Ledger(), "").sources
    assert [decoded[at] for at in source.line_starts] == ["第", "他", line_end[0], "她"]


def test_line_ends_may_be_of_all_kinds_at_once() -> None:
    decoded = "一\r二\r\n三\n四\r"
    book = Manuscript(decoded, decoded, (SourceFile("a.txt", 0, len(decoded), "utf-8"),))
    assert [book.location(decoded.index(name)).line for name in "一二三四"] == [1, 2, 3, 4]
    assert [decoded[at] for at in record(book, Ledger(), "").sources[0].line_starts] == list(
        "一二三四"
    )


def test_a_changed_text_still_knows_its_origin() -> None:
    after = without_indents(manuscript())
    at = after.text.index("他")
    assert after.origin(at) == Location("01.txt", 2, 3)
    assert after.current(8) == at
    assert after.boundaries() == (0, 10)


def test_marks_stay_on_their_characters() -> None:
    before = manuscript()
    emphasis = before.marks[0]
    marked = before.text[emphasis.start : emphasis.end]
    after = without_indents(before)
    moved = after.marks[0]
    assert after.text[moved.start : moved.end] == marked
    assert after.marks[1].start == after.marks[1].end


def test_text_inserted_behind_a_mark_stays_outside() -> None:
    before = manuscript()
    layer = Layer.of("normalize", [Edit("N030", 13, 13, "", "！")])
    after = before.after(replay(before.text, layer), layer)
    assert (after.marks[0].start, after.marks[0].end) == (10, 13)


def test_a_pass_without_edits_is_no_pass() -> None:
    before = manuscript()
    assert before.after(before.text, Layer.of("normalize", [])) is before
