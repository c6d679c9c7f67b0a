"""Which volume a file holds can be told only by its name."""

from pathlib import Path

import pytest

from builder.cli import main

VOLUMES = (
    "第一卷 涨水\n\n第一章 灯\n\n天亮了。\n\n第二章 岸\n\n雨停了。\n\n"
    "第二卷 退水\n\n第三章 船\n\n人散了。\n\n第四章 桥\n\n水落了。\n"
)


def test_b040_a_volume_is_known_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "渡口.txt"
    book.write_text(VOLUMES, "utf-8")
    split = ["--set", "structure.split=volume"]
    out = tmp_path / "o"
    assert main(["build", str(book), "--format", "epub", "--out", str(out), *split]) == 0
    volumes = [str(out / "渡口" / f"渡口.0{number}.epub") for number in (1, 2)]
    assert main(["check", *volumes, "--against", str(book), *split]) == 0
    assert "B040" not in capsys.readouterr().err
    other = tmp_path / "第二卷.epub"
    other.write_bytes(Path(volumes[1]).read_bytes())
    assert main(["check", str(other), "--against", str(book), *split]) == 4
    assert "B040" in capsys.readouterr().err
    Path(volumes[0]).write_bytes(other.read_bytes())
    assert main(["check", volumes[0], "--against", str(book), *split]) == 9
