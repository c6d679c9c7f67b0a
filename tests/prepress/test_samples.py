"""Pictures in other inks."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from builder.prepress import Ink, Samples, inked_picture, mixed
from builder.prepress.samples import _deflated, _opened

COLOURS = {
    "red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "ochre": (194, 147, 58),
    "white": (255, 255, 255), "grey": (119, 119, 119), "nearly black": (3, 3, 3), "black": (0, 0, 0),
}  # fmt: skip
STEP = 16


def stripes() -> Image.Image:
    """A stripe of each colour."""
    image = Image.new("RGB", (STEP * len(COLOURS), 24))
    for at, colour in enumerate(COLOURS.values()):
        ImageDraw.Draw(image).rectangle((at * STEP, 0, at * STEP + STEP - 1, 23), fill=colour)
    return image


def drawn(image: Image.Image) -> Samples:
    space: Any = {"RGB": "rgb", "L": "grey", "CMYK": "cmyk"}[image.mode]
    return Samples(*image.size, space, _deflated(image))


def photograph(image: Image.Image, *, quality: int = 95) -> Samples:
    made = BytesIO()
    image.save(made, "JPEG", quality=quality, subsampling=0)
    space: Any = {"RGB": "rgb", "L": "grey", "CMYK": "cmyk"}[image.mode]
    is_inverted = image.mode == "CMYK"
    return Samples(*image.size, space, made.getvalue(), is_jpeg=True, is_inverted=is_inverted)


def middles(picture: Samples | None) -> list[tuple[int, ...]]:
    """The inks in the middle of each stripe: 255 is full, grey counts light."""
    assert picture is not None
    image = _opened(picture)
    found: list[Any] = [image.getpixel((at * STEP + STEP // 2, 12)) for at in range(len(COLOURS))]
    return [one if isinstance(one, tuple) else (one,) for one in found]


def expected(ink: Ink) -> list[tuple[float, ...]]:
    rgb = [tuple(part / 255 for part in colour) for colour in COLOURS.values()]
    return [tuple(part * 255 for part in mixed(colour, ink)) for colour in rgb]


@pytest.mark.parametrize("ink", ["grey", "cmyk"])
@pytest.mark.parametrize(("make", "within"), [(drawn, 3), (photograph, 8)])
def test_a_picture_has_the_inks_that_a_colour_of_the_sheet_would_have(
    ink: Ink, make: Any, within: int
) -> None:
    made = inked_picture(make(stripes()), ink)
    assert made is not None
    assert made.space == ink
    assert made.is_jpeg is (make is photograph)
    for inks, wanted in zip(middles(made), expected(ink), strict=True):
        assert inks == pytest.approx(wanted, abs=within)


def test_greys_of_a_drawing_are_black_ink_alone_to_the_bit() -> None:
    ramp = Image.merge("RGB", [Image.linear_gradient("L")] * 3)
    made = inked_picture(drawn(ramp), "cmyk")
    assert made is not None
    cyan, magenta, yellow, black = _opened(made).split()
    assert cyan.getextrema() == magenta.getextrema() == yellow.getextrema() == (0, 0)
    light = bytes(255 - value for value in black.tobytes())
    assert light == Image.linear_gradient("L").tobytes()


def test_greys_of_a_drawing_stay_to_the_bit_in_grey() -> None:
    ramp = Image.merge("RGB", [Image.linear_gradient("L")] * 3)
    made = inked_picture(drawn(ramp), "grey")
    assert made is not None
    assert _opened(made).tobytes() == Image.linear_gradient("L").tobytes()


def test_what_is_in_the_inks_already_stays_to_the_byte() -> None:
    grey, inks = photograph(stripes().convert("L")), photograph(stripes().convert("CMYK"))
    assert inked_picture(grey, "grey") is grey
    assert inked_picture(grey, "cmyk") is grey
    assert inked_picture(inks, "cmyk") is inks
    assert inked_picture(inks, "rgb") is inks


def test_inks_become_light_whether_or_not_the_file_has_them_upside_down() -> None:
    usual = photograph(stripes().convert("CMYK"))
    image = Image.open(BytesIO(usual.data))
    upside_down = BytesIO()
    Image.frombytes("CMYK", image.size, bytes(255 - one for one in image.tobytes())).save(
        upside_down, "JPEG", quality=95, subsampling=0
    )
    plain = Samples(*image.size, "cmyk", upside_down.getvalue(), is_jpeg=True, is_inverted=False)
    one, other = middles(inked_picture(usual, "grey")), middles(inked_picture(plain, "grey"))
    for left, right in zip(one, other, strict=True):
        assert left == pytest.approx(right, abs=4)
    assert one[4][0] > 250  # white
    assert one[7][0] < 5  # black


def test_deflated_inks_can_be_read_too() -> None:
    made = inked_picture(drawn(stripes()), "cmyk")
    assert made is not None
    light = middles(inked_picture(made, "grey"))
    assert light[4] == (255,)
    assert light[7] == (0,)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"no picture"])
@pytest.mark.parametrize("is_jpeg", [True, False])
def test_what_nobody_can_read_is_no_picture(data: bytes, is_jpeg: bool) -> None:
    assert inked_picture(Samples(8, 8, "rgb", data, is_jpeg=is_jpeg), "grey") is None


def test_half_a_photograph_is_no_picture() -> None:
    whole = photograph(stripes())
    half = Samples(whole.width, whole.height, "rgb", whole.data[:-200], is_jpeg=True)
    assert inked_picture(half, "cmyk") is None
