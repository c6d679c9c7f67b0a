"""P013: tables that are too large to be drawn are lists in the PDF."""

from pathlib import Path

import pytest

from builder.cli import main
from builder.compose import listed


def table(rows: int) -> str:
    lines = ["|船名|吨位|", "|---|---|", *(f"|归帆{row}号|{row}吨|" for row in range(rows))]
    return "\n".join(["# 船册", "", "港里的船都在这里。", "", *lines, "", "册子到此为止。", ""])


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MAX_DRAWN", 1_000)


def built(folder: Path, rows: int, capsys: pytest.CaptureFixture[str]) -> str:
    (folder / "船册.md").write_text(table(rows), "utf-8")
    command = ["build", str(folder / "船册.md"), "--out", str(folder / "out"), "--format", "pdf"]
    assert main(command) == 0
    told = capsys.readouterr()
    return told.out + told.err


def test_it_is_said_how_many_tables_are_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [said] = [line for line in built(tmp_path, 200, capsys).splitlines() if "P013" in line]
    assert said.endswith("warning P013: tables too large to be drawn in the PDF are lists in it, an item for each row: 1")  # fmt: skip


def test_tables_of_ordinary_size_are_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "P013" not in built(tmp_path, 50, capsys)
