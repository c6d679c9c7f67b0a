"""F008: a font that says nothing of a licence; drawn for the test."""

from pathlib import Path

from builder.fonts import embed_fonts
from tests.fonts.books import publication
from tests.fonts.drawing import draw_font


def test_a_font_without_a_known_licence_is_embedded_and_told_of(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "明.ttf", "Ming", "船灯", licence="Bought from a shop.")
    embedded = embed_fonts(publication("船灯", ("明.ttf",)), ("明.ttf",), {"明.ttf": font})
    assert embedded.fonts[0].families == ("Ming",)
    [found] = [found for found in embedded.diagnostics if found.code == "F008"]
    assert str(found) == (
        "[epub] embed_fonts: warning F008: Ming is embedded, but says nothing of a licence that "
        "is known to allow it\n  hint: make sure that you may pass it on with the book"
    )


def test_one_under_an_open_licence_needs_no_word(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "明.ttf", "Ming", "船灯")
    embedded = embed_fonts(publication("船灯", ("明.ttf",)), ("明.ttf",), {"明.ttf": font})
    assert "F008" not in {found.code for found in embedded.diagnostics}
