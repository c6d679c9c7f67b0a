"""Pictures as a PDF/A takes them: without printing inks beside RGB."""

from io import BytesIO
from typing import TYPE_CHECKING

from builder.core.book import Asset

if TYPE_CHECKING:
    from PIL import Image

_INKS = "CMYK"
_JPEG_QUALITY = 95


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
