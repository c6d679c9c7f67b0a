"""Where the locale has no Chinese characters, a sentence says so."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def answer(folder: Path, **environment: str) -> tuple[int, str]:
    book = folder / "渡口.txt"
    book.write_text("第一章 灯下\n\n雨停了。\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "builder", "build", book, "--format", "txt"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "POSIX", **environment},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode("utf-8")


def test_a_locale_without_chinese_is_told(tmp_path: Path) -> None:
    code, said = answer(tmp_path, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert code == 10
    assert "error B067: " in said
    assert "PYTHONUTF8=1" in said


def test_a_locale_with_chinese_says_nothing(tmp_path: Path) -> None:
    code, said = answer(tmp_path, PYTHONUTF8="1")
    assert code == 0
    assert "B067" not in said
