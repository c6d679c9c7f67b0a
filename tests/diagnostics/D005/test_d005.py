"""A device that takes no files."""

import errno
from pathlib import Path

import pytest

from builder.cli import main


@pytest.mark.parametrize(("number", "is_told"), [(errno.EROFS, True), (errno.EIO, False)])
def test_a_locked_device_is_told(
    number: int,
    is_told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Root may write everywhere, so the system's answer is put in its mouth."""
    book = tmp_path / "雨.epub"
    book.write_bytes(b"PK" * 5000)
    device = tmp_path / "device"
    device.mkdir()

    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("builder.deliver.copying._put", refuse)
    assert main(["send", str(book), "--to", str(device)]) == 11
    told = capsys.readouterr().err
    assert ("error D005: the device takes no files here: no" in told) is is_told
    assert ("error D006: copying was stopped: no" in told) is not is_told
