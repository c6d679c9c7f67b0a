"""P023: colours of printing inks keep a file from claiming PDF/A-2u."""

from tests.press.assembling import prose
from tests.press.slab_documents import laid_out

INK = "p { color: device-cmyk(0 1 1 0) }"


def test_a_colour_of_inks_is_in_the_way() -> None:
    book = prose(slabs=laid_out("<p>一</p>", css=INK))
    [found] = book.assembled("pdf/a-2u").diagnostics
    assert str(found).startswith(
        "warning P023: the PDF does not claim PDF/A-2U: it has CMYK colours, and the standard"
    )


def test_a_colour_of_light_is_not() -> None:
    book = prose(slabs=laid_out("<p>一</p>", css="p { color: red }"))
    assert book.assembled("pdf/a-2u").diagnostics == ()
