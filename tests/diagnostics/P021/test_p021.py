"""P021: characters that no font has keep a file from claiming PDF/A-2u."""

from tests.press.assembling import prose


def test_a_character_without_a_font_is_in_the_way() -> None:
    book = prose()
    book.missing = ("\U0003fffd",)
    [found] = book.assembled("pdf/a-2u").diagnostics
    assert str(found).startswith(
        "warning P021: the PDF does not claim PDF/A-2U: no font has \U0003fffd\n  hint: install"
    )


def test_a_book_whose_characters_all_have_one_claims_it() -> None:
    assert prose().assembled("pdf/a-2u").diagnostics == ()


def test_the_other_standard_has_nothing_against_it() -> None:
    book = prose()
    book.missing = ("\U0003fffd",)
    assert book.assembled("pdf/ua-1").diagnostics == ()
