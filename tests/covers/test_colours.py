"""Colours: names and numbers, and letters that can be read on all of them."""

import pytest

from builder.core.colours import COLOURS, colour_of
from builder.covers.palette import PAPER, Palette, contrast, mixed

READABLE = 4.5  # WCAG 2.1, 1.4.3
LARGE_TYPE = 3.0  # the same, for letters from 18 pt bold


def test_a_colour_is_a_name_or_six_digits() -> None:
    assert colour_of("indigo") == COLOURS["indigo"]
    assert colour_of("#7a1F0b") == (0x7A, 0x1F, 0x0B)
    for wrong in ("", "#7a1", "7a1f1f", "turquoise", "#7a1f1g"):
        assert colour_of(wrong) is None


def test_white_on_black_has_the_contrast_that_the_standard_says() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)


@pytest.mark.parametrize("name", COLOURS)
def test_titles_can_be_read_on_every_ground(name: str) -> None:
    palette = Palette(COLOURS[name])
    grounds = (
        palette.main,
        palette.deep,
        palette.soft,
        palette.pale,
        mixed(palette.main, PAPER, 0.3),
    )
    for ground in grounds:
        assert contrast(palette.on(ground), ground) >= LARGE_TYPE
    for ground in (palette.pale, PAPER):
        assert contrast(palette.dark, ground) >= READABLE


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mixed((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
    assert mixed((1, 2, 3), (9, 9, 9), 0) == (1, 2, 3)
