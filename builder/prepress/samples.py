"""Pictures in other inks, as PDF has them: samples in a stream, compressed or as a JPEG.

A photograph stays a JPEG, and one that is in the inks already stays as it is to the byte; what
is drawn stays without loss. What shows through (SMask) is no colour and stays. The rules are
those of `inks`, looked up in a table of 33 × 33 × 33 colours and mixed from the nearest eight.
Source: ISO 32000-1, 8.9.5 (image dictionaries), 7.4.4.4 (predictors), 7.4.8 (DCTDecode).
"""

import struct
import zlib
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from builder.core.pictures import UNREADABLE
from builder.prepress.inks import Ink, rgb_to_cmyk, rgb_to_grey

if TYPE_CHECKING:
    from PIL import ImageFilter
    from PIL.Image import Image

Space = Literal["grey", "rgb", "cmyk"]

_TABLE_SIDE = 33
# A photograph loses as little again as one that is saved for printing.
_JPEG_QUALITY = 92
_MODES: dict[Space, str] = {"grey": "L", "rgb": "RGB", "cmyk": "CMYK"}
_NO_INK: dict[Space, str | int] = {"grey": "white", "rgb": "white", "cmyk": 0}
_BYTE = 0xFF
_PNG = b"\x89PNG\r\n\x1a\n"
# The colour types of PNG with as many channels. Source: PNG, 11.2.1; four are RGB and alpha.
_PNG_TYPES: dict[Space, int] = {"grey": 0, "rgb": 2, "cmyk": 6}


@dataclass(frozen=True, slots=True)
class Samples:
    """A picture of eight bits a channel.

    `is_jpeg` when `data` is one, else it is deflated, each row after the number of its
    predictor, as in PNG. `is_inverted` when a CMYK JPEG says how much paper is left of each ink,
    as Adobe's programs write it.
    """

    width: int
    height: int
    space: Space
    data: bytes = field(repr=False)
    is_jpeg: bool = False
    is_inverted: bool = False


def inked_picture(picture: Samples, ink: Ink) -> Samples | None:
    """The picture in inks; the same when it is in them. None when it cannot be read."""
    if ink == "rgb" or picture.space == ink or (ink == "cmyk" and picture.space == "grey"):
        return picture
    try:
        image = _changed(_opened(picture), ink)
        return _written(image, ink, is_jpeg=picture.is_jpeg)
    except UNREADABLE:
        return None


def blank(ink: Ink) -> Samples:
    """A picture of one white point."""
    from PIL import Image

    return _written(Image.new(_MODES[ink], (1, 1), _NO_INK[ink]), ink, is_jpeg=False)


# --- reading ------------------------------------------------------------------------------


def _opened(picture: Samples) -> "Image":
    """The picture with true inks: 255 is full."""
    from PIL import Image, ImageChops

    if not picture.is_jpeg:
        rows = Image.open(BytesIO(_as_png(picture)))
        is_inked = picture.space == "cmyk"
        return Image.frombytes("CMYK", rows.size, rows.tobytes()) if is_inked else rows
    image: Image.Image = Image.open(BytesIO(picture.data))
    image.load()
    # Pillow takes every CMYK JPEG for one of Adobe's.
    if image.mode == "CMYK" and not picture.is_inverted:
        image = ImageChops.invert(image)
    return image


def _as_png(picture: Samples) -> bytes:
    """The samples with what makes them a file: PDF's predictors are those of PNG."""
    head = struct.pack(
        ">IIBBBBB", picture.width, picture.height, 8, _PNG_TYPES[picture.space], 0, 0, 0
    )
    return b"".join(
        (_PNG, _chunk(b"IHDR", head), _chunk(b"IDAT", picture.data), _chunk(b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


# --- inks ---------------------------------------------------------------------------------


def _changed(image: "Image", ink: Ink) -> "Image":
    if image.mode == "CMYK":
        image = _without_inks(image)
    if image.mode != "RGB":
        image = image.convert("RGB")
    if ink == "grey":
        return image.filter(_grey_table()).getchannel(0)
    return _with_pure_greys(image.filter(_cmyk_table()), image)


def _without_inks(image: "Image") -> "Image":
    """Four inks as light, each taking its share."""
    from PIL import Image, ImageChops

    black = ImageChops.invert(image.getchannel("K"))
    parts = (ImageChops.invert(image.getchannel(name)) for name in "CMY")
    return Image.merge("RGB", [ImageChops.multiply(part, black) for part in parts])


def _with_pure_greys(inked: "Image", image: "Image") -> "Image":
    """The table mixes neighbours, so that greys get a breath of colour: they are black alone."""
    from PIL import Image, ImageChops

    red, green, blue = image.split()
    differing = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    coloured = differing.point([0] + [_BYTE] * _BYTE)
    none = Image.new("L", image.size, 0)
    greys = Image.merge("CMYK", (none, none, none, ImageChops.invert(red)))
    return Image.composite(inked, greys, coloured)


@cache
def _grey_table() -> "ImageFilter.Color3DLUT":
    from PIL import ImageFilter

    return ImageFilter.Color3DLUT.generate(
        _TABLE_SIDE, lambda red, green, blue: (rgb_to_grey(red, green, blue),) * 3
    )


@cache
def _cmyk_table() -> "ImageFilter.Color3DLUT":
    from PIL import ImageFilter

    return ImageFilter.Color3DLUT.generate(_TABLE_SIDE, rgb_to_cmyk, channels=4, target_mode="CMYK")


# --- writing ------------------------------------------------------------------------------


def _written(image: "Image", ink: Ink, *, is_jpeg: bool) -> Samples:
    made = BytesIO()
    width, height = image.size
    if is_jpeg:
        bare = image.copy()
        bare.info = {}
        bare.save(made, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=ink == "grey")
        # Pillow writes inks the way Adobe's programs do.
        return Samples(width, height, ink, made.getvalue(), is_jpeg=True, is_inverted=ink == "cmyk")
    return Samples(width, height, ink, _deflated(image))


def _deflated(image: "Image") -> bytes:
    """Rows after their predictors, which a writer of PNG knows to choose well."""
    from PIL import Image

    # Four channels are four channels to it.
    drawn = Image.frombytes("RGBA", image.size, image.tobytes()) if image.mode == "CMYK" else image
    made = BytesIO()
    drawn.save(made, "PNG")
    return b"".join(_chunks(made.getvalue(), b"IDAT"))


def _chunks(png: bytes, wanted: bytes) -> list[bytes]:
    found, at = [], len(_PNG)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        if png[at + 4 : at + 8] == wanted:
            found.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return found
