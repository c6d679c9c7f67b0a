"""How many words are in doubt depends on the figures of the day, so no file can say it."""

from pathlib import Path

import pytest

from builder.cli import main


def printed(folder: Path, sentence: str, capsys: pytest.CaptureFixture[str]) -> str:
    folder.mkdir()
    (folder / "01.txt").write_text(f"第一章 灯下\n\n{sentence}\n", "utf-8")
    out = folder.with_name("out")
    assert (
        main(["build", str(folder), "--to", "zh-Hant", "--format", "epub", "--out", str(out)]) == 0
    )
    return capsys.readouterr().err


def test_words_in_doubt_are_told_with_the_place_of_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(tmp_path / "水账", "他干了什么？孙干说不干。那只鸡只有三斤。", capsys)
    report = tmp_path / "out" / "水账" / "水账.zh-Hant.conversion.tsv"
    assert f"{report}: note C013" in said
    assert "孙干" in report.read_text("utf-8")


def test_a_book_without_doubt_has_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "C013" not in printed(tmp_path / "水账", "他们说，今天没有雨。", capsys)
    assert not list(tmp_path.rglob("*.tsv"))
