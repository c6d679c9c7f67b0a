"""What holds for lines of any text at all."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from builder.press.choosers import InstalledChooser, OneFont
from builder.press.face import Faces
from builder.press.frame import FaceKey, TextStyle
from builder.press.justify import width_of
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.paint import show_line
from builder.press.program import FontFile
from builder.press.setting import Copy, Line, Run
from tests.press.sheets import pen_of

SIZE = 10.0
NEVER_FIRST = frozenset("，。、；：？！）》」』”’】〉～／％℃·")
NEVER_LAST = frozenset("（《「『“‘【〈")
SQUARE = FaceKey(("Square",), language="zh-Hans")
SONG = FaceKey(("Noto Serif CJK SC",), language="zh-Hans")

# Prose as novels have it: clauses of Han, marks between, quotations, now and then a word.
HAN = st.text("的一是不了在人有我他这来夜雨江船灯上下天明", min_size=1, max_size=9)
MARK = st.sampled_from(
    ["，", "。", "！", "？", "、", "；", "：", "……", "——", "。”", "，“", "：“", "》", "《"]
)
LATIN = st.sampled_from(["Python", "3", "1984", "don’t", " He said ", "30 km", "100％"])
PROSE = st.lists(st.one_of(HAN, HAN, HAN, MARK, LATIN), min_size=1, max_size=40).map("".join)
PLAIN = st.lists(st.one_of(HAN, MARK), min_size=1, max_size=40).map("".join)
SOUP = st.text(max_size=80)
LAWS = st.builds(
    Laws,
    squeeze=st.sampled_from(["standard", "tight", "none"]),
    latin_gap=st.sampled_from([0.0, 0.25, 1.0]),
    hanging=st.booleans(),
    kinsoku=st.sampled_from(["basic", "gb", "strict"]),
)


@pytest.fixture(scope="module")
def square_file(square: Path) -> Path:
    return square


@cache
def song() -> Faces:
    return Faces(InstalledChooser())


def copy_of(text: str, key: FaceKey, measure: float, indent: float = 0.0) -> Copy:
    run = Run(0, len(text), TextStyle(key, SIZE))
    return Copy(text, (run,), measure * SIZE, indent * SIZE)


def end_of(faces: Faces, copy: Copy, line: Line, laws: Laws) -> float:
    """Where a line ends on paper, from advances alone: half of a last mark does not count."""
    face = faces.face(copy.runs[0].style.face)
    text = copy.text[line.start : line.end].rstrip(" \t　​")
    end = line.start + len(text)
    shifts = dict(line.shifts)
    tight = {index for first, last in line.tight for index in range(first, last - 1)}
    at = line.offset
    galley = LineBreaker(faces, laws).measurer.galley(copy)
    for index in range(line.start, end):
        natural = galley.place(index + 1) - galley.place(index) - galley.shift(index)
        at += natural * SIZE / 1000
        if index < end - 1:
            at += shifts.get(index, 0.0) * SIZE / 1000
            at += 0.0 if index in tight else line.spread
    last = text[-1:]
    is_wide = bool(last) and galley.kinds[end - 1].isupper() and face.advances[last] == 1000
    if laws.squeeze != "none" and is_wide and last in NEVER_FIRST and face.inks[last][1] <= 520:
        at -= SIZE / 2
    return at


@given(text=SOUP, measure=st.floats(0.2, 40), indent=st.floats(-3, 3), laws=LAWS)
@example(text="——————", measure=2.5, indent=0.0, laws=Laws())
@example(text="》》》》。”", measure=0.2, indent=0.0, laws=Laws())
@example(text="\ud800\udc00\n\n \u0301", measure=3.0, indent=1.0, laws=Laws())
def test_any_text_is_broken_into_lines_that_join_to_it(
    text: str, measure: float, indent: float, laws: Laws
) -> None:
    faces = song()
    copy = copy_of(text, SONG, measure, indent)
    breaker = LineBreaker(faces, laws)
    lines = breaker.break_lines(copy)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(line.start < line.end for line in lines)
    assert breaker.break_lines(copy) == lines
    pen, _ = pen_of()
    for line in lines:
        show_line(copy, line, faces, pen, 0.0, 0.0)
    pen.content()


@given(text=PROSE, measure=st.floats(8, 30), indent=st.sampled_from([0, 2, -2]), laws=LAWS)
def test_every_full_line_ends_flush(text: str, measure: float, indent: int, laws: Laws) -> None:
    faces = song()
    copy = copy_of(text, SONG, measure, indent)
    for line in LineBreaker(faces, laws).break_lines(copy):
        if line.is_full:
            assert line.offset + line.width == pytest.approx(copy.measure, abs=0.001)
            end = end_of(faces, copy, line, laws)
            if laws.hanging and text[line.start : line.end].rstrip()[-1:] in "、，。":
                assert copy.measure - 0.01 <= end <= copy.measure + SIZE + line.spread + 0.01
            else:
                assert end == pytest.approx(copy.measure, abs=0.01)


@given(text=PLAIN, measure=st.integers(12, 30))
def test_all_lines_but_a_paragraphs_last_are_full(text: str, measure: int) -> None:
    lines = LineBreaker(song(), Laws()).break_lines(copy_of(text, SONG, measure))
    assert all(line.is_full for line in lines[:-1])
    assert all(line.width <= measure * SIZE + 0.01 for line in lines if line.offset >= 0)


def sensible(text: str, most: int = 6) -> bool:
    """Whether there is something that marks can stay with: never more of them in a row."""
    runs = 0
    for character in text:
        runs = runs + 1 if character in NEVER_FIRST | NEVER_LAST | set("…—") else 0
        if runs > most:
            return False
    return True


@given(text=PROSE.filter(sensible), measure=st.integers(12, 30), laws=LAWS)
def test_no_line_starts_or_ends_with_what_it_may_not(text: str, measure: int, laws: Laws) -> None:
    assume(text[0] not in NEVER_FIRST and text[-1] not in NEVER_LAST)
    copy = copy_of(text, SONG, measure)
    rows = [text[one.start : one.end] for one in LineBreaker(song(), laws).break_lines(copy)]
    for above, below in pairwise(rows):
        assert below[0] not in NEVER_FIRST
        assert above.rstrip()[-1] not in NEVER_LAST
        for pair in ("……", "——"):
            assert not (above.endswith(pair[0]) and below.startswith(pair[0])) or (
                above.count(pair[0]) % 2 == 0
            )


@given(text=PLAIN.filter(sensible), measure=st.integers(15, 30))
def test_room_is_spread_a_little_everywhere_and_never_taken(text: str, measure: int) -> None:
    for line in LineBreaker(song(), Laws()).break_lines(copy_of(text, SONG, measure)):
        assert 0 <= line.spread < SIZE


def lonely_rows(text: str, measure: int) -> Iterator[str]:
    copy = copy_of(text, SONG, measure)
    lines = LineBreaker(song(), Laws()).break_lines(copy)
    if len(lines) > 1:
        yield text[lines[-1].start : lines[-1].end]


@given(text=PLAIN.filter(lambda text: sensible(text, 2)), measure=st.integers(20, 30))
def test_no_last_line_has_one_character(text: str, measure: int) -> None:
    assume(any(one not in NEVER_FIRST | NEVER_LAST | set("…—") for one in text[-10:]))
    for row in lonely_rows(text, measure):
        words = [one for one in row if one not in NEVER_FIRST | NEVER_LAST | set("…—")]
        assert len(words) > 1


@given(text=PROSE, measure=st.integers(8, 30))
def test_a_copy_of_many_runs_breaks_like_one_of_one(text: str, measure: int) -> None:
    whole = copy_of(text, SONG, measure)
    style = whole.runs[0].style
    half = len(text) // 2
    runs = tuple(
        Run(start, end, style) for start, end in ((0, half), (half, len(text))) if start < end
    )
    parted = Copy(text, runs, whole.measure)
    breaker = LineBreaker(song(), Laws())
    one = breaker.break_lines(whole)
    other = breaker.break_lines(parted)
    assert [(line.start, line.end) for line in one] == [(line.start, line.end) for line in other]
    for first, second in zip(one, other, strict=True):
        assert first.spread == pytest.approx(second.spread, abs=1e-6)


@given(text=PROSE, measure=st.integers(8, 30))
def test_characters_stand_in_order_within_their_line(text: str, measure: int) -> None:
    copy = copy_of(text, SONG, measure)
    breaker = LineBreaker(song(), Laws())
    for line in breaker.break_lines(copy):
        at = line.offset
        for index in range(line.start, line.start + len(text[line.start : line.end].rstrip())):
            start, end = breaker.extent(copy, line, index, index + 1)
            # An opening mark has lost its left half, whatever stands there.
            assert at - SIZE / 2 - 0.01 <= start <= end
            at = start
        assert breaker.extent(copy, line, line.start, line.end) == pytest.approx(
            (line.offset, line.offset + line.width)
        )


def test_a_square_font_is_its_own_key(square_file: Path) -> None:
    faces = Faces(OneFont(FontFile(square_file)))
    copy = copy_of("夜里江上的雨", SQUARE, 3)
    assert [line.end for line in LineBreaker(faces, Laws()).break_lines(copy)] == [3, 6]


MARKED = st.lists(st.one_of(HAN, MARK, st.sampled_from(["！！", "？！", "？？？"])), min_size=1)


@given(text=MARKED.map("".join), measure=st.integers(8, 30))
def test_the_quick_way_measures_as_the_careful_one(text: str, measure: int) -> None:
    copy = copy_of(text, SONG, measure)
    breaker = LineBreaker(song(), Laws())
    galley = breaker.measurer.galley(copy)
    for line in breaker.break_lines(copy):
        if not line.is_full:
            width = width_of(galley, line.start, line.end) * SIZE / 1000
            assert line.width == pytest.approx(width)


@given(st.one_of(PROSE, SOUP, st.text(st.characters(max_codepoint=0x600), max_size=400)))
@example("夜里𠮷野家😀。")
@example("为什么?——不")
@example("".join(map(chr, range(0xA1, 0x250))))
def test_the_kinds_of_paragraphs_together_are_those_of_each(text: str) -> None:
    measurer = LineBreaker(song(), Laws()).measurer
    for words in ("True\nor not", "真的?", f"{text}\n夜"):  # what was read before does not matter
        joined = replace(copy_of(words, SONG, 20), is_joined=True)
        assert measurer.kinds_joined(joined) == measurer.kinds(words, joined.runs[0].style)
