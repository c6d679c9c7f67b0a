"""Ghostscript is really asked, and really sees inks."""

from pathlib import Path

import pikepdf
import pytest

from tests.judges import JudgeError, inkcov, most_ink

pytestmark = pytest.mark.judge


def painted(path: Path, *pages: bytes) -> Path:
    """A file whose pages are these operators."""
    with pikepdf.new() as pdf:
        for content in pages:
            pdf.add_blank_page(page_size=(200, 200))
            pdf.pages[-1].Contents = pdf.make_stream(content)
        pdf.save(path)
    return path


def test_each_ink_is_told_from_the_others(tmp_path: Path) -> None:
    half = b"0 0 100 200 re f"
    pages = (b"0 g " + half, b"0 0 0 1 k " + half, b"1 0 0 0 k " + half, b"1 0 0 rg " + half)
    grey, black, cyan, red = inkcov(painted(tmp_path / "a.pdf", *pages))
    assert grey.coloured == black.coloured == cyan.black == 0
    assert [grey.black, black.black, cyan.cyan] == pytest.approx([0.5] * 3, abs=0.01)
    assert red.magenta == red.yellow == pytest.approx(0.5, abs=0.01)


def test_the_most_ink_of_a_page_is_that_of_its_darkest_place(tmp_path: Path) -> None:
    square = b" 0 0 40 40 re f "
    path = painted(tmp_path / "a.pdf", b"1 1 1 1 k" + square, b"0 0 0 1 k" + square + b"1 0.5 0 0 k 50 50 9 9 re f")  # fmt: skip
    assert most_ink(path) == 4
    assert most_ink(path, 2) == pytest.approx(1.5, abs=0.01)


def test_a_file_that_is_no_pdf_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("第一章", "utf-8")
    with pytest.raises(JudgeError):
        inkcov(tmp_path / "a.pdf")
