"""A PDF made to hurt costs its preview, and nothing else: it is drawn in a process with limits."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.bounds import end_group
from builder.core.errors import BuilderError, ConfigError, SourceError
from builder.preview import preview
from builder.preview.apart import Bounds, preview_apart
from tests.preview.books import write_pages
from tests.preview.hurting import bursting, forms_in_forms, self_holding_pattern

TIGHT = Bounds(memory_bytes=400_000_000, page_cpu_s=1, clock_s=60)
limited = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")


def refusal(pdf: Path, bounds: Bounds = TIGHT) -> BuilderError:
    with pytest.raises(BuilderError) as found:
        preview_apart(pdf, "a.pdf", bounds=bounds)
    return found.value


def test_what_comes_from_the_other_process_is_what_is_drawn_here(tmp_path: Path) -> None:
    pdf = write_pages(tmp_path / "a.pdf", 9, is_right_bound=True, roman=2)
    here = preview(pdf, "a.pdf", width=500, pages="1-5", is_single=True)
    assert preview_apart(pdf, "a.pdf", width=500, pages="1-5", is_single=True) == here
    content = pdf.read_bytes()
    assert preview_apart(content, "a.pdf", width=500, pages="1-5", is_single=True) == here


def test_findings_and_refusals_come_through_with_their_places(tmp_path: Path) -> None:
    pdf = write_pages(tmp_path / "a.pdf", 4)
    for word in ("9", "封面"):
        with pytest.raises(ConfigError) as here:
            preview(pdf, "a.pdf", pages=word)
        with pytest.raises(ConfigError) as apart:
            preview_apart(pdf, "a.pdf", pages=word)
        assert apart.value.diagnostic == here.value.diagnostic
    empty = write_pages(tmp_path / "b.pdf", 0)
    assert refusal(empty).diagnostic.code == "V003"
    none = write_pages(tmp_path / "c.pdf", 2, sizes=[(300, 400), (0, 0)])
    assert preview_apart(none, "c.pdf").diagnostics == preview(none, "c.pdf").diagnostics


@limited
def test_a_page_that_never_ends_is_given_up_by_its_number(tmp_path: Path) -> None:
    problem = refusal(self_holding_pattern(tmp_path / "a.pdf"))
    assert isinstance(problem, SourceError)
    assert problem.exit_code == 4
    assert str(problem).startswith("a.pdf#page=2: error V010: ")
    assert "1 seconds of processor time" in str(problem)


@limited
def test_forms_in_forms_fill_no_memory(tmp_path: Path) -> None:
    problem = refusal(forms_in_forms(tmp_path / "a.pdf"))
    assert problem.diagnostic.code == "V010"


@limited
def test_a_stream_that_bursts_fills_no_memory(tmp_path: Path) -> None:
    roomy = Bounds(memory_bytes=400_000_000, page_cpu_s=30)
    problem = refusal(bursting(tmp_path / "a.pdf", megabytes=300), roomy)
    assert problem.diagnostic.code == "V010"
    assert "more than 400 MB of memory" in str(problem)


def test_the_clock_ends_what_no_other_limit_does(tmp_path: Path) -> None:
    pdf = self_holding_pattern(tmp_path / "a.pdf")
    problem = refusal(pdf, Bounds(page_cpu_s=60, clock_s=0.1))
    assert problem.diagnostic.code == "V010"
    assert "seconds in all" in str(problem)


@limited
def test_an_earlier_picture_stays_when_its_pdf_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = write_pages(tmp_path / "a.pdf", 2)
    assert main(["preview", str(pdf)]) == 0
    before = (tmp_path / "a.preview.png").read_bytes()
    self_holding_pattern(pdf)
    tight = partial(preview_apart, bounds=TIGHT)
    monkeypatch.setattr("builder.preview.apart.preview_apart", tight)
    assert main(["preview", str(pdf)]) == 4
    assert "V010" in capsys.readouterr().err
    assert (tmp_path / "a.preview.png").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "a.preview.png"]


@limited
def test_who_ends_the_command_ends_the_process_that_draws(tmp_path: Path) -> None:
    pdf = self_holding_pattern(tmp_path / "a.pdf")
    with subprocess.Popen(
        [sys.executable, "-m", "builder", "preview", str(pdf)],
        stderr=subprocess.DEVNULL,
        # What measures the tests would answer SIGTERM in our place.
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
    ) as command:
        children = Path(f"/proc/{command.pid}/task/{command.pid}/children")
        until = time.monotonic() + 30
        while not (found := children.read_text().split()) and time.monotonic() < until:
            time.sleep(0.02)
        assert found
        command.send_signal(signal.SIGTERM)
        assert command.wait(30) == 128 + signal.SIGTERM
    for child in found:
        with pytest.raises(ProcessLookupError):
            os.kill(int(child), 0)


def test_a_process_that_has_gone_is_ended_in_silence() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], start_new_session=True) as gone:
        gone.wait(30)
    end_group(gone)


@limited
def test_a_folder_with_modules_called_like_ours_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = write_pages(tmp_path / "a.pdf", 2)
    (tmp_path / "builder.py").write_text("raise SystemExit(1)\n", "utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit(1)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    # A parent that was started from a file has no '' among its modules.
    monkeypatch.setattr(sys, "path", [part for part in sys.path if part])
    assert preview_apart(pdf, "a.pdf").page_count == 2
