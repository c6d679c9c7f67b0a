"""Raster images as every e-reader shows them: eight bits, RGB or grey, upright, one picture.

What is fit already keeps its pixels to the bit and loses its metadata (places, cameras, names
of persons, thumbnails). Everything else is decoded and written anew: as PNG where something
shows through or where few colours say that it is drawn, else as JPEG.
Sources: EPUB 3.3, core media types; Apple Books Asset Guide (pixels); Amazon KDP, image
guidelines (5 MB an image); reading systems that show no WebP: Kindle, Kobo (issue 74 of
kobolabs/epub-spec).
"""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

from builder.core.book import Asset
from builder.core.diagnostic import Location
from builder.core.errors import ComposeError
from builder.core.pictures import UNREADABLE, is_of_size

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SIDE_PX = 2560  # the longer side of the largest e-reader's screen, and a little more
MAX_BYTES = 5_000_000  # an opaque picture larger than that becomes a JPEG
MAX_DRAWN_COLOURS = 256
JPEG_QUALITY = 88
_ORIENTATION = 0x0112
_SIXTEEN_BITS = 16
_MIXABLE = frozenset({"RGB", "RGBA", "L", "LA", "CMYK"})
# A4 at 600 dpi. What sets a page takes sixteen bytes for each.
VAST_PIXELS = 36_000_000
# So many rows become grey of eight bits at once.
_STRIP_PX = 512
BYTE = 0xFF
_DEPTH_AT = 24  # where a PNG says how many bits a channel has

# JPEG markers. Source: ITU-T T.81, table B.1.
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_APP0, _APP2, _APP14, _APP15 = 0xE0, 0xE2, 0xEE, 0xEF
_ICC = b"ICC_PROFILE\0"
# The chunks of a PNG that say how it looks, beside those that begin with a capital letter.
_SHOWN_CHUNKS = frozenset({b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"bKGD", b"sBIT"})


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is shipped."""

    media_type: str
    content: bytes


def fit_picture(asset: Asset, media_type: str, *, max_side_px: int = MAX_SIDE_PX) -> Picture:
    """The image as every e-reader shows it; `media_type` is what its bytes say, or empty.

    Raises ComposeError E001 when it cannot be read, E002 when it has too many pixels.
    """
    with _open(asset) as image:
        if _is_fit(image, asset.content, max_side_px):
            kept = _without_metadata(asset.content, media_type)
            if kept:
                return Picture(media_type, kept)
        may_be_png = media_type != "image/jpeg" and len(asset.content) <= MAX_BYTES
        is_drawn = may_be_png and _is_drawn(image)
        return _written(_decoded(_sized(image, max_side_px)), is_drawn=is_drawn)


def fit_cover(asset: Asset, media_type: str, *, max_side_px: int = MAX_SIDE_PX) -> bytes:
    """The cover as a JPEG, on white where it is transparent. Raises as `fit_picture` does."""
    with _open(asset) as image:
        if media_type == "image/jpeg" and _is_fit(image, asset.content, max_side_px):
            kept = _without_metadata(asset.content, media_type)
            if kept:
                return kept
        upright = _decoded(_sized(image, max_side_px)).convert("RGBA")
    return _as_jpeg(_on_white(upright))


def is_deep(asset: Asset) -> bool:
    """Whether this is grey of more than eight bits; not when it is no image at all."""
    try:
        with _open(asset) as image:
            return _is_deep(image)
    except ComposeError:
        return False


def pixels_of(asset: Asset) -> tuple[int, int]:
    """Width and height of an image; 0 when it is no image at all, or has too many pixels."""
    try:
        with _open(asset) as image:
            return image.size
    except ComposeError:
        return 0, 0


# --- reading ------------------------------------------------------------------------------


@contextmanager
def _open(asset: Asset) -> Iterator["Image"]:
    """The image of an asset, its size judged before a pixel is decoded."""
    from PIL import Image

    place = Location(asset.name)
    with warnings.catch_warnings():
        # Pillow warns of large pictures; we measure by ourselves and refuse them.
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(asset.content)) as image:
                if not is_of_size(image.width, image.height, image.format or ""):
                    raise ComposeError(
                        "E002", location=place, width=image.width, height=image.height
                    )
                # Broken files show themselves at any later moment too.
                yield image
        except (*UNREADABLE, Image.DecompressionBombError) as problem:
            raise ComposeError("E001", location=place) from problem


def _is_fit(image: "Image", content: bytes, max_side_px: int) -> bool:
    """Whether readers show the image as it is."""
    if max(image.size) > max_side_px or image.getexif().get(_ORIENTATION, 1) != 1:
        return False
    match image.format:
        case "JPEG":
            return image.mode in {"RGB", "L"}
        case "PNG":
            is_heavy = len(content) > MAX_BYTES and not _is_see_through(image)
            # Pillow shows such an image with eight bits, so only its header tells.
            return content[_DEPTH_AT] != _SIXTEEN_BITS and not is_heavy
        case "GIF":
            return not getattr(image, "is_animated", False)
        case _:
            return False


def _is_see_through(image: "Image") -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _decoded(image: "Image") -> "Image":
    """The first picture, upright, as 1, L, P without transparency, RGB or RGBA, in sRGB."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    if _is_deep(upright):
        return _in_eight_bits(upright)
    if _is_see_through(upright):
        return upright.convert("RGBA")
    if upright.mode in {"1", "L", "P"}:
        upright.load()
        return upright
    return _in_srgb(upright)


def _is_deep(image: "Image") -> bool:
    return image.mode.startswith("I") or image.mode == "F"


def _in_eight_bits(image: "Image") -> "Image":
    """Grey of sixteen bits in eight; numbers of other kinds that fit into eight stay.

    Strip by strip: numbers with a point take four times the memory.
    """
    from PIL import Image as Pillow

    def strips() -> Iterator[tuple[int, "Image"]]:
        for top in range(0, image.height, _STRIP_PX):
            bottom = min(top + _STRIP_PX, image.height)
            yield top, image.crop((0, top, image.width, bottom)).convert("F")

    is_wide = image.mode.startswith("I;16") or any(
        cast("tuple[float, float]", strip.getextrema())[1] > BYTE for _, strip in strips()
    )
    share = 1 / (BYTE + 2) if is_wide else 1
    grey = Pillow.new("L", image.size)
    for top, strip in strips():
        grey.paste(strip.point(lambda value: value * share + 0).convert("L"), (0, top))
    grey.info = image.info
    return grey


def _in_srgb(image: "Image") -> "Image":
    """The image in the colours of screens, by its own profile when it has a sound one."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and profile:
        try:
            changed = ImageCms.profileToProfile(
                image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
        return changed or image.convert("RGB")
    return image.convert("RGB")


# --- writing ------------------------------------------------------------------------------


def _written(image: "Image", *, is_drawn: bool) -> Picture:
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == BYTE:
        image = image.convert("RGB")
    if image.mode != "RGBA" and not is_drawn:
        return Picture("image/jpeg", _as_jpeg(image))
    png = BytesIO()
    bare = image.copy()
    bare.info = {}
    bare.save(png, "PNG", optimize=True)
    return Picture("image/png", png.getvalue())


def _is_drawn(image: "Image") -> bool:
    """Whether few colours say that no camera made it; of what becomes grey, they are always few."""
    if _is_deep(image):
        return True
    return image.getcolors(MAX_DRAWN_COLOURS) is not None


def _sized(image: "Image", max_side_px: int) -> "Image":
    """The image no larger than that, with as little of it as possible in memory twice."""
    from PIL import Image

    if max(image.size) <= max_side_px:
        return image
    # A JPEG can be read at half its size, and less.
    image.draft(None, (max_side_px, max_side_px))
    if _is_deep(image):
        image = _in_eight_bits(image)
    elif image.mode not in _MIXABLE:
        # Only colours that can be mixed can be scaled well.
        image = image.convert("RGBA" if _is_see_through(image) else "RGB")
    whole = max(image.size) // max_side_px
    if image.width * image.height > VAST_PIXELS and whole > 1:
        # By whole numbers first, which takes no more than the result.
        image = image.reduce(whole)
    image.thumbnail((max_side_px, max_side_px), Image.Resampling.LANCZOS)
    return image


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _as_jpeg(image: "Image") -> bytes:
    jpeg = BytesIO()
    mode = "L" if image.mode in {"1", "L"} else "RGB"
    bare = image.convert(mode)
    bare.info = {}
    bare.save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return jpeg.getvalue()


# --- metadata -----------------------------------------------------------------------------


def _without_metadata(content: bytes, media_type: str) -> bytes:
    """The same picture to the bit without its metadata; empty when the file is not sound."""
    try:
        match media_type:
            case "image/jpeg":
                return b"".join(_jpeg_parts(content))
            case "image/png":
                return b"".join(_png_parts(content))
            case _:
                return content
    except (IndexError, struct.error):
        return b""


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """The segments that say how a JPEG looks. Raises IndexError when it ends before its end."""
    yield content[:2]
    at = 2
    while True:
        while content[at + 1] == BYTE:
            at += 1
        marker = content[at + 1]
        if content[at] != BYTE:
            raise IndexError(at)
        if marker == _END:
            yield content[at : at + 2]
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        segment = content[at:end]
        if _is_shown(marker, segment):
            yield segment
        at = end
        if marker == _SCAN:
            at = _scan_end(content, end)
            yield content[end:at]


def _is_shown(marker: int, segment: bytes) -> bool:
    if marker == _APP2:
        return segment[4:].startswith(_ICC)
    is_metadata = marker == _COMMENT or _APP0 < marker <= _APP15
    return not is_metadata or marker == _APP14


def _scan_end(content: bytes, at: int) -> int:
    """Where the compressed data that starts at `at` ends: the next marker that is no part of it."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError(at)
        # A stuffed zero and the restart markers belong to the data.
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _png_parts(content: bytes) -> Iterator[bytes]:
    """The chunks that say how a PNG looks; of an animation its still picture."""
    yield content[:8]
    at = 8
    while True:
        length = struct.unpack(">I", content[at : at + 4])[0]
        name = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise IndexError(end)
        if name[:1].isupper() or name in _SHOWN_CHUNKS:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
