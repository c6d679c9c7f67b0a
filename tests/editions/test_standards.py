"""The book that uses everything claims PDF/UA-1 and PDF/A-2u, and veraPDF agrees."""

from pathlib import Path

import pikepdf
import pytest

from tests.editions.editions import Edition, make
from tests.judges import qpdf_check, verapdf

pytestmark = pytest.mark.judge

CLAIM = ("pdf.engine=press", "pdf.variant=pdf/ua-1,pdf/a-2u")


@pytest.mark.parametrize("to", ["", "zh-Hant-TW"])
@pytest.mark.parametrize("vertical", [False, True])
def test_both_standards_are_claimed_and_kept(to: str, vertical: bool, tmp_path: Path) -> None:
    [made] = make((Edition("pdf", to, vertical, CLAIM, form="pdf"),), tmp_path)
    assert qpdf_check(made.path) == []
    assert verapdf(made.path, "ua1") == []
    assert verapdf(made.path, "2u") == []
    with pikepdf.open(made.path) as pdf, pdf.open_metadata() as found:
        assert found["pdfuaid:part"] == "1"
        assert found.pdfa_status == "2U"
