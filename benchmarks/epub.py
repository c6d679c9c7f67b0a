"""Raw text to an EPUB: builder beside pandoc and calibre, by the length of the text.

`python -m benchmarks.epub [--sizes 0.1 1 10] [--long]`. All read the same file, whose paragraphs
stand apart by blank lines: pandoc takes an indented line for code, and one book for one paragraph.
calibre is given a pattern of headings, without which it finds no chapter in Chinese text. What would take
more than some minutes at the next size, as it has grown so far, is left out unless --long asks.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.chapters.generate import generate
from benchmarks.pdf.measure import MB, Cost, run
from benchmarks.speed import mix_for

SIZES_MB = (0.1, 1.0, 10.0)
ROUNDS = 3
SLOW_S = 60.0
LIMIT_S = 3600.0
PATIENCE_S = 60.0
GROWTH = 1.5  # the power of the size that the time of those who are slow grows with, at least
HEADINGS = r"//*[name()='p' and re:test(., '^\s*第.{1,9}[章回节卷]')]"
# Line ends with the white space around them: "。\r\n    他" but not "他 说".
BETWEEN_PARAGRAPHS = re.compile(r"[ \t\r\N{IDEOGRAPHIC SPACE}]*\n\s*")


@dataclass(frozen=True, slots=True)
class Program:
    """`command` makes TARGET of SOURCE; `asks` is how it says its version."""

    name: str
    command: tuple[str, ...]
    asks: tuple[str, ...]


PROGRAMS = (
    Program(
        "builder",
        (sys.executable, "-m", "builder", "build", "SOURCE", "--format", "epub", "--out", "OUT"),
        (sys.executable, "-m", "builder", "--version"),
    ),
    Program(
        "pandoc", ("pandoc", "-f", "markdown", "SOURCE", "-o", "TARGET"), ("pandoc", "--version")
    ),
    Program(
        "calibre",
        ("ebook-convert", "SOURCE", "TARGET", "--chapter", HEADINGS),
        ("ebook-convert", "--version"),
    ),
)


@dataclass(frozen=True, slots=True)
class Result:
    """A program's rounds at a size in MB of text, and the file that it made."""

    program: Program
    size_mb: float
    costs: tuple[Cost, ...]
    file_mb: float

    @property
    def wall_s(self) -> float:
        return median(cost.wall_s for cost in self.costs)

    @property
    def memory_mb(self) -> float:
        return max(cost.memory_mb for cost in self.costs)


def present() -> Iterator[Program]:
    """Those that are installed; the others are named loudly."""
    for program in PROGRAMS:
        if shutil.which(program.command[0]):
            yield program
        else:
            print(f"NOT MEASURED: {program.name} is not installed", file=sys.stderr, flush=True)


def version(program: Program) -> str:
    """Example: pandoc 2.17.1.1."""
    said = subprocess.run(program.asks, capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(?:\.\d+)+", said)
    return f"{program.name} {found[0] if found else '?'}"


def write_text(size_mb: float, path: Path) -> int:
    """The file of a size, and how many bytes it has."""
    chapters = max(round(size_mb * 100), 1)
    text = generate(mix_for(chapters=chapters), 1).content.decode()
    return path.write_bytes(BETWEEN_PARAGRAPHS.sub("\n\n", text).encode())


def measured(size_mb: float, programs: Sequence[Program], folder: Path) -> Iterator[Result]:
    """Every program in turn, round after round; what is slow, once."""
    source = folder / "novel.txt"
    # A child starts out with its parent's peak of memory, so another process writes.
    with ProcessPoolExecutor(max_workers=1) as worker:
        actual_mb = worker.submit(write_text, size_mb, source).result() / MB
    costs: dict[str, list[Cost]] = {program.name: [] for program in programs}
    for _ in range(ROUNDS):
        for program in programs:
            done = costs[program.name]
            if not done or done[0].wall_s < SLOW_S:
                done.append(run(_filled(program, folder), folder=folder, limit_s=LIMIT_S))
    for program in programs:
        made = max((folder / program.name).rglob("*.epub"), key=lambda path: path.stat().st_mtime)
        yield Result(program, actual_mb, tuple(costs[program.name]), made.stat().st_size / MB)


def _filled(program: Program, folder: Path) -> list[str]:
    out = folder / program.name
    out.mkdir(exist_ok=True)
    places = {"SOURCE": folder / "novel.txt", "OUT": out, "TARGET": out / "novel.epub"}
    return [str(places.get(word, word)) for word in program.command]


def all_measured(sizes: Sequence[float], *, slow_too: bool) -> Iterator[list[Result]]:
    """The results of each size, the smallest first."""
    programs = list(present())
    ordered = sorted(sizes)
    for size, larger in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        with tempfile.TemporaryDirectory(prefix="builder-epub-") as folder:
            results = list(measured(size, programs, Path(folder)))
        yield results
        if not slow_too:
            growth = (larger / size) ** GROWTH
            fast = {one.program.name for one in results if one.wall_s * growth < PATIENCE_S}
            programs = [one for one in programs if one.name in fast]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.epub", description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="+", default=list(SIZES_MB), metavar="MB")
    parser.add_argument("--long", action="store_true")
    given = parser.parse_args()
    for results in all_measured(given.sizes, slow_too=given.long):
        ours = next(one for one in results if one.program.name == "builder")
        for one in results:
            print(
                f"{one.size_mb:6.1f} MB {one.program.name:10} {one.wall_s:8.2f} s {one.memory_mb:6.0f} MB "
                f"{one.file_mb:6.2f} MB file {one.wall_s / ours.wall_s:8.2f}×",
                flush=True,
            )


if __name__ == "__main__":
    main()
