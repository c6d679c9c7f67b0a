"""What a command costs: wall and processor seconds, the most memory its processes held at once."""

import contextlib
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MB = 1_000_000
LOOKS_A_SECOND = 20
TICKS = os.sysconf("SC_CLK_TCK")


class RunError(Exception):
    """A command failed or took too long; the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`memory_mb` is that of the command and all it started, shared pages counted once."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def run(command: Sequence[str], *, folder: Path, limit_s: float) -> Cost:
    """Run a command in `folder`, in a session of its own; raises RunError."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=said,
            stderr=said,
            env=_environment(folder),
            start_new_session=True,
        )
        with _watched(process.pid, limit_s) as seen:
            _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "backslashreplace")[-2000:]
            took = f"after {wall_s:.0f} s" if wall_s < limit_s else f"at the limit of {limit_s} s"
            raise RunError(f"{command[0]} ended {took} with {process.returncode}:\n{words}")
    # Of what it has waited for the kernel knows the exact time; some programs wait for nothing.
    cpu_s = max(usage.ru_utime + usage.ru_stime, sum(seen.ticks.values()) / TICKS)
    return Cost(wall_s, cpu_s, max(_told(usage.ru_maxrss), seen.peak_bytes) / MB)


def _told(most_kb: int) -> int:
    """The bytes that the kernel says a command held. It starts from what whoever started the
    command holds, and says nothing when that is more.
    """
    own_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most_kb * 1024 if most_kb > own_kb else 0


def _environment(folder: Path) -> dict[str, str]:
    """Python as it runs when it is installed: what it has compiled once it keeps, in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


@dataclass(slots=True)
class _Seen:
    """What looking at a session showed: its most memory, and each process's clock ticks."""

    peak_bytes: int = 0
    ticks: dict[int, int] = field(default_factory=dict)


@contextlib.contextmanager
def _watched(pid: int, limit_s: float) -> Iterator[_Seen]:
    """Look at a session many times a second; end it at the limit."""
    seen = _Seen()
    is_over = threading.Event()

    def watch() -> None:
        deadline = time.perf_counter() + limit_s
        while not is_over.wait(1 / LOOKS_A_SECOND):
            members = _session(pid)
            seen.ticks |= members
            if len(members) > 1:  # of one process alone the kernel keeps the exact peak
                seen.peak_bytes = max(seen.peak_bytes, sum(map(_bytes_of, members)))
            if time.perf_counter() > deadline:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def _session(leader: int) -> dict[int, int]:
    """The processes of a session and the clock ticks that each has used; see proc(5), stat."""
    members = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with contextlib.suppress(OSError):
                # After the name, which may hold anything: state, parent, group, session, …
                fields = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                if int(fields[3]) == leader:
                    members[int(place.name)] = int(fields[11]) + int(fields[12])
    return members


def _bytes_of(pid: int) -> int:
    """A process's share of memory: what several of them share is divided between them."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
