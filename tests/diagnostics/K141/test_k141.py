"""legado shows the contents as one list."""

from tests.check.books import nav
from tests.check.rejected import said

NESTED = nav().replace("夜雨</a>", '夜雨</a><ol><li><a href="c1.xhtml#c1">一</a></li></ol>')


def test_nested_contents_are_told() -> None:
    assert said("K141", "legado", {"EPUB/nav.xhtml": NESTED}) == [
        ("EPUB/book.opf", "note", "legado shows nested contents as one flat list"),
    ]


def test_flat_ones_and_other_readers_are_not() -> None:
    assert said("K141", "legado") == []
    assert said("K141", "kobo", {"EPUB/nav.xhtml": NESTED}) == []
    assert said("K141", "legado", {"EPUB/nav.xhtml": "<html"}) == []
