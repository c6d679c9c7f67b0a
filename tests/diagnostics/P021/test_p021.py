"""P021: a character that no font has keeps a file from claiming a standard."""

import pytest

from builder.core.config import PdfStandard
from tests.press.assembling import prose
from tests.press.slab_documents import laid_out

NOWHERE = "\U0003fffd"


@pytest.mark.parametrize("standard", ["pdf/ua-1", "pdf/a-2u"])
def test_a_character_without_a_glyph_is_in_the_way(standard: PdfStandard) -> None:
    book = prose()
    # What the press shows for it when the font has no 〓 either.
    book.faces.programs[0].readings[0] = NOWHERE
    [found] = book.assembled(standard).diagnostics
    assert str(found).startswith(
        f"warning P021: the PDF does not claim {standard.upper()}: it has characters that no font"
        " can show\n  hint: install a font"
    )


def test_so_is_one_in_a_hosted_block() -> None:
    book = prose(slabs=laid_out(f"<p>{NOWHERE}</p>"))
    assert [found.code for found in book.assembled("pdf/a-2u").diagnostics] == ["P021"]


def test_a_book_whose_characters_all_have_one_claims_it() -> None:
    assert prose(slabs=laid_out("<p>灯</p>")).assembled("pdf/a-2u").diagnostics == ()
