"""直排内横排: what stands upright in a column, and what stays on its side."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.compose.upright import upright

SPAN = re.compile(r'<span class="tcy">(.*?)</span>')
TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(
    ("line", "set_upright"),
    [
        ("他12岁，住在3号院，门前有128棵树。", ["12", "3", "128"]),
        ("A座的X光片", ["A", "X"]),
        ("真的！？假的!!", ["！？", "!!"]),
        ("12月5日", ["12", "5"]),
    ],
)
def test_short_numbers_single_letters_and_pairs_of_marks_stand_upright(
    line: str, set_upright: list[str]
) -> None:
    assert SPAN.findall(upright(f"<p>{line}</p>")) == set_upright


@pytest.mark.parametrize(
    "line",
    [
        "生于1984年",
        "涨了50%，冷到-3度，重3.5斤，12:30到",
        "卡拉OK、iPhone 15 Pro、Chapter 12",
        "走！！！快走！",
        "&amp;12&amp;",
    ],
)
def test_years_measures_words_and_longer_rows_stay_on_their_side(line: str) -> None:
    assert upright(f"<p>{line}</p>") == f"<p>{line}</p>"


def test_readings_code_and_attributes_are_left_alone() -> None:
    markup = (
        '<p id="p 1 2"><ruby>长<rt>3</rt></ruby><code>1</code><img alt="第 7 图"/></p><pre>8</pre>'
    )
    assert upright(markup) == markup


@given(st.text(st.sampled_from("他岁12 3A，。！？!?%.&")))
def test_no_character_is_changed(line: str) -> None:
    markup = f"<p>{line.replace('&', '&amp;')}</p>"
    assert TAG.sub("", upright(markup)) == TAG.sub("", markup)
