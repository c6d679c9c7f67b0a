"""F001: a machine without any Chinese font, played by a fontconfig that knows no fonts."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PRINT = """
from builder.core.config import Config
from builder.core.errors import DependencyError
from builder.press import press
from tests.press.documents import document
try:
    print(press(document("<p>灯</p>"), Config()).page_count)
except DependencyError as problem:
    print(problem)
"""


def run(**environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", PRINT],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_machine_without_chinese_fonts_is_told_what_to_install(tmp_path: Path) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", "utf-8"
    )
    first, hint = run(FONTCONFIG_FILE=str(empty)).splitlines()
    assert first == "error F001: no installed font has Chinese characters for zh-Hans"
    assert "sudo apt-get install fonts-noto-cjk" in hint


def test_a_machine_with_one_prints() -> None:
    assert run() == "1\n"
