"""Colours as inks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.prepress import BLACK, cmyk_to_rgb, lab_to_rgb, mixed, operator

PART = st.floats(0, 1)
RGB = st.tuples(PART, PART, PART)


@given(PART)
def test_a_neutral_colour_is_black_ink_alone(level: float) -> None:
    assert mixed((level,) * 3, "grey") == (round(level, 4),)
    assert mixed((level,) * 3, "cmyk") == (0, 0, 0, round(1 - level, 4))
    assert mixed((level,), "cmyk") == (0, 0, 0, round(1 - level, 4))


@given(RGB)
def test_no_place_has_more_than_240_per_cent_of_ink(colour: tuple[float, ...]) -> None:
    inks = mixed(colour, "cmyk")
    assert all(0 <= ink <= 1 for ink in inks)
    assert sum(inks) <= 2.4 + 0.0003  # rounding


@given(RGB, RGB)
def test_colours_that_are_near_each_other_stay_so(
    one: tuple[float, ...], other: tuple[float, ...]
) -> None:
    away = max(abs(a - b) for a, b in zip(one, other, strict=True))
    inks = zip(mixed(one, "cmyk"), mixed(other, "cmyk"), strict=True)
    assert max(abs(a - b) for a, b in inks) <= 14 * away + 0.0003


def test_grey_is_as_light_as_the_colour_is_to_the_eye() -> None:
    red, green, blue = (mixed(one, "grey")[0] for one in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    assert (red, green, blue) == (0.4984, 0.8625, 0.2979)
    assert mixed((0, 0, 0), "grey") == (0,)
    assert mixed((1, 1, 1), "grey") == (1,)


def test_inks_stay_and_become_grey_by_the_light_they_leave() -> None:
    assert mixed((0.1, 0.2, 0.3, 0.4), "cmyk") == (0.1, 0.2, 0.3, 0.4)
    assert mixed((0, 0, 0, 1), "grey") == (0,)
    assert mixed((0, 0, 0, 0.25), "grey") == (0.75,)
    assert mixed((0, 1, 1, 0), "grey") == mixed((1, 0, 0), "grey")
    assert cmyk_to_rgb(0, 0.5, 1, 0.5) == (0.5, 0.25, 0)


def test_pure_blue_is_no_violet_and_pure_green_has_no_full_cyan() -> None:
    assert mixed((0, 0, 1), "cmyk") == (1, 0.78, 0, 0)
    assert mixed((0, 1, 0), "cmyk") == (0.75, 0, 1, 0)
    assert mixed((1, 0, 0), "cmyk") == (0, 1, 1, 0)


def test_colours_of_screens_stay_what_they_are() -> None:
    for colour in ((0.3,), (0.1, 0.2, 0.3), (0, 0, 0, 1)):
        assert mixed(colour, "rgb") == colour


@pytest.mark.parametrize(
    ("lab", "rgb"),
    # Source: CSS Color 4, 10: what these are as hexadecimal colours.
    [
        ((29.2345, 39.3825, 20.0664), "7d2329"),
        ((52.2345, 40.1645, 59.9971), "c65d07"),
        ((67.5345, -8.6911, -41.6019), "62acef"),
        ((100, 0, 0), "ffffff"),
        ((5, 0, 0), "111111"),
    ],
)
def test_lab_is_the_colour_that_css_says(lab: tuple[float, ...], rgb: str) -> None:
    expected = [int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    assert lab_to_rgb(*lab) == pytest.approx(expected, abs=0.006)


def test_operators_have_the_name_of_their_space() -> None:
    assert operator((0.5,)) == "0.5 g"
    assert operator((1, 0, 0.25), stroke=True) == "1 0 0.25 RG"
    assert operator((0.5, 0.5, 0.5)) == "0.5 g"
    assert operator(BLACK["cmyk"]) == "0 0 0 1 k"
    assert operator(BLACK["grey"], stroke=True) == "0 G"
