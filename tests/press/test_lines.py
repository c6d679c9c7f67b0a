"""Lines on a grid of characters: what stands where, by the rules of Chinese typesetting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from builder.press.choosers import InstalledChooser
from builder.press.face import Faces
from builder.press.frame import Align, FaceKey, TextStyle
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.setting import Copy, Line, Run
from tests.press.square import Grid, drawn, square_faces

GRID = Grid()
Breakers = Callable[..., LineBreaker]


def lines_of(breaker: LineBreaker, text: str, measure: float, indent: float = 0.0) -> list[Line]:
    return breaker.break_lines(GRID.copy(text, measure, indent=indent))


def rows(breaker: LineBreaker, text: str, measure: float, indent: float = 0.0) -> list[str]:
    return drawn(text, lines_of(breaker, text, measure, indent))


def shifts(line: Line, text: str) -> list[tuple[str, int]]:
    """What moves, by the characters on both sides of the place."""
    return [(text[index : index + 2], round(shift)) for index, shift in line.shifts]


# --- plain Han ----------------------------------------------------------------------------


def test_plain_han_fills_the_grid(breaker: Breakers) -> None:
    text = "夜里江上的雨下到天明没有人来"
    assert rows(breaker(), text, 6) == ["夜里江上的雨", "下到天明没有", "人来"]
    first, _, last = lines_of(breaker(), text, 6)
    assert (first.offset, first.width, first.spread, first.is_full) == (0, 60, 0, True)
    assert (last.width, last.is_full) == (20, False)


def test_a_first_line_is_indented_and_verse_hangs(breaker: Breakers) -> None:
    text = "夜里江上的雨下到天明没有人来"
    assert rows(breaker(), text, 6, 2) == ["夜里江上", "的雨下到天明", "没有人来"]
    assert rows(breaker(), text, 6, -2) == ["夜里江上的雨下到", "天明没有人来"]
    assert [line.offset for line in lines_of(breaker(), text, 6, -2)] == [-20, 0]


def test_a_measure_of_no_whole_ems_is_filled_evenly(breaker: Breakers) -> None:
    (first, *_) = lines_of(breaker(), "夜里江上的雨下到天明没有人来", 6.5)
    assert first.end == 6
    assert first.spread == pytest.approx(1.0)  # half an em of 10 points at five places
    assert first.width == 65


# --- what a line starts and ends with -----------------------------------------------------


@pytest.mark.parametrize("mark", "，。、；：？！）》」』”’】〉～／％℃·")
def test_no_pause_stop_or_closing_mark_starts_a_line(breaker: Breakers, mark: str) -> None:
    text = f"夜里江上的雨{mark}下到天明没有人来"
    for row in rows(breaker(), text, 6)[1:]:
        assert row[0] != mark


@pytest.mark.parametrize("mark", "（《「『“‘【〈")
def test_no_opening_mark_ends_a_line(breaker: Breakers, mark: str) -> None:
    text = f"夜里江上的{mark}雨下到天明没有人来"
    assert rows(breaker(), text, 6)[0] == "夜里江上的"


def test_a_solidus_ends_a_line_only_on_the_basic_level(breaker: Breakers) -> None:
    text = "夜里江上的／雨下到天明没有人来"
    assert rows(breaker(kinsoku="basic"), text, 6)[0] == "夜里江上的／"
    assert rows(breaker(kinsoku="gb"), text, 6)[0] == "夜里江上"
    assert rows(breaker(kinsoku="strict"), text, 6)[0] == "夜里江上"


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_dots_start_no_line_on_the_strict_level(breaker: Breakers, pair: str) -> None:
    text = f"夜里江上的雨{pair}下到天明没有人来"
    assert rows(breaker(kinsoku="gb"), text, 6)[1].startswith(pair)
    assert rows(breaker(kinsoku="strict"), text, 6)[1].startswith(f"雨{pair}")


@pytest.mark.parametrize("pair", ["——", "……"])
@pytest.mark.parametrize("before", range(4, 8))
def test_dashes_and_dots_are_never_parted(breaker: Breakers, pair: str, before: int) -> None:
    text = "夜里江上的雨下到天明"[:before] + pair + "没有人来没有人来"
    for line in lines_of(breaker(), text, 6):
        assert text[line.start : line.end].count(pair[0]) in {0, 2}
        if line.is_full and pair in text[line.start : line.end]:
            start = text.index(pair)
            assert (start, start + 2) in line.tight


# --- squeezing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("他说：“来。", [("：“", -500)]),
        ("“来。”他", [("。”", -500)]),
        ("来，”他", [("，”", -500)]),
        ("《风》、《雪》他", [("》、", -500), ("、《", -500)]),
        ("来）”他", [("）”", -500)]),
        ("他（“来", [("（“", -500)]),
        ("来”（他", [("”（", -500)]),
        ("来。”“他", [("。”", -500), ("”“", -500)]),
        ("来——“他", []),
        ("来，他。你", []),
    ],
)
def test_neighbouring_marks_take_an_em_and_a_half(
    breaker: Breakers, text: str, squeezed: list[tuple[str, int]]
) -> None:
    (line,) = lines_of(breaker(), text, 20)
    assert shifts(line, text) == squeezed


def test_tight_marks_take_what_their_shapes_need(breaker: Breakers) -> None:
    text = "来”（他。”好"
    (line,) = lines_of(breaker(squeeze="tight"), text, 20)
    assert shifts(line, text) == [("”（", -1000), ("。”", -500)]


def test_marks_keep_their_ems_when_nothing_is_to_be_squeezed(breaker: Breakers) -> None:
    text = "“来。”（他说：“好。”"
    lines = lines_of(breaker(squeeze="none"), text, 6)
    assert all(line.offset == 0 for line in lines)
    assert all(not line.shifts for line in lines)
    assert drawn(text, lines) == ["“来。”（他", "说：“好。”"]


@pytest.mark.parametrize(
    ("marks", "width"), [("！！", 1.0), ("？！", 1.0), ("？？？", 2.0), ("！！！！", 2.0)]
)
def test_two_exclamations_take_an_em_and_three_two(
    breaker: Breakers, marks: str, width: float
) -> None:
    text = f"他说{marks}好"
    (line,) = lines_of(breaker(), text, 20)
    assert line.width == pytest.approx((3 + width) * 10)
    (line,) = lines_of(breaker(), f"他说{marks}", 20)
    assert line.width == pytest.approx((2 + width) * 10, abs=1.7)  # the last one takes half an em


def test_centred_marks_give_a_quarter_on_each_side(centred: Path) -> None:
    breaker = LineBreaker(square_faces(centred), Laws())
    text = "来。」他，「好！！你。你"
    (line,) = lines_of(breaker, text, 20)
    assert shifts(line, text) == [
        ("。」", -250),
        ("，「", -500),
        ("好！", -250),
        ("！！", -500),
        ("！你", -250),
    ]


def test_a_mark_at_the_end_of_a_line_is_half_as_wide(breaker: Breakers) -> None:
    text = "夜里江上的，雨下到天明没有人来"
    first = lines_of(breaker(), text, 6)[0]
    assert (first.end, first.width) == (6, 60)
    assert first.spread == pytest.approx(1.0)  # its half em is spread at five places


def test_a_centred_stop_at_the_end_of_a_line_keeps_its_em(centred: Path) -> None:
    breaker = LineBreaker(square_faces(centred), Laws())
    first = lines_of(breaker, "夜里江上的，雨下到天明没有人来", 6)[0]
    assert (first.end, first.spread) == (6, 0)


def test_an_opening_mark_at_the_start_of_a_line_loses_its_left_half(breaker: Breakers) -> None:
    text = "夜里江上的雨“下到天明没有”人来"
    second = lines_of(breaker(), text, 6)[1]
    assert text[second.start] == "“"
    assert second.offset == -5
    assert second.offset + second.width == 60


def test_it_does_so_on_the_first_line_too(breaker: Breakers) -> None:
    assert lines_of(breaker(), "“夜里江上的雨下到天明", 6, 2)[0].offset == 15


def test_a_line_is_squeezed_before_anything_is_pushed_out(breaker: Breakers) -> None:
    text = "夜里，江上雨。下到天明没有人来"
    assert rows(breaker(), text, 6)[0] == "夜里，江上雨。"
    first = lines_of(breaker(), text, 6)[0]
    assert shifts(first, text) == [("，江", -500)]
    assert first.spread == pytest.approx(0)
    assert first.width == 60


def test_without_room_to_give_the_character_goes_down_with_its_mark(breaker: Breakers) -> None:
    text = "夜里江上的雨。下到天明没有人来"
    assert rows(breaker(), text, 6)[:2] == ["夜里江上的", "雨。下到天明"]
    first = lines_of(breaker(), text, 6)[0]
    assert first.spread == pytest.approx(2.5)


def test_brackets_give_before_commas_and_commas_before_stops(breaker: Breakers) -> None:
    text = "雨。风，夜《雪》夜。江上水，没有人来到这里"
    (first, *_) = lines_of(breaker(), text, 13.25)
    assert drawn(text, [first]) == ["雨。风，夜《雪》夜。江上水，"]
    assert shifts(first, text) == [("夜《", -125), ("》夜", -125)]
    text = "雨。风，夜江上水，没有人来到这里"
    (first, *_) = lines_of(breaker(), text, 8.25)
    assert shifts(first, text) == [("，夜", -250)]
    text = "雨。风夜江上水，没有人来到这里"
    (first, *_) = lines_of(breaker(), text, 7.25)
    assert shifts(first, text) == [("。风", -250)]


def test_hanging_leaves_a_comma_in_the_margin(breaker: Breakers) -> None:
    text = "夜里江上的雨，下到天明没有人来"
    first = lines_of(breaker(hanging=True), text, 6)[0]
    assert drawn(text, [first]) == ["夜里江上的雨，"]
    assert (first.width, first.spread) == (60, 0)
    assert rows(breaker(), text, 6)[0] == "夜里江上的"


# --- Latin --------------------------------------------------------------------------------


def test_a_quarter_em_stands_between_han_and_latin(breaker: Breakers) -> None:
    text = "我用abc写了3个月"
    (line,) = lines_of(breaker(), text, 20)
    assert shifts(line, text) == [("用a", 250), ("c写", 250), ("了3", 250), ("3个", 250)]
    (line,) = lines_of(breaker(latin_gap=0), text, 20)
    assert not line.shifts


def test_a_space_between_han_and_latin_becomes_the_gap(breaker: Breakers) -> None:
    text = "我用 abc 写"
    (line,) = lines_of(breaker(), text, 20)
    assert shifts(line, text) == [(" a", -250), (" 写", -250)]


def test_no_gap_stands_beside_marks_or_at_the_ends_of_lines(breaker: Breakers) -> None:
    text = "我（abc），abc。"
    (line,) = lines_of(breaker(), text, 20)
    assert shifts(line, text) == [("），", -500)]
    text = "夜里江上abcd的雨下到"
    first, second = lines_of(breaker(), text, 6.25)
    assert drawn(text, [first, second]) == ["夜里江上abcd", "的雨下到"]
    assert shifts(first, text) == [("上a", 250)]
    assert first.width == 62.5


def test_words_are_not_parted(breaker: Breakers) -> None:
    text = "夜里江上的river有很多人来"
    assert rows(breaker(), text, 6.5) == ["夜里江上的", "river有很多", "人来"]


def test_spaces_of_words_grow_before_anything_else(breaker: Breakers) -> None:
    text = "ab cd ef gh ijklmn"
    first = lines_of(breaker(), text, 6)[0]
    assert first.is_full
    assert drawn(text, [first]) == ["ab cd ef gh "]
    narrow = "夜里a b江上的雨水没有人来"
    (first, *_) = lines_of(breaker(), narrow, 8.25)
    assert first.is_full


def test_an_address_parts_after_its_signs(breaker: Breakers) -> None:
    text = "见https://abc.de/fg/hi?jk=lm再说吧好吗"
    for row in rows(breaker(), text, 8)[:-1]:
        assert len(row) > 8
    joined = [row for row in rows(breaker(), text, 8) if row.startswith("见")]
    assert joined[0].endswith(("/", ".", ":"))


def test_a_word_wider_than_the_measure_is_parted_somewhere(breaker: Breakers) -> None:
    text = "a" * 40
    assert [len(row) for row in rows(breaker(), text, 6)] == [12, 12, 12, 4]


def test_numbers_stay_with_their_units(breaker: Breakers) -> None:
    text = "夜里江上有100％的雨"
    assert rows(breaker(), text, 6)[1].startswith("100％")
    text = "夜里江上的水有30 km的雨"
    assert rows(breaker(), text, 9)[1].startswith("30 km")


def test_quotation_marks_are_as_wide_as_what_they_stand_in(breaker: Breakers) -> None:
    (line,) = lines_of(breaker(), "他说“ab”好", 20)
    assert line.width == 60
    (line,) = lines_of(breaker(), "ab “cd” ef", 20)
    assert line.width == 50
    (line,) = lines_of(breaker(), "don’t", 20)
    assert line.width == 25


# --- last lines ---------------------------------------------------------------------------


def test_no_last_line_has_one_character(breaker: Breakers) -> None:
    text = "夜里江上的雨下到天明没有人来了。"
    assert rows(breaker(), text, 14) == ["夜里江上的雨下到天明没有人", "来了。"]
    assert rows(breaker(), "夜里江上的雨下到天明没有人来了", 14)[-1] == "来了"


def test_a_lonely_character_is_squeezed_in_when_that_is_easy(breaker: Breakers) -> None:
    text = "夜，里，江，上，的雨下到了。"
    (line,) = lines_of(breaker(), text, 12)
    assert line.is_full
    assert sum(shift for _, shift in line.shifts) == pytest.approx(-1500)


def test_else_it_gets_company_from_the_line_before(breaker: Breakers) -> None:
    text = "夜里江上的雨下到天明没有人来到这里了。"
    assert rows(breaker(), text, 18) == ["夜里江上的雨下到天明没有人来到这", "里了。"]


def test_on_a_short_line_it_gets_company_even_where_that_looks_loose(breaker: Breakers) -> None:
    text = "的雨Windows来天明来："
    assert rows(breaker(), text, 10) == ["的雨Windows来天", "明来："]


# --- other things -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("align", "offsets"), [("start", [0, 0]), ("center", [0, 20]), ("end", [0, 40])]
)
def test_lines_stand_where_they_are_aligned(
    breaker: Breakers, align: Align, offsets: Sequence[float]
) -> None:
    lines = breaker().break_lines(GRID.copy("夜里江上的雨有人", 6, align=align))
    assert [line.offset for line in lines] == offsets
    assert not any(line.is_full for line in lines)


def test_a_heading_is_not_left_with_one_character_either(breaker: Breakers) -> None:
    copy = GRID.copy("夜里江上的雨有", 6, align="center")
    assert [line.end for line in breaker().break_lines(copy)] == [5, 7]


def test_a_forced_break_ends_a_line_that_is_not_full(breaker: Breakers) -> None:
    text = "夜里\n江上的雨下到天明"
    lines = lines_of(breaker(), text, 6, 2)
    assert drawn(text, lines) == ["夜里\n", "江上的雨下到", "天明"]
    assert [line.offset for line in lines] == [20, 0, 0]
    assert not lines[0].is_full


def test_nothing_to_set_has_no_lines(breaker: Breakers) -> None:
    assert lines_of(breaker(), "", 6) == []


def test_a_centred_mark_takes_its_em_back_when_its_neighbour_goes_down(centred: Path) -> None:
    breaker = LineBreaker(square_faces(centred), Laws())
    text = "夜里，江上雨说：「下到天明没有人来」"
    lines = lines_of(breaker, text, 7.75)
    assert drawn(text, lines)[0] == "夜里，江上雨说："
    assert shifts(lines[0], text) == [("里，", -83), ("，江", -83), ("说：", -83)]
    assert all(line.offset + line.width == 77.5 for line in lines[:-1])


def test_signs_are_no_company_for_a_character(breaker: Breakers) -> None:
    text = "夜里江上的雨下到天明没有人来到这里了！'"
    assert rows(breaker(), text, 18) == ["夜里江上的雨下到天明没有人来到这", "里了！'"]


def test_no_part_of_an_address_begins_with_a_closing_mark(breaker: Breakers) -> None:
    text = "见(https://abc.de/fg/)再说吧好吗"
    for measure in range(4, 12):
        assert all(row[0] != ")" for row in rows(breaker(), text, measure))


@pytest.mark.parametrize("text", ["<!——ignore——>abcdefgh" * 3, "—" * 30, "…" * 30, "上" + "—" * 31])
def test_pairs_hold_even_where_nothing_else_does(breaker: Breakers, text: str) -> None:
    for measure in range(3, 12):
        at = 0
        for row in rows(breaker(), text, measure)[:-1]:
            at += len(row)
            before = text[:at]
            mark = before[-1]
            if mark in "—…" and text[at] == mark:
                assert (len(before) - len(before.rstrip(mark))) % 2 == 0


def test_a_dash_that_joins_starts_no_line(breaker: Breakers) -> None:
    assert rows(breaker(), "夜里江上的雨—下到天明没有", 6)[0] == "夜里江上的"


def test_straight_quotation_marks_open_and_close_in_turn(breaker: Breakers) -> None:
    text = '夜里江上的"雨下到"天明没有'
    assert rows(breaker(), text, 5.6)[0] == "夜里江上的"
    assert rows(breaker(), text, 8.6)[0] == '夜里江上的"雨下'
    assert not any(line.shifts for line in lines_of(breaker(), text, 30))


def test_an_atom_takes_what_it_is_given_and_never_parts(faces: Faces) -> None:
    style = GRID.style()
    text = "夜里江上的雨水，下到天明"
    ruby = Run(5, 7, style, "ruby", "shuǐ")
    copy = Copy(text, (Run(0, 5, style), ruby, Run(7, len(text), style)), 60.0)
    asked: list[tuple[Copy, Run]] = []

    def widths(of: Copy, run: Run) -> float:
        asked.append((of, run))
        return 25.0

    lines = LineBreaker(faces, Laws(), widths).break_lines(copy)
    assert asked == [(copy, ruby)]
    assert drawn(text, lines) == ["夜里江上的", "雨水，下到", "天明"]
    alone = Copy("雨水", (Run(0, 2, style, "ruby", "a"),), 10.0)
    assert [line.end for line in LineBreaker(faces, Laws()).break_lines(alone)] == [2]


def test_a_cell_of_exclamations_starts_no_line(faces: Faces) -> None:
    style = GRID.style()
    text = "夜里江上的雨！？好了吗"
    runs = (Run(0, 6, style), Run(6, 8, style, "cell"), Run(8, len(text), style))
    breaker = LineBreaker(faces, Laws(), lambda copy, run: 10.0, in_columns=True)
    lines = breaker.break_lines(Copy(text, runs, 60.0))
    assert drawn(text, lines)[0] == "夜里江上的"


def test_styles_and_sizes_share_a_line(faces: Faces) -> None:
    style, small = GRID.style(), TextStyle(GRID.key, 5.0, spacing=1.0)
    text = "夜里江上的雨，，”下到天明没有人来"
    runs = (Run(0, 4, style), Run(4, 9, small), Run(9, len(text), style))
    breaker = LineBreaker(faces, Laws())
    first = breaker.break_lines(Copy(text, runs, 100.0))[0]
    assert first.is_full
    # Four whole characters, five half ones that lose 2 × ½ em of theirs, and four whole ones.
    assert first.end == 12
    assert breaker.extent(Copy(text, runs, 100.0), first, 4, 5)[0] == pytest.approx(
        40 + 4 * first.spread
    )


def test_a_dot_between_names_takes_half_an_em_and_in_taiwan_a_whole_one(faces: Faces) -> None:
    for language, width in (("zh-Hans", 45.0), ("zh-Hant-TW", 50.0)):
        style = TextStyle(FaceKey(("Square",), language=language), 10.0)
        copy = Copy("比尔·盖茨", (Run(0, 5, style),), 100.0)
        (line,) = LineBreaker(faces, Laws()).break_lines(copy)
        assert line.width == width


def test_real_fonts_say_where_their_marks_stand() -> None:
    faces = Faces(InstalledChooser())
    widths = {}
    for family, language in (("Noto Serif CJK SC", "zh-Hans"), ("Noto Serif CJK TC", "zh-Hant-TW")):
        style = TextStyle(FaceKey((family,), language=language), 10.0)
        text = "来。」他：「好"
        copy = Copy(text, (Run(0, len(text), style),), 100.0)
        (line,) = LineBreaker(faces, Laws()).break_lines(copy)
        widths[language] = line.width
    assert widths == {"zh-Hans": 60.0, "zh-Hant-TW": 62.5}


# --- paragraphs together ------------------------------------------------------------------

TOGETHER = (
    "夜里江上的雨下到天明，没有人来。",
    "他说：“没有人来。”",
    "“雨停了，”她说，“走吧……”再也没有人说话——只有雨。",
    "他在第12页写了Alice。",
    "！！？？",
    "第3章",
    "Python 3.11比 2.7 快60%，见https://example.org/a/b。",
    "“OK”，她说。",
    '他说"好"。',
    "走。",
    "雨，又下了，又停了，又下了。",
)


@pytest.mark.parametrize("measure", [5, 6.5, 9, 28])
@pytest.mark.parametrize("align", ["justify", "start"])
def test_paragraphs_broken_together_are_those_broken_one_by_one(
    breaker: Breakers, measure: float, align: Align
) -> None:
    like = replace(GRID.copy("", measure, indent=2), align=align, runs=(Run(0, 0, GRID.style()),))
    together = breaker().break_together(TOGETHER, like)
    coming = iter(together.lines)
    for text, count in zip(TOGETHER, together.counts, strict=True):
        lines = list(islice(coming, count))
        alone = breaker().break_lines(replace(GRID.copy(text, measure, indent=2), align=align))
        if "OK" in text or '"' in text:
            assert not lines
            continue
        first = lines[0].start
        assert together.copy.text[first : lines[-1].end] == text
        for one, other in zip(lines, alone, strict=True):
            shifts = tuple((index - first, shift) for index, shift in one.shifts)
            tight = tuple((start - first, end - first) for start, end in one.tight)
            moved = replace(
                one, start=one.start - first, end=one.end - first, shifts=shifts, tight=tight
            )
            assert moved == other


def test_of_paragraphs_with_latin_quotations_no_lines_are_made_together(
    breaker: Breakers,
) -> None:
    like = replace(GRID.copy("", 6), runs=(Run(0, 0, GRID.style()),))
    together = breaker().break_together(["雨“abc”", '"12"'], like)
    assert (together.copy.text, together.lines, together.counts) == ("", [], [0, 0])
