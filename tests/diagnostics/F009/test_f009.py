"""F009: no font on this machine may be embedded; played by licences that all forbid it."""

import pytest

from builder.core.errors import DependencyError
from builder.fonts import embed_fonts, shelf
from tests.fonts.books import publication


def test_without_a_font_to_embed_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "permission", lambda face: "forbidden")
    with pytest.raises(DependencyError) as caught:
        embed_fonts(publication("船灯"), choice=True)
    first, hint = str(caught.value).splitlines()
    assert first == (
        "error F009: no installed font that may be embedded has Chinese characters for zh-Hans"
    )
    assert "sudo apt-get install fonts-noto-cjk" in hint


def test_with_one_it_is_embedded() -> None:
    assert embed_fonts(publication("船灯"), choice=True).fonts
