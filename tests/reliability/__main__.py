"""`python -m tests.reliability`: try to break everything, and write docs/reliability.md.

    python -m tests.reliability [--only AREA …] [--kills N] [--inputs N] [--seed N] [--page FILE]

An area that is tried anew takes the place of its last rows. Hostile input is the business of
`python -m tests.fuzz`, which is asked for --inputs of them grown from --seed, on every processor,
and of `tests.fuzz.guided`; with --inputs 0 what their last runs found is taken.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

from benchmarks.page.machine import machine
from tests.reliability import clocks, faults, fetching, full_disk, kills, server, surroundings
from tests.reliability.page import AREAS, page
from tests.reliability.record import Row, load
from tests.reliability.scene import COMMANDS, ROOT

PAGE = ROOT / "docs" / "reliability.md"
FUZZED, GUIDED = (ROOT / "tests" / "fuzz" / name for name in ("results.json", "guided.json"))
KILLS, INPUTS, SEED = 12, 200_000, 10
GUIDED_SECONDS = 75  # for each kind


def _faults(told: list[str]) -> Iterable[Row]:
    drives = (full_disk.full_disk(command, told=told) for command in COMMANDS)
    return chain(faults.rows(told), drives)


def _fails(command: tuple[str, ...]) -> bool:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode != 0


def _fuzzed(inputs: int, seed: int, told: list[str]) -> Iterable[Row]:
    """The rows of both fuzzers; of their last runs when no inputs are asked for."""
    asked = ("--inputs", str(inputs), "--seed", str(seed), "--processes", str(os.cpu_count() or 1))
    commands = (
        (("tests.fuzz", *asked), ("tests.fuzz.guided", "--seconds", str(GUIDED_SECONDS)))
        if inputs
        else ()
    )
    told += [
        f"{' '.join(command)}: something failed, or not all was tried"
        for command in commands
        if _fails(command)
    ]
    return (replace(row, area="input") for row in (*load(FUZZED), *load(GUIDED)))


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.reliability",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=AREAS, metavar="AREA")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    given = parser.parse_args()
    parts: dict[str, Callable[[list[str]], Iterable[Row]]] = {
        "input": partial(_fuzzed, given.inputs, given.seed),
        "fetching": fetching.rows,
        "server": server.rows,
        "faults": _faults,
        "kills": partial(kills.rows, times=given.kills),
        "clocks": clocks.rows,
        "surroundings": lambda told: surroundings.surroundings(told=told),
    }
    told: list[str] = []
    for area in given.only or parts:
        rows = []
        for row in parts[area](told):
            rows.append(row)
            print(f"{row.area}: {row.what}: {row.inputs} tried, {row.failures:d} broken {row.remark}", flush=True)  # fmt: skip
        _keep(area, rows, given.page)
    print(*told, f"{given.page} is written", sep="\n")
    return 1 if told else 0


def _keep(area: str, rows: list[Row], path: Path) -> None:
    """Write the page anew with these rows in place of the area's last ones."""
    known = path.with_suffix(".json")
    kept = [row for row in load(known) if row.area != area] + rows
    stamps = json.loads(known.read_text("utf-8"))["stamps"] if known.exists() else {}
    command = f"python -m tests.reliability --only {area}"
    if area == "input":
        ran = [
            json.loads(path.read_text("utf-8"))["command"]
            for path in (FUZZED, GUIDED)
            if path.exists()
        ]
        command = "` and `".join(ran)
    stamps[area] = f"Tried {datetime.now(UTC):%Y-%m-%d} by `{command}` on {machine()}."
    content = {"rows": [asdict(row) for row in kept], "stamps": stamps}
    known.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    path.write_text(page(kept, stamps), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
