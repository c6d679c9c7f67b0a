"""So much ink does not dry."""

from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Name, Pdf
from PIL import Image

from tests.check.printed import PROSE, Edit, area, book, image_of, only, picture, told


def test_four_inks_at_full_strength_are_told(tmp_path: Path) -> None:
    pages = [area(60, 60, 9, 9, "0.8 0.7 0.6 0.9 k"), *[PROSE] * 22, b""]
    found = only(book(tmp_path / "a.pdf", pages), "ingram")
    assert (found.code, str(found.severity)) == ("K414", "warning")
    assert dict(found.values)["found"] == 300


def test_as_much_as_is_taken_is_silent(tmp_path: Path) -> None:
    pages = [area(60, 60, 9, 9, "0.6 0.4 0.4 1 k"), *[PROSE] * 22, b""]
    assert told(book(tmp_path / "a.pdf", pages), "ingram") == {}


def _with_cmyk(sample: bytes, *, decode: list[int] | None = None, jpeg: bool = False) -> Edit:
    def edit(pdf: Pdf) -> None:
        image = image_of(pdf, 60, 60, Name.DeviceCMYK, 4)
        if jpeg:
            held = BytesIO()
            Image.new("CMYK", (60, 60), tuple(sample)).save(held, "JPEG", quality=95)
            image.write(held.getvalue(), filter=Name.DCTDecode)
        else:
            image.write(sample * 3600)
        if decode:
            image.Decode = Array(decode)
        for page in pdf.pages:
            page.Resources.XObject["/C"] = image

    return edit


DARK, LIGHT = bytes((230, 200, 200, 230)), bytes((100, 60, 60, 100))
INVERTED = [1, 0, 1, 0, 1, 0, 1, 0]
PAGES = [picture(60, 60, 5, 5, "C"), *[PROSE] * 22, b""]


@pytest.mark.parametrize(
    ("sample", "decode", "is_heavy"),
    [(DARK, None, True), (LIGHT, None, False), (DARK, INVERTED, False), (LIGHT, INVERTED, True)],
)
@pytest.mark.parametrize("jpeg", [False, True])
def test_pictures_are_added_up_pixel_by_pixel(
    sample: bytes, decode: list[int] | None, tmp_path: Path, *, is_heavy: bool, jpeg: bool
) -> None:
    edit = _with_cmyk(sample, decode=decode, jpeg=jpeg)
    found = told(book(tmp_path / "a.pdf", PAGES, edit=edit), "ingram")
    # Pillow saves the samples of a JPEG turned round, as Photoshop does; a PDF takes them as they are.
    assert set(found) == ({"K414"} if is_heavy != jpeg else set())


def test_a_picture_that_cannot_be_read_is_not_added_up(tmp_path: Path) -> None:
    def edit(pdf: Pdf) -> None:
        image = image_of(pdf, 60, 60, Name.DeviceCMYK, 4)
        image.write(b"no picture", filter=Name.DCTDecode)
        short = image_of(pdf, 90, 90, Name.DeviceCMYK, 4)
        short.write(b"short")
        for page in pdf.pages:
            page.Resources.XObject["/C"], page.Resources.XObject["/D"] = image, short

    pages = [PAGES[0] + picture(60, 90, 5, 5, "D"), *PAGES[1:]]
    assert told(book(tmp_path / "a.pdf", pages, edit=edit), "ingram") == {}
