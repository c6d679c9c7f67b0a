"""The long run: so many mutated inputs, a few at a time, gone on with where it was stopped.

    python -m tests.fuzz --inputs 200000 [--seed N] [--processes N] [--minutes N]
    python -m tests.fuzz --one AREA NUMBER

What it found so far is in build/fuzz/SEED/; at the end tests/fuzz/results.json has a row for
each area: inputs, failures, seconds of processor time, the largest memory of one input.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.fuzz.areas import AREAS
from tests.fuzz.slices import case_of
from tests.fuzz.world import ROOT, new_world

RESULTS = Path(__file__).with_name("results.json")
SLICE = 500
# One input has ten seconds of processor time; a slice that takes this long by the clock hangs.
SLICE_SECONDS = 1_800
SHARES = sum(area.share for area in AREAS)
KEYS = ("inputs", "books", "failures", "seconds")


@dataclass(slots=True)
class Progress:
    """What was tried of each area so far, kept in a file."""

    path: Path
    rows: dict[str, dict[str, float]] = field(default_factory=dict)

    def load(self) -> None:
        if self.path.is_file():
            self.rows = json.loads(self.path.read_text("utf-8"))

    def add(self, area: str, row: dict[str, float]) -> None:
        kept = self.rows.setdefault(area, dict.fromkeys((*KEYS, "slowest", "peak_mb"), 0))
        for key in KEYS:
            kept[key] += row.get(key, 0)
        for key in ("slowest", "peak_mb"):
            kept[key] = max(kept[key], row.get(key, 0))
        self.path.write_text(json.dumps(self.rows, indent=1), "utf-8")

    def done(self, area: str) -> int:
        return int(self.rows.get(area, {}).get("inputs", 0))


def _slices(progress: Progress, inputs: int) -> Iterator[tuple[str, int, int]]:
    """(area, first number, how many), each area in its turn."""
    places = {area.name: progress.done(area.name) for area in AREAS}
    wanted = {area.name: -(-inputs * area.share // SHARES) for area in AREAS}
    while any(places[name] < wanted[name] for name in wanted):
        for area in AREAS:
            count = min(max(SLICE * area.share // 20, 50), wanted[area.name] - places[area.name])
            if count > 0:
                yield area.name, places[area.name], count
                places[area.name] += count


def _run_slice(area: str, seed: int, first: int, count: int, folder: Path) -> dict[str, float]:
    """A slice in a process of its own. One that dies is a failure of the input it was at."""
    command = [sys.executable, "-m", "tests.fuzz.slices", area, str(seed), str(first), str(count)]
    try:
        done = subprocess.run(
            [*command, str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=SLICE_SECONDS,
            check=False,
            preexec_fn=_politely,
        )
        told, code = done.stderr.decode("utf-8", "replace"), done.returncode
        if code == 0:
            row: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
            return row
    except subprocess.TimeoutExpired:
        told, code = "it hangs", 1
    at = folder / f"{area}-{first}.at"
    number = int(at.read_text()) if at.is_file() else first
    (folder / f"{area}-{number}.log").write_text(f"died: {code}\n{told[-4000:]}", "utf-8")
    return {"inputs": count, "failures": 1}


def _politely() -> None:
    os.nice(10)


def _report(progress: Progress, seed: int, inputs: int) -> None:
    """The rows as docs/reliability.md takes them."""
    rows = [
        {
            "area": "input",
            "what": area.name,
            "inputs": int(row["inputs"]),
            "books": int(row["books"]),
            "failures": int(row["failures"]),
            "seconds": round(row["seconds"], 1),
            "slowest_seconds": round(row["slowest"], 2),
            "peak_mb": round(row["peak_mb"]),
        }
        for area in AREAS
        if (row := progress.rows.get(area.name))
    ]
    said = {
        "date": datetime.now(UTC).date().isoformat(),
        "seed": seed,
        "command": f"python -m tests.fuzz --inputs {inputs} --seed {seed}",
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for shown in rows:
        _say(" ".join(f"{key}={value}" for key, value in shown.items()))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _again(area: str, seed: int, number: int) -> int:
    """One input alone, its verdict shown."""
    with new_world() as world:
        verdict = world.try_case(case_of(area, seed, number))
    _say(str(verdict.failure or verdict))
    return int(bool(verdict.failure))


def main() -> int:
    """0 when nothing failed; 1 when something did, or time ran out before all was tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=240)
    parser.add_argument("--one", nargs=2, metavar=("AREA", "NUMBER"))
    asked = parser.parse_args()
    if asked.one:
        return _again(asked.one[0], asked.seed, int(asked.one[1]))
    folder = ROOT / "build" / "fuzz" / str(asked.seed)
    folder.mkdir(parents=True, exist_ok=True)
    progress = Progress(folder / "progress.json")
    progress.load()
    until = time.monotonic() + asked.minutes * 60

    def work(one: tuple[str, int, int]) -> tuple[str, dict[str, float]] | None:
        area, first, count = one
        if time.monotonic() > until:
            return None
        return area, _run_slice(area, asked.seed, first, count, folder)

    is_whole = True
    with ThreadPoolExecutor(asked.processes) as pool:
        for done in pool.map(work, list(_slices(progress, asked.inputs))):
            if done is None:
                is_whole = False
                continue
            progress.add(*done)
            _say(f"{done[0]}: {progress.done(done[0])}")
    _report(progress, asked.seed, asked.inputs)
    return int(not is_whole or any(row["failures"] for row in progress.rows.values()))


if __name__ == "__main__":
    sys.exit(main())
