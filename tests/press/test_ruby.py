"""Readings: centred over their bases, never touching, with room made only where it is needed."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.press.choosers import OneFont
from builder.press.face import Faces
from builder.press.frame import FaceKey, PageStyle, TextStyle
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.paint import show_line
from builder.press.pen import Pen
from builder.press.program import FontFile
from builder.press.ruby import Piece, is_bopomofo, parted, pieces, room
from builder.press.setting import Copy, Run
from tests.fonts.drawing import draw_font

# Every glyph of the font is one em wide, so a letter of a reading takes 5 points.
WORDS = TextStyle(FaceKey(("Square",)), 10.0)
READING = TextStyle(FaceKey(("Square",)), 5.0)


@pytest.fixture(scope="module")
def square(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    letters = "重庆的夜abcdefghijklmnopqrstuvwxyz ㄔㄨㄥㄇㄜˊˇˋ˙"
    return Faces(
        OneFont(FontFile(draw_font(tmp_path_factory.mktemp("font") / "s.ttf", "S", letters)))
    )


def paragraph(*parts: str | tuple[str, str]) -> Copy:
    """Words, and bases with their readings."""
    runs: list[Run] = []
    text = ""
    for number, part in enumerate(parts):
        base, reading = (part, "") if isinstance(part, str) else part
        kind = {"beside": READING, "element": 10 * number} if reading else {}
        end = len(text) + len(base)
        runs.append(
            Run(len(text), end, WORDS, "ruby" if reading else "text", reading, **kind)  # type: ignore[arg-type]  # two fields of a Run
        )
        text += base
    return Copy(text, tuple(runs), 200.0)


def readings(
    copy: Copy, index: int, faces: Faces, *, in_columns: bool = False
) -> tuple[Piece, ...]:
    """What is shown beside a base in the middle of its measure."""
    return pieces(copy, copy.runs[index], faces, 100.0, in_columns=in_columns)[1][1:]


def room_of(copy: Copy, index: int, faces: Faces, *, in_columns: bool = False) -> float:
    return room(copy, copy.runs[index], faces, in_columns=in_columns)


def test_a_short_reading_widens_nothing_and_stands_in_the_middle(square: Faces) -> None:
    copy = paragraph("夜", ("重庆", "ab"), "夜")
    assert room_of(copy, 1, square) == 20.0
    (piece,) = readings(copy, 1, square)
    assert (piece.x, piece.line.width) == (5.0, 10.0)
    assert piece.y == pytest.approx(-(8.8 + 0.6 + 0.6))


def test_a_long_reading_hangs_over_neighbours_and_widens_its_base_for_the_rest(
    square: Faces,
) -> None:
    # abcd is 20 points and keeps 1.25 clear; 2.5 hang over each neighbour.
    assert room_of(paragraph("夜", ("重", "abcd"), "的"), 1, square) == pytest.approx(16.25)


def test_a_reading_hangs_over_no_neighbour_that_has_one_itself(square: Faces) -> None:
    copy = paragraph(("重", "abcd"), ("庆", "abcd"), "的")
    assert room_of(copy, 0, square) == room_of(copy, 1, square) == pytest.approx(21.25)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=6), st.booleans())
def test_two_readings_never_touch(square: Faces, lengths: list[int], in_columns: bool) -> None:
    copy = paragraph(*(("重", "a" * length) for length in lengths))
    at, ends = 0.0, []
    for index, run in enumerate(copy.runs):
        width = room(copy, run, square, in_columns=in_columns)
        (piece,) = readings(copy, index, square, in_columns=in_columns)
        ends.append((at + piece.x, at + piece.x + piece.line.width))
        at += width
    for (_, end), (start, _) in pairwise(ends):
        assert start - end >= 1.24


def test_a_word_with_a_syllable_for_each_character_is_parted(square: Faces) -> None:
    copy = parted(paragraph("夜", ("重庆", "chong qing"), "的", ("夜的", "abc")))
    readings = [(copy.text[run.start : run.end], run.extra) for run in copy.runs]
    assert readings == [("夜", ""), ("重", "chong"), ("庆", "qing"), ("的", ""), ("夜的", "abc")]
    assert copy.runs[1].element == copy.runs[2].element == 10
    plain = paragraph("夜", ("的", "de"))
    assert parted(plain) is plain


def test_words_of_a_reading_belong_to_the_element_after_their_base(square: Faces) -> None:
    copy = paragraph("夜", ("重", "ab"))
    (piece,) = readings(copy, 1, square)
    assert piece.copy.text == "ab"
    assert piece.copy.element == piece.copy.runs[0].element == 11


def test_in_columns_a_reading_stands_at_the_right_of_the_axis(square: Faces) -> None:
    copy = paragraph(("重", "ab"))
    (piece,) = readings(copy, 0, square, in_columns=True)
    assert (piece.x, piece.y) == pytest.approx((0.0, -(5.0 + 2.5 + 0.6)))


@pytest.mark.parametrize("reading", ["ㄔㄨㄥˊ", "ㄇㄜ", "˙ㄇㄜ", "ㄇㄜ˙"])
def test_zhuyin_is_known_by_its_symbols(reading: str) -> None:
    assert is_bopomofo(reading)


@pytest.mark.parametrize("reading", ["chóng", "ㄔㄨㄥˊ ㄑㄧㄥˋ", "ˊ", "重"])
def test_other_readings_and_several_syllables_are_no_zhuyin_syllable(reading: str) -> None:
    assert not is_bopomofo(reading)


def test_three_symbols_of_zhuyin_stand_beside_one_character_of_a_column(square: Faces) -> None:
    copy = paragraph(("重", "ㄔㄨㄥˊ"))
    assert room_of(copy, 0, square, in_columns=True) == pytest.approx(10.0)
    symbols, tone = readings(copy, 0, square, in_columns=True)
    assert symbols.copy.text + tone.copy.text == "ㄔㄨㄥˊ"
    # Three symbols, 3.2 points from one to the next, in the middle of their base.
    size = symbols.copy.runs[0].style.size
    assert size + symbols.copy.runs[0].style.spacing == pytest.approx(3.2)
    assert symbols.x + size / 2 == pytest.approx(0.2 + 3.2 / 2)
    assert tone.y < symbols.y < -5.0
    assert 3.3 < tone.x < 10.0
    assert tone.copy.runs[0].kind == "cell"


def test_in_a_line_zhuyin_is_a_little_column_for_which_room_is_made(square: Faces) -> None:
    copy = paragraph(("重", "ㄔㄨㄥˊ"), "的", ("的", "˙ㄇㄜ"))
    assert room_of(copy, 0, square) == pytest.approx(10 + 3.2 + 0.6 + 1.5)
    assert room_of(copy, 2, square) == pytest.approx(10 + 3.2 + 0.6)
    *symbols, tone = readings(copy, 0, square)
    assert [piece.copy.text for piece in symbols] == ["ㄔ", "ㄨ", "ㄥ"]
    # The ink of the square font is 0.8 of its em box, so that ink is 3 of 3.2 points.
    assert all(piece.x == pytest.approx(10 + (3.2 - 3.75) / 2) for piece in symbols)
    assert symbols[0].y < symbols[1].y < symbols[2].y <= 1.2
    assert tone.x > 10.0
    neutral = readings(copy, 2, square)
    assert [piece.copy.text for piece in neutral] == ["˙", "ㄇ", "ㄜ"]


def test_without_a_style_of_its_own_a_reading_is_half_as_large(square: Faces) -> None:
    copy = Copy("重", (Run(0, 1, WORDS, "ruby", "ab"),), 100.0)
    (piece,) = readings(copy, 0, square)
    assert piece.copy.runs[0].style.size == 5.0
    assert piece.copy.element == -1


def test_what_one_font_lacks_is_measured_in_another() -> None:
    from builder.press.choosers import InstalledChooser

    faces = Faces(InstalledChooser())
    style = TextStyle(FaceKey(("Noto Serif CJK SC",), language="zh-Hans"), 10.0)
    copy = Copy("𰻝", (Run(0, 1, style, "ruby", "biang"),), 100.0)
    assert room_of(copy, 0, faces) >= 10.0


def test_the_first_line_of_a_page_keeps_its_readings_within_the_leading(square: Faces) -> None:
    # The style sheet's own sizes: 10.5 on 17.85, readings of 5.
    words, reading = TextStyle(FaceKey(("S",)), 10.5), TextStyle(FaceKey(("S",)), 5.0)
    run = Run(0, 1, words, "ruby", "ab", beside=reading)
    (piece,) = readings(Copy("重", (run,), 100.0), 0, square)
    above = -piece.y + 0.88 * 5.0 - 0.88 * 10.5
    assert above < 17.85 - 10.5


def test_a_reading_never_leaves_the_measure(square: Faces) -> None:
    copy = paragraph("夜", ("重", "abcd"))
    _, (base, reading) = pieces(copy, copy.runs[1], square, 0.0, in_columns=False)
    assert base.x == reading.x == 0.0
    width, (_, reading) = pieces(copy, copy.runs[1], square, 200 - 16.25, in_columns=True)
    assert reading.x + reading.line.width == pytest.approx(width)


def test_a_base_is_spread_inside_its_room(square: Faces) -> None:
    copy = paragraph("夜", ("重庆", "abcdef"), "夜")
    width, (base, _) = pieces(copy, copy.runs[1], square, 50.0, in_columns=False)
    assert width == pytest.approx(26.25)
    assert base.line.spread == pytest.approx(3.125)
    assert base.line.offset == pytest.approx(3.125 / 2)


def painted(copy: Copy, faces: Faces) -> tuple[str, Pen]:
    """The first line of a copy on a page whose text area starts at 0, 500."""
    page = PageStyle(400, 500, left=0, top=0, measure_x=200, measure_y=300)
    pen = Pen(page, mark=lambda element: (f"E{element}", element))
    breaker = LineBreaker(
        faces, Laws(), lambda whole, run: room(whole, run, faces, in_columns=False)
    )
    show_line(copy, breaker.break_lines(copy)[0], faces, pen, 0.0, 20.0)
    return pen.content().decode(), pen


def test_on_a_line_the_base_is_shown_and_then_its_reading_above_it(square: Faces) -> None:
    content, _ = painted(paragraph("夜", ("重庆", "ab"), "的"), square)
    tags = re.findall(r"/(E-?\d+)", content)
    assert tags == ["E10", "E11"]
    # Half of what the base is longer to the right, the two em boxes and a little clear upwards.
    assert "\n5 10 Td\n" in content[content.index("E11") :]


def test_words_beside_which_dots_stand_are_dotted_on_a_line(square: Faces) -> None:
    stressed = replace(WORDS, emphasis="dots")
    copy = Copy("重庆的夜", (Run(0, 2, stressed), Run(2, 4, WORDS)), 200.0)
    _, pen = painted(copy, square)
    (dots,) = pen.ornaments
    assert dots.count(" l\n") == 2


def test_each_character_of_a_stressed_base_has_one_dot(square: Faces) -> None:
    stressed = replace(WORDS, emphasis="dots")
    copy = Copy("重庆", (Run(0, 2, stressed, "ruby", "abcdef", beside=READING),), 200.0)
    _, pen = painted(copy, square)
    assert sum(path.count(" l\n") for path in pen.ornaments) == 2
