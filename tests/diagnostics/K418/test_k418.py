"""A file may be too large to send."""

from dataclasses import replace
from pathlib import Path

from builder.check.preflight import preflight_inside
from builder.core.printers import PRINTERS
from tests.check.printed import book


def test_a_file_over_the_limit_is_told_and_one_at_it_is_not(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf")
    size = path.stat().st_size
    strict = replace(PRINTERS["kdp"], max_file_bytes=size - 1)
    (found,) = preflight_inside(path, strict)
    assert (found.code, str(found.severity)) == ("K418", "error")
    assert preflight_inside(path, replace(strict, max_file_bytes=size)) == ()


def test_the_limit_of_kdp_is_said_in_megabytes() -> None:
    assert PRINTERS["kdp"].max_file_bytes == 650_000_000
