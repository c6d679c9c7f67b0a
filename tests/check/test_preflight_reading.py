"""Where ink lies, by our reading of content streams, against what another program paints."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from builder.check.preflight.geometry import MM, Box, around, overlap
from builder.check.preflight.ink import Kind, PageInk
from builder.check.preflight.leaves import leaf_of
from builder.check.preflight.painting import InkReader
from tests.check.other_writers import write_typst
from tests.check.printed import area, book, line, picture, text
from tests.check.sheets import sheets

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
DPI = 144


def read(path: Path, number: int = 0) -> PageInk:
    """All ink of one page, each mark with its box."""
    with pikepdf.open(path) as pdf:
        leaf = leaf_of(pdf.pages[number].obj, number + 1)
        return InkReader(keeps_glyphs=True).read(pdf.pages[number], leaf, NOWHERE)


def extent_mm(ink: PageInk) -> tuple[float, ...]:
    return tuple(side / MM for side in around(mark.box for mark in ink.marks))


def painted_mm(path: Path, number: int = 0) -> tuple[float, ...]:
    """The same, as MuPDF paints the page: left, bottom, right, top."""
    import pymupdf

    page = pymupdf.open(path)[number]
    pixels = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, annots=False)
    rows = [
        y
        for y in range(pixels.height)
        if min(pixels.samples_mv[y * pixels.stride : y * pixels.stride + pixels.width]) < 250
    ]
    columns = [x for x in range(pixels.width) if min(pixels.samples_mv[x :: pixels.stride]) < 250]
    unit = 25.4 / DPI
    return (
        columns[0] * unit,
        (pixels.height - rows[-1] - 1) * unit,
        (columns[-1] + 1) * unit,
        (pixels.height - rows[0]) * unit,
    )


CONTENTS = {
    "text": text(20, 30, "aa a", size=14) + text(90, 180, "a", size=30),
    "moved text": b"BT /F 10 Tf 14 TL 100 500 Td (aa) Tj T* (a) Tj 2 Tc 1 2 (aaa) \" (a) ' ET\n",
    "stretched text": b"BT /F 10 Tf 150 Tz 5 Ts 1 0 0 1 90 300 Tm [(aa) -500 (a)] TJ ET\n",
    "turned text": b"BT /F 20 Tf 0.7 0.7 -0.7 0.7 200 200 Tm (aaa) Tj ET\n",
    "areas": area(30, 40, 20, 30, "0.4 g") + area(100, 150, 12, 3, "1 0 0 rg"),
    "lines": line(40, 40, 100, 90, thick_pt=3) + b"90 90 m 200 300 150 400 300 200 c S\n",
    "closed paths": b"100 100 m 200 150 l 150 220 l b 300 300 m 340 380 310 310 v 330 300 l h S\n",
    "clipped": b"q 120 120 80 60 re W n " + area(0, 0, 152, 228, "0.2 g") + b"Q\n",
    "pictures": picture(30, 60, 40, 20) + b"q 0 60 -60 0 300 300 cm /I Do Q\n",
    "inline picture": b"q 50 0 0 20 200 200 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n",
    "white": area(0, 0, 152, 228, "1 g")
    + area(0, 0, 90, 90, "0 0 0 0 k")
    + b"0 g\n"
    + text(60, 60),
    "unseen text": b"3 Tr " + text(5, 5) + b"0 Tr " + text(60, 60),
    "form": b"q 0.5 0 0 0.5 50 80 cm /X Do Q\n",
    "shading": b"q 100 100 90 90 re W n /S sh Q\n",
}


def _drawn(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Resources.XObject["/X"] = pdf.make_stream(
        area(0, 0, 200, 200, "0.3 g"), Type=Name.XObject, Subtype=Name.Form,
        BBox=[20, 30, 220, 260], Matrix=[1, 0, 0, 2, 10, 10],
    )  # fmt: skip
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[0.5], N=1)
    page.Resources.Shading = Dictionary(
        S=Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 300, 0], Function=ramp
        )
    )


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_ink_lies_where_another_program_paints_it(name: str, turn: int, tmp_path: Path) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        _drawn(pdf)
        pdf.pages[0].obj.Rotate = turn

    path = book(tmp_path / "a.pdf", [CONTENTS[name]], edit=edit)
    # A curve stays inside its control points, so its box may be wider than its ink.
    slack = 35 if name == "lines" or name == "closed paths" else 0.4
    found, painted = extent_mm(read(path)), painted_mm(path)
    for one, other, sign in zip(found, painted, (1, 1, -1, -1), strict=True):
        assert -0.4 <= sign * (other - one) <= slack, (found, painted)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_glyphs_of_an_embedded_font_have_their_own_boxes(number: int, tmp_path: Path) -> None:
    path = write_typst(sheets(None, pages=3), tmp_path / "a.pdf")
    found, painted = extent_mm(read(path, number)), painted_mm(path, number)
    assert found == pytest.approx(painted, abs=0.4)


def test_glyphs_of_a_truetype_font_with_one_byte_codes_have_theirs(tmp_path: Path) -> None:
    import pymupdf

    path = tmp_path / "a.pdf"
    document = pymupdf.open()
    page = document.new_page(width=300, height=400)
    writer = pymupdf.TextWriter(page.rect)
    writer.append((40, 90), "Typography, gj", font=pymupdf.Font("tiro"), fontsize=24)
    writer.write_text(page)
    document.save(path)
    assert extent_mm(read(path)) == pytest.approx(painted_mm(path), abs=0.6)


def test_a_page_with_an_offset_and_a_unit_is_read_in_its_own_size(tmp_path: Path) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([-20, 30, 196, 354])
        pdf.pages[0].obj.UserUnit = 2

    path = book(tmp_path / "a.pdf", [text(20, 50)], edit=edit)
    with pikepdf.open(path) as pdf:
        leaf = leaf_of(pdf.pages[0].obj, 1)
    assert leaf.size_mm == pytest.approx((152.4, 228.6))
    assert extent_mm(read(path)) == pytest.approx(painted_mm(path), abs=0.4)


def test_what_is_painted_is_known_by_its_kind(tmp_path: Path) -> None:
    content = text(60, 60) + area(20, 20, 30, 30) + line(20, 90, 90, 90) + picture(60, 150, 9, 9)
    marks = read(book(tmp_path / "a.pdf", [content])).marks
    assert [mark.kind for mark in marks] == [Kind.TEXT, Kind.ART, Kind.LINE, Kind.PICTURE]


def test_nothing_is_seen_through_a_clip_beside_it(tmp_path: Path) -> None:
    content = b"q 10 10 20 20 re W n 300 300 50 50 re W n " + area(0, 0, 152, 228) + b"Q\n"
    ink = read(book(tmp_path / "a.pdf", [content]))
    assert not [mark for mark in ink.marks if overlap(mark.box, (40, 40, 400, 600))]
