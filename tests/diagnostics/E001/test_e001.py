"""E001 needs a picture's bytes, damaged: half a PNG is one, a whole PNG is the near miss."""

import pytest

from builder.compose.images import cover_item
from builder.core.book import Asset
from builder.core.errors import ComposeError
from tests.compose.sample import picture

PNG = picture("PNG", (160, 240))


def test_half_a_picture_is_reported() -> None:
    with pytest.raises(ComposeError) as caught:
        cover_item(Asset("cover.png", "image/png", PNG[: len(PNG) // 2]))
    assert str(caught.value) == (
        "cover.png: error E001: this image cannot be read\n"
        "  hint: open it in an image program and save it again as JPEG or PNG"
    )


def test_a_whole_picture_is_not() -> None:
    assert cover_item(Asset("cover.png", "image/png", PNG)).media_type == "image/jpeg"
