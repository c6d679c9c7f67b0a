"""Pictures whose colours mean what the rest of the file means: sRGB, and inks where they may stand."""

from io import BytesIO
from typing import TYPE_CHECKING

from builder.core.book import Asset
from builder.core.pictures import UNREADABLE

if TYPE_CHECKING:
    from PIL import Image

_INKS = "CMYK"
_JPEG_QUALITY = 95
_COLOURED = frozenset({"RGB", "RGBA", _INKS})
_PHOTOGRAPHS = frozenset({"JPEG", "MPO"})


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
    # What is wrong with a broken picture is told elsewhere.
    except UNREADABLE:
        return asset
    return Asset(asset.name, "image/jpeg", content)


def in_screen_rgb(asset: Asset, *, keeps_inks: bool) -> Asset:
    """The picture in the RGB of screens, if it says that it has another; others as they are.

    Whoever makes inks of it can then take its colours for what they are. A picture that has inks
    already stays with `keeps_inks`.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(asset.content)) as image:
            if image.mode not in _COLOURED or (keeps_inks and image.mode == _INKS):
                return asset
            profile = image.info.get("icc_profile")
            if not isinstance(profile, bytes) or not _is_foreign(profile):
                return asset
            is_jpeg = image.format in _PHOTOGRAPHS
            made = _in_srgb(image, profile)
            if made is None:
                return asset
            content = _jpeg(made) if is_jpeg else _png(made)
    # What is wrong with a broken picture is told elsewhere.
    except UNREADABLE:
        return asset
    return Asset(asset.name, "image/jpeg" if is_jpeg else "image/png", content)


def _is_foreign(profile: bytes) -> bool:
    """Whether a profile is of other colours than those of screens; a broken one is not."""
    from PIL import ImageCms

    try:
        said = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return False
    return "srgb" not in said.lower()


def _in_srgb(image: "Image.Image", profile: bytes) -> "Image.Image | None":
    """The image by its profile; None when that is broken."""
    from PIL import ImageCms

    mode = image.mode if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return None


def _without_inks(image: "Image.Image") -> "Image.Image":
    profile = image.info.get("icc_profile")
    converted = _in_srgb(image, profile) if isinstance(profile, bytes) else None
    if converted is not None:
        return converted
    return image.convert("RGB")


def _jpeg(image: "Image.Image") -> bytes:
    made = BytesIO()
    exif = image.getexif()
    bare = image.copy()
    bare.info = {}
    bare.save(made, "JPEG", quality=_JPEG_QUALITY, subsampling=0, exif=exif)
    return made.getvalue()


def _png(image: "Image.Image") -> bytes:
    made = BytesIO()
    bare = image.copy()
    bare.info = {}
    bare.save(made, "PNG")
    return made.getvalue()
