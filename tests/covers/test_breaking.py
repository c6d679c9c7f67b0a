"""A title is broken where a reader would pause, and is as large as its box allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.covers.breaking import Fitted, fitted

TITLES = st.text("长夜渡口的人与雨站，。：（）！ab1 ", min_size=1, max_size=40).filter(str.strip)
NEVER_FIRST = frozenset("，。：）！")


def ems(piece: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in piece)


def fit(text: str, length: int = 1300, depth: int = 800, size: int = 250) -> Fitted:
    return fitted(text, ems, length_px=length, depth_px=depth, max_size_px=size)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("长夜", ("长夜",)),
        ("一个人的朝圣与归途，以及其他故事", ("一个人的", "朝圣与归途", "以及其他故事")),
        ("重生之2046", ("重生之2046",)),
        ("The Moon Over the River", ("The Moon", "Over the", "River")),
    ],
)
def test_a_title_breaks_where_a_reader_pauses(title: str, lines: tuple[str, ...]) -> None:
    assert fit(title).lines == lines


def test_a_short_title_is_no_larger_than_asked() -> None:
    assert fit("长夜") == Fitted(("长夜",), 250)


def test_no_words_are_no_lines() -> None:
    assert fit("") == Fitted((), 250)


@given(TITLES)
def test_every_line_fits_and_no_character_is_lost_but_marks_at_line_ends(title: str) -> None:
    title = " ".join(title.split())
    result = fit(title)
    size = result.size_px
    assert size >= 1
    assert all(ems(line) * size <= 1300 for line in result.lines)
    assert size * (1 + 1.25 * (len(result.lines) - 1)) <= 800 + size
    assert without_marks("".join(result.lines)) == without_marks(title)


@given(TITLES)
def test_no_mark_stands_at_the_wrong_end_of_a_line(title: str) -> None:
    title = " ".join(title.split())
    lines = fit(title).lines
    assert all(line[0] not in NEVER_FIRST for line in lines[1:])
    assert all(line[-1] != "（" for line in lines[:-1])


@given(TITLES)
def test_words_stay_whole(title: str) -> None:
    title = " ".join(title.split())
    words = {word for line in fit(title).lines for word in only_words(line)}
    assert words <= set(only_words(title))


def without_marks(text: str) -> str:
    return "".join(character for character in text if character not in "，、：: ")


def only_words(text: str) -> list[str]:
    spaced = "".join(character if character in "ab1" else " " for character in text)
    return spaced.split()
