"""Two Kobos at once: which is meant has to be said."""

from pathlib import Path

import pytest

from builder.cli import main


def test_two_readers_of_a_kind_are_told_and_one_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "雨.txt"
    book.write_text("雨停了。他把伞收起来，走进了屋子。\n", "utf-8")
    places = []
    for name in ("one", "two"):
        (tmp_path / name / ".kobo").mkdir(parents=True)
        places += ["--in", str(tmp_path / name)]
    assert main(["send", str(book), "--to", "kobo", *places]) == 11
    assert "error D002: several devices could be meant by kobo" in capsys.readouterr().err
    assert main(["send", str(book), "--to", "kobo", *places[:2], "--dry-run"]) == 0
    assert "D002" not in capsys.readouterr().err
