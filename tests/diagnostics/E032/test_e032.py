"""What calibre says when it fails is passed on."""

import stat
import sys
from pathlib import Path

import pytest

from builder.cli import main


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> int:
    program = folder / "ebook-convert"
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('the shelf is full')\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    story = folder / "story.txt"
    story.write_text("雨停了。他把伞收起来，走进了屋子。\n", "utf-8")
    return main(["build", str(story), "--format", form, "--out", str(folder / "dist")])


def test_its_last_line_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, monkeypatch, "azw3") == 6
    printed = capsys.readouterr().err
    assert "error E032: calibre could not make the AZW3: the shelf is full" in printed


def test_it_is_not_asked_for_an_epub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, monkeypatch, "epub") == 0
    assert "E032" not in capsys.readouterr().err
