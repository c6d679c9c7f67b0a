"""Where memory runs out, a sentence says so."""

from pathlib import Path

import pytest

from builder.cli import main


def test_too_little_memory_is_told(
    monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("builder.pipeline.inspect", fail)
    assert main(["inspect", str(chapter_folder)]) == 10
    assert "error B066: " in capsys.readouterr().err


def test_enough_memory_says_nothing(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(chapter_folder)]) == 0
    assert "B066" not in capsys.readouterr().err
