"""Patterns beyond counting are written by no person, so they are made here."""

from pathlib import Path

import pytest

from builder.core.config import Config, SourceConfig
from builder.core.errors import ConfigError
from builder.read import discover, read
from builder.read.discovery import MAX_PATTERNS


def test_a_hundred_patterns_are_obeyed_and_one_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("雨停了。", encoding="utf-8")
    patterns = tuple(f"*{' ' * count}1.txt" for count in range(MAX_PATTERNS + 1))
    source = discover(tmp_path)
    few = Config(source=SourceConfig(files=("*.txt",) * 9_000))
    assert read(source, few).manuscript.text == "雨停了。"
    with pytest.raises(ConfigError, match="R048"):
        read(source, Config(source=SourceConfig(files=patterns)))


@pytest.mark.parametrize("pattern", ["**/" * 300 + "*.txt", "**/**/*.txt"])
def test_a_pattern_that_goes_ever_deeper_is_refused(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "1.txt").write_text("雨停了。", encoding="utf-8")
    with pytest.raises(ConfigError, match="R012"):
        read(discover(tmp_path), Config(source=SourceConfig(files=(pattern,))))
