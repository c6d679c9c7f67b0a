"""PDF objects in other inks: pictures, forms, patterns, shadings and what names their spaces.

Objects come as WeasyPrint and pydyf write them (`tests/prepress/test_objects.py` says how):
colours of shadings inline in their dictionaries, pictures of eight bits a channel.
Source: ISO 32000-1, 8.7.4 (shadings), 8.9.5 (images), 11.5.3 (luminosity masks), 11.6.6 (groups).
"""

import re
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from builder.prepress.content import inked_content
from builder.prepress.inks import Ink, mixed
from builder.prepress.pdf_object import PdfObject
from builder.prepress.samples import Samples, Space, blank, inked_picture

SPACES: dict[Ink, str] = {"grey": "/DeviceGray", "rgb": "/DeviceRGB", "cmyk": "/DeviceCMYK"}
_CHANNELS: dict[Space, int] = {"grey": 1, "rgb": 3, "cmyk": 4}
_SPACE_NAMES: dict[str, Space] = {"Gray": "grey", "RGB": "rgb", "CMYK": "cmyk"}
_DEFLATED = "/Filter /FlateDecode"
# A mask by how light its group is. Example: /SMask <</Type /Mask/S /Luminosity/G 34 0 R>>.
_MASK = re.compile(r"/S /Luminosity/G (\d+) 0 R")
# The space in which a group's colours are mixed, or that of a shading. Example: /CS /DeviceRGB.
# Counter-example: /ColorSpace 3 0 R, which is a dictionary of spaces.
_SPACE = re.compile(r"/(CS|ColorSpace) ?(?:/Device(?:RGB|CMYK|Gray)\b|\[/ICCBased \d+ 0 R\])")
_GROUP_SPACE = re.compile(r"/CS ?(?:/Device(?:RGB|CMYK|Gray)\b|\[/ICCBased \d+ 0 R\])")
_GREY = re.compile(r"/(?:CS|ColorSpace) ?/DeviceGray\b")
# The colours at the ends of a step of a shading. Example: /C0 [1 0 0]. Counter-example: /C0 [1].
_END = re.compile(r"/(C[01]) ?\[([-\d. e]+)\]")
# The spaces that pages name, which are none of the device's. Example: <</lab-d50 [/Lab …]>>.
_NAMED_SPACES = "<</lab-d50 "
_WIDTH, _HEIGHT = re.compile(r"/Width (\d+)"), re.compile(r"/Height (\d+)")
_PICTURE_SPACE = re.compile(r"/ColorSpace ?/Device(Gray|RGB|CMYK)\b")
_KEPT = re.compile(r"/SMask \d+ 0 R|/Interpolate true")
_INVERTED = re.compile(r"/Decode ?\[ *1 +0 +1 +0 +1 +0 +1 +0 *\]")


@dataclass(frozen=True, slots=True)
class InkedObjects:
    """The objects in inks, in the same order; `unread` counts pictures that are blank now, because
    nobody can read them.
    """

    objects: tuple[PdfObject, ...]
    unread: int = 0


def inked_objects(
    objects: Iterable[PdfObject], ink: Ink, *, said: Iterable[str] = (), contents: Collection[int] = ()
) -> InkedObjects:  # fmt: skip
    """All objects of a file in inks. `contents` are the numbers of pages' own streams; `said` is
    what stands outside the objects and may name some of them.
    """
    found = tuple(objects)
    if ink == "rgb":
        return InkedObjects(found)
    masks = {
        int(at) for text in (*said, *(one.body for one in found)) for at in _MASK.findall(text)
    }
    made = [_inked(one, ink, masks, contents) for one in found]
    lost = sum(one is None for one in made)
    whole = (new or _blank(old, ink) for old, new in zip(found, made, strict=True))
    return InkedObjects(tuple(whole), lost)


def _inked(
    item: PdfObject, ink: Ink, masks: Collection[int], contents: Collection[int]
) -> PdfObject | None:
    """One object in inks; None for a picture that cannot be read."""
    if item.data is None:
        if item.body.startswith(_NAMED_SPACES):
            return replace(item, body="<<>>")
        return replace(item, body=_dictionary(item.body, ink))
    if "/Subtype /Image" in item.body:
        return _picture(item, item.data, ink)
    is_painted = "/Subtype /Form" in item.body or "/PatternType 1" in item.body
    if not is_painted and item.number not in contents:
        return item
    # How light a mask is, is a matter of grey in any inks.
    is_mask = item.number in masks
    own: Ink = "grey" if is_mask else ink
    is_deflated = _DEFLATED in item.body
    content = inked_content(zlib.decompress(item.data) if is_deflated else item.data, own)
    return PdfObject(
        item.number,
        _dictionary(item.body, own, is_mask=is_mask),
        zlib.compress(content) if is_deflated else content,
    )


def _dictionary(body: str, ink: Ink, *, is_mask: bool = False) -> str:
    """A dictionary whose group or shading is in inks.

    A group of grey mixes in the space of its page: one that says it is grey is taken by
    Ghostscript for a picture of its own, whose greys become four inks on a press for four.
    """
    if "/ShadingType" not in body and "/Group" not in body:
        return body
    if "/ShadingType" in body and _GREY.search(body):
        return body  # a shading of what shows through
    if ink == "grey" and "/Group" in body and not is_mask:
        return _GROUP_SPACE.sub("", body)
    spaced = _SPACE.sub(lambda it: f"/{it[1]} {SPACES[ink]}", body)
    return _END.sub(lambda it: f"/{it[1]} [{_end(it[2], ink)}]", spaced)


def _end(numbers: str, ink: Ink) -> str:
    colour = tuple(map(float, numbers.split()))
    return " ".join(f"{part:.4g}" for part in mixed(colour, ink))


# --- pictures -----------------------------------------------------------------------------


def _picture(item: PdfObject, data: bytes, ink: Ink) -> PdfObject | None:
    if "/ImageMask true" in item.body:
        return item
    samples = _samples(item.body, data)
    made = None if samples is None else inked_picture(samples, ink)
    if made is samples or made is None:
        return item if made is not None else None
    return PdfObject(item.number, _entries(made, _KEPT.findall(item.body)), made.data)


def _samples(body: str, data: bytes) -> Samples | None:
    """A picture as its dictionary tells it; None for one that is none of ours."""
    width, height = _WIDTH.search(body), _HEIGHT.search(body)
    space = _PICTURE_SPACE.search(body)
    is_jpeg, is_rows = "/DCTDecode" in body, _DEFLATED in body and "/Predictor 15" in body
    is_plain = "/BitsPerComponent 8" in body and is_jpeg is not is_rows
    if width is None or height is None or space is None or not is_plain:
        return None
    return Samples(
        int(width[1]),
        int(height[1]),
        _SPACE_NAMES[space[1]],
        data,
        is_jpeg=is_jpeg,
        is_inverted=_INVERTED.search(body) is not None,
    )


def _entries(picture: Samples, more: Iterable[str]) -> str:
    """The entries of a picture's dictionary."""
    if picture.is_jpeg:
        how = "/Filter /DCTDecode" + ("/Decode [1 0 1 0 1 0 1 0]" if picture.is_inverted else "")
    else:
        columns = f"/Columns {picture.width}/Colors {_CHANNELS[picture.space]}"
        how = f"{_DEFLATED}/DecodeParms <</Predictor 15{columns}>>"
    return (
        f"/Type /XObject/Subtype /Image/Width {picture.width}/Height {picture.height}"
        f"/ColorSpace {SPACES[picture.space]}/BitsPerComponent 8{how}{''.join(more)}"
    )


def _blank(item: PdfObject, ink: Ink) -> PdfObject:
    picture = blank(ink)
    return PdfObject(item.number, _entries(picture, ()), picture.data)
