"""What nobody foresaw is still answered with a sentence."""

from pathlib import Path

import pytest

from builder.cli import main


def test_the_unforeseen_is_told(
    monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("surprise")

    monkeypatch.setattr("builder.pipeline.inspect", fail)
    assert main(["inspect", str(chapter_folder)]) == 10
    assert "error B099: " in capsys.readouterr().err


def test_a_quiet_run_says_nothing(chapter_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(chapter_folder)]) == 0
    assert "B099" not in capsys.readouterr().err
