"""`builder build` without a name wants books under source/."""

from pathlib import Path

import pytest

from builder.cli import main


def test_no_books_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 4
    assert "source: error B020: no books here" in capsys.readouterr().err


def test_one_book_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "甲.txt").write_text("第一章 开头\n\n　　天亮了。\n", "utf-8")
    assert main(["build", "--format", "epub"]) == 0
    assert "B020" not in capsys.readouterr().err
