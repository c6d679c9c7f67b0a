"""Apple Books wants an NCX too."""

from tests.check.rejected import said, with_item

NCX = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'


def test_a_book_without_ncx_is_told() -> None:
    sentence = "no toc.ncx; Apple Books wants one beside the navigation document"
    assert said("K139", "ipad-10.9") == [("EPUB/book.opf", "warning", sentence)]


def test_one_with_it_and_one_for_another_reader_is_not() -> None:
    assert said("K139", "ipad-10.9", {"EPUB/book.opf": with_item(NCX)}) == []
    assert said("K139", "kindle") == []
