from io import BytesIO

import pytest
from PIL import Image as Picture
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo

from builder.compose import reencoding
from builder.compose.images import cover_item, image_item, max_side_px, printable, sniff, stems_of
from builder.compose.reencoding import MAX_SIDE_PX, fit_picture
from builder.core.book import Asset
from builder.core.errors import ComposeError
from builder.core.pictures import MAX_PIXELS
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


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("GIF", ".gif"), ("JPEG", ".jpg")])
def test_an_image_that_e_readers_know_passes_untouched(kind: str, suffix: str) -> None:
    content = picture(kind)
    item = image_item(asset(content, "wrong.jpg"), "wrong")
    assert item.content == content
    assert item.href == f"images/wrong{suffix}"


def photograph(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Picture.Image:
    """An image with more colours than a drawing has."""
    across = Picture.linear_gradient("L").resize(size)
    down = across.transpose(Picture.Transpose.ROTATE_90).resize(size)
    return Picture.merge("RGB", (across, down, across.point(lambda v: v * 7 % 256))).convert(mode)


def saved(image: Picture.Image, kind: str, **options: object) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "WEBP", "AVIF"])
def test_a_photograph_that_readers_cannot_show_becomes_jpeg(kind: str) -> None:
    item = image_item(asset(saved(photograph(), kind), "rain.x"), "rain")
    assert (item.href, item.media_type) == ("images/rain.jpg", "image/jpeg")
    assert opened(item.content).size == (60, 40)
    assert opened(item.content).format == "JPEG"


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "WEBP"])
def test_a_drawing_that_readers_cannot_show_becomes_png_without_loss(kind: str) -> None:
    drawing = Picture.new("RGB", (30, 20), "white")
    drawing.paste((200, 0, 0), (5, 5, 10, 10))
    options = {"lossless": True} if kind == "WEBP" else {}
    item = image_item(asset(saved(drawing, kind, **options), "seal.x"), "p1")
    assert item.media_type == "image/png"
    assert opened(item.content).convert("RGB").tobytes() == drawing.tobytes()


def test_what_shows_through_still_does() -> None:
    glass = photograph("RGBA")
    glass.putalpha(Picture.linear_gradient("L").resize(glass.size))
    item = image_item(asset(saved(glass, "WEBP", lossless=True, exact=True), "glass.webp"), "p1")
    assert item.media_type == "image/png"
    assert opened(item.content).convert("RGBA").tobytes() == glass.tobytes()


def test_an_alpha_channel_that_hides_nothing_is_left_out() -> None:
    item = image_item(asset(saved(photograph("RGBA"), "TIFF"), "a.tif"), "p1")
    assert item.media_type == "image/jpeg"


def test_colours_of_print_become_colours_of_screens() -> None:
    item = image_item(asset(saved(Picture.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG")), "p1")
    image = opened(item.content)
    assert image.mode == "RGB"
    red, green, blue = image.getpixel((4, 4))  # type: ignore[misc]  # RGB
    assert red > 200 > 60 > max(green, blue)


def test_a_profile_is_applied_when_an_image_is_written_anew() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = saved(photograph(), "TIFF", icc_profile=srgb)
    image = opened(image_item(asset(content), "p1").content)
    assert image.format == "JPEG"
    assert "icc_profile" not in image.info
    broken = saved(photograph(), "TIFF", icc_profile=b"no profile")
    assert opened(image_item(asset(broken), "p1").content).size == (60, 40)


def test_sixteen_bits_become_eight() -> None:
    deep = Picture.new("I;16", (4, 4), 65535)
    deep.putpixel((0, 0), 0)
    item = image_item(asset(saved(deep, "PNG")), "p1")
    image = opened(item.content)
    assert item.content[24] <= 8
    grey = image.convert("L")
    assert (grey.getpixel((0, 0)), grey.getpixel((2, 2))) == (0, 255)


def test_numbers_that_fit_into_eight_bits_stay() -> None:
    image = opened(image_item(asset(saved(Picture.new("I", (4, 4), 200), "TIFF")), "p1").content)
    assert image.convert("L").getpixel((1, 1)) == 200


def test_of_an_animation_the_first_picture_is_shown() -> None:
    frames = [Picture.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        content = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=90)
        image = opened(image_item(asset(content), "p1").content)
        assert not getattr(image, "is_animated", False)
        red, _, blue = image.convert("RGB").getpixel((4, 4))  # type: ignore[misc]  # RGB
        assert red > 240
        assert blue < 20


def test_a_huge_picture_is_made_smaller_for_the_screen() -> None:
    content = saved(photograph(size=(3000, 300)), "JPEG")
    assert opened(image_item(asset(content), "p1").content).size == (MAX_SIDE_PX, 256)
    side = max_side_px("kindle-6")
    assert opened(image_item(asset(content), "p1", side_px=side).content).size == (1448, 145)
    assert max_side_px(None) == MAX_SIDE_PX


def test_a_scan_in_black_and_white_stays_readable_when_made_smaller() -> None:
    scan = Picture.new("1", (3000, 100), 1)
    image = opened(image_item(asset(saved(scan, "TIFF")), "p1").content)
    assert image.width == MAX_SIDE_PX


def test_a_heavy_png_becomes_jpeg_unless_it_shows_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reencoding, "MAX_BYTES", 100)
    assert image_item(asset(saved(photograph(), "PNG")), "p1").media_type == "image/jpeg"
    glass = photograph("RGBA")
    glass.putalpha(90)
    assert image_item(asset(saved(glass, "PNG")), "p1").media_type == "image/png"


def test_metadata_goes_and_the_picture_stays_to_the_bit() -> None:
    exif = Picture.Exif()
    exif[0x013B] = "沈砚"  # the artist
    bare = saved(photograph(), "JPEG")
    told = saved(photograph(), "JPEG", exif=exif, comment="渡口".encode())
    assert len(told) > len(bare)
    assert image_item(asset(told), "p1").content == bare
    progressive = saved(photograph(), "JPEG", progressive=True)
    assert image_item(asset(progressive + b"a film behind it"), "p1").content == progressive
    text = PngInfo()
    text.add_text("Author", "Shen Yan")
    told = saved(photograph(), "PNG", pnginfo=text)
    assert b"Shen Yan" in told
    assert image_item(asset(told), "p1").content == saved(photograph(), "PNG")


def test_a_profile_of_an_image_that_stays_is_kept() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG"):
        content = saved(photograph(), kind, icc_profile=srgb)
        assert opened(image_item(asset(content), "p1").content).info["icc_profile"] == srgb


def test_a_drawing_is_made_safe() -> None:
    item = image_item(asset(b'<svg><script>a()</script><rect id="b"/></svg>', "a.svg"), "p1")
    assert item.media_type == "image/svg+xml"
    assert b"script" not in item.content
    with pytest.raises(ComposeError):
        image_item(asset(b"<svg><rect></svg>"), "p1")


def test_a_chinese_file_name_becomes_an_ascii_one() -> None:
    [stem] = stems_of(["图一.png"]).values()
    assert stem.isascii()
    assert stems_of(["图二.png", "图一.png"])["图一.png"] == stem


def test_a_picture_keeps_its_name_whatever_stands_before_it() -> None:
    assert stems_of(["rain.png"]) == {"rain.png": "rain"}
    assert stems_of(["snow.png", "rain.png"])["rain.png"] == "rain"


def test_no_two_pictures_are_called_alike_on_any_system() -> None:
    stems = stems_of(["rain.png", "Rain.jpg", "rain.bmp", "cover.png"])
    names = [stem.lower() for stem in stems.values()]
    assert len(set(names)) == 4
    assert "cover" not in names


def test_a_jpeg_of_sensible_size_is_the_cover_as_it_is() -> None:
    content = picture("JPEG", (1600, 2400))
    assert cover_item(asset(content)).content == content


def test_a_huge_cover_is_made_smaller_and_keeps_its_shape() -> None:
    item = cover_item(asset(picture("JPEG", (2 * MAX_SIDE_PX, MAX_SIDE_PX))))
    assert opened(item.content).size == (MAX_SIDE_PX, MAX_SIDE_PX // 2)


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
    assert opened(image_item(asset(content.getvalue()), "p1").content).width < 100


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
        image_item(asset(b"\x89PNG\r\n\x1a\n garbage"), "p1")
    assert caught.value.diagnostic.code == "E001"


def test_a_decompression_bomb_is_not_opened() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    content = BytesIO()
    Picture.new("1", (side, side)).save(content, "PNG")
    for make in (cover_item, lambda bomb: image_item(bomb, "p1")):
        with pytest.raises(ComposeError) as caught:
            make(asset(content.getvalue()))
        assert caught.value.diagnostic.code == "E002"
        assert str(side) in caught.value.message


def test_the_press_gets_eight_bits_and_everything_else_as_it_is() -> None:
    deep = printable(asset(saved(Picture.new("I;16", (4, 4), 40_000), "PNG")))
    assert opened(deep.content).mode in {"L", "P"}
    for content in (saved(photograph("CMYK"), "JPEG"), saved(photograph(), "TIFF"), SVG, b""):
        assert printable(asset(content)) == asset(content)


def test_other_pictures_inside_a_jpeg_go_and_odd_but_sound_files_stay() -> None:
    bare = saved(photograph(), "JPEG")
    other = b"\xff\xe2\x00\x08MPF\0\0\0"
    assert image_item(asset(bare[:2] + other + bare[2:]), "p1").content == bare
    filled = bare[:2] + b"\xff\xff" + bare[2:]
    assert opened(image_item(asset(filled), "p1").content).size == (60, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_file_that_ends_too_early_is_refused(kind: str) -> None:
    content = saved(photograph(size=(300, 200)), kind)
    with pytest.raises(ComposeError) as caught:
        image_item(asset(content[: len(content) // 2]), "p1")
    assert caught.value.diagnostic.code == "E001"


def test_rubbish_between_segments_is_written_anew() -> None:
    bare = saved(photograph(), "JPEG")
    jfif = 2 + 2 + int.from_bytes(bare[4:6])
    item = image_item(asset(bare[:jfif] + b"\0" + bare[jfif:]), "p1")
    assert opened(item.content).size == (60, 40)


ANIMATED = saved(
    photograph("L", (24, 16)), "GIF", save_all=True, append_images=[photograph("L", (24, 16)).rotate(9)]
)  # fmt: skip


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_a_picture_that_breaks_off_anywhere_is_shown_or_named_as_broken(kind: str) -> None:
    whole = ANIMATED if kind == "GIF" else saved(photograph(size=(24, 16)), kind)
    outcomes: set[str] = set()
    for end in range(len(whole)):
        try:
            outcomes.add("shown" if fit_picture(asset(whole[:end]), "").content else "empty")
        except ComposeError as error:
            outcomes.add(error.diagnostic.code)
    assert fit_picture(asset(whole), "").content
    assert {"E001"} <= outcomes <= {"shown", "E001", "E002"}


def test_a_picture_too_vast_to_be_set_goes_to_press_at_half_its_size() -> None:
    scan = asset(saved(Picture.new("L", (9_000, 4_400), 200), "PNG"))
    made = opened(printable(scan).content)
    assert made.size == (4_500, 2_200)
    assert made.convert("L").getpixel((7, 7)) == 200
    small = asset(saved(Picture.new("L", (900, 440)), "PNG"))
    assert printable(small) is small


def test_a_vast_picture_stays_upright() -> None:
    exif = Picture.Exif()
    exif[0x0112] = 6  # turned to the right
    for kind in ("JPEG", "TIFF", "PNG", "WEBP"):
        content = saved(Picture.new("RGB", (300, 150)), kind, exif=exif)
        item = image_item(asset(content), "p1", side_px=100)
        assert opened(item.content).size == (50, 100), kind
        assert max(opened(cover_item(asset(content), side_px=100).content).size) == 100
