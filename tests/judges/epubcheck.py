"""EPUBCheck, the reference validator, over as many books as the tests like to show it.

A new JVM spends 2.6 s before its first verdict and 0.05 s on each small book after that, so one
JVM per test process stays up and is asked over a pipe (`jvm.py`). It ends with the process.
"""

import atexit
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from tests.judges.finding import JudgeError, require

PATIENCE_S = 180.0  # a book of 1,000 chapters takes 18 s
FAULTS = ("FATAL", "ERROR", "WARNING")  # what `--failonwarnings` fails on
ALL = (*FAULTS, "INFO", "USAGE")


class _Location(TypedDict):
    path: str
    line: int
    column: int


class _Message(TypedDict):
    ID: str
    severity: str
    message: str
    locations: list[_Location]


class Report(TypedDict):
    messages: list[_Message]


def epubcheck(
    paths: Sequence[Path], *, severities: tuple[str, ...] = FAULTS
) -> dict[Path, list[str]]:
    """What EPUBCheck holds against each book: `ERROR RSC-005 EPUB/a.xhtml:3:7 …`, worst first.

    Warnings count, usage hints only with `severities=ALL`; a valid book has an empty list.
    """
    require("epubcheck")
    return {path: _said(_validator().judge(path), severities) for path in paths}


def _said(report: Report, severities: tuple[str, ...]) -> list[str]:
    found = [message for message in report["messages"] if message["severity"] in severities]
    return [line_of(message) for message in sorted(found, key=lambda m: ALL.index(m["severity"]))]


def line_of(message: _Message) -> str:
    """`ERROR RSC-005 EPUB/a.xhtml:3:7 …`."""
    where = [f"{at['path']}:{at['line']}:{at['column']}" for at in message["locations"][:1]]
    return " ".join([message["severity"].upper(), message["ID"], *where, message["message"]])


class _Validator:
    """The running JVM: a book's path goes in, the path of a JSON report comes out."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.judges.jvm"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.close)

    def judge(self, book: Path) -> Report:
        if not book.is_file():
            raise JudgeError(f"no such book: {book}")
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder, "report.json")
            self._ask(json.dumps([str(book.resolve()), str(report)]))
            return cast(Report, json.loads(report.read_text("utf-8")))

    def _ask(self, question: str) -> None:
        process = self._process
        assert process.stdin
        assert process.stdout
        watchdog = threading.Timer(PATIENCE_S, process.kill)
        watchdog.start()
        try:
            print(question, file=process.stdin, flush=True)
            answered = process.stdout.readline()
        except OSError:
            answered = ""
        finally:
            watchdog.cancel()
        if not answered:
            _validator.cache_clear()
            self.close()
            raise JudgeError(f"EPUBCheck fell silent on {question}\n{self._last_words}")

    _last_words = ""

    def close(self) -> None:
        atexit.unregister(self.close)
        _, self._last_words = self._process.communicate()


_validator = cache(_Validator)
