"""Books for the press room: boxes, bleed, marks and inks, read back from the file by others.

Pictures are drawn here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw

from builder.core.book import Asset, Book, Emphasis, Figure, Note, NoteRef, Paragraph, Table, Text
from builder.core.book import Image as Picture
from builder.core.config import Engine, PdfConfig
from builder.press import Pressed
from builder.press.pictures import in_screen_rgb
from tests.judges import inkcov, most_ink, qpdf_check, render_png, verapdf
from tests.press.documents import print_on_paper, with_blocks
from tests.press.inks_read import colours_of, inks_of
from tests.press.reading import read_pdf

MM = 72 / 25.4
NAVY, GOLD = (20, 40, 110), (250, 210, 40)
BOTH = ("crop", "registration")
CSS = (
    "em, .heading .title { color: #963 } .heading .label { color: oklch(60% 0.2 30) }"
    " th { background: #eef; color: navy } strong { text-decoration: underline; color: green }"
    " td { color: device-cmyk(0 0.5 1 0.2); background: linear-gradient(#fee, #eef) }"
    " @page { @footnote { border-top-color: #c33 } }"
)
PRESSES = [("press", False), ("press", True), ("weasyprint", False)]


def picture(mode: str, form: str, **how: Any) -> bytes:
    """Stripes of all hues."""
    image = Image.new("RGB", (240, 120), "white")
    for at, colour in enumerate(("red", "lime", "blue", "cyan", "magenta", "yellow", "black")):
        ImageDraw.Draw(image).rectangle((at * 30, 0, at * 30 + 29, 100), fill=colour)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    made = BytesIO()
    (image if mode in {"RGB", "RGBA"} else image.convert(mode)).save(made, form, **how)
    return made.getvalue()


def cover() -> bytes:
    """A cover with a golden frame that is cut off when it grows."""
    image = Image.new("RGB", (740, 1050), NAVY)
    ImageDraw.Draw(image).rectangle((0, 0, 739, 1049), outline=GOLD, width=12)
    made = BytesIO()
    image.save(made, "JPEG", quality=95, subsampling=0)
    return made.getvalue()


@cache
def book() -> Book:
    """Something of everything that has a colour."""
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><linearGradient id="g">'
        b'<stop stop-color="red"/><stop offset="1" stop-color="blue" stop-opacity="0.4"/>'
        b'</linearGradient><rect width="60" height="40" fill="url(#g)" stroke="purple"/></svg>'
    )
    pictures = {
        "a.png": picture("RGB", "PNG"),
        "b.png": picture("RGBA", "PNG"),
        "c.png": picture("P", "PNG"),
        "d.jpg": picture("RGB", "JPEG", quality=90),
        "e.jpg": picture("CMYK", "JPEG", quality=90),
        "f.jpg": picture("L", "JPEG", quality=90),
        "g.svg": svg,
    }
    figures = tuple(Figure(Picture(name, "彩条"), (Text("图"),)) for name in pictures)
    words = Paragraph(
        (
            Text("江水"),
            Emphasis((Text("很急"),)),
            Emphasis((Text("渡口"),), strong=True),
            NoteRef("n1"),
            Text("没有人说话。"),
        )
    )
    table = Table((((Text("时辰"),),), ((Text("卯时"),),)), 1)
    return replace(
        with_blocks(words, table, *figures, assets=tuple(assets(pictures)), cover="cover.jpg"),
        notes=(Note("n1", (Paragraph((Text("江，大河。"),)),)),),
    )


def assets(pictures: dict[str, bytes]) -> Iterator[Asset]:
    kinds = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
    for name, content in {**pictures, "cover.jpg": cover()}.items():
        yield Asset(name, kinds[name.rpartition(".")[2]], content)


@dataclass(frozen=True, slots=True)
class Wanted:
    engine: Engine
    is_vertical: bool
    colour: str


@cache
def printed(wanted: Wanted) -> Pressed:
    return print_on_paper(
        book(),
        is_vertical=wanted.is_vertical,
        user_css=CSS,
        engine=wanted.engine,
        colour=wanted.colour,
        bleed="3mm",
        marks=BOTH,
    )


@pytest.fixture(params=PRESSES, ids=["press in lines", "press in columns", "WeasyPrint"])
def pressing(request: pytest.FixtureRequest) -> tuple[Engine, bool]:
    engine, is_vertical = request.param
    return engine, is_vertical


def pressed(pressing: tuple[Engine, bool], colour: str) -> Pressed:
    return printed(Wanted(*pressing, colour))


# --- inks ---------------------------------------------------------------------------------


def test_in_grey_everything_is_grey(pressing: tuple[Engine, bool]) -> None:
    made = pressed(pressing, "grey")
    assert made.diagnostics == ()
    assert set(inks_of(made.pdf)) == {"grey"}


def test_in_cmyk_colours_are_inks_and_pictures_inks_or_grey(pressing: tuple[Engine, bool]) -> None:
    made = pressed(pressing, "cmyk")
    assert made.diagnostics == ()
    assert set(inks_of(made.pdf)) == {"cmyk", "grey", "/Separation/All"}


def test_without_a_wish_colours_are_those_of_screens(pressing: tuple[Engine, bool]) -> None:
    found = inks_of(pressed(pressing, "rgb").pdf)
    assert found["rgb"]
    assert found["cmyk"]  # the photograph that has inks, and what the sheet says


@pytest.mark.judge
@pytest.mark.parametrize("colour", ["grey", "cmyk"])
def test_a_press_sees_no_colour_where_only_black_is_promised(
    pressing: tuple[Engine, bool], colour: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    plain = print_on_paper(
        with_blocks(), engine=pressing[0], is_vertical=pressing[1], colour=colour, marks=("crop",)
    )
    path.write_bytes(plain.pdf)
    pages = inkcov(path)
    assert max(page.black for page in pages) > 0.01
    assert {page.coloured for page in pages} == {0.0}


@pytest.mark.judge
def test_a_press_sees_black_alone_in_a_grey_book_of_all_colours(
    pressing: tuple[Engine, bool], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed(pressing, "grey").pdf)
    assert {page.coloured for page in inkcov(path)} == {0.0}
    # The control: the same book in colours.
    path.write_bytes(pressed(pressing, "rgb").pdf)
    assert max(page.coloured for page in inkcov(path)) > 0.5


def test_black_is_said_to_be_black_in_a_file_for_screens_too(pressing: tuple[Engine, bool]) -> None:
    made = print_on_paper(with_blocks(), engine=pressing[0], is_vertical=pressing[1])
    found = {one for page in range(made.page_count) for one in colours_of(made.pdf, page)}
    assert found <= {(0.0,)}
    assert set(inks_of(made.pdf)) <= {"grey", "/Lab"}  # WeasyPrint names Lab, and uses it nowhere


def test_words_are_black_ink_alone(pressing: tuple[Engine, bool]) -> None:
    made = print_on_paper(with_blocks(), engine=pressing[0], is_vertical=pressing[1], colour="cmyk")
    count = made.page_count
    found = {colour for page in range(count) for colour in colours_of(made.pdf, page)}
    assert found == {(0.0, 0.0, 0.0, 1.0)}


def test_colours_of_the_sheet_are_what_they_were_as_inks(pressing: tuple[Engine, bool]) -> None:
    made = pressed(pressing, "cmyk")
    found = {one for page in range(made.page_count) for one in colours_of(made.pdf, page)}
    assert (0.0, 0.3333, 0.6667, 0.4) in found  # #963
    assert (0.0, 0.5, 1.0, 0.2) in found  # which were inks
    assert (0.0, 0.0, 0.0, 1.0) in found


@pytest.mark.judge
def test_no_place_of_a_cover_takes_more_ink_than_printers_do(tmp_path: Path) -> None:
    discs = Image.new("RGB", (740, 1050), "black")
    for at in range(120):
        colour = tuple(37 * at * (band + 1) % 256 for band in range(3))
        x, y = 97 * at % 740, 211 * at % 1050
        ImageDraw.Draw(discs).ellipse((x - 60, y - 60, x + 60, y + 60), fill=colour)
    made = BytesIO()
    discs.save(made, "JPEG", quality=95)
    cover = Asset("cover.jpg", "image/jpeg", made.getvalue())
    path = tmp_path / "a.pdf"
    path.write_bytes(
        print_on_paper(with_blocks(assets=(cover,), cover="cover.jpg"), colour="cmyk").pdf
    )
    assert 2.0 < most_ink(path) <= 2.4


def test_photographs_stay_photographs_and_inks_to_the_byte() -> None:
    with pikepdf.open(BytesIO(printed(Wanted("press", False, "cmyk")).pdf)) as pdf:
        photographs = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Filter") == "/DCTDecode"
        ]
        assert sorted(str(one.ColorSpace) for one in photographs) == [
            "/DeviceCMYK", "/DeviceCMYK", "/DeviceCMYK", "/DeviceGray",
        ]  # fmt: skip
        raw = {one.read_raw_bytes() for one in photographs}
    known = {asset.name: asset.content for asset in book().assets}
    assert known["e.jpg"] in raw
    assert known["f.jpg"] in raw


def swapped_profile() -> bytes:
    """The profile of a screen whose red is blue and whose blue is red, under a name of its own."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for one, other in ((b"rXYZ", b"bXYZ"), (b"rTRC", b"bTRC")):
        profile = profile.replace(one, b"----").replace(other, one).replace(b"----", other)
    return profile.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize(("mode", "form"), [("RGB", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG")])
def test_a_picture_with_a_profile_is_seen_through_it(mode: str, form: str) -> None:
    image, made = Image.new(mode, (40, 40), "red"), BytesIO()
    image.save(made, form, icc_profile=swapped_profile())
    asset = Asset("a", f"image/{form.lower()}", made.getvalue())
    seen = in_screen_rgb(asset, keeps_inks=False)
    assert seen.media_type == asset.media_type
    with Image.open(BytesIO(seen.content)) as one:
        assert one.mode == mode
        pixel: Any = one.getpixel((20, 20))
        assert is_like(pixel[:3], (0, 0, 255))
        assert not one.info.get("icc_profile")


def test_pictures_that_need_no_look_through_a_profile_stay_to_the_byte() -> None:
    inks, made = BytesIO(), BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("CMYK", (8, 8)).save(inks, "JPEG", icc_profile=swapped_profile())
    Image.new("RGB", (8, 8)).save(made, "PNG", icc_profile=profile)
    for content in (
        inks.getvalue(),
        made.getvalue(),
        picture("RGB", "PNG"),
        picture("RGB", "PNG", icc_profile=b"broken"),
        picture("L", "PNG", icc_profile=swapped_profile()),
        b"no picture",
    ):
        asset = Asset("a", "image/png", content)
        assert in_screen_rgb(asset, keeps_inks=True) is asset
    # A profile that is none of inks is passed over.
    asset = Asset("a", "image/jpeg", inks.getvalue())
    assert in_screen_rgb(asset, keeps_inks=False) is asset


def test_a_printer_who_takes_no_rgb_gets_black_unless_something_else_is_wished(
    pressing: tuple[Engine, bool],
) -> None:
    engine, is_vertical = pressing
    made = print_on_paper(with_blocks(), engine=engine, is_vertical=is_vertical, printer="ingram")
    assert set(inks_of(made.pdf)) == {"grey"}
    wished = print_on_paper(with_blocks(), engine=engine, printer="ingram", colour="cmyk")
    assert set(inks_of(wished.pdf)) == {"cmyk"}
    assert PdfConfig(printer="ingram").cover_ink == "cmyk"
    assert PdfConfig(printer="kdp").ink == PdfConfig(printer="kdp").cover_ink == "rgb"


# --- boxes and marks ----------------------------------------------------------------------


def test_every_page_has_its_boxes(pressing: tuple[Engine, bool]) -> None:
    with pikepdf.open(BytesIO(pressed(pressing, "grey").pdf)) as pdf:
        for page in pdf.pages:
            width, height = 148 * MM, 210 * MM
            assert near(page.trimbox, (0, 0, width, height))
            assert near(page.BleedBox, (-3 * MM, -3 * MM, width + 3 * MM, height + 3 * MM))
            assert near(page.mediabox, (-10 * MM, -10 * MM, width + 10 * MM, height + 10 * MM))
            assert near(page.cropbox, page.mediabox)


def near(box: Any, wanted: Any) -> bool:
    pairs = zip(box, wanted, strict=True)
    return all(abs(float(one) - float(other)) < 0.06 for one, other in pairs)


def test_printers_who_want_no_bleed_at_the_gutter_get_none(pressing: tuple[Engine, bool]) -> None:
    made = print_on_paper(
        with_blocks(), engine=pressing[0], is_vertical=pressing[1], bleed="0.125in", printer="kdp"
    )
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        sides = set()
        for at, page in enumerate(pdf.pages):
            _, _, width, height = map(float, page.trimbox)
            # A right page has its gutter at the left. The first page is a right one, unless the
            # book is bound at the right.
            is_right = (at % 2 == 0) is not pressing[1]
            wanted = (0, -9, width + 9, height + 9) if is_right else (-9, -9, width, height + 9)
            assert near(page.BleedBox, wanted)
            assert near(page.mediabox, wanted)
            sides.add(is_right)
        assert sides == {True, False}


def test_without_bleed_pages_end_where_they_are_cut(pressing: tuple[Engine, bool]) -> None:
    made = print_on_paper(with_blocks(), engine=pressing[0], is_vertical=pressing[1])
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        for page in pdf.pages:
            assert near(page.mediabox, page.trimbox)
            assert b"/Artifact<</Type/Page>>" not in content_of(page)


def content_of(page: pikepdf.Page) -> bytes:
    contents = page.get("/Contents", pikepdf.Array([]))
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(one.read_bytes() for one in streams)


@pytest.mark.judge
def test_a_cover_reaches_to_the_bleed_and_no_further(
    pressing: tuple[Engine, bool], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed(pressing, "rgb").pdf)
    dpi = 72
    page = Image.open(BytesIO(render_png(path, 1, dpi=dpi))).convert("RGB")
    edge = round(7 * MM)  # of the bleed, from the edge of the sheet
    middle = page.height // 2 + 30  # beside the registration marks
    for x in (edge + 2, page.width - edge - 3):
        assert is_like(page.getpixel((x, middle)), GOLD)
    for x in (edge + 2, page.width - edge - 3):
        for y in (edge + 2, page.height - edge - 3):
            assert page.getpixel((x, y)) != (255, 255, 255)
    for x in (edge - 3, page.width - edge + 2):
        assert page.getpixel((x, middle)) == (255, 255, 255)


def is_like(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return bool(max(abs(one - other) for one, other in zip(pixel, colour, strict=True)) < 40)


@pytest.mark.judge
def test_marks_stand_outside_the_bleed_on_every_page(
    pressing: tuple[Engine, bool], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    made = pressed(pressing, "grey")
    path.write_bytes(made.pdf)
    for number in (1, 2, made.page_count):
        page = Image.open(BytesIO(render_png(path, number, dpi=144))).convert("L")
        edge = round(7 * MM * 2) + 1
        inside = (edge, edge, page.width - edge, page.height - edge)
        slug = page.copy()
        slug.paste(255, inside)
        assert dark(slug) > 200
        if number != 1:
            # The room of the bleed is empty where nothing bleeds.
            ring = page.crop(inside)
            trim = round(3 * MM * 2)
            ring.paste(255, (trim, trim, ring.width - trim, ring.height - trim))
            assert dark(ring) == 0


def dark(image: Image.Image) -> int:
    return sum(image.histogram()[:128])


def test_what_reaches_over_the_edge_is_cut_off_at_the_bleed(pressing: tuple[Engine, bool]) -> None:
    with pikepdf.open(BytesIO(pressed(pressing, "grey").pdf)) as pdf:
        for page in pdf.pages:
            assert content_of(page).startswith(b"q -8.504 -8.504 ")
            assert content_of(page).count(b"/Artifact<</Type/Page>>BDC") == 1


@pytest.mark.judge
@pytest.mark.parametrize("marks", [(), ("crop",)])
def test_marks_that_a_sheet_asks_for_do_not_stand_in_the_bleed(
    marks: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    sheet = "@page { marks: crop cross } @page cover { background: #fed }"
    engine = "weasyprint" if marks else "press"
    made = print_on_paper(with_blocks(), user_css=sheet, engine=engine, bleed="5mm", marks=marks)
    path.write_bytes(made.pdf)
    page = Image.open(BytesIO(render_png(path, 1, dpi=144))).convert("L")
    edge = round(7 * MM * 2) if marks else 0
    ring = page.crop((edge, edge, page.width - edge, page.height - edge))
    trim = round(5 * MM * 2)
    ring.paste(255, (trim, trim, ring.width - trim, ring.height - trim))
    assert dark(ring) == 0


def test_a_space_that_nothing_uses_is_not_in_the_file() -> None:
    for engine in ("press", "weasyprint"):
        made = print_on_paper(with_blocks(), engine=engine, colour="cmyk", marks=("crop",))
        assert set(inks_of(made.pdf)) == {"cmyk"}


# --- what must not suffer -------------------------------------------------------------------


def test_text_and_tags_are_those_of_the_book_for_screens(pressing: tuple[Engine, bool]) -> None:
    plain, marked = (read_pdf(pressed(pressing, colour).pdf) for colour in ("rgb", "grey"))
    assert plain.runs == marked.runs
    assert marked.text(within="Art")
    assert not any(marked.loose)


@pytest.mark.judge
@pytest.mark.parametrize("colour", ["rgb", "grey", "cmyk"])
@pytest.mark.parametrize("is_vertical", [False, True])
def test_the_judges_find_no_fault(colour: str, is_vertical: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    claims = ("pdf/ua-1",) if colour == "cmyk" else ("pdf/ua-1", "pdf/a-2u")
    sheet = CSS.replace("device-cmyk(0 0.5 1 0.2)", "#c60")
    made = print_on_paper(
        book(), is_vertical=is_vertical, user_css=sheet, colour=colour, bleed="3mm", marks=BOTH,
        variant=claims,
    )  # fmt: skip
    assert made.diagnostics == ()
    path.write_bytes(made.pdf)
    assert qpdf_check(path) == []
    assert verapdf(path, "ua1") == []
    if colour != "cmyk":
        assert verapdf(path, "2u") == []


def test_the_same_book_gives_the_same_bytes(pressing: tuple[Engine, bool]) -> None:
    wanted = Wanted(*pressing, "cmyk")
    assert printed.__wrapped__(wanted).pdf == printed(wanted).pdf


@pytest.mark.judge
@pytest.mark.parametrize("colour", ["grey", "cmyk"])
def test_what_shows_through_on_a_page_makes_no_black_coloured(
    pressing: tuple[Engine, bool], colour: str, tmp_path: Path
) -> None:
    sheet = (
        "table { opacity: 0.7 } th { background: linear-gradient(#333, transparent) }"
        " td { box-shadow: 1pt 1pt 2pt #555; color: #777; background: rgb(0 0 0 / 0.1) }"
    )
    veil = Image.new("RGBA", (60, 40), (90, 90, 90, 255))
    veil.putalpha(Image.linear_gradient("L").resize(veil.size))
    made = BytesIO()
    veil.save(made, "PNG")
    blocks = Table((((Text("时辰"),),), ((Text("卯时"),),)), 1), Figure(Picture("veil.png", "纱"))
    book = with_blocks(*blocks, assets=(Asset("veil.png", "image/png", made.getvalue()),))
    path = tmp_path / "a.pdf"
    pressed = print_on_paper(
        book, engine=pressing[0], is_vertical=pressing[1], colour=colour, user_css=sheet
    )
    path.write_bytes(pressed.pdf)
    assert {page.coloured for page in inkcov(path)} == {0.0}
