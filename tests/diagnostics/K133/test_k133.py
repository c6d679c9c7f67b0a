"""A Kobo does not open a file of the book over 10 MB."""

from tests.check.books import chapter
from tests.check.rejected import said


def test_a_file_that_is_too_long_is_refused() -> None:
    long = chapter(paragraphs=["雨下个不停。" * 600_000], notes=())
    assert said("K133", "kobo-libra", {"EPUB/c1.xhtml": long}) == [
        ("EPUB/c1.xhtml", "error", "11 MB in one file of the book; kobo-libra opens 10 MB at most"),
    ]
    assert said("K133", "apple-books", {"EPUB/c1.xhtml": long}) == []


def test_one_of_nine_megabytes_is_not() -> None:
    long = chapter(paragraphs=["雨下个不停。" * 500_000], notes=())
    assert said("K133", "kobo-libra", {"EPUB/c1.xhtml": long}) == []
