"""Pictures for a PDF/A: the same dots, in colours of light."""

from io import BytesIO

import pytest
from PIL import Image

from builder.core.book import Asset
from builder.press.pictures import in_rgb
from builder.press.standards import srgb_profile
from tests.judges.finding import NODE_MODULES

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


def is_near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


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


def test_a_picture_is_converted_by_its_own_profile() -> None:
    """The cyan of a printing press is no #00FFFF."""
    profile = NODE_MODULES / "pdfjs-dist" / "iccs" / "CGATS001Compat-v2-micro.icc"
    if not profile.is_file():
        pytest.skip("pdfjs-dist is not installed")
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    plain, told = (
        Image.open(BytesIO(in_rgb(asset(cyan, "JPEG", quality=95, icc_profile=one)).content))
        for one in (None, profile.read_bytes())
    )
    assert is_near(plain.getpixel((8, 8)), (0, 255, 255))  # type: ignore[arg-type]  # RGB has three values
    assert not is_near(told.getpixel((8, 8)), (0, 255, 255))  # type: ignore[arg-type]  # as above


def test_inks_are_taken_as_their_profile_says() -> None:
    """A profile that is none of inks, or broken, is no help, and no harm."""
    for profile in (srgb_profile(), b"broken"):
        inks = asset(drawn("CMYK"), "JPEG", quality=95, icc_profile=profile)
        with Image.open(BytesIO(in_rgb(inks).content)) as image:
            assert image.mode == "RGB"
