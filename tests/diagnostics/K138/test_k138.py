"""KOReader sets no text in columns."""

from tests.check.rejected import said

VERTICAL = {"EPUB/book.css": "html { writing-mode: vertical-rl }"}


def test_vertical_text_is_told() -> None:
    assert said("K138", "koreader", VERTICAL) == [
        (
            "EPUB/book.opf",
            "warning",
            "the text is vertical; koreader sets it in lines all the same",
        ),
    ]


def test_it_is_not_where_it_can_be_set_or_is_in_lines() -> None:
    assert said("K138", "kobo", VERTICAL) == []
    assert said("K138", "koreader") == []
