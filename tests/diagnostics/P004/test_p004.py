"""P004: a picture that cannot be drawn."""

from builder.core.book import Asset
from builder.core.config import Config
from builder.press import press
from tests.compose.sample import picture
from tests.press.documents import document


def draw(content: bytes) -> list[str]:
    page = document(
        '<img src="book:/lamp.png" alt="灯">', resources=(Asset("lamp.png", "image/png", content),)
    )
    return [str(found) for found in press(page, Config()).diagnostics]


def test_a_broken_picture_is_reported() -> None:
    [found] = draw(b"\x89PNG, but no more than that")
    assert found.startswith("warning P004: the picture book:/lamp.png cannot be drawn: ")
    assert found.endswith("\n  hint: save it again as PNG or JPEG")


def test_a_whole_picture_is_drawn_in_silence() -> None:
    assert draw(picture()) == []
