"""A cover picture of the book's own, cut to the front of a wrap, and the colour that goes with it."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from builder.core.artwork import Frame
from builder.core.colours import RGB
from builder.core.errors import ComposeError
from builder.core.pictures import UNREADABLE, is_of_size
from builder.core.trims import MM_PER_INCH
from builder.covers.wrap.form import WrapForm

# More than any press shows; what is finer only makes the file larger.
_FINEST_DPI = 600
_EDGE_SHARE = 0.04  # of the picture's width, along the spine
_SAMPLE_PX = 64
_COLOURS = 5


@dataclass(frozen=True, slots=True)
class OwnCover:
    """`image` fills `frame`, the front and its bleed; `ground` is the colour beside it."""

    image: Image.Image
    frame: Frame
    ground: RGB
    dpi: float


def own_cover(content: bytes, form: WrapForm) -> OwnCover:
    """The picture on the front. Raises ComposeError E001 (unreadable), E002 (too many pixels)."""
    image = _opened(content)
    front, bleed = form.front, form.bleed
    left = front.left - (0.0 if form.is_left_bound else bleed)
    frame = Frame(left, -bleed, front.width + bleed, front.height + 2 * bleed)
    cut = _cut_to(image, frame.width / frame.height)
    dpi = cut.width / (frame.width / MM_PER_INCH)
    if dpi > _FINEST_DPI:
        share = _FINEST_DPI / dpi
        size = (round(cut.width * share), round(cut.height * share))
        cut = cut.resize(size, Image.Resampling.LANCZOS)
    return OwnCover(cut, frame, _edge_colour(cut, at_left=form.is_left_bound), dpi)


def _opened(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content)) as image:
            if not is_of_size(image.width, image.height, image.format or ""):
                raise ComposeError("E002", width=image.width, height=image.height)
            ImageOps.exif_transpose(image, in_place=True)
            return _opaque(image)
    except (*UNREADABLE, Image.DecompressionBombError) as problem:
        raise ComposeError("E001") from problem


def _opaque(image: Image.Image) -> Image.Image:
    """The picture in RGB; what shows through is white, as paper is."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _cut_to(image: Image.Image, proportion: float) -> Image.Image:
    """The middle of a picture in another proportion, width to height."""
    width, height = image.size
    if width / height > proportion:
        kept = max(1, round(height * proportion))
        left = (width - kept) // 2
        return image.crop((left, 0, left + kept, height))
    kept = max(1, round(width / proportion))
    top = (height - kept) // 2
    return image.crop((0, top, width, top + kept))


def _edge_colour(image: Image.Image, *, at_left: bool) -> RGB:
    """The commonest colour along the spine."""
    breadth = max(1, round(image.width * _EDGE_SHARE))
    left = 0 if at_left else image.width - breadth
    strip = image.crop((left, 0, left + breadth, image.height)).resize((8, _SAMPLE_PX))
    few = strip.quantize(_COLOURS)
    histogram = few.histogram()
    commonest = histogram.index(max(histogram))
    red, green, blue = (few.getpalette() or [0, 0, 0])[3 * commonest : 3 * commonest + 3]
    return red, green, blue
