"""Seconds and memory of a long text, ours and plain OpenCC's by turns, each run a new process.

Processor time of one process, reading the text left out; the highest resident size, the text
itself (12 MB) and Python included.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.conversion.converters import ours, plain
from benchmarks.conversion.texts import TRADITIONAL

CHARACTERS = 6_000_000
RUNS = 3
KILOBYTE = 1024
CONVERTERS = {"ours": ours, "opencc": plain}


def print_cost(texts: Sequence[str]) -> None:
    """The best of some runs of each, interleaved so that both meet the same machine."""
    text = long_text(texts, CHARACTERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        path.write_text(text, encoding="utf-8")
        runs = [(name, measured(name, path)) for _ in range(RUNS) for name in CONVERTERS]
    print(f"\n{len(text):,} characters{'seconds':>12}{'all runs':>22}{'MB':>6}")
    for name in CONVERTERS:
        seconds = sorted(cost[0] for run, cost in runs if run == name)
        memory = max(cost[1] for run, cost in runs if run == name)
        every = " ".join(f"{one:.1f}" for one in seconds)
        print(f"{name:20}{seconds[0]:>12.2f}{every:>22}{memory / KILOBYTE**2:>6.0f}")


def long_text(texts: Sequence[str], length: int) -> str:
    """The texts one behind the other, over again until there are `length` characters."""
    text = "\n".join(texts)
    return (text * (length // max(len(text), 1) + 1))[:length]


def measured(name: str, path: Path) -> tuple[float, int]:
    """Seconds and bytes of one converter in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.conversion.cost", name, str(path)]
    seconds, size = subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.split()
    return float(seconds), int(size)


def main() -> None:
    name, path = sys.argv[1:]
    text = Path(path).read_text(encoding="utf-8")
    start = time.process_time()
    CONVERTERS[name](text, TRADITIONAL)
    seconds = time.process_time() - start
    print(seconds, _most_memory())


def _most_memory() -> int:
    """The most bytes that this process held. On Linux `ru_maxrss` would begin with what the
    process that started it held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * KILOBYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS counts in bytes


if __name__ == "__main__":
    main()
