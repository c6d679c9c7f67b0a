"""The book inside a cover has to open."""

from pathlib import Path

import pikepdf
import pytest

from builder.check.preflight import preflight_cover
from builder.core.errors import SourceError
from builder.core.printers import PRINTERS
from tests.check.printed import book


def test_a_locked_inside_stops_the_judging(tmp_path: Path) -> None:
    inside, cover = book(tmp_path / "a.pdf"), book(tmp_path / "cover.pdf", 1)
    with pikepdf.open(inside, allow_overwriting_input=True) as pdf:
        pdf.save(inside, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(SourceError) as problem:
        preflight_cover(cover, PRINTERS["kdp"], inside)
    assert problem.value.diagnostic.code == "K003"


def test_an_open_inside_does_not(tmp_path: Path) -> None:
    inside, cover = book(tmp_path / "a.pdf"), book(tmp_path / "cover.pdf", 1)
    assert "K003" not in [one.code for one in preflight_cover(cover, PRINTERS["kdp"], inside)]
