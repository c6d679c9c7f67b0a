"""Pages are where an open book has them, whole, and no larger than the picture allows."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from builder.preview import is_contact_sheet, preview
from tests.preview.books import A5, colour_of, write_pages


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def boxes(png: bytes, count: int) -> dict[int, tuple[int, int, int, int]]:
    """Where each page of a book is in a picture: left, top, right, bottom."""
    image = opened(png)
    found: dict[int, tuple[int, int, int, int]] = {}
    for number in range(1, count + 1):
        red, green, blue = colour_of(number)
        bands = image.split()
        mask = Image.new("L", image.size, 255)
        for band, value in zip(bands, (red, green, blue), strict=True):
            near = band.point([255 if abs(level - value) <= 3 else 0 for level in range(256)])
            mask = Image.composite(near, Image.new("L", image.size, 0), mask)
        if box := mask.getbbox():
            found[number] = box
    return found


@pytest.mark.parametrize("is_right_bound", [False, True])
def test_pages_face_each_other_as_in_the_bound_book(is_right_bound: bool, tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 8, is_right_bound=is_right_bound)
    found = boxes(preview(book, "a.pdf", pages="1-8").png, 8)
    assert set(found) == set(range(1, 9))
    for verso in (2, 4, 6):
        left, right = (verso + 1, verso) if is_right_bound else (verso, verso + 1)
        assert 0 < found[right][0] - found[left][2] <= 3
        assert found[left][1] == found[right][1]
    # The cover lies where its leaf is hinged, the last page on the other side.
    assert found[1][0] == found[5][0]
    assert found[8][0] == found[4][0]


def test_rows_are_read_the_way_the_book_turns(tmp_path: Path) -> None:
    for is_right_bound in (False, True):
        book = write_pages(tmp_path / "a.pdf", 8, is_right_bound=is_right_bound)
        found = boxes(preview(book, "a.pdf", pages="1-7").png, 8)
        assert found[2][1] == found[1][1] < found[4][1] == found[6][1]
        assert (found[2][0] < found[1][0]) is is_right_bound
        assert (found[6][0] < found[4][0]) is is_right_bound


def untrimmed(folder: Path) -> bytes:
    """The same pages as though all of them were to be seen."""
    book = write_pages(folder / "c.pdf", 3, bleed=40)
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            del page.obj["/TrimBox"]
        pdf.save(book)
    return preview(book, "c.pdf", pages="1-3").png


def test_what_is_cut_off_is_not_shown(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 3, bleed=40)
    plain = write_pages(tmp_path / "b.pdf", 3)
    trimmed, whole = (preview(path, "a.pdf", pages="1-3") for path in (book, plain))
    assert boxes(trimmed.png, 3) == boxes(whole.png, 3)
    for png, has_red in ((trimmed.png, False), (untrimmed(tmp_path), True)):
        red, green, _ = opened(png).split()
        strong = red.point([255 if level > 200 else 0 for level in range(256)])
        weak = green.point([255 if level < 10 else 0 for level in range(256)])
        both = ImageChops.darker(strong, weak)
        assert (both.getbbox() is not None) is has_red


@pytest.mark.parametrize("width", [200, 800, 2000])
def test_the_picture_is_as_broad_as_asked(width: int, tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 12)
    for pages in ("1", "2-3", "1-12"):
        sheet = preview(book, "a.pdf", pages=pages, width=width)
        assert opened(sheet.png).size == sheet.size
        assert sheet.size[0] == pytest.approx(width, rel=0.1)


@pytest.mark.parametrize("size", [(14400, 14400), (14400, 3), (3, 14400), (1e9, 10), (0.001, 5)])
def test_however_large_a_page_is_its_picture_is_not(
    size: tuple[float, float], tmp_path: Path
) -> None:
    book = write_pages(tmp_path / "a.pdf", 3, sizes=[A5, size, A5])
    sheet = preview(book, "a.pdf", pages="1-3", width=600)
    assert sheet.size[0] * sheet.size[1] < 2_000_000
    assert {1, 3} <= set(boxes(sheet.png, 3))
    alone = preview(write_pages(tmp_path / "b.pdf", 1, sizes=[size]), "b.pdf", width=600)
    assert alone.size[0] * alone.size[1] < 2_000_000


def test_pages_keep_their_proportions_beside_others(tmp_path: Path) -> None:
    sizes = [A5, (595, 420), (200, 600), A5, A5]
    book = write_pages(tmp_path / "a.pdf", 5, sizes=sizes)
    found = boxes(preview(book, "a.pdf", pages="1-5").png, 5)
    for number, (width, height) in enumerate(sizes, 1):
        left, top, right, bottom = found[number]
        assert (right - left) / (bottom - top) == pytest.approx(width / height, rel=0.03)


def test_slides_and_sheets_are_shown_one_by_one(tmp_path: Path) -> None:
    slides = write_pages(tmp_path / "a.pdf", 4, sizes=[(595, 420)] * 4)
    sheets = write_pages(tmp_path / "b.pdf", 4)
    with pikepdf.open(sheets, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Producer"] = "builder impose 1.0"
        pdf.save(sheets)
    for path in (slides, sheets):
        found = boxes(preview(path, "a.pdf", pages="1-4").png, 4)
        assert len({box[:2] for box in found.values()}) == 4
        assert found[3][0] - found[2][2] > 10 or found[3][0] < found[2][0]


def test_a_screen_shows_pages_one_by_one(tmp_path: Path) -> None:
    for is_right_bound in (False, True):
        book = write_pages(tmp_path / "a.pdf", 4, is_right_bound=is_right_bound)
        found = boxes(preview(book, "a.pdf", pages="1-4", is_single=True).png, 4)
        (first, second, third) = (found[number] for number in (1, 2, 3))
        assert (second[0] < first[0]) is is_right_bound
        assert (
            len({box[0] for box in found.values()}) * len({box[1] for box in found.values()}) >= 4
        )
        assert min(abs(second[0] - first[2]), abs(first[0] - second[2])) > 10
        assert third[:2] not in {first[:2], second[:2]}


def test_a_page_that_cannot_be_shown_is_crossed_out_and_the_others_are_shown(
    tmp_path: Path,
) -> None:
    book = write_pages(tmp_path / "a.pdf", 4)
    content = book.read_bytes()
    with pikepdf.open(book) as pdf:
        broken = pdf.pages[1].obj.objgen[0]
    (tmp_path / "b.pdf").write_bytes(content.replace(b"%d 0 obj" % broken, b"%d 0 obx" % broken))
    sheet = preview(tmp_path / "b.pdf", "b.pdf", pages="1-4")
    assert set(boxes(sheet.png, 4)) == {1, 3, 4}
    assert [str(found.location) for found in sheet.diagnostics] == ["b.pdf#page=2"]


def test_a_pdf_may_be_in_memory_and_the_same_pdf_gives_the_same_picture(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 5, roman=2)
    from_disk, from_memory = preview(book, "a.pdf"), preview(book.read_bytes(), "a.pdf")
    assert from_disk == from_memory
    assert from_disk.png == from_memory.png
    assert is_contact_sheet(from_disk.png)
    assert not is_contact_sheet(b"mine")
    assert not is_contact_sheet(book.read_bytes())


def label_rows(png: bytes, box: tuple[int, int, int, int]) -> int:
    """How many pixels below a page are bright: its label."""
    image = opened(png).crop((box[0], box[3] + 3, box[2], box[3] + 40)).convert("L")
    return sum(image.histogram()[200:])


def test_every_page_has_its_label_below(tmp_path: Path) -> None:
    roman = write_pages(tmp_path / "a.pdf", 6, roman=3)
    plain = write_pages(tmp_path / "b.pdf", 6)
    rows = []
    for path in (roman, plain):
        png = preview(path, "a.pdf", pages="1-6", width=1200).png
        rows.append({number: label_rows(png, box) for number, box in boxes(png, 6).items()})
    assert all(count > 10 for labels in rows for count in labels.values())
    # iii (3) takes more ink than 3, and 1 (4) more than 4.
    assert all(rows[0][number] > rows[1][number] for number in (2, 3, 4, 6))
