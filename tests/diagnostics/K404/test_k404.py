"""A book is cut to one size."""

from collections.abc import Callable
from pathlib import Path

from pikepdf import Array, Pdf

from tests.check.printed import MM, book, told


def _one_page_is(wide: float, high: float) -> Callable[[Pdf], None]:
    def edit(pdf: Pdf) -> None:
        pdf.pages[6].MediaBox = Array([0, 0, wide * MM, high * MM])

    return edit


def test_a_page_of_another_size_is_named(tmp_path: Path) -> None:
    found = told(book(tmp_path / "a.pdf", edit=_one_page_is(148, 210)))["K404"]
    assert str(found.severity) == "error"
    assert found.message == "1 page(s) are 148 × 210 mm, the others 152.4 × 228.6 mm: page 7"


def test_a_rounding_is_no_other_size(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", edit=_one_page_is(152.2, 228.9))) == {}
