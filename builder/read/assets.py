"""Images: read from inside the book's folder only, known by their bytes, checked before use.

A drawing (SVG) is taken without whatever in it runs or refers outside.
"""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from builder.core.book import Asset
from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.drawing import asked_outside, pictures_in, safe_svg
from builder.core.errors import ConfigError, SourceError
from builder.core.pictures import is_of_size, is_tame
from builder.core.source import BookSource
from builder.read.discovery import is_inside, setting_location
from builder.read.documents import Find, Found
from builder.read.limits import (
    MAX_DRAWN_PIXELS,
    MAX_IMAGE_BYTES,
    MAX_IMAGES_BYTES,
    MAX_IMAGES_PIXELS,
)

_PNG = b"\x89PNG\r\n\x1a\n"


def media_type_of(content: bytes) -> str:
    """The media type the bytes themselves declare; empty for anything a book cannot show."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(_PNG):
        return "image/png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:12] in {b"ftypavif", b"ftypavis"}:
        return "image/avif"
    if content.startswith((b"II*\0", b"MM\0*")):
        return "image/tiff"
    if content.startswith(b"BM") and content[6:10] == bytes(4):
        return "image/bmp"
    return _DRAWING if _SVG_START.match(content[:4096].removeprefix(b"\xef\xbb\xbf")) else ""


_DRAWING = "image/svg+xml"
# An SVG document starts with its element, perhaps after a declaration, comments or a doctype.
# Example: <?xml version="1.0"?><svg …>. Counter-example: <html><svg>.
_SVG_START = re.compile(rb"\s*(?:<[?!][^>]*>\s*)*<svg[\s/>]")
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    _DRAWING: ".svg",
}
_PILLOW_FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"]


def is_sound(content: bytes) -> bool:
    """Whether the whole image can be decoded and is no larger than a book needs."""
    return pixels_of(content) > 0


def pixels_of(content: bytes) -> int:
    """How many pixels an image has; 0 when it is none, breaks off, or costs too much to decode."""
    from PIL import Image

    if not is_tame(content):
        return 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(content), formats=_PILLOW_FORMATS) as image:
                width, height = image.size
                if not is_of_size(width, height, image.format or ""):
                    return 0
                # Of a JPEG every byte is read all the same, and little is kept.
                image.draft(None, (1, 1))
                image.load()
    # Pillow's decoders raise nearly anything on broken input.
    except Exception:  # noqa: BLE001
        return 0
    return width * height


def pixels_drawn(drawing: bytes) -> int:
    """How many pixels the pictures inside a drawing made safe have, and one for itself; 0 when it is none,
    one of them is broken, or all together cost too much.
    """
    total = 1 if drawing else 0
    sizes: dict[bytes, int] = {}
    for picture in pictures_in(drawing) if drawing else ():
        if picture not in sizes:
            sizes[picture] = pixels_of(picture)
        total += sizes[picture]
        if not sizes[picture] or total > MAX_DRAWN_PIXELS:
            return 0
    return total


# --- the cover ----------------------------------------------------------------------------


def read_cover(source: BookSource, config: Config) -> Asset | None:
    """The cover image, as book.toml names it or as it was found; None when there is none.

    Raises ConfigError R017 when book.toml names a file that is not there or leads outside,
    SourceError R014 when the one beside the text is a link that leads outside, R018 when it is no
    sound image.
    """
    path = source.cover
    if named := config.book.cover:
        path = source.locate("book.cover", named)
        if path is None or not path.is_file():
            location = setting_location(source, "book", "cover")
            raise ConfigError("R017", location=location, name=named)
    elif path and not is_inside(path, source.root):
        raise SourceError("R014", location=Location(str(path)), root=str(source.root))
    if path is None:
        return None
    return cover_asset(_bytes_of(path), Location(str(path)))


def cover_asset(content: bytes, location: Location) -> Asset:
    """The cover from its bytes. Raises SourceError R018 when they are no sound image."""
    media_type = media_type_of(content)
    if not media_type or len(content) > MAX_IMAGE_BYTES or not is_sound(content):
        raise SourceError("R018", location=location)
    return Asset(f"cover{_SUFFIXES[media_type]}", media_type, content)


def _bytes_of(path: Path) -> bytes:
    """The file's bytes; none when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_IMAGE_BYTES:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


# --- pictures in the text -----------------------------------------------------------------

# An address with a scheme. Examples: https://…, data:image/png. Counter-example: 图/一.png.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")


@dataclass(frozen=True, slots=True)
class Picture:
    """What became of one reference: the asset's name, a diagnostic, or both."""

    name: str = ""
    diagnostic: Diagnostic | None = None


class Pictures:
    """The pictures of one book, each file once, whatever number of places refer to it."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._assets: dict[str, Asset] = {}
        self._names: set[str] = set()
        self._size_bytes = 0
        self._pixels = 0

    @property
    def assets(self) -> tuple[Asset, ...]:
        """All pictures taken so far, in the order they were first met."""
        return tuple(self._assets.values())

    def take(self, reference: str, beside: str, location: Location) -> Picture:
        """The asset that `reference`, found in the document `beside`, stands for.

        `<svg>` and the like stand for a drawing that no file holds.
        """
        if reference.startswith("<"):
            return Picture(diagnostic=warning("R043", location, what=reference))
        shown = unquote(reference)[:80]
        if _SCHEME.match(reference):
            return Picture(diagnostic=warning("R021", location, reference=shown))
        name = unquote(re.split(r"[?#]", reference, maxsplit=1)[0]).strip()
        found = self._find(name, beside) if name and "\0" not in name else None
        if found is None:
            return Picture(diagnostic=warning("R019", location, reference=shown))
        return self._taken(found, shown, location) or Picture(
            diagnostic=warning("R020", location, reference=shown)
        )

    def _taken(self, found: Found, reference: str, location: Location) -> Picture | None:
        """The asset of a file; None when it is no picture. Of what a drawing asks for outside of
        itself is told where it is first met.
        """
        told = None
        if found.key not in self._assets:
            content = found.content
            media_type = media_type_of(content)
            if media_type == _DRAWING:
                if asked := asked_outside(content):
                    told = warning(
                        "R046", location, reference=reference, count=len(asked), what=asked[0][:80]
                    )
                content = safe_svg(content)
            size_bytes = self._size_bytes + len(content)
            if not media_type or size_bytes > MAX_IMAGES_BYTES or len(content) > MAX_IMAGE_BYTES:
                return None
            pixels = pixels_drawn(content) if media_type == _DRAWING else pixels_of(content)
            if not pixels or self._pixels + pixels > MAX_IMAGES_PIXELS:
                return None
            self._size_bytes, self._pixels = size_bytes, self._pixels + pixels
            self._assets[found.key] = Asset(self._name(found.key, media_type), media_type, content)
        return Picture(self._assets[found.key].name, told)

    def _name(self, key: str, media_type: str) -> str:
        """A name no other picture has; names of files in different folders may be equal."""
        stem = re.sub(r"[^\w\-]+", "-", PurePosixPath(key).stem).strip("-") or "image"
        name = f"{stem}{_SUFFIXES[media_type]}"
        if name.lower() in self._names or stem.lower() == "cover":
            digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8]
            name = f"{stem}-{digest}{_SUFFIXES[media_type]}"
        self._names.add(name.lower())
        return name
