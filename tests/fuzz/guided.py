"""Fuzzing led by the code that an input reaches: libFuzzer, through atheris.

    python -m tests.fuzz.guided [--seconds N] [KIND …]

Each kind is tried for so long, in a process of its own, by the laws of `tests.fuzz.world`. What
reached something new stays in build/fuzz/guided/KIND/ and is gone on from; what fails is kept
beside it, and stops its kind. tests/fuzz/guided.json has a row for each kind.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.kinds import KINDS
from tests.fuzz.understanding import SECONDS
from tests.fuzz.world import MAX_PEAK_MB, ROOT

RESULTS = Path(__file__).with_name("guided.json")
FOLDER = ROOT / "build" / "fuzz" / "guided"
SEEDS = Path(__file__).with_name("seeds")
LONGEST = 4_096
TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
NEEDED = "atheris is not here, so nothing was tried: make fuzz, or python -m pip install -r requirements/fuzz.txt"


def _try(kind: str, seconds: int) -> tuple[int, bool]:
    """(how many inputs, whether one failed)."""
    corpus = FOLDER / kind
    corpus.mkdir(parents=True, exist_ok=True)
    name, seed = KINDS[kind]
    (corpus / "seed").write_bytes(seed.encode())
    for path in SEEDS.glob(f"*{Path(name).suffix}"):
        (corpus / path.name).write_bytes(path.read_bytes())
    options = (
        f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SECONDS * 3}",
        f"-rss_limit_mb={MAX_PEAK_MB * 2}", f"-artifact_prefix={FOLDER / kind}-", "-print_final_stats=1",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.leading", kind, str(corpus), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))},
        capture_output=True,
        check=False,
    )  # fmt: skip
    told = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    tried = TRIED.search(told)
    is_failed = done.returncode != 0 or tried is None
    if is_failed:
        (FOLDER / f"{kind}.log").write_text(told, "utf-8")
    return int(tried[1]) if tried else 0, is_failed


def main() -> int:
    """0 when every kind was tried and nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--seconds", type=int, default=600)
    asked = parser.parse_args()
    if find_spec("atheris") is None:
        sys.stderr.write(NEEDED + "\n")
        return 2
    rows = []
    for kind in asked.kinds or KINDS:
        tried, is_failed = _try(kind, asked.seconds)
        rows.append(
            {"area": "input", "what": f"{kind}, guided", "inputs": tried, "failures": int(is_failed), "seconds": asked.seconds}
        )  # fmt: skip
        sys.stdout.write(f"{kind}: {tried:,} inputs, {'FAILED: see build/fuzz/guided/' if is_failed else 'nothing broken'}\n")  # fmt: skip
        sys.stdout.flush()
    if not asked.kinds:
        said = {"command": f"python -m tests.fuzz.guided --seconds {asked.seconds}", "rows": rows}
        RESULTS.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return int(any(row["failures"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
