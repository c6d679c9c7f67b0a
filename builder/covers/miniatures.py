"""The cover of a book in every design, small, to choose one by looking."""

from dataclasses import dataclass, field, replace
from io import BytesIO

from PIL import Image

from builder.core.book import Metadata
from builder.core.choices import COVER_DESIGNS
from builder.core.config import CoverConfig
from builder.covers.drawing import chance_of, design_of, draw_cover
from builder.covers.wording import words_of

WIDTH, HEIGHT = 320, 480
_QUALITY = 84
_MIXABLE = frozenset({"RGB", "RGBA", "L", "LA", "CMYK"})


@dataclass(frozen=True, slots=True)
class Miniatures:
    """Covers as JPEG of 320 × 480 pixels by their designs; `suits` is the one that the book gets
    when none is named.
    """

    suits: str
    pictures: tuple[tuple[str, bytes], ...] = field(repr=False)


def draw_miniatures(
    metadata: Metadata,
    settings: CoverConfig,
    *,
    named: Metadata | None = None,
    vertical: bool = False,
) -> Miniatures:
    """Every design as `draw_cover` would draw it. Raises as that does."""
    free = replace(settings, design="auto")
    suits = design_of(words_of(metadata), free, chance_of(named or metadata, metadata)).name
    pictures = []
    for name in COVER_DESIGNS:
        chosen = replace(settings, design=name)
        cover = draw_cover(metadata, chosen, named=named, vertical=vertical)
        pictures.append((name, miniature(cover.jpeg)))
    return Miniatures(suits, tuple(pictures))


def miniature(picture: bytes) -> bytes:
    """A sound picture of any shape as JPEG, within 320 × 480 pixels."""
    with Image.open(BytesIO(picture)) as opened:
        opened.draft("RGB", (WIDTH * 2, HEIGHT * 2))
        # Whole only in the colours it has: others would be a second picture of that size.
        shown = opened if opened.mode in _MIXABLE else opened.convert("RGBA")
        shown.thumbnail((WIDTH, HEIGHT))
        shown = shown.convert("RGBA")
        flat = Image.new("RGB", shown.size, "#fff")
        flat.paste(shown, mask=shown.getchannel("A"))
    content = BytesIO()
    flat.save(content, "JPEG", quality=_QUALITY)
    return content.getvalue()
