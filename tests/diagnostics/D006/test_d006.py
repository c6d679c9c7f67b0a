"""Copying that something stops."""

from pathlib import Path

import pytest

from builder.cli import main


@pytest.mark.parametrize("is_file", [True, False])
def test_a_folder_that_is_a_file_stops_it(
    is_file: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "雨.epub"
    book.write_bytes(b"PK" * 5000)
    root = tmp_path / "tolino"
    (root / ".tolino").mkdir(parents=True)
    if is_file:
        (root / "Books").write_bytes(b"no folder")
    assert main(["send", str(book), "--to", str(root)]) == (11 if is_file else 0)
    assert ("error D006: copying was stopped" in capsys.readouterr().err) is is_file
