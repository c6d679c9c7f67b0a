"""Covers as readers and browsers show them: JPEG, no larger than is looked at."""

import threading
from collections import OrderedDict
from io import BytesIO

from builder.core.pictures import is_of_size, is_tame
from builder.deliver.holdings import Holding
from builder.deliver.package import cover_of

SMALL_PX = 240
LARGE_PX = 1200
_MOST_KEPT_BYTES = 32_000_000
_QUALITY = 82


class Covers:
    """Covers that have been asked for lately, within 32 MB."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def jpeg(self, holding: Holding, width: int) -> bytes:
        """The cover of `holding`, at most `width` pixels wide; b"" when it cannot be shown."""
        key = (holding.id, holding.modified, width)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = next(iter(cover_jpegs(_cover(holding), (width,))), b"")
        with self._lock:
            if key not in self._kept:
                self._kept[key] = picture
                self._size += len(picture)
            while self._size > _MOST_KEPT_BYTES:
                _, old = self._kept.popitem(last=False)
                self._size -= len(old)
        return picture


def _cover(holding: Holding) -> bytes:
    source = next((copy for copy in holding.copies if copy.ending.endswith(".epub")), None)
    return cover_of(source.path, holding.about.cover) if source else b""


def cover_jpegs(content: bytes, widths: tuple[int, ...]) -> tuple[bytes, ...]:
    """The picture `content`, at most so many pixels wide, the widest first; none when it cannot
    be shown. It is decoded once, and no larger than the first needs.
    """
    from PIL import Image

    if not content or not is_tame(content):
        return ()
    drawn = []
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "GIF", "WEBP")) as picture:
            if not is_of_size(picture.width, picture.height, picture.format or ""):
                return ()
            picture.draft("RGB", (widths[0], widths[0]))
            flat = picture if picture.mode == "RGB" else picture.convert("RGB")
            for width in widths:
                flat.thumbnail((width, width * 2))
                stream = BytesIO()
                flat.save(stream, "JPEG", quality=_QUALITY, optimize=True)
                drawn.append(stream.getvalue())
    # Pillow's decoders raise what they like on pictures that are broken on purpose.
    except Exception:  # noqa: BLE001  (see above; a book without a cover is still a book)
        return ()
    return tuple(drawn)
