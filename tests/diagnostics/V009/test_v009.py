"""V009: a volume that there is not"""

from pathlib import Path

import pytest

from builder.cli import main


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    main(["preview", *map(str, arguments)])
    captured = capsys.readouterr()
    return captured.err + captured.out


def test_v009(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "渡口"
    folder.mkdir()
    (folder / "01.txt").write_text("第一章 灯下\n\n　　雨停了。\n", "utf-8")
    out = ("--out", tmp_path / "p.png", "--width", "300")
    found = printed(capsys, folder, "--volume", "2", *out)
    assert f"{folder}: error V009: there is no volume 2; the book has 1" in found
    assert "V009" not in printed(capsys, folder, "--volume", "1", *out)
