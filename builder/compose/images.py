"""Pictures as e-readers can show them.

JPEG, PNG, GIF, SVG and WebP pass through untouched, under the type their bytes say, whatever
their name says. Anything else that Pillow can read becomes JPEG; the cover always does unless
it is JPEG of a sensible size already.
"""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO

from builder.core.book import Asset
from builder.core.diagnostic import Location
from builder.core.errors import ComposeError
from builder.core.publication import Item

IMAGE_FOLDER = "images"
COVER_ITEM_ID = "cover-image"
MAX_COVER_SIDE = 2560  # pixels; what e-reader shops ask for at most
MAX_PIXELS = 100_000_000  # a page scanned at 1200 dpi; beyond it a decoder eats gigabytes
JPEG_QUALITY = 88

_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}
# Example: fig-01, rain.2. Counter-example: 图一, a b.
_SAFE_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
# An SVG document starts with its element, perhaps after a declaration, comments or a doctype.
# Example: <?xml version="1.0"?><svg …>. Counter-example: <html><svg>.
_SVG_START = re.compile(rb"\s*(?:<[?!][^>]*>\s*)*<svg[\s/>]")


@dataclass(frozen=True, slots=True)
class _Picture:
    media_type: str
    content: bytes


def image_item(asset: Asset, number: int) -> Item:
    """The image file of an asset; `number` keeps names unique. Raises ComposeError E001, E002."""
    picture = _shippable(asset)
    stem = asset.name.rpartition(".")[0] or asset.name
    if not _SAFE_STEM.fullmatch(stem):
        stem = hashlib.sha256(asset.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    href = f"{IMAGE_FOLDER}/{number:03}-{stem}{_SUFFIXES[picture.media_type]}"
    return Item(f"image-{number:03}", href, picture.media_type, picture.content)


def cover_item(asset: Asset) -> Item:
    """The cover as a JPEG no larger than `MAX_COVER_SIDE`. Raises ComposeError E001, E002."""
    content = asset.content
    if sniff(content) != "image/jpeg" or max(_size(asset)) > MAX_COVER_SIDE:
        content = _as_jpeg(asset, MAX_COVER_SIDE)
    return Item(COVER_ITEM_ID, f"{IMAGE_FOLDER}/cover.jpg", "image/jpeg", content, ("cover-image",))


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


def _shippable(asset: Asset) -> _Picture:
    media_type = sniff(asset.content)
    if not media_type:
        return _Picture("image/jpeg", _as_jpeg(asset, MAX_COVER_SIDE))
    if media_type != "image/svg+xml":
        _size(asset)
    return _Picture(media_type, asset.content)


def _size(asset: Asset) -> tuple[int, int]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures; we measure by ourselves and refuse them.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(asset.content)) as image:
                width, height = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise ComposeError("E001", location=Location(asset.name)) from problem
    if width * height > MAX_PIXELS:
        raise ComposeError("E002", location=Location(asset.name), width=width, height=height)
    return width, height


def _as_jpeg(asset: Asset, max_side: int) -> bytes:
    from PIL import Image, ImageOps

    _size(asset)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(asset.content)) as opened:
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError) as problem:
        raise ComposeError("E001", location=Location(asset.name)) from problem
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    flat.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    jpeg = BytesIO()
    flat.save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return jpeg.getvalue()
