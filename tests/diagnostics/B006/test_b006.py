"""A folder called book.toml is there but cannot be read as a file."""

from pathlib import Path

import pytest

from builder.core.config import load
from builder.core.errors import ConfigError


def test_settings_that_cannot_be_opened_are_told(tmp_path: Path) -> None:
    (tmp_path / "book.toml").mkdir()
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "book.toml")
    assert caught.value.diagnostic.code == "B006"


def test_settings_that_can_be_opened_are_not(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text("", "utf-8")
    load(tmp_path / "book.toml")
