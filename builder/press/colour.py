"""The colour that RGB means in a PDF/A: sRGB, as an ICC profile of the same bytes each day."""

from functools import cache

# Offsets in the header of a profile: when it was made, and a digest that may be left out.
# Source: ICC.1:2010, 7.2.
_MADE = slice(24, 36)
_MOMENT = (2026).to_bytes(2, "big") + bytes((0, 1, 0, 1)) + bytes(6)
_ID = slice(84, 100)


@cache
def srgb_profile() -> bytes:
    """The profile that Pillow makes, without the moment of making."""
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        made[: _MADE.start] + _MOMENT + made[_MADE.stop : _ID.start] + bytes(16) + made[_ID.stop :]
    )
