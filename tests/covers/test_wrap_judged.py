"""A cover around a book before others' eyes: Ghostscript, poppler, qpdf, and our own preflight."""

from pathlib import Path

import pikepdf
import pytest

from builder.cli import main
from builder.core.choices import COVER_DESIGNS, CoverDesign
from builder.core.printers import PrinterName
from builder.prepress import Ink
from tests.covers.books import TRADITIONAL
from tests.covers.wraps import BOOK, MM_PER_PT, Asked, form_of, pressed
from tests.judges import inkcov, most_ink, pdffonts, qpdf_check

MOST_INK = 2.4  # of four, as IngramSpark takes it


@pytest.mark.judge
@pytest.mark.parametrize("design", COVER_DESIGNS)
def test_inks_are_those_that_were_asked_for(design: CoverDesign, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    coloured = {}
    for ink in ("grey", "cmyk"):
        asked: Ink = "grey" if ink == "grey" else "cmyk"
        path.write_bytes(pressed(BOOK, Asked(design=design, ink=asked)))
        (page,) = inkcov(path)
        coloured[ink] = page.coloured
    assert coloured["grey"] == 0
    assert coloured["cmyk"] > 0.01
    assert most_ink(path) <= MOST_INK


@pytest.mark.judge
@pytest.mark.parametrize("vertical", [False, True])
def test_the_file_is_sound_and_its_fonts_are_inside(vertical: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed(TRADITIONAL, Asked(design="waves", vertical=vertical)))
    assert qpdf_check(path) == []
    fonts = pdffonts(path)
    assert len(fonts) >= 2
    assert all(font.embedded and font.subset and font.unicode for font in fonts)


@pytest.mark.parametrize("printer", ["kdp", "ingram", "lulu", "tuwen", "home"])
@pytest.mark.parametrize("vertical", [False, True])
def test_the_preflight_finds_nothing_that_a_printer_would_send_back(
    printer: PrinterName, vertical: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Asked(
        design="seal",
        printer=printer,
        vertical=vertical,
        spine=14.0 if printer == "ingram" else None,
        ink="cmyk" if printer == "ingram" else "rgb",
    )
    cover, inside = tmp_path / "cover.pdf", tmp_path / "inside.pdf"
    cover.write_bytes(pressed(BOOK, asked))
    with pikepdf.new() as document:
        trim = form_of(asked).trim
        size = (trim.width_mm / MM_PER_PT, trim.height_mm / MM_PER_PT)
        for _ in range(asked.pages):
            document.add_blank_page(page_size=size)
        if vertical:
            document.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        document.save(inside)
    words = ("check", str(cover), "--printer", printer, "--cover-of", str(inside))
    assert main(words) == 0
    assert "error K" not in capsys.readouterr().err


def test_the_preflight_sees_a_spine_of_another_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cover, inside = tmp_path / "cover.pdf", tmp_path / "inside.pdf"
    cover.write_bytes(pressed(BOOK, Asked(pages=300)))
    with pikepdf.new() as document:
        for _ in range(400):
            document.add_blank_page(page_size=(148 / MM_PER_PT, 210 / MM_PER_PT))
        document.save(inside)
    assert main(["check", str(cover), "--printer", "kdp", "--cover-of", str(inside)]) == 9
    assert "K43" in capsys.readouterr().err
