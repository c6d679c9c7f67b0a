"""Nobody answers where the scheduler should be; tests/shelf/test_dask.py has one that does."""

from pathlib import Path

import pytest

from builder.cli import main


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.shelf.dask._PATIENCE_S", 1)
    (tmp_path / "雨.txt").write_text("雨停了。\n", "utf-8")
    asked = ["shelf", "build", str(tmp_path), "--out", str(tmp_path / "o"), "--format", "txt"]
    assert main([*asked, "--dask", "tcp://127.0.0.1:9"]) == 11
    assert "error L004: no Dask scheduler answers there" in capsys.readouterr().err
    assert main([*asked, "--jobs", "1"]) == 0
    assert "L004" not in capsys.readouterr().err
