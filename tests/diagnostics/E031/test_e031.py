"""E031 stops a build that wants nothing but AZW3, and is a warning beside other formats."""

from pathlib import Path

import pytest

from builder.cli import main
from builder.epub import azw3


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text("雨停了。他把伞收起来，走进了屋子。\n", "utf-8")
    return path


@pytest.fixture
def _without_calibre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(azw3, "_ELSEWHERE", ())


@pytest.mark.usefixtures("_without_calibre")
def test_azw3_alone_cannot_be_made(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = story.with_name("dist")
    assert main(["build", str(story), "--format", "azw3", "--out", str(out)]) == 8
    printed = capsys.readouterr().err
    assert "error E031: no AZW3 without calibre, whose ebook-convert is not here" in printed
    assert "hint: install calibre" in printed
    assert not out.exists()


@pytest.mark.usefixtures("_without_calibre")
def test_the_other_formats_are_made(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = story.with_name("dist")
    assert main(["build", str(story), "--format", "azw3,epub", "--out", str(out)]) == 0
    assert "warning E031: " in capsys.readouterr().err
    assert [path.suffix for path in sorted((out / "story").iterdir())] == [".epub", ".ledger"]


@pytest.mark.usefixtures("_without_calibre")
def test_nobody_misses_it_for_an_epub(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = story.with_name("dist")
    assert main(["build", str(story), "--format", "epub", "--out", str(out)]) == 0
    assert "E031" not in capsys.readouterr().err
