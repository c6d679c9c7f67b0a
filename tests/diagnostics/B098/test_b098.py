"""Ctrl-C is answered with a sentence."""

from pathlib import Path

import pytest

from builder.cli import main


def test_an_interruption_is_told(
    monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builder.pipeline.inspect", interrupt)
    assert main(["inspect", str(chapter_folder)]) == 130
    assert "error B098: " in capsys.readouterr().err


def test_a_quiet_run_says_nothing(chapter_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(chapter_folder)]) == 0
    assert "B098" not in capsys.readouterr().err
