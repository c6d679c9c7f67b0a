"""Names, strings, numbers, dates and trees read back as they were meant, by pikepdf."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.press.syntax import (
    date,
    leaves,
    name,
    named_leaves,
    number,
    numbers,
    references,
    text_string,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def parsed(written: str) -> object:
    return pikepdf.Object.parse(written.encode("ascii"))


@given(WORDS)
def test_any_words_read_back_from_a_string(words: str) -> None:
    assert str(parsed(text_string(words))) == words


@given(WORDS.filter(bool))
def test_any_words_read_back_from_a_name(words: str) -> None:
    assert parsed(name(words)) == pikepdf.Name("/" + words)


def test_plain_words_stay_readable_in_the_file() -> None:
    assert text_string("Chapter 1") == "(Chapter 1)"
    assert text_string("第一章") == "<feff7b2c4e007ae0>"
    assert text_string("f(x)").startswith("<feff")


@pytest.mark.parametrize(
    ("value", "written"),
    [(10.5, "10.5"), (3.0, "3"), (-0.0001, "0"), (419.528, "419.528"), (1 / 3, "0.333"), (0, "0")],
)
def test_numbers_are_as_short_as_three_decimals_allow(value: float, written: str) -> None:
    assert number(value) == written


def test_arrays() -> None:
    assert numbers((0, 1.5)) == "[0 1.5]"
    assert references((3, 12)) == "[3 0 R 12 0 R]"


def test_dates_are_days_or_moments() -> None:
    assert date("2026-01-05T08:30:00Z") == "(D:20260105083000Z)"
    assert date("2026-01-05") == "(D:20260105)"
    with pytest.raises(ValueError, match="no moment: '5 January'"):
        date("5 January")


def test_leaves_of_number_trees_know_their_limits() -> None:
    written = leaves([(n * 2, f"[{n}]") for n in range(100)], "Nums")
    assert written[0].startswith("<</Limits[0 126]/Nums[0 [0] 2 [1]")
    assert written[1].startswith("<</Limits[128 198]/Nums[128 [64]")
    assert leaves([], "Nums") == []


def test_leaves_of_name_trees_know_their_limits() -> None:
    [written] = named_leaves([("n1", "3 0 R"), ("n2", "4 0 R")])
    assert written == "<</Limits[(n1)(n2)]/Names[(n1)3 0 R(n2)4 0 R]>>"
