"""Objects of WeasyPrint and pydyf in other inks."""

import zlib
from collections.abc import Iterable

import pydyf
import pytest

from builder.core.book import Asset
from builder.prepress import Ink, PdfObject, inked_objects
from builder.press.inking import in_inks
from builder.press.slabs import Slabs
from tests.prepress.test_samples import photograph, stripes
from tests.press.slab_documents import laid_out

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><defs>'
    '<linearGradient id="g"><stop offset="0" stop-color="red"/>'
    '<stop offset="1" stop-color="blue" stop-opacity=".5"/></linearGradient>'
    '<mask id="m"><rect width="50" height="25" fill="white"/></mask>'
    '<pattern id="p" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="3" height="3" fill="green"/></pattern></defs>'
    '<rect width="50" height="50" fill="url(#g)" mask="url(#m)"/>'
    '<rect width="20" height="20" fill="url(#p)" stroke="purple"/></svg>'
)
BLOCKS = (
    SVG,
    '<p style="color: #963">红<b style="color: oklch(0.7 0.2 30)">字</b></p>',
    '<p style="background: linear-gradient(red, transparent)">渐淡</p>',
    '<p style="opacity: 0.5; box-shadow: 2pt 2pt 3pt navy">影</p>',
    '<p style="color: device-cmyk(0 0.5 1 0.2)">墨</p>',
)


def stream(*, number: int = 1, body: str, content: bytes) -> PdfObject:
    return PdfObject(number, f"{body}/Filter /FlateDecode", zlib.compress(content))


def inked(item: PdfObject, ink: Ink = "grey", said: Iterable[str] = ()) -> tuple[str, bytes]:
    [made] = inked_objects([item], ink, said=said).objects
    assert made.data is not None
    return made.body, zlib.decompress(made.data)


def test_forms_and_patterns_are_painted_in_inks() -> None:
    form = stream(
        body="/Subtype /Form/Group <</S /Transparency/CS /DeviceRGB>>", content=b"1 0 0 rg"
    )
    body, content = inked(form)
    assert body.startswith("/Subtype /Form/Group <</S /Transparency>>")  # it mixes as its page does
    assert content == b"0.4984 g"
    body, content = inked(form, "cmyk")
    assert "/CS /DeviceCMYK" in body
    assert content == b"0 1 1 0 k"
    pattern = stream(body="/Type /Pattern/PatternType 1", content=b"1 0 0 rg")
    assert inked(pattern)[1] == b"0.4984 g"


def test_a_mask_by_light_is_grey_in_any_inks() -> None:
    mask = stream(body="/Subtype /Form/Group <</CS /DeviceRGB>>", content=b"1 1 1 rg")
    body, content = inked(mask, "cmyk", said=["<</SMask <</S /Luminosity/G 1 0 R>>>>"])
    assert "/CS /DeviceGray" in body
    assert content == b"1 g"


def test_a_stream_that_paints_nothing_stays_to_the_byte() -> None:
    font = PdfObject(1, "/Subtype /OpenType", b"1 0 0 rg")
    assert inked_objects([font], "grey").objects == (font,)
    assert inked_objects([font], "grey", contents={1}).objects[0].data == b"0.4984 g"
    mask = PdfObject(1, "/Subtype /Image/ImageMask true/Width 1", b"\x80")
    assert inked_objects([mask], "grey").objects == (mask,)


def test_a_shading_has_its_ends_in_inks_unless_it_says_what_shows_through() -> None:
    shading = (
        "<</ShadingType 2/ColorSpace /DeviceRGB/Function <</C0 [1 0 0]/C1 [0 0 0.501961]/N 1>>>>"
    )
    [made] = inked_objects([PdfObject(1, shading)], "cmyk").objects
    assert made.body == (
        "<</ShadingType 2/ColorSpace /DeviceCMYK/Function"
        " <</C0 [0 1 1 0]/C1 [1 0.78 0 0.498]/N 1>>>>"
    )
    alpha = PdfObject(1, "<</ShadingType 2/ColorSpace /DeviceGray/Function <</C0 [1]/C1 [0]>>>>")
    assert inked_objects([alpha], "cmyk").objects == (alpha,)


def test_a_picture_that_cannot_be_read_is_blank_and_told() -> None:
    broken = PdfObject(
        1,
        "/Subtype /Image/Width 9/Height 9/ColorSpace /DeviceRGB/BitsPerComponent 8/Filter /DCTDecode",
        b"\xff\xd8\xff",
    )
    other = PdfObject(2, "/Subtype /Image/Width 9/Height 9/Filter /JPXDecode", b"")
    made = inked_objects([broken, other], "grey")
    assert made.unread == 2
    assert all("/ColorSpace /DeviceGray" in one.body for one in made.objects)
    assert all("/Width 1/Height 1" in one.body for one in made.objects)
    assert inked_objects([broken], "rgb").unread == 0


def test_a_photograph_keeps_its_mask_and_stays_a_photograph() -> None:
    samples = photograph(stripes())
    body = (
        f"/Subtype /Image/Width {samples.width}/Height {samples.height}/ColorSpace /DeviceRGB"
        "/BitsPerComponent 8/Filter /DCTDecode/SMask 7 0 R"
    )
    [made] = inked_objects([PdfObject(1, body, samples.data)], "cmyk").objects
    assert made.data is not None
    assert made.data.startswith(b"\xff\xd8")
    assert "/ColorSpace /DeviceCMYK" in made.body
    assert "/Decode [1 0 1 0 1 0 1 0]" in made.body
    assert made.body.endswith("/SMask 7 0 R")


# --- what WeasyPrint writes -----------------------------------------------------------------


def test_dictionaries_are_written_as_they_are_looked_for() -> None:
    shading = pydyf.Dictionary({"ShadingType": 2, "ColorSpace": "/DeviceRGB", "C0": pydyf.Array((1.0, 0, 0.5))})  # fmt: skip
    assert shading.data == b"<</ShadingType 2/ColorSpace /DeviceRGB/C0 [1 0 0.5]>>"


@pytest.fixture(scope="module")
def slabs() -> Slabs:
    asset = Asset("a.jpg", "image/jpeg", photograph(stripes()).data)
    blocks = "".join((*BLOCKS, '<img src="book:/a.jpg"/>'))
    return laid_out(blocks, resources=(asset,))


@pytest.mark.parametrize(("ink", "spaces"), [("grey", {"DeviceGray"}), ("cmyk", {"DeviceGray", "DeviceCMYK"})])  # fmt: skip
def test_all_that_weasyprint_paints_is_in_the_inks_asked_for(
    slabs: Slabs, ink: Ink, spaces: set[str]
) -> None:
    made = in_inks(slabs, ink)
    assert made.unread == 0
    said = " ".join(
        [one.body for one in made.slabs.objects]
        + [piece.decode("latin-1") for slab in made.slabs.slabs for piece in slab.pieces]
    )
    found = {name for name in ("DeviceGray", "DeviceRGB", "DeviceCMYK", "/Lab") if name in said}
    assert found == spaces
    # The control: without inks there are all of them.
    before = " ".join(one.body for one in slabs.objects)
    assert all(name in before for name in ("DeviceGray", "DeviceRGB", "/Lab", "/ShadingType", "/PatternType 1"))  # fmt: skip


def test_without_inks_nothing_is_touched(slabs: Slabs) -> None:
    assert in_inks(slabs, "rgb").slabs is slabs
