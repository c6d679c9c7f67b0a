"""A cover around a book: its measures, words, bars and inks, as other programs read them back."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageChops, ImageStat

from builder.core import pictures
from builder.core.artwork import Lettering
from builder.core.choices import CoverDesign
from builder.core.config import CoverConfig
from builder.core.errors import ComposeError, ConfigError
from builder.core.printers import PrinterName
from builder.covers import DESIGN_NAMES, draw_cover, typefaces
from builder.covers.wrap import isbn_of
from builder.fonts.licensing import Licence, licence_of
from builder.prepress import Ink
from tests.covers.books import LATIN, LONG, MIXED, TITLES, TRADITIONAL, a_book
from tests.covers.wraps import (
    BLURB,
    BOOK,
    ISBN,
    MM_PER_PT,
    Asked,
    box_mm,
    drawn,
    form_of,
    pressed,
    scanned,
    seen,
    words_in,
)

RGB_OPERATORS = {"rg", "RG"}
GREY_OPERATORS = {"g", "G"}
CMYK_OPERATORS = {"k", "K"}


# --- measures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "width", "height", "bleed"),
    [
        # 2 × 6 in + 200 × 0.0025 in; 9 in.
        (Asked(trim="6x9in", pages=200, paper="cream"), 317.5, 228.6, 3.175),
        # 2 × 5 in + 300 × 0.002252 in; 8 in.
        (Asked(trim="5x8in", pages=300, paper="white"), 271.16, 203.2, 3.175),
        # 2 × 140 + 320 / 2 × 0.10 mm.
        (Asked(trim="大32开", pages=320, printer="tuwen"), 296.0, 203.0, 3.0),
        # 2 × 148 + 300 / 444 in + 0.06 in.
        (Asked(trim="A5", pages=300, printer="lulu"), 314.69, 210.0, 3.175),
        (Asked(trim="B6", pages=120, printer="home", paper="0.12mm"), 257.2, 176.0, 3.0),
        (Asked(trim="A5", pages=300, printer="ingram", spine=17.25), 313.25, 210.0, 3.175),
    ],
)
@pytest.mark.parametrize("vertical", [False, True])
def test_a_wrap_measures_what_trim_paper_and_bleed_add_up_to(
    asked: Asked, width: float, height: float, bleed: float, vertical: bool
) -> None:
    pdf = pressed(BOOK, replace(asked, vertical=vertical))
    assert box_mm(pdf, "/TrimBox") == pytest.approx((bleed, bleed, width, height), abs=0.01)
    whole = (0, 0, width + 2 * bleed, height + 2 * bleed)
    assert box_mm(pdf, "/BleedBox") == pytest.approx(whole, abs=0.01)
    assert box_mm(pdf, "/MediaBox") == pytest.approx(whole, abs=0.01)


def test_fold_guides_stand_outside_of_the_bleed_and_only_on_request() -> None:
    pdf = pressed(BOOK, Asked(folds=True))
    left, bottom, _, height = box_mm(pdf, "/BleedBox")
    assert min(left, bottom) > 5
    form = form_of(Asked())
    with pymupdf.open(stream=pdf) as document:
        strokes = [one for one in document[0].get_drawings() if one["type"] == "s"]
        lines = [item for one in strokes for item in one["items"]]
    places = {round((line[1].x) * MM_PER_PT - left - form.bleed, 2) for line in lines}
    assert places == {148.0, round(148 + form.spine, 2)}
    for line in lines:
        top, foot = sorted(point.y * MM_PER_PT for point in line[1:])
        assert foot < bottom or top > bottom + height
    with pymupdf.open(stream=pressed(BOOK, Asked())) as document:
        assert not [one for one in document[0].get_drawings() if one["type"] == "s"]


@pytest.mark.parametrize("trim", ["40x60mm", "40x300mm", "300x200mm", "210x210mm"])
def test_no_trim_is_too_strange(trim: str) -> None:
    for vertical in (False, True):
        for design in ("stitched", "window", "blocks"):
            pdf = pressed(LONG, Asked(design=design, trim=trim, vertical=vertical))
            assert box_mm(pdf, "/TrimBox")[3] == pytest.approx(
                float(trim[:-2].split("x")[1]), abs=0.01
            )


def test_the_picture_has_300_pixels_an_inch_and_covers_the_bleed() -> None:
    for trim in ("B6", "A4"):
        with pymupdf.open(stream=pressed(BOOK, Asked(trim=trim))) as document:
            page = document[0]
            (picture,) = page.get_image_info()
            left, top, right, bottom = picture["bbox"]
            assert (left, top) == pytest.approx((0, 0), abs=0.01)
            assert (right, bottom) == pytest.approx((page.rect.width, page.rect.height), abs=0.01)
            assert picture["width"] / (right - left) * 72 >= 300
            assert picture["height"] / (bottom - top) * 72 >= 300


def test_a_sheet_too_large_for_memory_is_drawn_coarser_and_says_so() -> None:
    wrap = drawn(BOOK, Asked(trim="600x800mm"))
    assert [one.code for one in wrap.diagnostics] == ["E056"]


# --- the design -------------------------------------------------------------------------------


@pytest.mark.parametrize("design", [name for name in DESIGN_NAMES if name != "stitched"])
@pytest.mark.parametrize("vertical", [False, True])
def test_the_front_of_a_wrap_is_the_cover(design: CoverDesign, vertical: bool) -> None:
    book = a_book("渡口的人", "沈砚")
    asked = Asked(design=design, trim="6x9in", vertical=vertical)
    front = panel(pressed(book, asked), asked, "front").resize((160, 240))
    cover = draw_cover(book, CoverConfig(design=design), vertical=vertical)
    with Image.open(BytesIO(cover.jpeg)) as image:
        alone = image.resize((160, 240))
    if design == "window":
        # It stands a little further from the edge, where the knife may be off: 80 of 1600.
        front, alone = front.crop((8, 110, 160, 240)), alone.crop((0, 110, 152, 240))
    difference = ImageStat.Stat(ImageChops.difference(front, alone)).mean
    assert sum(difference) / 3 < 3


def test_the_front_is_not_any_other_cover() -> None:
    asked = Asked(design="moon", trim="6x9in")
    front = panel(pressed(a_book("渡口的人", "沈砚"), asked), asked, "front").resize((160, 240))
    cover = draw_cover(a_book("渡口的人", "沈砚"), CoverConfig(design="waves"))
    with Image.open(BytesIO(cover.jpeg)) as image:
        difference = ImageStat.Stat(ImageChops.difference(front, image.resize((160, 240)))).mean
    assert sum(difference) / 3 > 20


def test_thread_is_sewn_where_the_book_is_bound() -> None:
    for vertical in (False, True):
        asked = Asked(design="stitched", trim="6x9in", vertical=vertical)
        front = panel(pressed(a_book("渡口的人"), asked), asked, "front").convert("L")
        width, height = front.size
        seam = 148 / 1600 * width if not vertical else width - 148 / 1600 * width
        box = (round(seam) - 6, height // 2 - 40, round(seam) + 6, height // 2 + 40)
        assert brightest(front.crop(box)) > 200
        other = (round(width - seam) - 6, box[1], round(width - seam) + 6, box[3])
        assert brightest(front.crop(other)) < 200


def brightest(image: Image.Image) -> int:
    return max(level for level, count in enumerate(image.histogram()) if count)


@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_a_wrap_is_the_same_each_time(design: CoverDesign) -> None:
    asked = Asked(design=design, trim="B6")
    assert pressed(BOOK, asked) == pressed(BOOK, asked)


def panel(pdf: bytes, asked: Asked, which: str) -> Image.Image:
    """The front or the back of a wrap, as cut."""
    form, dpi = form_of(asked), 150
    frame = form.front if which == "front" else form.back
    left, top, right, bottom = (
        round((edge + form.bleed) / 25.4 * dpi)
        for edge in (frame.left, frame.top, frame.right, frame.bottom)
    )
    return seen(pdf, dpi).crop((left, top, right, bottom))


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("vertical", [False, True])
def test_title_author_and_publisher_run_down_the_spine_as_text(vertical: bool) -> None:
    asked = Asked(vertical=vertical)
    form, pdf = form_of(asked), pressed(BOOK, asked)
    left = form.bleed + 148
    assert words_in(pdf, left, left + form.spine) == "渡口的人沈砚山海出版社"


def test_letters_of_the_spine_keep_clear_of_the_folds() -> None:
    for pages in (100, 200, 600):
        asked = Asked(pages=pages, trim="6x9in", paper="white")
        form, pdf = form_of(asked), pressed(MIXED, asked)
        left = form.bleed + form.trim.width_mm
        found = 0
        with pymupdf.open(stream=pdf) as document:
            for character in characters(document):
                x0, _, x1, _ = (side * MM_PER_PT for side in character["bbox"])
                middle = (x0 + x1) / 2
                if left < middle < left + form.spine:
                    found += 1
                    # Boxes of characters reach from a font's ascent to its descent: half as
                    # much again as its ink.
                    slack = (x1 - x0) / 4
                    assert x0 + slack >= left + 1.5875
                    assert x1 - slack <= left + form.spine - 1.5875
        assert found > 5


def test_latin_lies_on_its_side_on_a_spine() -> None:
    asked = Asked(pages=400)
    form, pdf = form_of(asked), pressed(LATIN, asked)
    left = form.bleed + 148
    with pymupdf.open(stream=pdf) as document:
        lines = [
            line
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
        ]
    turned = [
        "".join(span["text"] for span in line["spans"])
        for line in lines
        if line["dir"] == (0.0, 1.0) and left < line["bbox"][0] * MM_PER_PT < left + form.spine
    ]
    assert "Moon" in "".join(turned)


def test_a_thin_spine_has_no_words() -> None:
    for asked in (
        Asked(pages=78),
        Asked(pages=40, printer="tuwen"),
        Asked(pages=30, printer="home"),
    ):
        wrap = drawn(BOOK, asked)
        assert [one.code for one in wrap.diagnostics] == ["E053"]
        form, pdf = form_of(asked), pressed(BOOK, asked)
        left = form.bleed + 148
        assert words_in(pdf, left, left + form.spine) == ""


def test_a_long_title_shrinks_before_it_is_cut() -> None:
    shrunk = drawn(LONG, Asked(pages=400))
    assert "E054" not in [one.code for one in shrunk.diagnostics]
    asked = Asked(pages=400, trim="B6")
    endless = a_book("长夜将尽" * 30)
    assert "E054" in [one.code for one in drawn(endless, asked).diagnostics]
    form = form_of(asked)
    left = form.bleed + 125
    assert words_in(pressed(endless, asked), left, left + form.spine).startswith("长夜将尽长夜将尽")
    assert words_in(pressed(endless, asked), left, left + form.spine).endswith("…")


@pytest.mark.parametrize("vertical", [False, True])
def test_the_description_stands_on_the_back_and_the_title_on_the_front(vertical: bool) -> None:
    asked = Asked(vertical=vertical, pages=40)
    form, pdf = form_of(asked), pressed(BOOK, asked)
    back, front = form.back, form.front
    told = words_in(pdf, form.bleed + back.left, form.bleed + back.right)
    assert set(BLURB) - set("\n。，“”") <= set(told)
    named = words_in(pdf, form.bleed + front.left, form.bleed + front.right)
    assert set("渡口的人沈砚") <= set(named)
    assert "篙" not in named
    assert (back.left < front.left) == (not vertical)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert ("/Direction" in document.Root.ViewerPreferences) == vertical


def test_a_description_without_end_is_cut_and_says_so() -> None:
    wrap = drawn(replace(BOOK, description="水不说话，水都记得。" * 400), Asked())
    assert [one.code for one in wrap.diagnostics] == ["E055"]


@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_no_word_comes_near_an_edge_or_stands_on_the_barcode(design: CoverDesign) -> None:
    for number, metadata in enumerate(TITLES):
        vertical = (DESIGN_NAMES.index(design) + number) % 2 == 0
        asked = Asked(design=design, vertical=vertical, pages=300)
        book = replace(metadata, description=BLURB * 3, isbn=ISBN)
        form, pdf = form_of(asked), pressed(book, asked)
        box = white_box(pdf)
        with pymupdf.open(stream=pdf) as document:
            for character in characters(document):
                x, y = (side * MM_PER_PT for side in character["origin"])
                assert form.bleed + 4 < x < form.bleed + form.width - 4, (metadata.title, character)
                assert form.bleed + 4 < y < form.bleed + form.height - 4, (
                    metadata.title,
                    character,
                )
                is_inside = box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
                assert not is_inside or character["c"] in "ISBN 0123456789-", (
                    metadata.title,
                    character,
                )


def characters(document: pymupdf.Document) -> list[dict[str, Any]]:
    raw = document[0].get_text("rawdict")
    return [
        character
        for block in raw["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for character in span["chars"]
        if character["c"].strip()
    ]


def white_box(pdf: bytes) -> pymupdf.Rect:
    """Where the box of the barcode is, in mm."""
    with pymupdf.open(stream=pdf) as document:
        fields = document[0].get_drawings()
    (box,) = [one["rect"] for one in fields if one["fill"] in {(1.0, 1.0, 1.0), (1.0,)}]
    scaled: pymupdf.Rect = box * MM_PER_PT
    return scaled


@pytest.mark.parametrize("vertical", [False, True])
def test_every_character_of_the_back_is_read_as_it_was_written(vertical: bool) -> None:
    said = "他说：“走。”又说：「不走。」龘𠮷——……"
    asked = Asked(vertical=vertical, printer="tuwen", pages=40)
    pdf = pressed(replace(a_book("夜"), description=said), asked)
    assert set(said) <= set(selected(pdf))


def test_what_no_font_has_is_read_as_what_is_shown() -> None:
    book = replace(a_book("夜"), description="坏\U0010fffd字")
    assert [one.code for one in drawn(book, Asked()).diagnostics] == ["E041"]
    text = selected(pressed(book, Asked()))
    assert "〓" in text
    assert "\U0010fffd" not in text


def selected(pdf: bytes) -> str:
    """What a person copies, as MuPDF has it."""
    with pymupdf.open(stream=pdf) as document:
        return str(document[0].get_text())


def test_a_font_that_may_not_be_embedded_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = licence_of

    def refused(path: Path, index: int) -> Licence:
        known = allowed(path, index)
        return replace(known, is_for_paper="WenKai" not in path.name and known.is_for_paper)

    with monkeypatch.context() as patch:
        patch.setattr(typefaces, "licence_of", refused)
        sheet = drawn(BOOK, Asked(design="waves")).sheet
        names = {item.path.name for item in sheet.items if isinstance(item, Lettering)}
    assert names
    assert not any("WenKai" in name for name in names)


# --- the barcode ------------------------------------------------------------------------------


@pytest.mark.parametrize("ink", ["rgb", "grey", "cmyk"])
@pytest.mark.parametrize("design", ["moon", "waves", "stitched"])
def test_a_scanner_reads_the_isbn_on_any_ground(design: CoverDesign, ink: Ink) -> None:
    pdf = pressed(BOOK, Asked(design=design, ink=ink, price="38.00 元"))
    assert scanned(pdf) == [("EAN-13", ISBN)]


@pytest.mark.parametrize("trim", ["A5", "64开", "60x90mm"])
def test_bars_are_from_80_to_120_per_cent_with_quiet_zones(trim: str) -> None:
    pdf = pressed(BOOK, Asked(trim=trim))
    assert scanned(pdf, 300) == [("EAN-13", ISBN)]
    with pymupdf.open(stream=pdf) as document:
        bars = [
            rectangle
            for one in document[0].get_drawings()
            for _, rectangle, *_ in one["items"]
            if one["fill"] in {(0.0,), (0.0, 0.0, 0.0)}
        ]
    left, right = min(bar.x0 for bar in bars), max(bar.x1 for bar in bars)
    module = (right - left) * MM_PER_PT / 95
    assert 0.8 * 0.33 - 0.001 <= module <= 1.2 * 0.33
    box = white_box(pdf)
    assert left * MM_PER_PT - box.x0 >= 11 * module
    assert box.x1 - right * MM_PER_PT >= 7 * module


def test_an_isbn_of_ten_digits_becomes_one_of_thirteen() -> None:
    pdf = pressed(replace(BOOK, isbn="7-02-000220-X"), Asked())
    assert scanned(pdf) == [("EAN-13", ISBN)]
    assert isbn_of("7-02-000220-X").written == "978-7-02-000220-7"


@pytest.mark.parametrize(
    "wrong", ["9787020002208", "702000220X1", "1234567890", "渡口", "9770020002205"]
)
def test_what_is_no_isbn_is_told(wrong: str) -> None:
    with pytest.raises(ConfigError) as caught:
        drawn(replace(BOOK, isbn=wrong), Asked())
    assert caught.value.diagnostic.code == "E050"


def test_without_an_isbn_the_printers_own_corner_is_free_of_words() -> None:
    asked = Asked(pages=300)
    form = form_of(asked)
    pdf = pressed(replace(BOOK, isbn="", description=BLURB * 12), asked)
    assert scanned(pdf) == []
    right, bottom = form.bleed + 148 - 6.35, form.bleed + 210 - 6.35
    with pymupdf.open(stream=pdf) as document:
        for character in characters(document):
            x, y = (side * MM_PER_PT for side in character["origin"])
            assert not (right - 50.8 < x < right and y > bottom - 30.5), character


def test_the_price_stands_below_the_bars() -> None:
    form, pdf = form_of(Asked()), pressed(BOOK, Asked(price="38.00 元"))
    assert "定价：38.00元" in words_in(pdf, form.bleed, form.bleed + 148)
    traditional = pressed(replace(TRADITIONAL, isbn=ISBN), Asked(price="NT$ 380"))
    assert "定價：NT$380" in words_in(traditional, form.bleed, form.bleed + 148)


# --- inks and fonts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ink", "allowed", "space"),
    [
        ("cmyk", CMYK_OPERATORS, "/DeviceCMYK"),
        ("grey", GREY_OPERATORS, "/DeviceGray"),
    ],
)
def test_a_wrap_in_inks_has_no_other_colours(ink: Ink, allowed: set[str], space: str) -> None:
    pdf = pressed(BOOK, Asked(ink=ink, folds=True))
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        operators = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
        assert operators & (RGB_OPERATORS | GREY_OPERATORS | CMYK_OPERATORS) <= allowed
        assert operators & allowed
        assert [str(one.ColorSpace) for one in page.Resources.XObject.values()] == [space]


def test_bars_are_black_ink_alone() -> None:
    with pikepdf.open(BytesIO(pressed(BOOK, Asked(ink="cmyk")))) as document:
        streams = pikepdf.parse_content_stream(document.pages[0])
        blacks = [
            tuple(float(value) for value in one.operands)
            for one in streams
            if str(one.operator) == "k"
        ]
    assert (0, 0, 0, 1) in blacks
    assert (0, 0, 0, 0) in blacks


@pytest.mark.parametrize("design", ["minimal", "stitched"])
def test_all_fonts_are_embedded_and_cut_down(design: CoverDesign) -> None:
    with pikepdf.open(BytesIO(pressed(MIXED, Asked(design=design)))) as document:
        fonts = document.pages[0].Resources.Font
        assert len(fonts) >= 2
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert str(font.BaseFont)[7] == "+"
            assert "/ToUnicode" in font


@pytest.mark.parametrize("printer", ["kdp", "ingram", "lulu", "tuwen", "home"])
def test_nothing_that_printers_flatten_or_refuse_is_in_the_file(printer: PrinterName) -> None:
    pdf = pressed(BOOK, Asked(printer=printer, spine=15.0))
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        assert "/Annots" not in page
        assert "/ExtGState" not in page.Resources
        assert "/Outlines" not in document.Root
        assert all("/SMask" not in picture for picture in page.Resources.XObject.values())


# --- a picture of the book's own ----------------------------------------------------------------


def photograph(width: int, height: int, form: str = "JPEG", mode: str = "RGB") -> bytes:
    """Blue at the left, red at the right."""
    image = Image.new("RGB", (width, height), (30, 60, 120))
    image.paste((160, 40, 30), (width // 2, 0, width, height))
    content = BytesIO()
    image.convert(mode).save(content, form)
    return content.getvalue()


@pytest.mark.parametrize(("vertical", "ground"), [(False, (30, 60, 120)), (True, (160, 40, 30))])
def test_a_picture_covers_the_front_and_lends_its_colour_to_the_rest(
    vertical: bool, ground: tuple[int, int, int]
) -> None:
    asked = Asked(picture=photograph(2000, 2900), vertical=vertical)
    wrap = drawn(BOOK, asked)
    assert (wrap.design, wrap.diagnostics) == ("", ())
    pdf = pressed(BOOK, asked)
    back, front = panel(pdf, asked, "back"), panel(pdf, asked, "front")
    assert back.getpixel((10, 600)) == pytest.approx(ground, abs=4)
    assert front.getpixel((10, 600)) == pytest.approx((30, 60, 120), abs=4)
    assert front.getpixel((front.width - 10, 600)) == pytest.approx((160, 40, 30), abs=4)
    edge = seen(pdf).getpixel((2, 2) if vertical else (seen(pdf).width - 3, 2))
    assert edge == pytest.approx((30, 60, 120) if vertical else (160, 40, 30), abs=4)


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK"), ("PNG", "L")]
)
def test_pictures_of_any_kind_are_taken(form: str, mode: str) -> None:
    asked = Asked(picture=photograph(1900, 2700, form, mode), trim="B6")
    assert scanned(pressed(BOOK, asked)) == [("EAN-13", ISBN)]


def test_a_small_picture_is_told_and_a_broken_one_refused() -> None:
    assert [one.code for one in drawn(BOOK, Asked(picture=photograph(600, 900))).diagnostics] == [
        "E056"
    ]
    with pytest.raises(ComposeError) as caught:
        drawn(BOOK, Asked(picture=b"\x89PNG nothing"))
    assert caught.value.diagnostic.code == "E001"


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)
    with pytest.raises(ComposeError) as caught:
        drawn(BOOK, Asked(picture=photograph(60, 90)))
    assert caught.value.diagnostic.code == "E002"


def test_a_back_too_narrow_for_a_barcode_has_none_and_says_so() -> None:
    asked = Asked(trim="40x60mm")
    assert [one.code for one in drawn(BOOK, asked).diagnostics] == ["E059"]
    assert scanned(pressed(BOOK, asked), 400) == []


def test_a_picture_finer_than_any_press_is_made_smaller() -> None:
    with pymupdf.open(
        stream=pressed(BOOK, Asked(trim="64开", picture=photograph(4000, 5000)))
    ) as document:
        (picture,) = document[0].get_image_info()
    assert picture["width"] / (picture["bbox"][2] - picture["bbox"][0]) * 72 <= 601
