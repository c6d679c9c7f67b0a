"""P005: whatever else the layout engine has to say is passed on, never swallowed."""

from builder.core.book import Asset
from builder.core.config import Config
from builder.press import press
from tests.compose.sample import picture
from tests.press.documents import document

ROW = "<tr><td>甲</td><td>乙</td></tr>"


def test_an_image_without_alternative_text_is_remarked_on() -> None:
    page = document(
        '<img src="book:/lamp.png">', resources=(Asset("lamp.png", "image/png", picture()),)
    )
    [found] = press(page, Config()).diagnostics
    assert str(found) == (
        'warning P005: the layout engine says: Image "book:/lamp.png" '
        "has no required alt description"
    )


def test_a_plain_table_gives_nothing_to_say() -> None:
    assert press(document(f"<table>{ROW}</table>"), Config()).diagnostics == ()
