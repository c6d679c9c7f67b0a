"""A picture alone is no book yet."""

import subprocess
import sys
from pathlib import Path

import pytest

from builder.studio.desk import Desks

PICTURE = (Path(__file__).parents[3] / "docs/images/studio.jpg").read_bytes()


@pytest.mark.parametrize("has_text", [True, False])
def test_pictures_without_a_text_are_told(has_text: bool, tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin("0" * 32, "河图.jpg")
    draft.place_for("河图.jpg").write_bytes(PICTURE)
    if has_text:
        draft.place_for("渡口.txt").write_text("第一章 渡口\n\n雨停了。\n", "utf-8")
    worker = (sys.executable, "-m", "builder.studio.worker", "analyse", str(draft.folder), "en")
    subprocess.run(worker, check=True, timeout=120)
    told = draft.noted("result.json")
    assert (told.get("error", {}).get("code") == "W020") is not has_text
