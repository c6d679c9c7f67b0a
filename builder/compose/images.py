"""Pictures as e-readers can show them, with names that every system takes.

A picture is known by its bytes, whatever its name says. What a raster image becomes is decided
in `reencoding`, what a drawing in `core.drawing`.
"""

import hashlib
import re
from collections.abc import Iterable

from builder.compose.reencoding import (
    MAX_SIDE_PX,
    VAST_PIXELS,
    Picture,
    fit_cover,
    fit_picture,
    is_deep,
    pixels_of,
)
from builder.core.book import Asset
from builder.core.devices import DEVICES, DeviceName
from builder.core.diagnostic import Location
from builder.core.drawing import safe_svg
from builder.core.errors import ComposeError
from builder.core.publication import Item

IMAGE_FOLDER = "images"
_COVER_STEM = "cover"
MAX_PRINT_SIDE_PX = 5_000  # A4 at 400 dpi
COVER_ITEM_ID = "cover-image"

_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
}
# Example: fig-01, rain.2. Counter-example: 图一, a b.
_SAFE_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
# An SVG document starts with its element, perhaps after a declaration, comments or a doctype.
# Example: <?xml version="1.0"?><svg …>. Counter-example: <html><svg>.
_SVG_START = re.compile(rb"\s*(?:<[?!][^>]*>\s*)*<svg[\s/>]")


def max_side_px(device: DeviceName | None) -> int:
    """The longest side that a picture for `device` needs: that of the screen, where one is known."""
    return min(DEVICES[device].screen.height_px, MAX_SIDE_PX) if device else MAX_SIDE_PX


def image_item(asset: Asset, stem: str, *, side_px: int = MAX_SIDE_PX) -> Item:
    """The image file of an asset, called `stem` (see `stems_of`). Raises ComposeError E001, E002."""
    picture = _shippable(asset, side_px)
    href = f"{IMAGE_FOLDER}/{stem}{_SUFFIXES[picture.media_type]}"
    return Item(f"image-{stem}", href, picture.media_type, picture.content)


def stems_of(names: Iterable[str]) -> dict[str, str]:
    """What the files of some pictures are called: by their own names, so that none moves another.

    Two that would be called alike on some system are told apart by digests of their names.
    """
    taken = {_COVER_STEM}
    stems: dict[str, str] = {}
    for name in names:
        stem = safe_stem(name)
        stems[name] = stem if stem.lower() not in taken else f"{stem}-{_digest(name)}"
        taken.add(stems[name].lower())
    return stems


def safe_stem(name: str) -> str:
    """The name of a file without its ending, as every system takes it."""
    stem = name.rpartition(".")[0] or name
    if _SAFE_STEM.fullmatch(stem):
        return stem
    return _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def cover_item(asset: Asset, *, side_px: int = MAX_SIDE_PX) -> Item:
    """The cover as a JPEG no larger than `side_px`. Raises ComposeError E001, E002."""
    content = fit_cover(asset, sniff(asset.content), max_side_px=side_px)
    return Item(
        COVER_ITEM_ID, f"{IMAGE_FOLDER}/{_COVER_STEM}.jpg", "image/jpeg", content, ("cover-image",)
    )


def printable(asset: Asset) -> Asset:
    """The picture as the press can set it, which takes everything but sixteen bits of grey, and
    what would take a gigabyte to set.
    """
    width, height = pixels_of(asset)
    is_vast = width * height > VAST_PIXELS
    if not is_vast and not is_deep(asset):
        return asset
    # Half of it can be had without a second picture of that size in memory.
    side_px = max(width, height) // 2 if is_vast else MAX_PRINT_SIDE_PX
    fit = fit_picture(asset, sniff(asset.content) if is_vast else "", max_side_px=side_px)
    return Asset(asset.name, fit.media_type, fit.content)


def sniff(content: bytes) -> str:
    """The media type that the first bytes of an image say, or "" for one we do not ship."""
    head = content[:1024].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if _SVG_START.match(head) else ""


def _shippable(asset: Asset, side_px: int) -> Picture:
    media_type = sniff(asset.content)
    if media_type != "image/svg+xml":
        return fit_picture(asset, media_type, max_side_px=side_px)
    drawing = safe_svg(asset.content)
    if not drawing:
        raise ComposeError("E001", location=Location(asset.name))
    return Picture(media_type, drawing)
