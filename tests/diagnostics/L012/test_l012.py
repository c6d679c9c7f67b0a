"""More books at once than processors can use are not built at once, and that is said."""

from pathlib import Path

import pytest

from builder.cli import main
from builder.shelf import Processes, processors


@pytest.mark.parametrize(("asked", "given", "is_told"), [("999", 4, True), ("", 1, False)])
def test_so_many_at_once_as_are_of_use(
    asked: str, given: int, is_told: bool, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "渡口.txt").write_text("第一章 灯下\n\n　　雨停了。\n", "utf-8")
    counts: list[int] = []
    plain = Processes.__init__

    def counted(self: Processes, count: int) -> None:
        counts.append(count)
        plain(self, count)

    monkeypatch.setattr("builder.shelf.Processes.__init__", counted)
    command = ["shelf", "build", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert main([*command, "--format", "txt", *(["--jobs", asked] if asked else [])]) == 0
    assert counts == [given * processors()]
    said = f"note L012: {asked} books at once were asked for; {4 * processors()} are built at once"
    assert (said in capsys.readouterr().err) is is_told
