"""P036: a picture that cannot be put into inks is left blank, and that is said."""

from io import BytesIO

import pytest
from PIL import Image

from builder.core.book import Asset, Figure
from builder.core.book import Image as Picture
from builder.core.config import Engine
from tests.press.documents import print_on_paper, with_blocks


def photograph() -> bytes:
    made = BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(made, "JPEG")
    return made.getvalue()


@pytest.mark.parametrize("engine", ["press", "weasyprint"])
def test_half_a_photograph_is_left_blank(engine: Engine) -> None:
    half = Asset("half.jpg", "image/jpeg", photograph()[:-900])
    book = with_blocks(Figure(Picture("half.jpg", "半张")), assets=(half,))
    [found] = print_on_paper(book, colour="grey", engine=engine).diagnostics
    assert str(found).startswith(
        "warning P036: pictures that cannot be read are left blank, as they cannot be put into grey: 1"
    )


@pytest.mark.parametrize("engine", ["press", "weasyprint"])
def test_a_whole_one_is_not(engine: Engine) -> None:
    whole = Asset("whole.jpg", "image/jpeg", photograph())
    book = with_blocks(Figure(Picture("whole.jpg", "整张")), assets=(whole,))
    assert print_on_paper(book, colour="grey", engine=engine).diagnostics == ()
