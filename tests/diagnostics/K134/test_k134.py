"""A WebP called JPEG is a WebP, which Kindle and Kobo do not show."""

from tests.check.rejected import PICTURE, Changes, picture, said, with_item


def book(kind: str) -> Changes:
    return {"EPUB/book.opf": with_item(PICTURE), "EPUB/p.jpg": picture(20, 20, kind)}


def test_a_picture_in_a_format_that_is_not_shown_is_refused() -> None:
    assert said("K134", "kobo", book("WEBP")) == [
        ("EPUB/p.jpg", "error", "kobo does not show pictures of this kind (image/webp)"),
    ]


def test_another_reader_shows_it_and_all_show_jpeg() -> None:
    assert said("K134", "apple-books", book("WEBP")) == []
    assert said("K134", "kobo", book("JPEG")) == []
