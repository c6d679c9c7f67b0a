"""Dots and lines: under a line, right and left of a column, on letters and never on marks."""

import re
from dataclasses import replace

import pytest

from builder.press.frame import FaceKey, TextStyle
from builder.press.ornaments import carries_dot, decorations

PLAIN = TextStyle(FaceKey(("Square",)), 10.0)
DOTTED = replace(PLAIN, emphasis="dots")
NAMED = replace(PLAIN, underline="straight", colour=(1.0, 0.0, 0.5))
WAVY = replace(PLAIN, underline="wavy")
_POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+) [ml]\b")
_CURVE = re.compile(r"((?:-?[\d.]+ ){6})c\b")


def on_paper(x: float, y: float) -> tuple[float, float]:
    """A page of 100 points, lines from its upper left corner."""
    return x, 100 - y


def in_a_column(x: float, y: float) -> tuple[float, float]:
    """The same, columns from its upper right corner."""
    return 100 - y, 100 - x


def extents(text: str) -> list[tuple[float, float]]:
    return [(index * 10.0, index * 10.0 + 10.0) for index in range(len(text))]


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in _POINT.findall(path)]


def drawn(style: TextStyle, text: str, *, in_columns: bool = False) -> list[str]:
    place = in_a_column if in_columns else on_paper
    return decorations(style, text, extents(text), 20.0, place, in_columns=in_columns)


def test_a_dot_stands_in_the_middle_under_each_character_of_a_line() -> None:
    (path,) = drawn(DOTTED, "风雪")
    # 20 down to the baseline, 1.2 to the em box's foot, 1.8 clear.
    assert points(path) == [(5, 77), (5, 77), (15, 77), (15, 77)]
    assert path.startswith("q 1 J 2.00 w")


def test_a_dot_stands_at_the_right_of_each_character_of_a_column() -> None:
    (path,) = drawn(DOTTED, "风雪", in_columns=True)
    # The axis is 20 from the right; the em box reaches 5 and 1.8 are clear.
    assert points(path)[::2] == [(86.8, 95), (86.8, 85)]


def test_marks_and_spaces_carry_no_dots() -> None:
    (path,) = drawn(DOTTED, "风，雪　——“夜”")
    assert [x for x, _ in points(path)[::2]] == [5, 25, 75]
    assert drawn(DOTTED, "……！") == []
    assert not any(map(carries_dot, "，。、；：？！“”‘’（）《》—…·　 "))
    assert all(map(carries_dot, "风A1①ㄅé〇"))


def test_a_name_is_underlined_in_a_line_and_lined_at_the_left_in_a_column() -> None:
    (path,) = drawn(NAMED, "秦明")
    assert points(path) == [(0.8, 77.8), (19.2, 77.8)]
    assert "1 0 0.5 RG" in path
    (path,) = drawn(NAMED, "秦明", in_columns=True)
    assert points(path) == [(74, 99.2), (74, 80.8)]


def test_lines_of_neighbouring_names_do_not_touch() -> None:
    first, second = (
        points(decorations(NAMED, "秦明", span, 20.0, on_paper, in_columns=False)[0])
        for span in (extents("秦明"), [(20.0, 30.0), (30.0, 40.0)])
    )
    assert second[0][0] - first[1][0] == pytest.approx(1.6)


@pytest.mark.parametrize("in_columns", [False, True])
def test_a_wavy_line_begins_and_ends_on_its_middle_and_swings_both_ways(in_columns: bool) -> None:
    (path,) = drawn(WAVY, "水浒传", in_columns=in_columns)
    curves = [list(map(float, curve.split())) for curve in _CURVE.findall(path)]
    along, across = (1, 0) if in_columns else (0, 1)
    start = points(path)[0]
    last = curves[-1][4:]
    assert last[across] == start[across]
    assert abs(last[along] - start[along]) == pytest.approx(28.4)
    swings = {curve[across] > start[across] for curve in curves}
    assert swings == {True, False}


def test_plain_words_have_nothing_beside_them() -> None:
    assert drawn(PLAIN, "风雪") == []
    assert drawn(replace(DOTTED, underline="straight"), "") == []
