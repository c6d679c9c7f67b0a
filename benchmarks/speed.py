"""How fast raw text becomes a book that is understood: read, normalized, structured, with its ledger.

`python -m benchmarks.speed` makes files of 1, 10, 20 and 50 MB (a chapter each 10 kB) and reads
each in a fresh process: process seconds by stage, seconds for each 10 MB, peak memory.
`--profile 10` prints where the time of one size goes. The whole way to an EPUB, beside others:
`benchmarks.epub`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.chapters.generate import generate
from benchmarks.chapters.mixes import STANDARD, Mix

SIZES_MB = (1, 10, 20, 50)
CHAPTERS_PER_MB = 100
PARAGRAPHS = 47  # of our own prose make a chapter of 10 kB
BUDGET_SECONDS, BUDGET_MB = 2.0, 300
RUNS = 3
MB = 1_000_000


def mix_for(*, chapters: int) -> Mix:
    """An ordinary web novel: ads, formulas, volumes; no traits left to chance."""
    return replace(
        STANDARD,
        name="speed",
        chapters_low=chapters,
        chapters_high=chapters,
        paragraphs_low=PARAGRAPHS,
        paragraphs_high=PARAGRAPHS,
        novels=0.0,
        traditional=0.0,
        families=(("unit", 1.0),),
        numerals=(("chinese", 1.0),),
        volumes=1.0,
        contents=0.0,
        huge=0.0,
        wrap=0.0,
        dirt=1.0,
        crlf=1.0,
        formulas=1.0,
        encodings=(("utf-8", 1.0),),
    )


def made(size_mb: int, folder: Path) -> Path:
    """The file of a size: about so many megabytes of UTF-8."""
    path = folder / f"speed-{size_mb}.txt"
    path.write_bytes(generate(mix_for(chapters=size_mb * CHAPTERS_PER_MB), 1).content)
    return path


def one(path: Path) -> dict[str, float]:
    """Process seconds by stage, and the peak memory of this process in MB. Run in a fresh one."""
    from builder.core.events import Event, StageStarted
    from builder.pipeline import BuildOptions, settle, understand

    marks: list[tuple[str, float]] = []

    def listen(event: Event) -> None:
        if isinstance(event, StageStarted):
            marks.append((event.stage, time.process_time()))

    before = memory_mb()
    source, config = settle(path, BuildOptions(environment={}))
    started = time.process_time()
    understood = understand(source, config, listen)
    ended = time.process_time()
    stages = {
        name: end - start
        for (name, start), (_, end) in zip(marks, [*marks[1:], ("", ended)], strict=True)
    }
    return {
        **stages,
        "total": ended - started,
        "memory": memory_mb(),
        "imported": before,
        "edits": len(understood.ledger),
        "characters": len(understood.manuscript.decoded),
    }


def memory_mb() -> float:
    """The most memory this process has held, from the kernel (a child's ru_maxrss is its parent's)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 / MB
    return 0.0


def fresh(path: Path) -> dict[str, float]:
    """`one` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed", "--one", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path.cwd())
    result: dict[str, float] = json.loads(done.stdout)
    return result


def table(sizes: list[int], folder: Path) -> None:
    """One row a size: the median run."""
    print(
        f"{'MB':>6} {'read':>7} {'normalize':>9} {'structure':>9} {'total s':>8} {'s/10 MB':>8} {'peak MB':>8} {'edits':>9}"
    )
    for size in sizes:
        path = made(size, folder)
        runs = sorted((fresh(path) for _ in range(RUNS)), key=lambda run: run["total"])
        run = runs[len(runs) // 2]
        megabytes = path.stat().st_size / MB
        print(
            f"{megabytes:6.1f} {run['read']:7.3f} {run['normalize']:9.3f} {run['structure']:9.3f} "
            f"{run['total']:8.3f} {run['total'] / megabytes * 10:8.3f} {run['memory']:8.0f} "
            f"{run['edits']:9.0f}",
            flush=True,
        )
    print(f"budget: {BUDGET_SECONDS} s and {BUDGET_MB} MB for 10 MB, linear to 50 MB")


def profile(size: int, folder: Path) -> None:
    """Where the time goes, by function."""
    import cProfile
    import pstats

    path = made(size, folder)
    profiler = cProfile.Profile()
    profiler.enable()
    one(path)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES_MB), metavar="MB")
    parser.add_argument("--profile", type=int, metavar="MB")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.profile:
            profile(options.profile, folder)
        else:
            table(options.sizes, folder)


if __name__ == "__main__":
    main()
