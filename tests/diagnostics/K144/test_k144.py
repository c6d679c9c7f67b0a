"""Apple Books uses embedded fonts only when the book says so."""

from tests.check.rejected import FONT, said, with_item

TOLD = '<meta property="ibooks:specified-fonts">true</meta></metadata>'
BOOK = with_item(FONT)


def test_fonts_that_it_would_not_use_are_told() -> None:
    assert said("K144", "apple-books", {"EPUB/book.opf": BOOK}) == [
        ("EPUB/book.opf", "warning", "Apple Books will not use the embedded fonts"),
    ]
    assert said("K144", "kobo", {"EPUB/book.opf": BOOK}) == []


def test_fonts_it_is_told_of_and_a_book_without_are_not() -> None:
    told = BOOK.replace("</metadata>", TOLD)
    assert said("K144", "apple-books", {"EPUB/book.opf": told}) == []
    options = "META-INF/com.apple.ibooks.display-options.xml"
    assert said("K144", "apple-books", {"EPUB/book.opf": BOOK, options: "<a/>"}) == []
    assert said("K144", "apple-books") == []
