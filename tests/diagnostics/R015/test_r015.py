"""The limit is lowered: a real case would weigh 128 MiB."""

from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.read import discover, documents, read


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "夜航.txt"
    path.write_text("雨停了。", encoding="utf-8")
    monkeypatch.setattr(documents, "MAX_FILE_BYTES", path.stat().st_size)
    assert read(discover(path), Config()).manuscript.text == "雨停了。"
    path.write_text("雨停了。\n", encoding="utf-8")
    with pytest.raises(SourceError, match="R015"):
        read(discover(path), Config())
