"""Some inputs of one area in a process of their own, which may die of them.

    python -m tests.fuzz.slices AREA SEED FIRST COUNT FOLDER

Each input comes from its own number, so any can be made again: `python -m tests.fuzz --one AREA
NUMBER`. What fails is put into FOLDER; the last line printed is the slice's row as JSON.

Once it is mended it is copied from there to tests/fuzz/cases/, made as small as it goes, under a
name that says what it is: from then on every run of the tests tries it again.
"""

import ast
import json
import sys
import zipfile
from pathlib import Path
from random import Random

from tests.fuzz.areas import BY_NAME, Case
from tests.fuzz.world import Verdict, new_world

# Far over what a book may take; only keeps a runaway from taking the machine along.
MOST_ADDRESSES = 6_000_000_000
# Those that set whole books.
SLOWEST_AREAS = frozenset({"images", "drawings", "styles", "builds"})


def case_of(area: str, seed: int, number: int) -> Case:
    """The input with that number."""
    return BY_NAME[area].case(Random(f"{seed}/{area}/{number}"))


def run(area: str, seed: int, first: int, count: int, folder: Path) -> dict[str, float | int]:
    """Try the inputs `first` … `first + count - 1`."""
    row: dict[str, float | int] = {"inputs": 0, "books": 0, "failures": 0}
    seconds = slowest = peak = 0.0
    at = folder / f"{area}-{first}.at"
    with new_world() as world:
        for number in range(first, first + count):
            at.write_text(str(number))
            case = case_of(area, seed, number)
            verdict = world.try_case(case)
            row["inputs"] += 1
            row["books"] += verdict.is_book
            seconds += verdict.seconds
            slowest, peak = max(slowest, verdict.seconds), max(peak, verdict.peak_mb)
            if verdict.failure:
                row["failures"] += 1
                keep(case, verdict, folder / f"{area}-{number}")
    at.unlink()
    return {**row, "seconds": seconds, "slowest": slowest, "peak_mb": peak}


def keep(case: Case, verdict: Verdict, place: Path) -> None:
    """Put the files of a case and what it did beside each other."""
    place.with_suffix(".log").write_text(verdict.failure, "utf-8")
    with zipfile.ZipFile(place.with_suffix(".zip"), "w") as archive:
        for name, content in case.files:
            archive.writestr(name, content)
        archive.writestr("CASE", repr((case.path, case.formats, case.links)))


def kept(place: Path) -> Case:
    """A case as `keep` put it away."""
    with zipfile.ZipFile(place) as archive:
        path, formats, links = ast.literal_eval(archive.read("CASE").decode("utf-8"))
        names = [name for name in archive.namelist() if name != "CASE"]
        files = tuple((name, archive.read(name)) for name in names)
    return Case(files, path, formats, links)


def _limit() -> None:
    """No more memory than this, as far as the system can say so."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    name, seed, first, count, folder = sys.argv[1:]
    _limit()
    sys.stdout.write(json.dumps(run(name, int(seed), int(first), int(count), Path(folder))) + "\n")
