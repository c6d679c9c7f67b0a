"""D018: the extra that brings the server is not installed."""

import sys
from pathlib import Path

import pytest

import builder
from builder.cli import main


@pytest.mark.parametrize("absent", ["starlette", "uvicorn"])
def test_without_the_extra_the_way_to_it_is_told(
    absent: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in [name for name in sys.modules if name.startswith(("builder.studio", absent))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(builder, "studio", raising=False)
    monkeypatch.setitem(sys.modules, absent, None)
    assert main(["serve", str(tmp_path)]) == 8
    assert "error D018: the server is not installed" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_another_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(tmp_path / "no")]) == 4
    told = capsys.readouterr().err
    assert "R001" in told
    assert "D018" not in told
