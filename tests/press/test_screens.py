"""Pages for screens: a page is the screen, the type whole ems on it, contents for a finger.

Read from the file. The table is that of the devices' makers and of the grids we promise.
"""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from builder.check.typography import count_faults
from builder.core.devices import DEVICES, DeviceName
from tests.judges import verapdf
from tests.press.placing import SeenPage, seen_pages, text_area
from tests.press.seen import lines_of
from tests.press.test_paper import made
from tests.press.told import TITLE, told

MM = 72 / 25.4
# Page in mm, margin in mm, type size, characters × lines.
SCREENS: dict[DeviceName, tuple[float, float, float, float, int, int]] = {
    "kindle-6": (90.8, 122.6, 5, 10.5, 21, 18),
    "kobo-clara": (90.8, 122.6, 5, 10.5, 21, 18),
    "boox-poke": (90.8, 122.6, 5, 10.5, 21, 18),
    "kindle-paperwhite-6.8": (104.6, 139.5, 6, 11, 23, 19),
    "kindle-paperwhite-7": (107.7, 143.6, 6, 11, 24, 20),
    "kobo-libra": (107, 142.2, 6, 11, 24, 20),
    "boox-leaf": (107, 142.2, 6, 11, 24, 20),
    "kobo-sage": (121.9, 162.6, 7, 12, 25, 21),
    "kindle-scribe": (157.5, 210, 10, 12, 32, 27),
    "kobo-elipsa": (157, 209.5, 10, 12, 32, 27),
    "boox-note": (157, 209.5, 10, 12, 32, 27),
    "remarkable-2": (157.8, 210.4, 10, 12, 32, 27),
    "ipad-10.9": (157.8, 227, 12, 12, 31, 29),
    "phone-6.1": (65, 141, 3.5, 10, 16, 23),
}
DIRECTIONS = pytest.mark.parametrize("is_vertical", [False, True], ids=["lines", "columns"])
EVERY_SCREEN = pytest.mark.parametrize("device", SCREENS)
FINGER_MM = 8.0


@cache
def book_on(device: str, *, is_vertical: bool) -> bytes:
    book = told(5, paragraphs=16, is_vertical=is_vertical)
    return made(book, is_vertical=is_vertical, device=device)


def prose(pages: list[SeenPage], size: float) -> list[SeenPage]:
    return [
        page
        for page in pages
        if page.lines and all(abs(line.size - size) < 0.05 for line in page.lines)
    ]


@pytest.mark.parametrize("name", sorted(set(DEVICES) - set(SCREENS)))
def test_a_familys_name_stands_for_its_largest_screen(name: str) -> None:
    for page in seen_pages(made(told(1, 1), device=name)):
        screen = DEVICES[name].screen
        assert page.width == pytest.approx(screen.width_px / screen.ppi * 72, abs=0.01)
        assert page.height == pytest.approx(screen.height_px / screen.ppi * 72, abs=0.01)


@DIRECTIONS
@EVERY_SCREEN
def test_the_page_is_the_screen_and_the_text_whole_ems_in_the_middle_of_it(
    device: DeviceName,
    is_vertical: bool,
) -> None:
    width, height, margin, size, characters, lines = SCREENS[device]
    pages = seen_pages(book_on(device, is_vertical=is_vertical))
    leading = 1.65 * size
    text = prose(pages, size)
    assert {len(page.boxes) for page in pages} == {1}
    for page in pages:
        assert page.width == pytest.approx(width * MM, abs=0.4)
        assert page.height == pytest.approx(height * MM, abs=0.4)
        assert page.boxes["/MediaBox"][:2] == (0, 0)
    left, top, right, bottom = text_area(text, size, leading, is_vertical=is_vertical)
    right, bottom = pages[0].width - right, pages[0].height - bottom
    assert min(left, top, right, bottom) >= margin * MM - 0.06
    # The same on every page, in the middle: no gutter, no side.
    assert left == pytest.approx(right, abs=0.15)
    assert top == pytest.approx(bottom, abs=0.15)
    if not is_vertical:
        assert max(len(page.lines) for page in text) == lines
        assert (pages[0].width - left - right) / size == pytest.approx(characters, abs=0.02)


@DIRECTIONS
@EVERY_SCREEN
def test_screens_have_no_fault_of_typography_no_bare_page_and_no_head(
    device: DeviceName,
    is_vertical: bool,
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(book_on(device, is_vertical=is_vertical))
    report = count_faults(path)
    assert report.faults == ()
    assert report.lines > 100
    assert report.size_pt == pytest.approx(SCREENS[device][3], abs=0.01)
    assert report.leading_pt == pytest.approx(1.65 * SCREENS[device][3], abs=0.02)
    seen = seen_pages(path.read_bytes())
    # The cover is drawn.
    assert all(page.lines for page in seen[1:])
    first = next(at for at, page in enumerate(seen) if len(page.lines) > 8)
    for page in list(lines_of(path))[first:]:
        small = [line.text for line in page if line.y1 - line.y0 < 0.8 * SCREENS[device][3]]
        assert all(not set(text) & set(TITLE) for text in small)


@DIRECTIONS
@EVERY_SCREEN
def test_entries_of_the_contents_are_links_as_wide_as_the_text_and_as_high_as_a_finger(
    device: DeviceName,
    is_vertical: bool,
) -> None:
    content = book_on(device, is_vertical=is_vertical)
    size = SCREENS[device][3]
    area = text_area(prose(seen_pages(content), size), size, 1.65 * size, is_vertical=is_vertical)
    measure = area[3] - area[1] if is_vertical else area[2] - area[0]
    with pikepdf.open(BytesIO(content)) as pdf:
        boxes = [
            [float(side) for side in link.Rect]
            for page in pdf.pages
            for link in page.get("/Annots", [])
        ]
        # The preface, three volumes, five chapters; each is a bookmark, too.
        assert len(boxes) == 9
        assert pdf.Root.Outlines is not None
        for left, bottom, right, top in boxes:
            along, across = (top - bottom, right - left)[:: 1 if is_vertical else -1]
            assert along == pytest.approx(measure, abs=0.3)
            assert across >= FINGER_MM * MM


@DIRECTIONS
def test_a_link_of_the_contents_takes_in_all_lines_of_a_long_title(
    is_vertical: bool,
) -> None:
    long = told(2, 4, is_vertical=is_vertical)
    [volume] = long.body
    chapter = replace(volume.children[0], title="雾从江心慢慢地漫上来老何把船灯挂在桅杆下面" * 2)
    book = replace(long, body=(replace(volume, children=(chapter, volume.children[1])),))
    with pikepdf.open(BytesIO(made(book, is_vertical=is_vertical, device="phone-6.1"))) as pdf:
        heights = [
            (
                float(link.Rect[2] - link.Rect[0])
                if is_vertical
                else float(link.Rect[3] - link.Rect[1])
            )
            for page in pdf.pages
            for link in page.get("/Annots", [])
        ]
    assert max(heights) == pytest.approx((2 if is_vertical else 5) * 8.5 * MM, abs=0.1)


def test_a_screen_takes_a_grid_and_margins_of_ones_own() -> None:
    pages = seen_pages(made(told(2, 12), device="kobo-libra", grid="20x16", margin="10mm"))
    assert max(len(page.lines) for page in prose(pages, 11)) == 16


def test_contents_whose_titles_take_two_lines_keep_their_own_rows_without_fault(
    tmp_path: Path,
) -> None:
    book = told(6, 16)
    body = tuple(
        replace(
            volume,
            children=tuple(
                replace(chapter, title="江上灯火明如昼　渡口行人夜未眠")
                for chapter in volume.children
            ),
        )
        for volume in book.body
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(made(replace(book, body=body), device="phone-6.1"))
    assert count_faults(path).faults == ()


@DIRECTIONS
def test_pages_for_screens_and_for_printers_keep_the_standards(
    is_vertical: bool,
    tmp_path: Path,
) -> None:
    wanted = ("pdf/ua-1", "pdf/a-2u")
    book = told(2, 6, is_vertical=is_vertical)
    for name, settings in (
        ("screen", {"device": "phone-6.1"}),
        ("paper", {"printer": "ingram", "trim": "32开"}),
    ):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made(book, is_vertical=is_vertical, variant=wanted, **settings))
        assert verapdf(path, "ua1") == []
        assert verapdf(path, "2u") == []
