"""F005: a font whose licence does not let it into a book; drawn for the test."""

from pathlib import Path

from builder.fonts import embed_fonts
from tests.fonts.books import publication
from tests.fonts.drawing import OPEN, draw_font

RESTRICTED = 2  # fsType: no embedding without the maker's leave


def test_a_font_that_forbids_embedding_stays_out(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "明.ttf", "Ming", "船灯", licence="", fs_type=RESTRICTED)
    embedded = embed_fonts(publication("船灯", ("明.ttf",)), ("明.ttf",), {"明.ttf": font})
    [found] = [found for found in embedded.diagnostics if found.code == "F005"]
    assert str(found) == (
        "[epub] embed_fonts: warning F005: Ming is not embedded: its licence does not say that it "
        "may be\n  hint: take a font under an open licence, such as Noto Serif CJK, or a file that "
        "its maker lets you embed"
    )
    assert all(font.families != ("Ming",) for font in embedded.fonts)


def test_an_open_licence_outranks_the_bits(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "明.ttf", "Ming", "船灯", licence=OPEN, fs_type=RESTRICTED)
    embedded = embed_fonts(publication("船灯", ("明.ttf",)), ("明.ttf",), {"明.ttf": font})
    assert "F005" not in {found.code for found in embedded.diagnostics}
    assert embedded.fonts[0].families == ("Ming",)
