"""P022: a font whose licence forbids to embed it cannot be in a PDF."""

from pathlib import Path

import pytest

from builder.core.errors import ComposeError
from builder.press.embed import font_program
from builder.press.program import FontFile
from tests.fonts.drawing import draw_font
from tests.press.test_embed import used


def test_a_font_that_forbids_it_is_refused(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence="All rights reserved.", fs_type=2)
    with pytest.raises(ComposeError) as caught:
        font_program(used(FontFile(path), "船"))
    assert str(caught.value) == (
        "error P022: the font Ming forbids to be put into a PDF\n"
        "  hint: name another in [pdf] css, such as Noto Serif CJK SC"
    )


def test_a_font_that_allows_it_on_paper_is_not(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence="All rights reserved.", fs_type=4)
    assert font_program(used(FontFile(path), "船")).data
