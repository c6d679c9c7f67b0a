"""How much ink a CMYK picture takes at its darkest place.

Averaged over small squares, because a press lays ink on areas and one dark pixel dries.
Source: ISO 32000-1, 8.9.5 (Decode), 7.4.8 (DCTDecode and the transform that Adobe's marker tells).
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from builder.check.preflight.operators import BROKEN
from builder.check.unpacking import is_readable

if TYPE_CHECKING:
    import pikepdf

# Larger pictures are left alone: an A4 page at 600 dots an inch has 35 million pixels.
_MOST_PIXELS = 60_000_000
# Squares along the shorter side of a picture.
_SQUARES = 200
_FULL = 255


def most_ink(image: "pikepdf.Object") -> float:
    """Per cent of ink, all four together; 0 when it cannot be told."""
    import pikepdf
    from PIL import Image, UnidentifiedImageError

    try:
        samples = _samples(image)
    except (*BROKEN, OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return 0.0
    except pikepdf.PdfError:
        return 0.0
    if samples is None:
        return 0.0
    small = samples.reduce(max(1, min(samples.size) // _SQUARES)).tobytes()
    sums = map(sum, zip(small[0::4], small[1::4], small[2::4], small[3::4], strict=True))
    return 100 * max(sums, default=0) / _FULL


def _samples(image: "pikepdf.Object") -> Any:
    """The inks of every pixel as a picture; None for kinds that are not read. Any: Pillow's."""
    from PIL import Image, ImageChops

    size = (int(image.Width), int(image.Height))
    if size[0] * size[1] > _MOST_PIXELS or int(image.get("/BitsPerComponent", 8)) != 8:
        return None
    decode = image.get("/Decode")
    is_inverted = decode is not None and float(str(decode[0])) > 0.5
    if "DCTDecode" in str(image.get("/Filter")):
        read: Image.Image = Image.open(BytesIO(image.read_raw_bytes()))
        if read.mode != "CMYK" or read.size != size:
            return None
        # Pillow turns samples round where Adobe's marker stands; a PDF does not.
        is_inverted ^= "adobe" in read.info
    elif is_readable(image):
        read = Image.frombytes("CMYK", size, image.read_bytes())
    else:
        return None
    return ImageChops.invert(read) if is_inverted else read
