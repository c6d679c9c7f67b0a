"""WeasyPrint loads without looking for its libraries, and looks for them when it must."""

import subprocess
import sys
from pathlib import Path

import pytest

COUNTED = """
import ctypes.util, sys
asked = []
find = ctypes.util.find_library
ctypes.util.find_library = lambda name: asked.append(name) or find(name)
{before}
from builder.press.loading import load_host
load_host()
from builder.press import host
assert ctypes.util.find_library("c") == find("c"), "what was put aside is back"
print(len(asked) - 1)
"""
# A library does not load by the name that Linux has for it, the first time.
HIDDEN = """
from builder.press.declared import DeclaredFFI
load = DeclaredFFI.dlopen
def refusing(self, name, flags=0):
    if name == "libpango-1.0.so.0":
        raise OSError("cannot load " + name)
    return load(self, name, flags)
DeclaredFFI.dlopen = refusing
"""
# WeasyPrint declares something that was not known when the tables were written.
NEWER = """
import json, pathlib, tempfile
from builder.press import declared
tables = json.loads(declared.TABLES.read_text("utf-8")) | {"sources": []}
declared.TABLES = pathlib.Path(tempfile.mkdtemp()) / "declared.json"
declared.TABLES.write_text(json.dumps(tables), "utf-8")
"""


def searches(before: str = "") -> int:
    code = COUNTED.format(before=before)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems search at no cost")
def test_libraries_that_load_by_their_names_are_not_searched_for() -> None:
    assert searches() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems search at no cost")
def test_a_library_that_does_not_load_by_its_name_is_searched_for() -> None:
    assert searches(HIDDEN) > 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems read the declarations")
def test_what_the_tables_do_not_know_is_read() -> None:
    assert searches(NEWER) > 0


def test_the_tables_are_what_the_pinned_weasyprint_declares() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.declared", "--check"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


LATER = """
import sys
from io import BytesIO
from builder.press.loading import load_host
load_host()
from weasyprint.pdf import fonts
names = ("fontTools.ttLib", "fontTools.subset", "fontTools.varLib.instancer")
assert not any(name in sys.modules for name in names), "loaded at once"
try:
    fonts.TTFont(BytesIO(b"no font"))
    raise AssertionError
except fonts.TTLibError:
    pass
assert fonts.subset.Options().hinting is True
try:
    fonts.instantiateVariableFont(None, {})
except TypeError:
    pass
assert all(name in sys.modules for name in names), "not loaded when used"
assert fonts.ttFont.getTableModule("glyf").Glyph().numberOfContours == 0
from weasyprint.text import fonts
assert fonts.woff2.WOFF2FlavorData().majorVersion is None
"""


def test_modules_that_hardly_a_book_needs_are_loaded_when_they_are_used() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LATER], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
