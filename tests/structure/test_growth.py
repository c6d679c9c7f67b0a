"""Blocks and inlines take the time of their number, not of its square.

Each of these took a minute or more with the same amount; now it takes a second or two.
"""

from builder.core.book import Emphasis, Paragraph, Verse
from builder.core.manuscript import Mark, MarkKind
from builder.structure.blocks import BlockBuilder
from builder.structure.inlines import EDGE_EVERY, InlineMarks
from builder.structure.lines import lines_of
from tests.fuzz.understanding import clock

MANY = 40_000


def test_every_line_meets_the_mark_around_the_whole_book() -> None:
    text = "雨停了。\n" * MANY
    around = Mark(MarkKind.STRONG, 0, len(text))
    inner = [Mark(MarkKind.EMPHASIS, at, at + 1) for at in range(0, len(text), 5)]
    with clock(15):
        inlines = InlineMarks([*inner, around], {})
        found = {len(inlines.within(at, at + 4)) for at in range(0, len(text), 5)}
    assert found == {2}


def test_marks_are_found_on_both_sides_of_an_edge() -> None:
    marks = [
        Mark(MarkKind.STRONG, EDGE_EVERY - 3, EDGE_EVERY + 3),
        Mark(MarkKind.EMPHASIS, EDGE_EVERY - 1, EDGE_EVERY),
        Mark(MarkKind.LINK, EDGE_EVERY, EDGE_EVERY + 2),
    ]
    inlines = InlineMarks(marks, {})
    strong, emphasis, link = marks
    assert inlines.within(EDGE_EVERY - 9, EDGE_EVERY + 9) == [strong, emphasis, link]
    assert inlines.within(EDGE_EVERY + 1, EDGE_EVERY + 9) == [strong, link]
    assert inlines.within(EDGE_EVERY - 9, EDGE_EVERY - 1) == [strong, emphasis]
    assert inlines.within(EDGE_EVERY + 3, EDGE_EVERY + 9) == []


def test_a_poem_of_many_lines_apart_is_looked_through_once() -> None:
    text = "春眠不觉晓，处处闻啼鸟。\n\n" * MANY
    lines = lines_of(text, (0,))
    with clock(15):
        (built,) = BlockBuilder(text, (), InlineMarks((), {}), (True,)).blocks(lines)
    assert isinstance(built.block, Verse)
    assert len(built.block.lines) == MANY


def test_short_lines_that_are_no_poem_are_counted_once() -> None:
    lines = lines_of(text := "＊＊＊\n" + "雨停。\n" * MANY, (0,))
    with clock(15):
        _, *built = BlockBuilder(text, (), InlineMarks((), {}), (True,)).blocks(lines)
    assert len(built) == MANY
    assert all(isinstance(one.block, Paragraph) for one in built)


def test_marks_without_a_line_of_their_own_are_passed_over() -> None:
    text = "雨停了。\n" * MANY
    lines = lines_of(text, (0,))
    # Notes, whose lines are taken out beforehand.
    notes = [Mark(MarkKind.NOTE, at, at + 4) for at in range(5, len(text), 10)]
    rest = [line for index, line in enumerate(lines) if index % 2 == 0]
    with clock(15):
        built = BlockBuilder(text, notes, InlineMarks((), {}), (False,)).blocks(rest)
    assert len(built) == MANY // 2
    assert all(isinstance(one.block, Paragraph) for one in built)


def test_what_lies_in_marks_keeps_them() -> None:
    text = "雨" * (3 * EDGE_EVERY)
    run = InlineMarks([Mark(MarkKind.STRONG, 1, len(text))], {}).run(
        text, 2 * EDGE_EVERY, len(text)
    )
    (strong,) = run.inlines
    assert isinstance(strong, Emphasis)
