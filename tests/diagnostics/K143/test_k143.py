"""A Kobo opens a book with its better engine when sentences have spans."""

from tests.check.books import chapter
from tests.check.rejected import said

KEPUB = chapter().replace("<p>雨", '<p><span class="koboSpan" id="kobo.1.1">雨</span>')


def test_the_other_of_the_two_formats_is_told() -> None:
    assert said("K143", "kobo") == [("", "note", "kobo reads kepub better than this")]
    sentence = "kindle reads epub better than this"
    assert said("K143", "kindle", {"EPUB/c1.xhtml": KEPUB}) == [("", "note", sentence)]


def test_each_with_its_own_is_not() -> None:
    assert said("K143", "kindle") == []
    assert said("K143", "kobo", {"EPUB/c1.xhtml": KEPUB}) == []
