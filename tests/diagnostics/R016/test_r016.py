"""A file that is there when the folder is listed and gone when it is read."""

from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.read import discover, read


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "夜航.txt"
    path.write_text("雨停了。", encoding="utf-8")
    source = discover(path)
    assert read(source, Config()).diagnostics == ()
    path.unlink()
    with pytest.raises(SourceError, match="R016"):
        read(source, Config())
