"""P020: a picture without a description keeps a file from claiming PDF/UA-1."""

from tests.press.test_slabs import pictured


def test_a_picture_without_a_description_is_in_the_way() -> None:
    [found] = pictured("").assembled("pdf/ua-1").diagnostics
    assert str(found) == (
        "warning P020: the PDF does not claim PDF/UA-1: there are pictures without a description (1)\n"
        "  hint: describe each for those who cannot see it: ![a ferry at dusk](ferry.jpg) in"
        " Markdown, alt in HTML"
    )


def test_a_described_picture_is_not() -> None:
    assert pictured("江边的灯").assembled("pdf/ua-1").diagnostics == ()


def test_nothing_is_said_when_nothing_is_claimed() -> None:
    assert pictured("").assembled().diagnostics == ()
