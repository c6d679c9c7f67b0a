"""A full device: tests/deliver/test_copying.py fills a real one; here its promise is too small."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from builder.cli import main


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(("free", "is_told"), [(1_000_000, True), (50_000_000, False)])
def test_a_book_that_has_no_room_is_told(
    free: int,
    is_told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = tmp_path / "雨.epub"
    book.write_bytes(b"PK" * 5000)
    device = tmp_path / "device"
    device.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - free, free))
    assert main(["send", str(book), "--to", str(device)]) == (11 if is_told else 0)
    told = capsys.readouterr().err
    assert ("error D003: no room: the book needs 0.0 MB, and 1.0 MB are free" in told) is is_told
    assert (device / "雨.epub").exists() is not is_told
