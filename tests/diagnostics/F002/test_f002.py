"""F002: characters that no font has. Which those are depends on the machine, but the private-use
plane is nobody's.
"""

from builder.core.config import Config
from builder.press import press
from tests.press.documents import document


def test_characters_without_a_glyph_are_named() -> None:
    [found] = press(document("<p>名\U000f0001</p>"), Config()).diagnostics
    assert str(found) == (
        "warning F002: no installed font can show 1 of the book's characters: "
        "\U000f0001 (U+F0001)\n"
        "  hint: install a font with rare characters, such as fonts-hanazono on Debian, "
        "or write them differently"
    )


def test_a_rare_character_that_a_font_has_is_shown() -> None:
    assert press(document("<p>名𠮷</p>"), Config()).diagnostics == ()
