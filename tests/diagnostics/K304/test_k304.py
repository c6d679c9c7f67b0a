"""A full line ends at the measure."""

from pathlib import Path

from builder.check import check_typography
from builder.check.typography import FaultKind
from tests.check.sheets import pdf_with


def test_what_breaks_it_is_counted_with_the_first_places(tmp_path: Path) -> None:
    (found,) = check_typography(pdf_with(FaultKind.UNFLUSHED, tmp_path))
    assert (found.code, str(found.severity)) == ("K304", "warning")
    assert dict(found.values)["count"] == 4
    assert "do not end at the measure" in found.message
    assert found.message.count(" “") == 3


def test_a_well_set_book_is_silent(tmp_path: Path) -> None:
    assert check_typography(pdf_with(None, tmp_path, pages=12)) == ()
