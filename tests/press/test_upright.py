"""What stands upright in a column, and what lies on its side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.press.frame import FaceKey, TextStyle
from builder.press.setting import Copy, Run
from builder.press.upright import cells, is_turned

STYLE = TextStyle(FaceKey(("Square",)), 10.0)
BOLD = TextStyle(FaceKey(("Square",), weight=700), 10.0)


def plain(text: str) -> Copy:
    return Copy(text, (Run(0, len(text), STYLE),), 200.0)


def cell_texts(copy: Copy) -> list[str]:
    return [copy.text[run.start : run.end] for run in copy.runs if run.kind == "cell"]


@pytest.mark.parametrize("character", "灯𠮷あ한，。、；：？！·①Ⅳ※○●★℃〇　１Ａ〔．")
def test_chinese_and_its_marks_stand_upright(character: str) -> None:
    # 〔 only because the font has a form of it for columns.
    assert not is_turned(character, has_own_form=character == "〔")


@pytest.mark.parametrize("character", "aZ9é%&-.,;:!?Ωж°→ ")
def test_latin_greek_and_their_marks_lie_on_their_side(character: str) -> None:
    assert is_turned(character, has_own_form=False)


@pytest.mark.parametrize("character", "—…“”‘’（）《》「」『』〔〕【】～ー")
def test_marks_with_a_direction_lie_down_unless_the_font_has_a_form_for_columns(
    character: str,
) -> None:
    assert is_turned(character, has_own_form=False)
    assert not is_turned(character, has_own_form=True)


def test_short_numbers_single_capitals_and_pairs_of_marks_get_one_room() -> None:
    copy = cells(plain("他12岁，住A座128号，1984年搬来的！？OK"))
    assert cell_texts(copy) == ["12", "A", "128", "！？"]


def test_a_paragraph_without_any_is_the_very_same() -> None:
    copy = plain("雨停了，灯还亮着，生于1984年。")
    assert cells(copy) is copy


def test_a_number_in_two_styles_is_no_cell_and_other_runs_stay_whole() -> None:
    text = "第1" + "2章" + "卷3"
    runs = (
        Run(0, 2, STYLE),
        Run(2, 4, BOLD),
        Run(4, 6, STYLE, "ruby", "juàn"),
    )
    assert cells(Copy(text, runs, 100.0)).runs == runs


@given(st.lists(st.sampled_from(["灯", "12", "A", "！？", "1984", "x", "，", " "]), max_size=12))
def test_runs_cover_the_text_in_order_whatever_is_parted(pieces: list[str]) -> None:
    copy = cells(plain("".join(pieces) or "灯"))
    at = 0
    for run in copy.runs:
        assert run.start == at
        assert run.end > run.start
        assert run.style is STYLE
        at = run.end
    assert at == len(copy.text)
    assert all(1 <= len(text) <= 3 for text in cell_texts(copy))
