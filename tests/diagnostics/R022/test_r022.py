"""The limit is lowered: a real case would hold 20,000 files."""

from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.read import discover, discovery


def test_one_file_too_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MAX_FILES", 2)
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text("雨停了。", encoding="utf-8")
    assert len(discover(tmp_path).files) == 2
    (tmp_path / "3.txt").write_text("雨停了。", encoding="utf-8")
    with pytest.raises(SourceError, match="R022"):
        discover(tmp_path)
