"""P001: WeasyPrint finds no Pango. Played by a loader that finds nothing, in a fresh process."""

import subprocess
import sys

from tests.conftest import ROOT

PRINT = """
import sys
import cffi
if sys.argv[1] == "missing":
    def dlopen(self, name, flags=0):
        raise OSError(f"cannot load library {name!r}: no such file")
    from builder.press.declared import DeclaredFFI
    cffi.FFI.dlopen = DeclaredFFI.dlopen = dlopen
from builder.core.config import Config
from builder.core.errors import DependencyError
from builder.press import press
from tests.press.documents import document
try:
    print(press(document("<p>灯</p>"), Config()).page_count)
except DependencyError as problem:
    print(problem)
"""


def run(libraries: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRINT, libraries],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )


def test_a_missing_library_is_named_with_the_command_that_installs_it() -> None:
    done = run("missing")
    first, hint = done.stdout.splitlines()
    assert first.startswith(
        "error P001: a system library that the PDF needs is missing: cannot load library"
    )
    assert "sudo apt-get install libpango-1.0-0" in hint
    assert "brew install pango" in hint
    assert done.stderr == ""


def test_with_its_libraries_it_prints() -> None:
    assert run("there").stdout == "1\n"
