"""epubcheck-ts: the same rules as EPUBCheck's, written anew by other people.

It agrees with EPUBCheck on 95 % of the test files of the standard; where both are silent, two
readings of the standard are content. A book of 1,000 chapters takes 5 s.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from tests.judges.epubcheck import Report, line_of
from tests.judges.finding import JudgeError, require
from tests.judges.node import run_script

PATIENCE_S = 120.0
SCRIPT = "@likecoin/epubcheck-ts/bin/epubcheck.js"


def epubcheck_ts(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What it says about each book, usage hints included; a valid book has an empty list."""
    require("epubcheck-ts")
    return {path: _messages(path) for path in paths}


def _messages(path: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        said = run_script(SCRIPT, path, "-u", "-q", "--json", report, patience_s=PATIENCE_S)
        if not report.is_file():
            raise JudgeError(f"epubcheck-ts wrote no report on {path.name}:\n{said[-2000:]}")
        judged = cast(Report, json.loads(report.read_text("utf-8")))
    return [line_of(message) for message in judged["messages"]]
