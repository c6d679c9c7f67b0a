"""A file without pages is no book."""

from pathlib import Path

import pikepdf
import pytest

from builder.check.preflight import preflight_inside
from builder.core.errors import SourceError
from builder.core.printers import PRINTERS
from tests.check.printed import book, told


def test_no_pages_stop_the_judging(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pikepdf.Pdf.new().save(path)
    with pytest.raises(SourceError) as problem:
        preflight_inside(path, PRINTERS["kdp"])
    assert problem.value.diagnostic.code == "K004"


def test_one_page_is_judged(tmp_path: Path) -> None:
    assert set(told(book(tmp_path / "a.pdf", 1), "home")) == set()
