"""The same book gives the same bytes: in any time zone, language and order of hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.editions.fixture import feature_book

PLACES = (
    {"TZ": "Asia/Shanghai", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1"},
)
COMMAND = (sys.executable, "-m", "builder", "build")
EVERYTHING = ("--vertical", "--to", "zh-Hant-TW", "--pinyin", "rare", "--format", "epub")


@pytest.mark.parametrize("options", [("--format", "epub,pdf"), EVERYTHING], ids=["plain", "all"])
def test_two_places_build_the_same_book(options: tuple[str, ...], tmp_path: Path) -> None:
    book = feature_book(tmp_path)
    for number, place in enumerate(PLACES):
        subprocess.run(
            (*COMMAND, book, "--out", tmp_path / str(number), *options),
            env={**os.environ, **place},
            check=True,
            capture_output=True,
        )
    here, there = (contents(tmp_path / str(number)) for number in range(len(PLACES)))
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name] != there[name]] == []


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
