"""EPUBCheck, the reference validator, over as many books as the tests like to show it.

A new JVM spends 2.6 s before its first verdict and 0.05 s on each small book after that.
"""

import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from tests.judges.finding import JudgeError, require
from tests.judges.servant import Servant

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
    return {path: _said(_report(path), severities) for path in paths}


def _report(book: Path) -> Report:
    if not book.is_file():
        raise JudgeError(f"no such book: {book}")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        _servant().ask(str(book.resolve()), str(report))
        return cast(Report, json.loads(report.read_text("utf-8")))


def _said(report: Report, severities: tuple[str, ...]) -> list[str]:
    found = [message for message in report["messages"] if message["severity"] in severities]
    return [line_of(message) for message in sorted(found, key=lambda m: ALL.index(m["severity"]))]


def line_of(message: _Message) -> str:
    """`ERROR RSC-005 EPUB/a.xhtml:3:7 …`."""
    where = [f"{at['path']}:{at['line']}:{at['column']}" for at in message["locations"][:1]]
    return " ".join([message["severity"].upper(), message["ID"], *where, message["message"]])


def in_place_of_a_new_java(command: Sequence[str], **_options: object) -> None:
    """The command of builder/check/epubcheck.py, for the EPUBCheck that is up already."""
    book, flag, report = command[-4:-1]
    assert flag == "--json"
    _servant().ask(book, report)


@cache
def _servant() -> Servant:
    return Servant("epubcheck")
