"""SIGKILL at random moments: no half file, and the next run goes on as if nothing had been."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.reliability.record import Row
from tests.reliability.scene import COMMANDS, Command, Outcome, Scene, run, surroundings

KILLED = Outcome(-signal.SIGKILL, "")


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


def rows(told: list[str], *, times: int) -> Iterator[Row]:
    """All commands, so many times each."""
    for command in COMMANDS:
        yield kills(command, times=times, told=told)
