"""Apple Books knows one writing mode for a page."""

import pytest

from tests.check.rejected import said


def test_a_part_of_a_page_with_its_own_mode_is_told() -> None:
    css = "p { margin: 0 } /* a { writing-mode: x } */ div.a, html { -epub-writing-mode: b; writing-mode: c }"
    sentence = "“div.a” has a writing mode of its own; Apple Books knows one for each page"
    assert said("K140", "apple-books", {"EPUB/book.css": css}) == [
        ("EPUB/book.css", "note", sentence),
    ]
    assert said("K140", "kindle", {"EPUB/book.css": css}) == []


@pytest.mark.parametrize("selector", ["html", "body", "html.vertical, body.text", ":root"])
def test_a_mode_for_the_page_is_not(selector: str) -> None:
    css = f"@charset 'utf-8'; {selector} {{ margin: 0; writing-mode: vertical-rl }}"
    assert said("K140", "apple-books", {"EPUB/book.css": css}) == []
