"""V010: a PDF that takes more than a preview may"""

import sys
from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.preview.apart import Bounds, preview_apart
from tests.preview.books import write_pages
from tests.preview.hurting import self_holding_pattern

BOUNDS = Bounds(page_cpu_s=1, clock_s=30)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of processor time")
def test_v010(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="error V010: the PDF cannot be shown: a page of it"):
        preview_apart(self_holding_pattern(tmp_path / "a.pdf"), "a.pdf", bounds=BOUNDS)
    book = write_pages(tmp_path / "b.pdf", 2)
    assert preview_apart(book, "b.pdf", bounds=BOUNDS).diagnostics == ()
