"""P005: whatever else the layout engine has to say is passed on, never swallowed."""

from builder.core.book import Asset
from builder.core.config import Config
from builder.press import press
from tests.compose.sample import picture
from tests.press.documents import document

ROW = "<tr><td>甲</td><td>乙</td></tr>"


def test_a_place_named_twice_is_remarked_on() -> None:
    [found] = press(document('<p id="a">甲</p><p id="a">乙</p>'), Config()).diagnostics
    assert str(found) == "warning P005: the layout engine says: Anchor defined twice: 'a'"


def test_a_picture_without_a_description_is_p020s_affair() -> None:
    lamp = Asset("lamp.png", "image/png", picture())
    page = document('<img src="book:/lamp.png">', resources=(lamp,))
    assert press(page, Config()).diagnostics == ()


def test_a_plain_table_gives_nothing_to_say() -> None:
    assert press(document(f"<table>{ROW}</table>"), Config()).diagnostics == ()
