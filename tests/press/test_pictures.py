"""Pictures in the PDF: the same dots as in the file, seen the right way up, each once."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image

from builder.core.book import Asset
from builder.press.pictures import PictureError, Pictures, in_rgb
from builder.press.standards import srgb_profile
from builder.press.writer import Writer

# Four dots that tell a picture's corners apart, as blocks so that JPEG keeps them.
CORNERS = {(0, 0): (200, 0, 0), (1, 0): (0, 200, 0), (0, 1): (0, 0, 200), (1, 1): (200, 200, 0)}
BLOCK = 16


def drawn(mode: str = "RGB", *, columns: int = 2) -> Image.Image:
    image = Image.new("RGB", (BLOCK * columns, BLOCK * 2))
    for (x, y), colour in CORNERS.items():
        image.paste(colour, (x * BLOCK, y * BLOCK, (x + 1) * BLOCK, (y + 1) * BLOCK))
    return image.convert(mode, dither=Image.Dither.NONE)


def asset(image: Image.Image, kind: str = "PNG", **options: object) -> Asset:
    made = BytesIO()
    image.save(made, kind, **options)
    return Asset(f"a.{kind.lower()}", f"image/{kind.lower()}", made.getvalue())


def on_a_page(pictures: Pictures, name: str, *, times: int = 1) -> bytes:
    """A page that the picture fills; the picture is put as many times as told."""
    writer = Writer()
    numbers = {pictures.put(writer, name) for _ in range(times)}
    [number] = numbers
    pages = writer.reserve()
    content = writer.add_deflated("", b"0 0 1 rg 64 0 0 64 0 0 cm /P Do")
    page = writer.add(
        f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 64 64]/Contents {content} 0 R"
        f"/Resources<</XObject<</P {number} 0 R>>>>>>"
    )
    writer.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
    return writer.finish(root=root, info=writer.add("<<>>"), identifier=bytes(16))


def corners(pdf: bytes) -> list[tuple[int, int, int]]:
    """The colours in the middle of a page's four quarters: above left, above right, below …"""
    with pymupdf.open("pdf", pdf) as document:
        shown = document[0].get_pixmap()
        return [shown.pixel(x, y) for y in (16, 48) for x in (16, 48)]


def is_near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_every_format_shows_its_dots(kind: str) -> None:
    picture = asset(drawn(), kind)
    found = corners(on_a_page(Pictures([picture]), picture.name))
    assert all(map(is_near, found, CORNERS.values()))


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK"])
def test_every_mode_shows_its_dots(mode: str) -> None:
    picture = asset(drawn(mode), "TIFF")
    expected = drawn(mode).convert("RGB")
    found = corners(on_a_page(Pictures([picture]), picture.name))
    dots = [expected.getpixel((x, y)) for y in (8, 24) for x in (8, 24)]
    assert all(is_near(one, other) for one, other in zip(found, dots, strict=True))  # type: ignore[arg-type]  # RGB has three values


def test_a_jpeg_goes_in_as_it_is() -> None:
    picture = asset(drawn(), "JPEG")
    assert picture.content in on_a_page(Pictures([picture]), picture.name)


def test_a_jpeg_of_printing_inks_becomes_rgb() -> None:
    picture = asset(drawn("CMYK"), "JPEG")
    made = on_a_page(Pictures([picture]), picture.name)
    assert picture.content not in made
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.pages[0].Resources.XObject.P.ColorSpace) == "/DeviceRGB"


def test_inks_become_rgb_and_the_rest_stays_as_it_is() -> None:
    inks, light = asset(drawn("CMYK"), "JPEG", quality=95), asset(drawn(), "JPEG")
    converted = in_rgb(inks)
    with Image.open(BytesIO(converted.content)) as image:
        assert image.mode == "RGB"
        dots = [image.getpixel((x, y)) for y in (8, 24) for x in (8, 24)]
    assert all(is_near(one, other) for one, other in zip(dots, CORNERS.values(), strict=True))  # type: ignore[arg-type]  # RGB has three values
    assert (converted.name, converted.media_type) == (inks.name, "image/jpeg")
    assert in_rgb(light) is light
    broken = Asset("a.png", "image/png", b"no picture")
    assert in_rgb(broken) is broken


def test_inks_are_taken_as_their_profile_says() -> None:
    """A profile that is none of inks, or broken, is no help, and no harm."""
    for profile in (srgb_profile(), b"broken"):
        inks = asset(drawn("CMYK"), "JPEG", quality=95, icc_profile=profile)
        with Image.open(BytesIO(in_rgb(inks).content)) as image:
            assert image.mode == "RGB"


def test_transparency_shows_the_paper() -> None:
    clear = drawn("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))
    picture = asset(clear)
    assert corners(on_a_page(Pictures([picture]), picture.name)) == [(255, 255, 255)] * 4


def test_half_transparency_is_half_seen() -> None:
    clear = drawn("RGBA")
    clear.putalpha(Image.new("L", clear.size, 128))
    picture = asset(clear)
    red, *_ = corners(on_a_page(Pictures([picture]), picture.name))
    assert is_near(red, (228, 128, 128))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_held_on_its_side_is_turned_back(orientation: int) -> None:
    """What Pillow shows of the picture, the page shows."""
    from PIL import ImageOps

    image = drawn()
    exif = image.getexif()
    exif[274] = orientation
    picture = asset(image, "JPEG", exif=exif, quality=95)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(picture.content)))
    expected = [upright.getpixel((x, y)) for y in (8, 24) for x in (8, 24)]
    found = corners(on_a_page(Pictures([picture]), picture.name))
    assert all(is_near(one, other) for one, other in zip(found, expected, strict=True))  # type: ignore[arg-type]  # RGB has three values


def test_sizes_are_those_seen() -> None:
    image = drawn(columns=3)
    exif = image.getexif()
    exif[274] = 6
    flat, turned = asset(image), asset(image, "JPEG", exif=exif)
    pictures = Pictures([flat, turned])
    assert pictures.size(flat.name) == pictures.size(flat.name) == (48, 32)
    assert pictures.size(turned.name) == (32, 48)


def test_a_picture_is_written_once() -> None:
    picture = asset(drawn(), "JPEG")
    assert on_a_page(Pictures([picture]), picture.name, times=3).count(picture.content) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_half_a_picture_is_refused(kind: str) -> None:
    whole = asset(Image.effect_noise((64, 64), 80), kind)
    half = Asset(whole.name, whole.media_type, whole.content[: len(whole.content) // 2])
    with pytest.raises(PictureError):
        Pictures([half]).size(half.name)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PictureError, match="cannot identify"):
        Pictures([Asset("a.png", "image/png", b"no picture")]).size("a.png")


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    picture = asset(drawn())
    assert on_a_page(Pictures([picture]), "a.png") == on_a_page(Pictures([picture]), "a.png")
