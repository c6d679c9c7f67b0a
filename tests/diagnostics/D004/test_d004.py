"""What reads back differently: tests/deliver/test_copying.py has a device that forgets."""

import os
from pathlib import Path

import pytest

from builder.cli import main


@pytest.mark.parametrize("forgets", [True, False])
def test_a_device_that_forgets_is_told(
    forgets: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = tmp_path / "雨.epub"
    book.write_bytes(b"PK" * 5000)
    device = tmp_path / "device"
    device.mkdir()
    if forgets:
        monkeypatch.setattr(os, "fsync", lambda handle: os.truncate(handle, 10))
    assert main(["send", str(book), "--to", str(device)]) == (11 if forgets else 0)
    assert ("error D004: what the device gave back" in capsys.readouterr().err) is forgets
    assert list(device.iterdir()) == ([] if forgets else [device / "雨.epub"])
