"""A missing judge is loud: skipped by name, told at the end of the run, and fatal in CI."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judges.finding import JUDGES, MISSING, missing, require

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]

ASKS_QPDF = """
from tests.judges import require

def test_one():
    require("qpdf")

def test_two():
    require("qpdf")
"""


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nothing is installed, and whose answers nobody remembers afterwards."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CI", raising=False)
    missing.cache_clear()
    yield
    missing.cache_clear()


@pytest.mark.usefixtures("no_programs")
def test_a_missing_judge_skips_by_name() -> None:
    with pytest.raises(pytest.skip.Exception, match=f"{MISSING}: qpdf: not on PATH: qpdf"):
        require("qpdf")


@pytest.mark.usefixtures("no_programs")
def test_a_missing_judge_is_fatal_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=MISSING):
        require("qpdf")


@pytest.mark.usefixtures("no_programs")
def test_the_run_ends_by_telling_what_nobody_judged(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(ASKS_QPDF)
    told = pytester.runpytest_subprocess("-p", "tests.judges.plugin")
    told.assert_outcomes(skipped=2)
    told.stdout.fnmatch_lines(
        ["judges: *qpdf (MISSING)*", f"{MISSING}: qpdf: not on PATH: qpdf (2 skipped)"]
    )


def test_every_judge_can_say_why_it_is_missing() -> None:
    assert all(isinstance(missing(judge), str) for judge in JUDGES)
