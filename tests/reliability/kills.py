"""Processes that are ended at random moments: no half file, and the next run goes on as if nothing
had been. SIGKILL asks nobody; after SIGTERM, SIGHUP and Ctrl-C there is no draft and no child left
either, a sentence says so, and the exit code is the shell's.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.reliability.record import Row
from tests.reliability.scene import (
    BUILD,
    COMMANDS,
    SHELF,
    SHELF_OF_TWO,
    Command,
    Outcome,
    Scene,
    run,
    surroundings,
)

KILLED = Outcome(-signal.SIGKILL, "")
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
INTERRUPTED = "B098"
PATIENCE_S = 20
# Whatever measures the tests would answer SIGTERM in our place.
UNMEASURED = {"COVERAGE_PROCESS_START": None, "COVERAGE_PROCESS_CONFIG": None}


def kills(command: Command, *, times: int, seed: int = 1, told: list[str] | None = None) -> Row:
    """Kill a command so often, each time at another moment of its life; then let it finish."""
    started = time.perf_counter()
    dice = random.Random(f"{command.name} {seed}")
    failures, killed = 0, 0
    with tempfile.TemporaryDirectory(prefix="builder-kills-") as name:
        scene = Scene.of(command, Path(name))
        length = _length(scene)
        for _ in range(times):
            killed += _killed(scene, dice.uniform(0, length))
            broken = [*scene.broken(KILLED, is_killed=True), *scene.recovers()]
            failures += bool(broken)
            if told is not None:
                told += [f"{command.name} killed: {one}" for one in broken]
            scene.restore()
    what = f"{command.name}: SIGKILL at a random moment, then again"
    remark = f"{killed} were killed before they ended"
    return Row("kills", what, times, failures, time.perf_counter() - started, remark=remark)


def _length(scene: Scene) -> float:
    """Seconds that the command takes."""
    started = time.perf_counter()
    run(scene.command, scene.folder)
    scene.restore()
    return time.perf_counter() - started


def _killed(scene: Scene, after_s: float) -> bool:
    """Start the command in a session of its own and kill all of it; whether it was still there."""
    with subprocess.Popen(
        [sys.executable, "-m", "builder", *scene.command.arguments],
        cwd=scene.folder,
        env=surroundings(scene.folder, {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as process:
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return True
    return False


def endings(command: Command, *, times: int, seed: int = 1, told: list[str] | None = None) -> Row:
    """End a command so often in order, by each of the signals in turn; then let it finish."""
    started = time.perf_counter()
    dice = random.Random(f"{command.name} ended {seed}")
    failures, early = 0, 0
    with tempfile.TemporaryDirectory(prefix="builder-endings-") as name:
        scene = Scene.of(command, Path(name))
        length = _length(scene)
        for number, signalled in zip(range(times), cycle(ENDINGS), strict=False):
            outcome, broken = _ended(scene, dice.uniform(0, length), signalled)
            early += outcome is None
            if outcome:
                broken += _unlike_an_ending(scene, outcome, signalled)
            if number == 0:
                broken += scene.recovers()
            failures += bool(broken)
            if told is not None:
                told += [f"{command.name} by {signalled.name}: {one}" for one in broken]
            scene.restore()
    what = f"{command.name}: SIGTERM, SIGHUP, Ctrl-C at a random moment"
    remark = f"{early} came before builder was there to answer" if early else ""
    return Row("kills", what, times, failures, time.perf_counter() - started, remark=remark)


def _ended(
    scene: Scene, after_s: float, signalled: signal.Signals
) -> tuple[Outcome | None, list[str]]:
    """How a command ended that was sent a signal, None when Python was still starting; and whether
    a process was left.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "builder", *scene.command.arguments],
        cwd=scene.folder,
        env=surroundings(scene.folder, UNMEASURED),
        preexec_fn=_hear_all,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        process_group=0,
    ) as process:
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            # Ctrl-C reaches all that run in the terminal, kill one of them.
            end = os.killpg if signalled is signal.SIGINT else os.kill
            end(process.pid, signalled)
        try:
            said = process.communicate(timeout=PATIENCE_S)[1].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None, [f"it went on for {PATIENCE_S} s"]
    left = _left(process.pid)
    if left:
        os.killpg(process.pid, signal.SIGKILL)
    is_early = process.returncode < 0 or ("KeyboardInterrupt" in said and " in _ran" not in said)
    outcome = None if is_early else Outcome(process.returncode, said)
    return outcome, [f"processes were left: {left}"] if left else []


def _hear_all() -> None:
    """Whoever started the tests may ignore hang-ups (nohup) and Ctrl-C (a job of a shell)."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_DFL)


def _left(group: int) -> list[str]:
    """The processes of a group that live on, after a moment to end in."""
    deadline = time.monotonic() + PATIENCE_S
    while (found := list(_living(group))) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def _living(group: int) -> Iterator[str]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (entry / "stat").read_text("utf-8").rpartition(")")
        except (OSError, UnicodeDecodeError):
            continue
        state, _, group_id = rest.split()[:3]
        if int(group_id) == group and state not in "ZX":
            yield f"{name})"


def _unlike_an_ending(scene: Scene, outcome: Outcome, signalled: signal.Signals) -> list[str]:
    """The laws that were broken by a command that was ended, or ended before it could be."""
    broken = list(scene.broken(outcome))
    if outcome.code not in {0, 128 + signalled}:
        broken.append(f"exit code {outcome.code}, not {128 + signalled}: {outcome.said[-300:]}")
    if outcome.code and INTERRUPTED not in outcome.said:
        broken.append(f"not said: {outcome.said[-300:]}")
    return broken


def rows(told: list[str], *, times: int) -> Iterator[Row]:
    """All commands, so many times each; what writes in its own way, ended in order too."""
    for command in COMMANDS:
        yield kills(command, times=times, told=told)
    for command in (BUILD, SHELF, SHELF_OF_TWO):
        yield endings(command, times=times, told=told)
