from io import BytesIO

import pytest
from PIL import Image as Picture

from builder.compose.images import MAX_COVER_SIDE, MAX_PIXELS, cover_item, image_item, sniff
from builder.core.book import Asset
from builder.core.errors import ComposeError
from tests.compose.sample import SVG, picture


def asset(content: bytes, name: str = "rain.png") -> Asset:
    return Asset(name, "application/octet-stream", content)


def opened(content: bytes) -> Picture.Image:
    return Picture.open(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (SVG, "image/svg+xml"),
        (b"<!-- a --><svg/>", "image/svg+xml"),
        (picture("BMP"), ""),
        (b"<html><svg></svg></html>", ""),
        (b"", ""),
    ],
)
def test_the_bytes_say_what_an_image_is(content: bytes, media_type: str) -> None:
    assert sniff(content) == media_type


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("GIF", ".gif"), ("WEBP", ".webp")])
def test_an_image_that_e_readers_know_passes_untouched(kind: str, suffix: str) -> None:
    content = picture(kind)
    item = image_item(asset(content, "wrong.jpg"), 7)
    assert item.content == content
    assert item.href == f"images/007-wrong{suffix}"


def test_any_other_image_becomes_jpeg() -> None:
    item = image_item(asset(picture("BMP"), "rain.bmp"), 1)
    assert (item.href, item.media_type) == ("images/001-rain.jpg", "image/jpeg")
    assert opened(item.content).size == (60, 40)


def test_a_chinese_file_name_becomes_an_ascii_one() -> None:
    href = image_item(asset(picture(), "图一.png"), 1).href
    assert href.isascii()
    assert href == image_item(asset(picture(), "图一.png"), 1).href


def test_a_jpeg_of_sensible_size_is_the_cover_as_it_is() -> None:
    content = picture("JPEG", (1600, 2400))
    assert cover_item(asset(content)).content == content


def test_a_huge_cover_is_made_smaller_and_keeps_its_shape() -> None:
    item = cover_item(asset(picture("JPEG", (2 * MAX_COVER_SIDE, MAX_COVER_SIDE))))
    assert opened(item.content).size == (MAX_COVER_SIDE, MAX_COVER_SIDE // 2)


def test_a_transparent_cover_stands_on_white() -> None:
    content = BytesIO()
    Picture.new("RGBA", (20, 30), (0, 0, 0, 0)).save(content, "PNG")
    item = cover_item(asset(content.getvalue()))
    assert opened(item.content).convert("RGB").getpixel((10, 10)) == (255, 255, 255)
    assert item.properties == ("cover-image",)


def test_a_photograph_taken_sideways_is_put_upright() -> None:
    content = BytesIO()
    exif = Picture.Exif()
    exif[0x0112] = 6  # "rotate by 90 degrees to show"
    Picture.new("RGB", (3000, 20)).save(content, "JPEG", exif=exif)
    assert opened(cover_item(asset(content.getvalue())).content).width < 100


@pytest.mark.parametrize(
    "content", [b"", b"not an image", picture("PNG")[:40], picture("BMP")[:60]]
)
def test_an_image_that_cannot_be_read_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(ComposeError) as caught:
        cover_item(asset(content, "cover.png"))
    assert caught.value.diagnostic.code == "E001"
    assert str(caught.value.location) == "cover.png"
    assert caught.value.hint


def test_a_damaged_picture_in_the_text_is_refused() -> None:
    with pytest.raises(ComposeError) as caught:
        image_item(asset(b"\x89PNG\r\n\x1a\n garbage"), 1)
    assert caught.value.diagnostic.code == "E001"


def test_a_decompression_bomb_is_not_opened() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    content = BytesIO()
    Picture.new("1", (side, side)).save(content, "PNG")
    for make in (cover_item, lambda bomb: image_item(bomb, 1)):
        with pytest.raises(ComposeError) as caught:
            make(asset(content.getvalue()))
        assert caught.value.diagnostic.code == "E002"
        assert str(side) in caught.value.message
