"""Kindle and Kobo load TTF and OTF only."""

from tests.check.rejected import FONT, Changes, said, with_item


def book(start: bytes) -> Changes:
    return {"EPUB/book.opf": with_item(FONT), "EPUB/f.ttf": start + bytes(40)}


def test_a_web_font_is_told() -> None:
    assert said("K137", "kobo", book(b"wOF2")) == [
        ("EPUB/f.ttf", "warning", "kobo does not load fonts of this kind (woff2)"),
    ]


def test_an_opentype_font_is_not() -> None:
    assert said("K137", "kobo", book(b"OTTO")) == []
    assert said("K137", "apple-books", book(b"wOF2")) == []
