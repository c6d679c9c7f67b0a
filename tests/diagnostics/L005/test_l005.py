"""Without the extra that brings Dask."""

import sys
from pathlib import Path

import pytest

from builder.cli import main


@pytest.mark.parametrize("is_asked", [True, False])
def test_without_dask_the_way_to_it_is_told(
    is_asked: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "雨.txt").write_text("雨停了。\n", "utf-8")
    asked = ["shelf", "build", str(tmp_path), "--out", str(tmp_path / "o"), "--format", "txt"]
    asked += ["--dask", "tcp://127.0.0.1:9"] if is_asked else ["--jobs", "1"]
    assert main(asked) == (8 if is_asked else 0)
    assert ("error L005" in capsys.readouterr().err) is is_asked
