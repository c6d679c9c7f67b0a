"""A package that is missing or damaged is named, with what to do; no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def build(book: Path, first: Path) -> subprocess.CompletedProcess[str]:
    """Build a PDF where Python looks for packages in `first` before all others."""
    return subprocess.run(
        [sys.executable, "-m", "builder", "build", book, "--format", "pdf", "--out", first / "out"],
        env={**os.environ, "PYTHONPATH": f"{first}{os.pathsep}{ROOT}", "BUILDER_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "content", ["raise ImportError('damaged')\n", "from nowhere_at_all import thing\n"]
)
def test_a_damaged_package_is_told(chapter_folder: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "weasyprint.py").write_text(content, "utf-8")
    done = build(chapter_folder, tmp_path)
    assert done.returncode == 8
    assert "error B065: " in done.stderr
    assert "Traceback" not in done.stderr


def test_whole_packages_say_nothing(chapter_folder: Path, tmp_path: Path) -> None:
    done = build(chapter_folder, tmp_path)
    assert done.returncode == 0
    assert "B065" not in done.stderr
