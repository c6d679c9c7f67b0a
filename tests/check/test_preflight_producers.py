"""Whole books of other programs, sound ones and ones with one fault, as a printer sees them."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.check.printed import told
from tests.check.writers import font_file

PROSE = "雨停了。他把伞收起来，走进屋子，点上灯，坐下来写信。" * 12


def typst_book(path: Path, *, inside: str, outside: str = "12mm", binding: str = "left") -> Path:
    """26 pages of 6 x 9 in by Typst, with mirrored margins; the last may be short."""
    import typst

    with TemporaryDirectory() as folder:
        Path(folder, "font.otf").write_bytes(font_file(400))
        source = Path(folder, "book.typ")
        paragraphs = "\n\n".join([PROSE] * 60)
        source.write_text(
            '#set page(width: 6in, height: 9in, numbering: "1", binding: '
            f"{binding}, margin: (inside: {inside}, outside: {outside}, y: 20mm))\n"
            '#set text(size: 12pt, lang: "zh", fallback: true)\n#set par(justify: true)\n'
            + paragraphs,
            "utf-8",
        )
        typst.compile(str(source), output=str(path), font_paths=[folder], ignore_system_fonts=True)
    return path


def codes(path: Path, *, right: bool | None = None) -> set[str]:
    """What KDP says, but for the number of pages, which is chance here."""
    return set(told(path, right=right)) - {"K401", "K402", "K423"}


def test_a_book_of_typst_with_room_at_the_fold_is_taken(tmp_path: Path) -> None:
    assert codes(typst_book(tmp_path / "a.pdf", inside="14mm")) == set()


def test_one_without_is_refused(tmp_path: Path) -> None:
    assert codes(typst_book(tmp_path / "a.pdf", inside="6mm", outside="20mm")) == {"K407"}


def test_one_that_is_bound_at_the_other_side_is_refused(tmp_path: Path) -> None:
    path = typst_book(tmp_path / "a.pdf", inside="14mm", outside="7mm", binding="right")
    assert codes(path) == {"K407"}
    assert codes(path, right=True) == set()


def weasy_book(path: Path, page: str, body: str = "") -> Path:
    """24 pages by WeasyPrint, which writes all boxes."""
    from weasyprint import HTML

    sheets = "".join(f"<section>{number}</section>" for number in range(24))
    style = f"@page {{ size: 6in 9in; margin: 20mm; {page} }} section {{ break-after: page }}"
    style += " section:last-child { break-after: auto }"
    HTML(string=f"<style>{style}</style>{body}{sheets}").write_pdf(path)
    return path


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", set()),
        ("bleed: 3mm", {"K426"}),
        ("bleed: 3mm; marks: crop", {"K410", "K426"}),
        ("background: #ddd", {"K409"}),
        ("bleed: 3.175mm; background: #ddd", {"K426"}),
    ],
)
def test_boxes_marks_and_grounds_of_weasyprint(
    page: str, expected: set[str], tmp_path: Path
) -> None:
    # All four sides have bleed there, and KDP wants none at the fold.
    assert codes(weasy_book(tmp_path / "a.pdf", page)) == expected


def test_a_ground_with_bleed_all_around_is_taken_by_lulu(tmp_path: Path) -> None:
    path = weasy_book(tmp_path / "a.pdf", "bleed: 3.175mm; background: #ddd")
    assert set(told(path, "lulu")) == {"K401"}


@pytest.mark.parametrize(("pixels", "expected"), [(300, {"K412"}), (720, set())])
def test_pictures_of_mupdf_are_measured_as_they_are_placed(
    pixels: int, expected: set[str], tmp_path: Path
) -> None:
    import pymupdf
    from PIL import Image

    held = BytesIO()
    Image.new("L", (pixels, pixels), 90).save(held, "PNG")
    document = pymupdf.open()
    for _ in range(24):
        page = document.new_page(width=432, height=648)
        page.insert_image(pymupdf.Rect(100, 100, 268, 268), stream=held.getvalue())
    document.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf") == expected
