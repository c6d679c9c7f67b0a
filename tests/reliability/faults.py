"""A disk that is full, or broken, at each single call that a command makes of it.

strace runs the command once and lists the calls that concern its results; then again for each of
them, letting that one fail as the system would.
"""

import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.reliability.record import Row
from tests.reliability.scene import COMMANDS, SHELF_OF_TWO, Command, Scene, run

# What goes wrong at which call: the disk is full or broken, or the folder cannot be written.
FAULTS = {
    "write": "ENOSPC",
    "fsync": "EIO",
    "openat": "ENOSPC",
    "rename": "EIO",
    "mkdir": "ENOSPC",
    "flock": "ENOLCK",
    "ftruncate": "EIO",
    "sendfile": "ENOSPC",
    "copy_file_range": "ENOSPC",
}
# Example: 812   rename("/w/out/.a.part", "/w/out/a") = 0. Counter-example: a line of +++ exited.
CALL = re.compile(r"(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)")
INJECTED = "(INJECTED)"


@dataclass(frozen=True, slots=True)
class Call:
    """The `number`-th call of this name in its process."""

    name: str
    number: int


def is_possible() -> str:
    """Why no call can be made to fail here, or ""."""
    return "" if shutil.which("strace") else "strace is not installed"


def calls(scene: Scene, log: Path) -> tuple[Call, ...]:
    """The calls of an undisturbed run that create, fill, sync or rename what lies in out/."""
    run(scene.command, scene.folder, before=_tracer(log, *FAULTS))
    counted: Counter[tuple[str, str]] = Counter()
    found: dict[Call, None] = {}
    for line in log.read_text("utf-8", "replace").splitlines():
        if match := CALL.match(line):
            counted[match["pid"], match["name"]] += 1
            if _concerns_results(match["name"], match["rest"], scene.folder):
                found[Call(match["name"], counted[match["pid"], match["name"]])] = None
    return tuple(found)


def _tracer(log: Path, *names: str) -> list[str]:
    """Threads and children too; paths behind descriptors are shown."""
    return ["strace", "-f", "-qq", "-y", "-s", "0", "-o", str(log), "-e", f"trace={','.join(names)}"]  # fmt: skip


def _concerns_results(name: str, rest: str, folder: Path) -> bool:
    creates = name != "openat" or "O_CREAT" in rest
    return creates and _is_in_out(rest, folder)


def _is_in_out(words: str, folder: Path) -> bool:
    """Whether a call names a place in out/: behind a descriptor, or relative to the folder."""
    return f"{folder}/out" in words or '"out/' in words


def failing(scene: Scene, call: Call, log: Path) -> tuple[bool, list[str]]:
    """Whether the call was met again, and the laws that were broken when it failed."""
    fault = f"inject={call.name}:error={FAULTS[call.name]}:when={call.number}"
    outcome = run(scene.command, scene.folder, before=[*_tracer(log, call.name), "-e", fault])
    hits = [
        line
        for line in log.read_text("utf-8", "replace").splitlines()
        if INJECTED in line and _is_in_out(line, scene.folder)
    ]
    if call.name == "rename":  # all is on the disk by then; what was renamed before is new
        scene = replace(scene, command=replace(scene.command, is_together=False))
    broken = list(scene.broken(outcome)) if hits else []
    return bool(hits), [f"{call.name} {call.number} failed: {one}" for one in broken]


def faults(command: Command, *, every: int = 1, told: list[str] | None = None) -> Row:
    """Each call of a command fails once (or each `every`-th); what broke is added to `told`."""
    area, what = "faults", f"{command.name}: each write, sync, rename … fails"
    if reason := is_possible():
        return Row(area, what, 0, 0, remark=f"NOT TRIED: {reason}")
    started = time.perf_counter()
    tried, failures = 0, 0
    with tempfile.TemporaryDirectory(prefix="builder-faults-") as name:
        scene = Scene.of(command, Path(name))
        log = Path(name, "calls.log")
        listed = calls(scene, log)
        scene.restore()
        for call in listed[::every]:
            is_met, broken = failing(scene, call, log)
            if is_met and call is listed[0]:
                broken += scene.recovers()
            tried += is_met
            failures += bool(broken)
            if told is not None:
                told += [f"{command.name}: {one}" for one in broken]
            scene.restore()
    remark = "" if tried == len(listed[::every]) else f"{len(listed[::every])} were listed"
    return Row(area, what, tried, failures, time.perf_counter() - started, remark=remark)


def rows(told: list[str]) -> Iterator[Row]:
    """All commands, all of their calls; what two processes of a shelf write is what one writes."""
    for command in COMMANDS:
        if command is SHELF_OF_TWO:
            continue
        yield faults(command, told=told)
