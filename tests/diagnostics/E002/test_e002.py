"""E002 needs a picture of a hundred megapixels, made here rather than kept in the repository."""

from io import BytesIO

import pytest
from PIL import Image

from builder.compose.images import cover_item
from builder.core.book import Asset
from builder.core.errors import ComposeError


def blank(width: int, height: int) -> Asset:
    content = BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return Asset("cover.png", "image/png", content.getvalue())


def test_a_picture_beyond_the_limit_is_reported() -> None:
    with pytest.raises(ComposeError) as caught:
        cover_item(blank(20_000, 5_001))
    assert str(caught.value) == (
        "cover.png: error E002: this image has too many pixels (20000 × 5001)\n"
        "  hint: make it smaller; 1600 × 2400 is plenty for a cover"
    )


def test_a_picture_as_wide_but_not_as_high_is_not() -> None:
    assert cover_item(blank(20_000, 10)).media_type == "image/jpeg"
