"""Clocks that are put forward or back, before a command, in the middle of it, and between two.

A module that Python loads at its start moves the clock of a command, and not the one that only
counts on (time.monotonic), as when somebody sets a clock; libfaketime would break every sleep. The
law: nothing hangs, nothing is lost, and what has changed is never taken for unchanged.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.record import Row
from tests.reliability.scene import (
    BUILD,
    OLD,
    ROOT,
    SEND,
    SHELF,
    SHELF_OF_TWO,
    Command,
    Scene,
    digests,
    lay_out,
    run,
    surroundings,
)

# In seconds; the clock of a machine without a battery begins in 1970.
JUMPS = {
    "an hour forward": 3600.0,
    "an hour back": -3600.0,
    "a year forward": 31_536_000.0,
    "a year back": -31_536_000.0,
    "to 1970": 86_400.0 - time.time(),
}
RIGHT = 0.0
# In seconds: how long a watched shelf may take to build what came.
PATIENCE_S = 60.0


CLOCKWORK = """
import os, time

def _moved(plain, scale=1):
    def now(*given):
        with open(os.environ["WRONG_CLOCK"]) as file:
            shift = float(file.read())
        if scale:
            return plain() + type(scale)(shift * scale)
        return plain(*given) if given and given[0] is not None else plain(_time() + shift)
    return now

_time = time.time
time.localtime, time.gmtime = _moved(time.localtime, 0), _moved(time.gmtime, 0)
time.time, time.time_ns = _moved(time.time, 1.0), _moved(time.time_ns, 1_000_000_000)
"""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that a command goes by: what it shows stands in a file, and can be set."""

    file: Path

    def set(self, seconds: float) -> None:
        """Be so many seconds wrong from now on."""
        draft = self.file.with_suffix(".new")
        draft.write_text(str(seconds), "utf-8")
        draft.replace(self.file)

    def environment(self) -> dict[str, str | None]:
        """What a command is told so that it goes by this clock, its children too."""
        place = self.file.with_suffix(".py")
        place.mkdir(exist_ok=True)
        (place / "sitecustomize.py").write_text(CLOCKWORK, "utf-8")
        return {"PYTHONPATH": f"{place}{os.pathsep}{ROOT}", "WRONG_CLOCK": str(self.file)}


def jumping(command: Command, told: list[str], *, jumps: dict[str, float] = JUMPS) -> Row:
    """Run a command under a clock that shows another time, and one that is set while it runs."""
    what = f"{command.name}: the clock is wrong, or is set meanwhile"
    started = time.perf_counter()
    tried, failures = 0, 0
    with tempfile.TemporaryDirectory(prefix="builder-clocks-") as name:
        scene = Scene.of(command, Path(name))
        clock = Clock(Path(name, "clock"))
        for jump, shown in jumps.items():
            for before, after in ((shown, shown), (RIGHT, shown)):
                tried += 1
                broken = _ran(scene, clock, before, after)
                failures += bool(broken)
                told += [f"{command.name}, {jump}: {one}" for one in broken]
                scene.restore()
    return Row("clocks", what, tried, failures, time.perf_counter() - started)


def _ran(scene: Scene, clock: Clock, before: float, after: float) -> list[str]:
    """Run the scene's command; the clock is set when it has begun."""
    clock.set(before)
    script = f'(sleep 0.7; echo {after} >"{clock.file}.b"; mv "{clock.file}.b" "{clock.file}") & exec "$@"'
    setting: tuple[str, ...] = ("sh", "-c", script, "sh")
    if before == after:
        setting = ()
    outcome = run(scene.command, scene.folder, before=setting, environment=clock.environment())
    broken = list(scene.broken(outcome))
    if outcome.code:
        broken.append(f"exit code {outcome.code}: {outcome.said[-300:]}")
    elif digests(scene.folder) != dict(scene.new):
        broken.append("the results are not those of a right clock")
    return broken


def between(told: list[str]) -> Row:
    """A shelf that is built, changed and built again, with the clock put elsewhere in between; a
    text of the same size and time as before, and one from the future.
    """
    what = "shelf build: the clock is set between two runs, and texts change"
    started = time.perf_counter()
    tried, broken = 0, []
    for jump in ("a year back", "a year forward"):
        shown = JUMPS[jump]
        for moment in (None, 0.0, 4_000_000_000.0):
            tried += 1
            with tempfile.TemporaryDirectory(prefix="builder-clocks-") as name:
                found = _between(Path(name), shown, moment)
            broken += [f"{jump}, written {moment}: {one}" for one in found]
    told += broken
    return Row("clocks", what, tried, len(broken), time.perf_counter() - started)


def _between(folder: Path, shown: float, moment: float | None) -> list[str]:
    """What goes wrong with a text that says it was written at `moment`, before and after."""
    lay_out(folder, OLD)
    clock = Clock(folder / "clock")
    text = folder / "books" / "book" / "01.txt"
    broken: list[str] = []
    for words, now, expected in (
        (OLD, RIGHT, "built 1"),
        (OLD, shown, "unchanged 1"),
        (OLD.replace("老何", "老李"), shown, "built 1"),
        (OLD.replace("老何", "老王"), RIGHT, "built 1"),
        (OLD.replace("老何", "老王"), RIGHT, "unchanged 1"),
    ):
        if text.read_text("utf-8") != words:
            text.write_text(words, "utf-8")
        if moment is not None:
            os.utime(text, (moment, moment))
        clock.set(now)
        outcome = run(SHELF, folder, environment=clock.environment())
        if outcome.code or expected not in outcome.said:
            broken.append(f"{words[20:24]}: {expected} was to be said: {outcome.said[-300:]}")
    return broken


def watched(told: list[str], *, jumps: dict[str, float] = JUMPS) -> Row:
    """A shelf that is watched while the clock is set again and again: what comes is built."""
    what = "shelf build --watch: the clock is set meanwhile"
    started = time.perf_counter()
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="builder-clocks-") as name:
        folder, clock = Path(name), Clock(Path(name, "clock"))
        lay_out(folder, OLD)
        clock.set(RIGHT)
        with subprocess.Popen(
            [sys.executable, "-m", "builder", *SHELF.arguments, "--watch"],
            cwd=folder,
            env=surroundings(folder, clock.environment()),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            _wait_for(folder / "out" / "index.html")
            for number, (jump, shown) in enumerate(jumps.items()):
                clock.set(shown)
                shutil.copyfile(folder / "book.txt", folder / "books" / f"b{number}.txt")
                if not _wait_for(folder / "out" / f"b{number}" / f"b{number}.txt"):
                    broken.append(f"{jump}: a book that came was not built in {PATIENCE_S:.0f} s")
            process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                broken.append("SIGTERM did not end it")
                process.kill()
    told += [f"watch: {one}" for one in broken]
    return Row("clocks", what, len(jumps), len(broken), time.perf_counter() - started)


def _wait_for(path: Path) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while not path.is_file():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def rows(told: list[str]) -> Iterator[Row]:
    """What makes books, sends and converts them, and shelves over several runs."""
    for command in (BUILD, SEND, SHELF_OF_TWO):
        yield jumping(command, told)
    yield between(told)
    yield watched(told)
