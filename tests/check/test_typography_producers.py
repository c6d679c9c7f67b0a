"""The checker finds the same faults whoever drew the page: only where the glyphs stand matters."""

from collections import Counter
from pathlib import Path

import pytest

from builder.check.typography import FaultKind, count_faults
from tests.check.other_writers import Writer, write_chromium, write_mupdf, write_typst
from tests.check.sheets import found, mixed, sheets
from tests.judges.finding import require


@pytest.mark.parametrize("write", [write_mupdf, write_typst])
def test_twenty_faults_of_every_kind_at_once_are_told_apart(write: Writer, tmp_path: Path) -> None:
    book = mixed(20)
    report = count_faults(write(book, tmp_path / "a.pdf"))
    assert found(report) == Counter(book.planted)
    assert report.counts == dict.fromkeys(FaultKind, 20)


@pytest.mark.parametrize("write", [write_mupdf, write_typst])
def test_a_well_set_book_has_no_faults_by_any_program(write: Writer, tmp_path: Path) -> None:
    assert count_faults(write(sheets(None, seed=4, pages=12), tmp_path / "a.pdf")).faults == ()


@pytest.mark.judge
def test_a_browsers_pages_with_fonts_of_drawings_read_the_same(tmp_path: Path) -> None:
    require("chromium")
    book = mixed(4)
    assert found(count_faults(write_chromium(book, tmp_path / "a.pdf"))) == Counter(book.planted)
