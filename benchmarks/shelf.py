"""A shelf of novels: books a minute by processes, memory of each, and a run with nothing to do.

`python -m benchmarks.shelf --books 1000 --characters 300000 --processes 1,2` makes the novels (the
same ones from a seed), builds the shelf once with each number of processes into a folder of its
own, then again with nothing changed. Memory is what the kernel says of every process, looked at
four times a second: the most that any held in each quarter of the run, which tells whether it grows.
"""

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.chapters.prose import PEOPLE, sentence, title
from builder.core.numerals import to_chinese

# What an issue asks for: two processes against one, and nothing to do against all of it.
WANTED_SPEEDUP, WANTED_AGAIN = 1.7, 0.01
CHAPTER_CHARACTERS = 3_000
CLAUSES = 1_500  # of our own prose in a book; with its own people, so that no two books are alike
PEOPLE_IN_A_BOOK = 12
SENTENCES = 40_000
LOOKS_A_SECOND = 4
QUARTERS = 4
_CLAUSE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{5,8}(?![\u4e00-\u9fff])")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "安柏岑澄川淳帆枫谷寒衡竹简敬兰澜临霖宁蓬清秋容珊石舒棠桐望闻溪暄言砚野音雨远云舟"


def clauses(chance: random.Random) -> list[str]:
    """Clauses of our own prose, each once."""
    found = {one for _ in range(SENTENCES) for one in _CLAUSE.findall(sentence(chance))}
    return sorted(found)


def novel(bank: list[str], number: int, characters: int) -> str:
    """A novel of about so many characters, the same for the same number."""
    chance = random.Random(number)
    mine = "\n".join(chance.sample(bank, min(CLAUSES, len(bank))))
    for person in PEOPLE:
        mine = mine.replace(person, chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2)))
    stock = mine.split("\n")
    said = iter(chance.choices(stock, k=characters // 4))
    lines, written, chapter = [], 0, 0
    while written < characters:
        if written >= chapter * CHAPTER_CHARACTERS:
            chapter += 1
            lines.append(f"第{to_chinese(chapter)}章 {title(chance)}\n")
        three, two = ("，".join(islice(said, count)) for count in (3, 2))
        lines.append(f"　　{three}。{two}？{'，'.join(islice(said, 5))}。\n")
        written += len(lines[-1])
    return "\n".join(lines)


def made(folder: Path, books: int, characters: int) -> int:
    """The shelf, in folders of a hundred; how many bytes it has."""
    bank = clauses(random.Random(0))
    size = 0
    for number in range(books):
        path = (
            folder
            / f"{number // 100:02}"
            / f"《水路书稿之{to_chinese(number + 1)}回》作者：本社.txt"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        content = novel(bank, number, characters).encode()
        path.write_bytes(content)
        size += len(content)
    return size


@dataclass(slots=True)
class Watch:
    """The memory of a process and its children, MB, looked at until it is told to stop."""

    root: int
    looks: list[tuple[float, int, float]] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        started = time.monotonic()
        while not self.is_over.wait(1 / LOOKS_A_SECOND):
            for process in _family(self.root):
                if size := _resident_mb(process):
                    self.looks.append((time.monotonic() - started, process, size))

    def quarters(self) -> list[float]:
        """The most that any process held in each quarter of the time."""
        if not self.looks:
            return [0.0] * QUARTERS
        end = self.looks[-1][0]
        most = [0.0] * QUARTERS
        for when, _, size in self.looks:
            at = min(int(when / end * QUARTERS), QUARTERS - 1)
            most[at] = max(most[at], size)
        return most

    def ended(self) -> dict[int, float]:
        """The most that each process held."""
        most: dict[int, float] = {}
        for _, process, size in self.looks:
            most[process] = max(most.get(process, 0.0), size)
        return most


def _family(root: int) -> Iterator[int]:
    yield root
    try:
        tasks = list(Path(f"/proc/{root}/task").iterdir())
        children = [one for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident_mb(process: int) -> float:
    try:
        said = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", said)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one command did; `told` is its report."""

    seconds: float
    cpu_s: float
    told: dict[str, object]
    watch: Watch


def run(root: Path, out: Path, processes: int, formats: str) -> Run:
    """`builder shelf build`, watched."""
    command = [
        sys.executable, "-m", "builder", "shelf", "build", str(root), "--out", str(out),
        "--jobs", str(processes), "--format", formats, "--json",
    ]  # fmt: skip
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"NO_COLOR": "1"})
    watch = Watch(process.pid)
    watcher = threading.Thread(target=watch.look)
    watcher.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - started
    watch.is_over.set()
    watcher.join()
    after = os.times()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    cpu_s = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return Run(seconds, cpu_s, json.loads(said), watch)


@dataclass(frozen=True, slots=True)
class Measured:
    """So many processes: the first run, and one with nothing changed."""

    processes: int
    first: Run
    again: Run
    digest: str


def measured(
    root: Path, outs: Path, counts: list[int], formats: str, books: int
) -> Iterator[Measured]:
    """The shelf built with each number of processes, into a folder of its own."""
    for count in counts:
        out = outs / str(count)
        first = run(root, out, count, formats)
        again = run(root, out, count, formats)
        if first.told["built"] != books or again.told["unchanged"] != books:
            sys.exit(f"not every book was built: {first.told['failed']} failed")
        yield Measured(count, first, again, _digest(out))


def print_runs(runs: Iterator[Measured], books: int) -> None:
    """One row for each number of processes, and what the issue asks of them."""
    print(
        f"{'processes':>9} {'s':>8} {'books/min':>9} {'CPU s/book':>10} {'again s':>8} {'again':>7}"
        f"  MB by quarter of the run, most of any process"
    )
    alone: Measured | None = None
    for one in runs:
        seconds = one.first.seconds
        quarters = " ".join(f"{size:5.0f}" for size in one.first.watch.quarters())
        print(
            f"{one.processes:9} {seconds:8.1f} {books / seconds * 60:9.0f} {one.first.cpu_s / books:10.3f}"
            f" {one.again.seconds:8.2f} {one.again.seconds / seconds:7.2%}  {quarters}"
            f"  ({len(one.first.watch.ended())} processes)",
            flush=True,
        )
        alone = alone or (one if one.processes == 1 else None)
        if alone and alone is not one:
            speedup = alone.first.seconds / seconds
            print(
                f"{one.processes} processes against one: {speedup:.2f}x (two: wanted ≥ {WANTED_SPEEDUP})"
            )
            print(f"the same bytes: {alone.digest == one.digest}")
    print(f"wanted: a run with nothing to do ≤ {WANTED_AGAIN:.0%} of the first; memory flat")


def _digest(out: Path) -> str:
    """Every finished book of a shelf."""
    digest = hashlib.sha256()
    for path in sorted(out.rglob("[!.]*.epub")):
        digest.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shelf", description=__doc__)
    parser.add_argument("--books", type=int, default=100)
    parser.add_argument("--characters", type=int, default=300_000)
    parser.add_argument("--processes", default="1,2", help="numbers of processes, like 1,2")
    parser.add_argument("--format", default="epub")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder when absent")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        root = Path(name) / "in"
        started = time.perf_counter()
        size = made(root, options.books, options.characters)
        print(
            f"{options.books} books of {options.characters} characters, {size / 1e6:.0f} MB,"
            f" made in {time.perf_counter() - started:.0f} s; {os.cpu_count()} processors",
            flush=True,
        )
        counts = [int(one) for one in options.processes.split(",")]
        runs = measured(root, Path(name) / "out", counts, options.format, options.books)
        print_runs(runs, options.books)


if __name__ == "__main__":
    main()
