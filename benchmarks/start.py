"""How quickly the tool answers, and how long a small book takes beyond imports.

`python -m benchmarks.start` prints the median of several runs: `builder --help`, and the
process time of an EPUB build of the sample (and of the seeds, when they are at hand), after one
warm-up build has done the imports.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from builder.pipeline import BuildOptions, build

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7


def help_seconds() -> float:
    """The wall time of `builder --help` in a fresh process."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "builder", "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def build_seconds(book: Path) -> float:
    """The process time of one EPUB build, imports done."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        options = BuildOptions(out=Path(folder), formats=("epub",))
        build(book, options)
        for _ in range(RUNS):
            started = time.process_time()
            build(book, options)
            times.append(time.process_time() - started)
    return statistics.median(times)


def main() -> None:
    print(f"builder --help        {help_seconds():6.3f} s  (budget 0.300)")
    books = [path for path in sorted((ROOT / "source").iterdir()) if path.is_dir()]
    seeds = ROOT.parent / "shared" / "seeds"
    for book in [*books, *([seeds] if seeds.is_dir() else [])]:
        print(f"{book.name + ' → epub':21} {build_seconds(book):6.3f} s  (budget 1.000)")


if __name__ == "__main__":
    main()
