"""The judges' word at both ends of a test run: who is here, and which tests nobody judged."""

from collections import Counter

import pytest

from tests.judges.finding import JUDGES, MISSING, missing


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
