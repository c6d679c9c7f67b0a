"""The line would be megabytes long, so the limit is lowered."""

from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.read import discover, read, reading


def test_an_endless_line_is_refused_and_one_at_the_limit_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_LINE_CHARACTERS", 40)
    path = tmp_path / "1.txt"
    path.write_text("雨停了。\n" * 30 + "水" * 40 + "\n雨停了。", encoding="utf-8")
    assert "水" * 40 in read(discover(path), Config()).manuscript.text
    path.write_text("雨停了。\n" * 30 + "水" * 41 + "\n雨停了。", encoding="utf-8")
    with pytest.raises(SourceError, match="R047") as refusal:
        read(discover(path), Config())
    assert refusal.value.location is not None
    assert refusal.value.location.line == 31
