"""Seconds and memory of a long text, ours and plain OpenCC's by turns, each run a new process.

`command` is all of `builder convert FILE --to zh-Hant --report FILE`, from reading to writing;
`ours` is the library with its ledger and without a report. Processor time of one process, which
for the library begins when the text is read; the highest resident size, the text itself (12 MB,
or 24 where a character lies beyond the basic plane) and Python included.
"""

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.conversion.converters import ours, plain
from benchmarks.conversion.texts import TRADITIONAL
from builder.cli import main as builder

CHARACTERS = 6_000_000
RUNS = 3
KILOBYTE = 1024
CONVERTERS = {"ours": ours, "opencc": plain}
COMMAND = "command"
NAMES = (COMMAND, *CONVERTERS)


def costs(texts: Sequence[str]) -> dict[str, tuple[float, float]]:
    """By converter: the least seconds and the most MB of some runs, interleaved so that both meet
    the same machine.
    """
    text = long_text(texts, CHARACTERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        path.write_text(text, encoding="utf-8")
        runs = [(name, measured(name, path)) for _ in range(RUNS) for name in NAMES]
    return {
        name: (
            min(seconds for run, (seconds, _) in runs if run == name),
            max(size for run, (_, size) in runs if run == name) / KILOBYTE**2,
        )
        for name in NAMES
    }


def print_cost(texts: Sequence[str]) -> None:
    """A line for each converter."""
    print(f"\n{CHARACTERS:,} characters{'seconds':>12}{'MB':>6}")
    for name, (seconds, memory) in costs(texts).items():
        print(f"{name:20}{seconds:>12.2f}{memory:>6.0f}")


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
    if name == COMMAND:
        _run_command(path)
        print(time.process_time(), _most_memory())
        return
    text = Path(path).read_text(encoding="utf-8")
    start = time.process_time()
    CONVERTERS[name](text, TRADITIONAL)
    seconds = time.process_time() - start
    print(seconds, _most_memory())


def _run_command(path: str) -> None:
    """Convert the file as from a shell, the result going nowhere. Raises SystemExit."""
    report = f"{path}.tsv"
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        code = builder(["convert", path, "--to", "zh-Hant", "--report", report])
    if code:
        sys.exit(code)


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
