"""The judges' word at both ends of a test run: who is here, and which tests nobody judged."""

import subprocess
from collections import Counter
from types import SimpleNamespace

import pytest

from tests.judges.finding import JUDGES, MISSING, missing


@pytest.fixture
def epubcheck_that_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """`builder check` asks the EPUBCheck of this process, 4 s sooner than one of its own."""
    if missing("epubcheck"):
        return
    from tests.judges.epubcheck import in_place_of_a_new_java

    stand_in = SimpleNamespace(run=in_place_of_a_new_java, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr("builder.check.epubcheck.subprocess", stand_in)


def pytest_report_header() -> str:
    return "judges: " + ", ".join(
        f"{judge} (MISSING)" if missing(judge) else judge for judge in JUDGES
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped: list[pytest.TestReport] = terminalreporter.stats.get("skipped", [])
    reasons = (report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple))
    unjudged = Counter(reason.removeprefix("Skipped: ") for reason in reasons if MISSING in reason)
    if not unjudged:
        return
    terminalreporter.section("tests that nobody judged", sep="!", red=True, bold=True)
    for reason, count in sorted(unjudged.items()):
        terminalreporter.line(f"{reason} ({count} skipped)", red=True)
    terminalreporter.line("`make test` installs the judges; with CI=true these would fail.")
