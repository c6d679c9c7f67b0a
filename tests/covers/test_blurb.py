"""A description keeps the rules of Chinese lines, fills them, and loses no character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.covers.canvas import Box
from builder.covers.typefaces import Typeface, typeface
from builder.covers.wrap.blurb import Blurb, BlurbStyle, blurb_depth, fit_blurb

NEVER_FIRST = frozenset("，。、；：！？…—）》」』”’")
NEVER_LAST = frozenset("（《「『“‘")
TEXTS = st.text(
    "渡口在下游三里冬天的水，。：（）“”《》……——ab1 \n", min_size=1, max_size=160
).filter(str.strip)


@pytest.fixture(scope="module")
def kai() -> Typeface:
    return typeface("kai", "regular", "zh-Hans")


def style(
    face: Typeface, *, in_columns: bool = False, sizes: tuple[int, ...] = (40, 30)
) -> BlurbStyle:
    return BlurbStyle(face, sizes, 1.75, is_traditional=False, in_columns=in_columns)


def lines_of(blurb: Blurb) -> list[str]:
    return ["".join(one.unit.reading or one.unit.text for one in line) for line in blurb.lines]


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_mark_stands_at_the_wrong_end_of_a_line(kai: Typeface, text: str) -> None:
    for in_columns in (False, True):
        blurb = fit_blurb(text, Box(0, 0, 700, 700), style(kai, in_columns=in_columns))
        starts = {" ".join(paragraph.split())[:1] for paragraph in text.splitlines()}
        previous = ""
        for line in lines_of(blurb):
            is_first = line[:1] in starts and not previous
            assert is_first or line[0] not in NEVER_FIRST or line[0] in starts
            previous = line


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_character_is_lost_when_there_is_room(kai: Typeface, text: str) -> None:
    blurb = fit_blurb(text, Box(0, 0, 1200, 9000), style(kai))
    assert not blurb.is_cut
    assert "".join(lines_of(blurb)).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("in_columns", [False, True])
def test_lines_are_filled_from_end_to_end(kai: Typeface, in_columns: bool) -> None:
    text = (
        "渡口在下游三里，冬天结薄冰的时候，摆渡的人要用竹篙先把冰敲开（每一年都是这样）。周家三代人都在这条河上。"
        * 2
    )
    blurb = fit_blurb(text, Box(0, 0, 805, 805), style(kai, in_columns=in_columns, sizes=(40,)))
    assert len(blurb.lines) > 4
    assert blurb.measure_em == 20
    for line in blurb.lines[:-1]:
        last = line[-1]
        # A mark at a line's end keeps only the half of its em that has ink.
        assert 19.4 <= last.middle_em <= 20.01
    assert blurb.lines[0][0].middle_em == pytest.approx(2.5)
    assert blurb.lines[1][0].middle_em == pytest.approx(0.5)


def test_marks_that_meet_share_their_room(kai: Typeface) -> None:
    blurb = fit_blurb("他说：（好）。”", Box(0, 0, 800, 800), style(kai))
    places = {one.unit.text: one.middle_em for one in blurb.lines[0]}
    assert places["。"] - places["）"] == pytest.approx(0.5)


def test_a_description_shrinks_before_it_is_cut(kai: Typeface) -> None:
    text = "水不说话，水都记得。" * 12
    large = fit_blurb(text, Box(0, 0, 800, 900), style(kai))
    small = fit_blurb(text, Box(0, 0, 800, 400), style(kai))
    cut = fit_blurb(text, Box(0, 0, 800, 200), style(kai))
    assert (large.size, small.size, cut.size) == (40, 30, 30)
    assert (large.is_cut, small.is_cut, cut.is_cut) == (False, False, True)
    assert blurb_depth(cut, style(kai)) <= 200
    assert lines_of(cut)[-1].endswith("…")
    assert lines_of(cut)[-1][-2] not in NEVER_FIRST


def test_a_word_longer_than_a_line_is_broken(kai: Typeface) -> None:
    blurb = fit_blurb("word" * 60, Box(0, 0, 300, 3000), style(kai))
    assert "".join(lines_of(blurb)) == "word" * 60


def test_no_words_have_no_depth(kai: Typeface) -> None:
    assert blurb_depth(fit_blurb(" \n ", Box(0, 0, 300, 300), style(kai)), style(kai)) == 0
