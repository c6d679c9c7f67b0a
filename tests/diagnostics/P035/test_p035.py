"""P035: inks of no press in particular keep a file from claiming PDF/A-2u."""

from builder.prepress import OnPaper
from tests.press.assembling import prose


def test_inks_that_name_no_press_are_in_the_way() -> None:
    [found] = prose().assembled("pdf/a-2u", on_paper=OnPaper("cmyk")).diagnostics
    assert str(found).startswith(
        'warning P035: the PDF does not claim PDF/A-2U: with [pdf] colour = "cmyk" it would have'
    )


def test_grey_is_not() -> None:
    assert prose().assembled("pdf/a-2u", on_paper=OnPaper("grey")).diagnostics == ()
    assert prose().assembled("pdf/ua-1", on_paper=OnPaper("cmyk")).diagnostics == ()
