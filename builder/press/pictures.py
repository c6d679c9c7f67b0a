"""Pictures of the book as image XObjects, each written once.

A JPEG goes into the file as it is. Everything else becomes a PNG, if it is none, whose
deflated rows PDF understands; transparency becomes a soft mask. A photograph that a camera
turned on its side is turned back by a form around it, so that it is not coded anew.
Source: ISO 32000-1, 8.9, 7.4.4.4 (predictors); RFC 2083 (PNG); Exif 2.32, tag 274.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from builder.core.book import Asset
from builder.press.writer import Writer

if TYPE_CHECKING:
    from PIL import Image

_SPACES = {"L": ("DeviceGray", 1), "RGB": ("DeviceRGB", 3)}
_ORIENTATION = 274
# How the unit square is turned for each orientation: a b c d e f.
_TURNED = {
    2: "-1 0 0 1 1 0",
    3: "-1 0 0 -1 1 1",
    4: "1 0 0 -1 0 1",
    5: "0 -1 -1 0 1 1",
    6: "0 -1 1 0 0 1",
    7: "0 1 1 0 0 0",
    8: "0 1 -1 0 1 0",
}
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
_PNG_SIGNATURE_BYTES = 8
_PNG_LEVEL = 6
_INKS = "CMYK"
_JPEG_QUALITY = 95


class PictureError(ValueError):
    """A picture cannot be read; the reason is the message."""


@dataclass(frozen=True, slots=True)
class _Coded:
    """Entries of an image dictionary that say how `data` is coded."""

    entries: str
    data: bytes = field(repr=False)


class Pictures:
    """The pictures of a book by name; `size` reads them, `put` writes them."""

    def __init__(self, assets: Iterable[Asset]) -> None:
        self._assets = {asset.name: asset for asset in assets}
        self._sizes: dict[str, tuple[int, int]] = {}
        self._numbers: dict[str, int] = {}

    def size(self, name: str) -> tuple[int, int]:
        """Width and height in pixels as it is seen. Raises PictureError."""
        if name not in self._sizes:
            image = _opened(self._assets[name])
            width, height = image.size
            is_on_its_side = _orientation(image) in _ON_ITS_SIDE
            self._sizes[name] = (height, width) if is_on_its_side else (width, height)
        return self._sizes[name]

    def put(self, writer: Writer, name: str) -> int:
        """The number of the XObject, which fills the unit square. Raises PictureError."""
        if name not in self._numbers:
            self._numbers[name] = _put(writer, self._assets[name])
        return self._numbers[name]


def in_rgb(asset: Asset) -> Asset:
    """The picture without printing inks, which a PDF/A beside RGB cannot have; others as they are.

    A picture that says which inks it means is converted by that, others by the rule of thumb.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(asset.content)) as image:
            if image.mode != _INKS:
                return asset
            content = _jpeg(_without_inks(image))
    # Pillow raises many things at broken files; what is wrong with them is told elsewhere.
    except (OSError, ValueError, SyntaxError, EOFError):
        return asset
    return Asset(asset.name, "image/jpeg", content)


def _without_inks(image: "Image.Image") -> "Image.Image":
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _jpeg(image: "Image.Image") -> bytes:
    made = BytesIO()
    image.save(made, "JPEG", quality=_JPEG_QUALITY, subsampling=0, exif=image.getexif())
    return made.getvalue()


def _opened(asset: Asset) -> "Image.Image":
    """The picture, wholly read, so that half a one is refused."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(BytesIO(asset.content))
        image.load()
    # Pillow raises many things at broken files, SyntaxError and struct.error among them.
    except (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError) as problem:
        raise PictureError(str(problem)) from problem
    return image


def _orientation(image: "Image.Image") -> int:
    found = image.getexif().get(_ORIENTATION, 1)
    return found if isinstance(found, int) else 1


def _put(writer: Writer, asset: Asset) -> int:
    image = _opened(asset)
    coded, mask = _coded(image, asset.content)
    entries = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
    if mask is not None:
        kept = _png(mask)
        entries += f"/SMask {writer.add_stream(entries + kept.entries, kept.data)} 0 R"
    number = writer.add_stream(entries + coded.entries, coded.data)
    turned = _TURNED.get(_orientation(image))
    if turned is None:
        return number
    return writer.add_deflated(
        f"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</I {number} 0 R>>>>",
        f"{turned} cm /I Do".encode(),
    )


def _coded(image: "Image.Image", content: bytes) -> tuple[_Coded, "Image.Image | None"]:
    """A picture's colours and, as a picture of its own, its transparency."""
    if image.format == "JPEG" and image.mode in _SPACES:
        space, _ = _SPACES[image.mode]
        entries = f"/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode"
        return _Coded(entries, content), None
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        return _png(clear.convert("RGB")), clear.getchannel("A")
    return _png(image), None


def _png(image: "Image.Image") -> _Coded:
    """The deflated rows of a picture; of grey and colours, nothing else."""
    if image.mode == _INKS:
        image = _without_inks(image)
    if image.mode not in _SPACES:
        image = image.convert("L" if image.mode in {"1", "LA", "I", "I;16", "F"} else "RGB")
    space, colours = _SPACES[image.mode]
    made = BytesIO()
    image.save(made, "PNG", compress_level=_PNG_LEVEL)
    return _Coded(
        f"/ColorSpace/{space}/BitsPerComponent 8/Filter/FlateDecode"
        f"/DecodeParms<</Predictor 15/Colors {colours}/Columns {image.width}>>",
        _rows(made.getvalue()),
    )


def _rows(png: bytes) -> bytes:
    """What the IDAT chunks of a PNG hold."""
    parts, at = [], _PNG_SIGNATURE_BYTES
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(parts)
