"""Columns as operators: what stands, what lies, what shares a room, and where it all hangs."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.press.choosers import InstalledChooser
from builder.press.codes import literal
from builder.press.face import Faces
from builder.press.frame import FaceKey, PageStyle, TextStyle
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.pen import Pen
from builder.press.program import FontFile
from builder.press.ruby import parted
from builder.press.setting import OBJECT, Copy, Line, Run
from builder.press.standing import show_column
from builder.press.stretches import atom_room, extents, stretches
from builder.press.upright import cells
from tests.fonts.drawing import draw_font

SONG = TextStyle(FaceKey(("Noto Serif CJK SC",), language="zh-Hans"), 10.0)
MING = TextStyle(FaceKey(("Noto Serif CJK TC",), language="zh-Hant-TW"), 10.0)
KAI = TextStyle(FaceKey(("LXGW WenKai",), language="zh-Hans"), 10.0)
# A text area of 20 columns of 20 characters whose upper right corner is at 300, 400.
PAGE = PageStyle(width=400, height=500, left=100, top=100, measure_x=200, measure_y=200)
MEASURE = 200.0
_TM = re.compile(r"(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) Tm$")
_MOVE = re.compile(r"(\S+) (\S+) Td$")


def extent_in_column(
    copy: Copy, line: Line, faces: Faces, start: int, end: int
) -> tuple[float, float]:
    """Where characters `start` to `end` are shown, from the column's top."""
    found = [
        extent
        for stretch in stretches(copy, line, faces)
        if stretch.start < end and stretch.end > start
        for index, extent in enumerate(extents(copy, stretch), stretch.start)
        if start <= index < end
    ]
    return (found[0][0], found[-1][1]) if found else (line.offset, line.offset)


@pytest.fixture
def faces() -> Faces:
    return Faces(InstalledChooser())


class Column:
    """A copy shown as columns 20 points apart, and the operators that show it."""

    def __init__(self, faces: Faces, *runs: str | Run, style: TextStyle = SONG) -> None:
        text, made = "", []
        for run in runs:
            words, own = (run, Run(0, 0, style)) if isinstance(run, str) else (run.extra, run)
            if isinstance(run, Run) and run.kind in {"note", "ruby"}:
                words = OBJECT if run.kind == "note" else "重庆"[: run.end - run.start]
            made.append(replace(own, start=len(text), end=len(text) + len(words)))
            text += words
        self.copy = parted(cells(Copy(text, tuple(made), MEASURE, element=1)))
        self.faces = faces
        breaker = LineBreaker(
            faces, Laws(), lambda copy, run: atom_room(copy, run, faces), in_columns=True
        )
        self.lines = breaker.break_lines(self.copy)
        self.pen = Pen(PAGE, mark=lambda element: (f"E{element}", element), is_vertical=True)
        for number, line in enumerate(self.lines):
            show_column(self.copy, line, faces, self.pen, 0.0, 10.0 + 20 * number)
        self.operators = self.pen.content().decode("latin-1").removesuffix("\n").split("\n")

    def matrices(self) -> list[tuple[float, ...]]:
        """The text matrix of every place that something is shown at."""
        found: list[tuple[float, ...]] = []
        for operator in self.operators:
            if match := _TM.match(operator):
                found.append(tuple(map(float, match.groups())))
            elif match := _MOVE.match(operator):
                x, y = found[-1][4:] if found else (0.0, 0.0)
                found.append((1, 0, 0, 1, x + float(match[1]), y + float(match[2])))
        return found

    def shown(self) -> list[str]:
        """What reads back of every operator that shows something."""
        readings: dict[int, str] = {}
        for program in self.faces.programs:
            readings |= program.texts
        return [
            "".join(
                readings[ord(codes[at]) << 8 | ord(codes[at + 1])]
                for codes in re.findall(r"\(([^()]+)\)", operator)
                for at in range(0, len(codes), 2)
            )
            for operator in self.operators
            if operator.endswith(("Tj", "TJ"))
        ]


def test_a_column_hangs_from_its_top_on_its_axis_and_the_next_stands_to_its_left(
    faces: Faces,
) -> None:
    column = Column(faces, "灯" * 30)
    assert column.matrices() == [(1, 0, 0, 1, 290, 400), (1, 0, 0, 1, 270, 400)]
    assert any(operator == "/F1v 10 Tf" for operator in column.operators)


def test_the_first_glyph_of_a_column_has_an_operator_of_its_own(faces: Faces) -> None:
    assert Column(faces, "夜里有船" * 10).shown() == [
        "夜", "里有船夜里有船夜里有船夜里有船夜里有船",
        "夜", "里有船夜里有船夜里有船夜里有船夜里有船",
    ]  # fmt: skip


def test_latin_lies_on_its_side_with_its_em_box_centred_on_the_axis(faces: Faces) -> None:
    column = Column(faces, "灯Python火")
    assert column.shown() == ["灯", "Python", "火"]
    lying = column.matrices()[1]
    assert lying[:4] == (0, -1, 1, 0)
    assert lying[4] == pytest.approx(290 - 3.8)
    # A quarter of an em between Chinese and Latin.
    assert lying[5] == pytest.approx(400 - 10 - 2.5)
    width = sum(faces.face(SONG.face).advances[letter] for letter in "Python") / 100
    assert column.matrices()[2][5] == pytest.approx(lying[5] - width - 2.5, abs=0.01)


def test_a_short_number_is_a_tiny_line_in_one_room_narrowed_when_it_must_be(faces: Faces) -> None:
    column = Column(faces, "他12岁，在第128页")
    assert column.shown() == ["他", "12", "岁，在第", "128", "页"]
    _, two, after, three, _ = column.matrices()
    face = faces.face(SONG.face)
    assert two[0] == pytest.approx(min(1, 1000 / sum(map(face.advance, "12"))), abs=1e-4)
    assert two[4] == pytest.approx(285)
    assert two[5] == pytest.approx(400 - 10 - 8.8)
    assert after[5] == pytest.approx(400 - 20)
    assert three[0] == pytest.approx(1000 / sum(map(face.advance, "128")), abs=1e-4)
    assert three[4] == pytest.approx(290 - 5)
    assert "/E1<</MCID 1/ActualText<FEFF00310032>>>BDC" in column.operators


def test_a_number_that_the_chinese_font_lacks_is_set_in_the_font_that_has_it(
    tmp_path: Path,
) -> None:
    han = FontFile(draw_font(tmp_path / "han.ttf", "Han", "第页"))
    digits = FontFile(draw_font(tmp_path / "digits.ttf", "Digits", "0123456789"))

    class Chooser:
        def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
            return han, False

        def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
            return tuple(digits if one.isdigit() else han for one in characters)

    column = Column(Faces(Chooser()), "第12页")
    assert [one for one in column.operators if one.endswith("Tf")] == [
        "/F1v 10 Tf", "/F2 10 Tf", "/F2v 10 Tf", "/F1v 10 Tf",
    ]  # fmt: skip


@pytest.mark.parametrize(("words", "pair"), [("！？", "⁉"), ("？！", "⁈"), ("!!", "‼")])
def test_a_pair_of_marks_is_one_glyph_that_reads_as_the_pair(
    faces: Faces, words: str, pair: str
) -> None:
    column = Column(faces, f"真的{words}走")
    assert column.shown() == ["真", "的", words, "走"]
    glyph = faces.face(SONG.face).metrics.glyph(pair, "zh-Hans")
    assert glyph is not None
    [code] = {
        program.codes[glyph.number] for program in faces.programs if glyph.number in program.codes
    }
    assert f"({chr(code >> 8)}{chr(code & 0xFF)})Tj" in column.operators


def test_marks_take_the_forms_of_columns_and_dashes_are_one_stroke(faces: Faces) -> None:
    column = Column(faces, "他说：“走——”")
    assert "".join(column.shown()) == "他说：“走——”"
    face = faces.face(SONG.face)
    assert not face.turned & set("：“—”")
    assert "".join(column.operators).count(literal("⸺".translate(face.column_codes))) == 1


def test_a_dash_without_a_form_for_columns_lies_on_its_side(faces: Faces) -> None:
    column = Column(faces, "他——她", style=KAI)
    assert [matrix[:4] for matrix in column.matrices()] == [
        (1, 0, 0, 1),
        (0, -1, 1, 0),
        (1, 0, 0, 1),
    ]
    assert column.matrices()[2][5] == pytest.approx(370)


def test_a_full_column_ends_flush_with_room_spread_between_its_characters(faces: Faces) -> None:
    # The ， that would begin the second column draws 灯 down with it, so 19 fill the first.
    column = Column(faces, "灯" * 20 + "，" + "灯" * 5)
    first = column.lines[0]
    assert first.is_full
    assert extent_in_column(column.copy, first, faces, first.end - 1, first.end)[1] == (
        pytest.approx(MEASURE, abs=0.01)
    )
    # In columns a negative Tc is what parts glyphs.
    assert first.spread > 0
    assert f"{round(-first.spread, 4):.6g} Tc" in column.operators


def test_squeezed_marks_move_up_by_half_an_em(faces: Faces) -> None:
    column = Column(faces, "他说：“好。”走了")
    numbers = [
        float(number)
        for operator in column.operators
        if operator.endswith("TJ")
        for number in re.findall(r"\)(-?[\d.]+)\(", operator)
    ]
    # In columns a negative number moves up, towards the glyph before.
    assert numbers
    assert all(number == pytest.approx(-500) for number in numbers)


def test_marks_of_taiwan_stand_in_the_middle_and_are_squeezed_on_both_sides(faces: Faces) -> None:
    assert faces.face(MING.face).column_inks["，"][0] > 250
    column = Column(faces, "「好，」他說。", style=MING)
    assert "".join(column.shown()) == "「好，」他說。"


def test_a_reading_stands_at_the_right_in_its_own_element(faces: Faces) -> None:
    reading = replace(SONG, size=5.0)
    run = Run(0, 2, SONG, "ruby", "chóng qìng", element=7, beside=reading)
    column = Column(faces, "在", run, "。")
    assert "".join(column.shown()) == "在重chóng庆qìng。"
    tags = [operator for operator in column.operators if operator.endswith("BDC")]
    assert [tag.split("<<")[0] for tag in tags] == ["/E1", "/E7", "/E8", "/E7", "/E8", "/E1"]
    lying = [matrix for matrix in column.matrices() if matrix[:4] == (0, -1, 1, 0)]
    assert [matrix[4] for matrix in lying] == [pytest.approx(290 + 5 + 0.6 + 2.5 - 1.9)] * 2


def test_zhuyin_stands_upright_with_its_tone_beside_it(faces: Faces) -> None:
    run = Run(0, 1, MING, "ruby", "ㄔㄨㄥˊ", element=7)
    column = Column(faces, run, style=MING)
    assert "".join(column.shown()) == "重ㄔㄨㄥˊ"
    base, symbols, *_, tone = column.matrices()
    assert base[4] < symbols[4] < tone[4] + 5
    assert all(matrix[1:3] == (0, 0) for matrix in column.matrices())


def test_the_mark_of_a_note_stands_small_at_the_right_of_the_axis(faces: Faces) -> None:
    mark = Run(0, 1, replace(SONG, size=7.0, raised=3.0), "note", "①", element=4)
    column = Column(faces, "读完了", mark, "。")
    assert "".join(column.shown()) == "读完了①。"
    x = column.matrices()[1][4]
    assert x == pytest.approx(290 + 3.0 - 0.38 * 3)
    many = Column(faces, "读完了", replace(mark, extra="21"), "。")
    assert "".join(many.shown()) == "读完了21。"


def test_what_one_font_lacks_is_shown_in_another_and_stays_in_its_place(faces: Faces) -> None:
    column = Column(faces, "说\u1100了", style=KAI)
    assert "".join(column.shown()).count("了") == 1
    assert [matrix[5] for matrix in column.matrices()] == [400, 390, 380]


def test_quotation_marks_inside_latin_lie_down_with_it(faces: Faces) -> None:
    column = Column(faces, "He said “hello” to me")
    assert {matrix[:4] for matrix in column.matrices()} == {(0, -1, 1, 0)}


def test_characters_that_share_a_glyph_get_their_own_text(faces: Faces) -> None:
    column = Column(faces, "“好”『好』")
    written = "".join(column.operators)
    assert "“好”『好』".encode("utf-16-be").hex() in written


def test_dots_and_lines_are_painted_beside_the_column(faces: Faces) -> None:
    stressed = Run(0, 0, replace(SONG, emphasis="dots", underline="wavy"), extra="重要")
    column = Column(faces, "很", stressed, "。")
    dots, wave = column.pen.ornaments
    assert [float(x) for x in re.findall(r"(\S+) \S+ m", dots)] == [296.8, 296.8]
    assert wave.count(" c") >= 2


def test_each_character_of_a_stressed_base_has_one_dot(faces: Faces) -> None:
    style = replace(SONG, emphasis="dots")
    column = Column(faces, Run(0, 2, style, "ruby", "chóngqìng"))
    (dots,) = column.pen.ornaments
    assert dots.count(" m ") == 2


def test_links_reach_from_the_first_to_the_last_of_their_characters(faces: Faces) -> None:
    column = Column(faces, "他12岁，Python")
    line = column.lines[0]

    def reach(start: int, end: int) -> tuple[float, float]:
        return extent_in_column(column.copy, line, faces, start, end)

    assert reach(0, 1) == (0.0, 10.0)
    assert reach(1, 3) == (10.0, 20.0)
    assert reach(3, 5) == pytest.approx((20.0, 40.0))
    assert reach(9, 9) == (line.offset, line.offset)


def test_spaces_at_the_end_and_breaks_are_not_painted(faces: Faces) -> None:
    style = Run(0, 0, SONG, "break", "\n")
    column = Column(faces, "上 ", style, "下")
    assert column.shown() == ["上", "下"]


def test_an_empty_line_shows_nothing(faces: Faces) -> None:
    pen = Pen(PAGE, mark=lambda element: ("P", element), is_vertical=True)
    copy = Copy("灯", (Run(0, 1, SONG),), MEASURE)
    show_column(copy, Line(0, 0, 0.0, 0.0), faces, pen, 0.0, 10.0)
    assert pen.content() == b""


def test_a_plain_column_and_a_careful_one_show_the_same(faces: Faces) -> None:
    text = "他说：“好。”走了，灯也灭了，江上只剩下雾。"
    plain = Column(faces, text)
    parted = Column(faces, text[:7], replace(Run(0, 0, SONG, "text", text[7:]), element=1))
    assert "".join(plain.shown()) == "".join(parted.shown()) == text
    assert len(plain.shown()) < len(parted.shown())
    ends = [
        extent_in_column(column.copy, column.lines[-1], faces, len(text) - 1, len(text))
        for column in (plain, parted)
    ]
    assert ends[0] == pytest.approx(ends[1])
    assert plain.matrices()[0] == parted.matrices()[0]


@pytest.mark.parametrize(
    "words",
    [
        "灯火下Python和Ruby都亮着……灯火下的人，",
        "灯——火，在King’s Road的12号，住着3个人",
        "灯火下的人说：“不！？”他走Abc de，",
    ],
)
def test_whatever_is_in_a_full_column_it_ends_flush(faces: Faces, words: str) -> None:
    column = Column(faces, words * 4)
    full = [line for line in column.lines[:-1] if line.is_full]
    assert full
    assert any(line.spread for line in full)
    for line in full:
        last = line.end - 1
        while column.copy.text[last] == " ":
            last -= 1
        start, end = extent_in_column(column.copy, line, faces, last, last + 1)
        # A mark at the end keeps its room, of which half hangs out of the measure.
        assert end == pytest.approx(MEASURE, abs=0.02) or (
            column.copy.text[last] in "，：。”" and end - MEASURE == pytest.approx(5, abs=0.02)
        )
        assert start < MEASURE


@cache
def breaker_of(laws: Laws) -> tuple[Faces, LineBreaker]:
    """Faces and a breaker for columns; made once, because they learn as they go."""
    faces = Faces(InstalledChooser())

    def room(copy: Copy, run: Run) -> float:
        return atom_room(copy, run, faces)

    return faces, LineBreaker(faces, laws, room, in_columns=True)


_TOKENS = [
    "灯", "火下", "，", "。”", "“", "：“", "！？", "……", "——", "12", "128", "1984", "A", "King’s",
    " ", "of ", "（", "）", "《渡口志》", "·", "　", "②", "3.14", "——“", "don’t “say” it",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=40),
    st.sampled_from([SONG, MING, KAI]),
    st.sampled_from([Laws(), Laws(hanging=True), Laws(squeeze="tight"), Laws(squeeze="none")]),
)
def test_columns_are_shown_where_the_line_breaker_measured_them(
    pieces: list[str], style: TextStyle, laws: Laws
) -> None:
    faces, breaker = breaker_of(laws)
    text = "".join(pieces).strip(" ") or "灯"
    copy = cells(Copy(text, (Run(0, len(text), style),), MEASURE))
    breaker = LineBreaker(faces, laws, lambda own, run: atom_room(own, run, faces), in_columns=True)
    inside = {at for run in copy.runs if run.kind == "cell" for at in range(run.start + 1, run.end)}
    for line in breaker.break_lines(copy):
        end = line.end
        while end > line.start and text[end - 1] in " \u3000":
            end -= 1
        for at in range(line.start, end):
            if at not in inside:
                ours, theirs = (
                    extent_in_column(copy, line, faces, at, at + 1),
                    breaker.extent(copy, line, at, at + 1),
                )
                assert ours[0] == pytest.approx(theirs[0], abs=0.01), (text, at)
