"""P002: the press refuses what is not the book's own. The reading room takes such links out of
scraped text before, so only a made-up document can ask.
"""

from builder.core.book import Asset
from builder.core.config import Config
from builder.press import press
from tests.compose.sample import picture
from tests.press.documents import document


def test_a_picture_on_the_web_is_refused() -> None:
    page = document('<img src="https://example.org/lamp.png" alt="灯">')
    [found] = press(page, Config()).diagnostics
    assert str(found) == (
        "warning P002: refused to load https://example.org/lamp.png\n"
        "  hint: a book can use only its own files; put the file into the book's folder"
    )


def test_a_picture_of_the_book_is_served() -> None:
    page = document(
        '<img src="book:/lamp.png" alt="灯">',
        resources=(Asset("lamp.png", "image/png", picture()),),
    )
    assert press(page, Config()).diagnostics == ()
