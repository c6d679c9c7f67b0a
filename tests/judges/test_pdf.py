"""qpdf, poppler and pypdf are really asked, and really object."""

from pathlib import Path

import pytest

from tests.judges import (
    JudgeError,
    OutlineEntry,
    pdf_outline,
    pdffonts,
    pdfinfo,
    pdftotext_pages,
    qpdf_check,
    render_png,
)
from tests.judges.pdf import FONT_ROW
from tests.judges.tiny import tiny_pdf

pytestmark = pytest.mark.judge


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return tiny_pdf(tmp_path / "渡口.pdf")


def test_a_sound_file_has_no_faults(pdf: Path) -> None:
    assert qpdf_check(pdf) == []


def test_a_file_cut_short_is_caught(pdf: Path) -> None:
    pdf.write_bytes(pdf.read_bytes()[:-300])
    assert any("xref" in fault or "damaged" in fault for fault in qpdf_check(pdf))


def test_a_file_that_is_no_pdf_is_caught(pdf: Path) -> None:
    pdf.write_text("第一章", "utf-8")
    assert qpdf_check(pdf)
    with pytest.raises(JudgeError, match="pdfinfo"):
        pdfinfo(pdf)


def test_a_font_that_is_not_embedded_is_seen(pdf: Path) -> None:
    [font] = pdffonts(pdf)
    assert (font.name, font.kind, font.embedded) == ("Helvetica", "Type 1", False)


@pytest.mark.parametrize(
    ("row", "name", "kind"),
    [
        (
            "ABCDEF+Song-Regular       CID Type 0C (OT)  Identity-H       yes yes yes     12  0",
            "ABCDEF+Song-Regular",
            "CID Type 0C (OT)",
        ),
        (
            "ABCDEF+A-Name-Longer-Than-Its-Column-By-Far TrueType WinAnsi yes no no 7  0",
            "ABCDEF+A-Name-Longer-Than-Its-Column-By-Far",
            "TrueType",
        ),
        (
            "[none]      Type 3            Custom           yes no  yes      9  0",
            "[none]",
            "Type 3",
        ),
    ],
)
def test_font_rows_are_read_at_any_width(row: str, name: str, kind: str) -> None:
    found = FONT_ROW.match(row)
    assert found
    assert (found["name"], found["kind"], found["embedded"]) == (name, kind, "yes")


def test_text_comes_page_by_page(pdf: Path) -> None:
    assert [page.strip() for page in pdftotext_pages(pdf)] == ["one", "two"]


def test_metadata_and_boxes_are_read(pdf: Path) -> None:
    about = pdfinfo(pdf)
    assert (about.title, about.pages, about.tagged) == ("渡口", 2, False)
    assert (about.width_pt, about.height_pt) == (298, 420)
    assert about.boxes["trim"] == (10, 10, 288, 410)


def test_the_outline_is_nested_and_counts_pages_from_one(pdf: Path) -> None:
    inner = OutlineEntry("第一章", 2, ())
    assert pdf_outline(pdf) == (OutlineEntry("卷一", 1, (inner,)),)


def test_a_page_is_drawn_at_the_resolution_asked_for(pdf: Path) -> None:
    picture = render_png(pdf, 2, dpi=72)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 298


def test_there_is_no_picture_of_a_page_that_is_not_there(pdf: Path) -> None:
    with pytest.raises(JudgeError):
        render_png(pdf, 3)
