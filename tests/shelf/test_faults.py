"""Machines that fail a shelf: clocks that jump, processes that cannot start, disks with coarse times."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.shelf import Processes, Serial, build_shelf, is_changed, is_passing, tried
from builder.shelf.job import Job
from tests.shelf.breaking import writes_for_ever
from tests.shelf.test_shelf import OPTIONS, a_text


def test_a_clock_that_is_put_forward_ends_no_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.shelf import executors

    a_text(tmp_path / "in" / "甲.txt")
    a_text(tmp_path / "in" / "乙.txt")
    plain, start = time.time, time.monotonic()
    # From the second second on it is a year later, for pebble too.
    monkeypatch.setattr(time, "time", lambda: plain() + (time.monotonic() - start > 1) * 3e7)
    monkeypatch.setattr(executors, "_LOOK_S", 0.05)
    built = build_shelf(tmp_path / "in", OPTIONS, Processes(1, time_s=120), out=tmp_path / "out")
    assert built.count("built") == 2


@pytest.mark.parametrize("broken", ["ProcessPool.__init__", "ProcessPool._start_pool"])
@pytest.mark.parametrize("problem", [OSError(11, "Resource temporarily unavailable"), ImportError])
def test_where_no_process_can_be_started_books_are_built_here(
    broken: str, problem: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise problem  # type: ignore[misc]  # an exception or its class

    for name in "甲乙丙":
        a_text(tmp_path / "in" / f"{name}.txt", name)
    monkeypatch.setattr(f"pebble.{broken}", refuse)
    built = build_shelf(tmp_path / "in", OPTIONS, Processes(2), out=tmp_path / "out")
    assert built.count("built") == 3


def test_when_processes_can_be_started_no_more_the_rest_is_built_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pebble.pool.process import WorkerManager

    for name in "甲乙丙丁":
        a_text(tmp_path / "in" / f"{name}.txt", name)
    plain: Callable[[WorkerManager], None] = WorkerManager.new_worker
    started: list[WorkerManager] = []

    def new_worker(self: WorkerManager) -> None:
        if started:
            raise BrokenProcessPool
        started.append(self)
        plain(self)

    # Of each process but one book is wanted, so that a second one is.
    monkeypatch.setattr(WorkerManager, "new_worker", new_worker)
    monkeypatch.setattr("builder.shelf.executors._BOOKS_A_PROCESS", 1)
    built = build_shelf(tmp_path / "in", OPTIONS, Processes(1), out=tmp_path / "out")
    assert built.count("built") == 4
    assert len(started) == 1


def test_a_process_that_is_ended_leaves_no_draft(tmp_path: Path) -> None:
    for name in "甲乙":
        a_text(tmp_path / "in" / f"{name}.txt", name)
    outcomes = Processes(2, work=writes_for_ever, time_s=3).run(
        [Job(str(tmp_path / name), name, "", "", "") for name in "甲乙"]
    )
    found = list(outcomes)
    assert [one.problem and one.problem.code for one in found] == ["L002", "L002"]
    assert (tmp_path / "begun").exists()
    assert not list(tmp_path.glob(".*.part"))


def test_what_may_be_over_is_tried_again_though_nobody_changed_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    text = a_text(root / "甲.txt")
    os.utime(text, (1, 1))

    def refuse(*_: object, **__: object) -> None:
        raise SourceError("R016", location=Location(str(text)), reason="Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("builder.pipeline.build", refuse)
        built = build_shelf(root, OPTIONS, Serial(), out=out)
    assert built.count("failed") == 1
    assert is_passing(built)
    assert not is_changed(root, OPTIONS, out, tried(built))
    assert is_changed(root, OPTIONS, out, tried(built, is_over=True))
    assert build_shelf(root, OPTIONS, Serial(), out=out).count("built") == 1


def test_a_text_that_changes_within_the_tick_of_a_disks_clock_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On FAT a file that is saved twice within two seconds has the same times, and may have the
    same size.
    """
    root, out = tmp_path / "in", tmp_path / "out"
    text = a_text(root / "甲.txt", "老何")
    moment = time.time_ns() // 1_000_000_000 * 1_000_000_000

    def coarse(path: Path) -> Iterator[list[object]]:
        yield [str(path), path.stat().st_size, moment, moment]

    monkeypatch.setattr("builder.shelf.records.stamps_of", coarse)
    monkeypatch.setattr("builder.shelf.records.time.time_ns", lambda: moment + 1_900_000_000)
    assert build_shelf(root, OPTIONS, Serial(), out=out).count("built") == 1
    before = text.stat().st_size
    a_text(root / "甲.txt", "老李")
    assert text.stat().st_size == before
    assert build_shelf(root, OPTIONS, Serial(), out=out).count("built") == 1
    assert build_shelf(root, OPTIONS, Serial(), out=out).count("unchanged") == 1


def test_a_file_that_has_stood_for_a_while_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.shelf import records

    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "甲.txt")
    later = time.time_ns() + 60_000_000_000
    monkeypatch.setattr("builder.shelf.records.time.time_ns", lambda: later)
    assert build_shelf(root, OPTIONS, Serial(), out=out).count("built") == 1
    monkeypatch.setattr(records, "_digest", lambda _: pytest.fail("it was read again"))
    assert build_shelf(root, OPTIONS, Serial(), out=out).count("unchanged") == 1
