"""The studio and the catalogue, attacked over loopback by a process that means harm.

Each attack tells how often it tried and the laws that were broken. The server runs in this
process, so its memory and its files are ours; whoever behaves is answered meanwhile.
"""

import base64
import logging
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from builder.studio.access import Door
from tests.reliability import crowds, drives, intruders, oddities
from tests.reliability.ground import (
    MEMORY_MB,
    Attack,
    Ground,
    ask,
    connections,
    memory_mb,
    open_files,
    workers,
)
from tests.reliability.intruders import SECRET
from tests.reliability.record import Row
from tests.studio.shelves import package, put_book, served

# For connections that are kept alive, and threads that end by themselves.
CALM_S = 25.0

FULL = "a drive that is full, and one that is locked"
ATTACKS: dict[str, Attack] = {
    "ways out of the folders": intruders.traversal,
    "names of files and books that mean something else": intruders.names,
    "uploads, headers and JSON too large, archives that explode": oddities.large,
    "requests that two readers read in two ways": oddities.spelling,
    "questions that are no questions: depth, numbers, half characters": oddities.questions,
    "pages, searches, ranges and conditions that are none": oddities.parameters,
    "books on the shelf that say megabytes of themselves": oddities.wordy,
    "files loaded while they are made anew": oddities.replaced,
    "clients that never finish": crowds.slow,
    "clients that send a byte now and then": crowds.dripping,
    "clients that never take the answer": crowds.idle,
    "clients that leave before the answer": crowds.leavers,
    f"{crowds.THRONG:,} connections that ask nothing": crowds.throng,
    f"{crowds.CLIENTS} clients at once": crowds.crowd,
    "bodies in chunks of one byte": crowds.crumbs,
    "a thousand requests on each connection": crowds.pipelines,
    "bodies kept in memory": crowds.hoards,
    "floods of jobs and books": crowds.jobs,
    FULL: drives.drives,
    "workers killed while others' go on": crowds.killed,
    "forged requests and foreign names (CSRF, DNS rebinding)": intruders.forgery,
    "what answers tell browsers (clickjacking, injected headers)": intruders.headers,
    "others' books and links, guessed": intruders.guessing,
}


class _Tracebacks(logging.Handler):
    """What the server and its event loop say of faults of their own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.heard.append(f"a traceback: {record.exc_info[1]!r}"[:300])


@contextmanager
def _heard() -> Iterator[list[str]]:
    handler = _Tracebacks()
    logging.getLogger().addHandler(handler)
    logging.getLogger("uvicorn").addHandler(handler)
    try:
        yield handler.heard
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger("uvicorn").removeHandler(handler)


def attack(what: str, *, told: list[str]) -> Row:
    """One attack on a fresh server, which is as it was before when it is over."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="builder-attack-") as name:
        folder = Path(name)
        if what == FULL and (reason := drives.is_possible(folder / "state")):
            return Row("server", what, 0, 0, remark=f"NOT TRIED: {reason}")
        (folder / "secret.txt").write_text(SECRET, "utf-8")
        put_book(folder / "shelf", "a.epub", package("渡口", "何一舟"))
        with served(folder / "shelf", state=folder / "state") as address:
            parts = urlsplit(address)
            assert parts.hostname
            assert parts.port
            ground = Ground(parts.hostname, parts.port, folder)
            ask(ground, "GET", "/")
            while connections(ground):
                time.sleep(0.01)
            files = open_files()
            # The server has set up its loggers by now, and would forget who else listens.
            with _heard() as tracebacks:
                tried, broken = ATTACKS[what](ground)
                if ask(ground, "GET", "/").status != 200:
                    broken.append("nobody is served afterwards")
                broken += _left(ground, files)
                broken += tracebacks
    told += [f"{what}: {one}" for one in broken]
    return Row("server", what, tried, len(broken), time.perf_counter() - started)


def _left(ground: Ground, files: int) -> list[str]:
    """What an attack leaves behind in the server, or on its disk."""
    deadline = time.monotonic() + CALM_S
    while time.monotonic() < deadline:
        running = workers()
        if not connections(ground) and open_files() <= files and not running:
            break
        time.sleep(0.2)
    left = []
    if more := max(0, open_files() - files):
        left.append(f"{more} files more are open than before")
    if held := connections(ground):
        left.append(f"{held} connections are left")
    left += [f"{path.name} is left" for path in ground.folder.rglob("*.part")]
    return left


def passwords(*, told: list[str]) -> Row:
    """How long a wrong password takes says nothing of it; too many, and an address has to wait, but
    not who was let in from there before.
    """
    started = time.perf_counter()
    door = Door("correct-horse-battery")
    times: dict[str, list[float]] = {"first": [], "last": []}
    guesses = {"first": "Xorrect-horse-battery", "last": "correct-horse-batterX"}
    spelled = {key: "Basic " + base64.b64encode(f"a:{word}".encode()).decode() for key, word in guesses.items()}  # fmt: skip
    for at in range(4000):
        for key, word in spelled.items():
            begun_at = time.perf_counter()
            door.lets_in(word, f"10.0.{at % 200}.{at // 200}")
            times[key].append(time.perf_counter() - begun_at)
    ratio = statistics.median(times["first"]) / statistics.median(times["last"])
    broken = [] if 0.9 < ratio < 1.1 else [f"the first letter takes {ratio:.2f} of the last's time"]
    patient = Door("word")
    wrong, right = ("Basic " + base64.b64encode(f"a:{word}".encode()).decode() for word in ("no", "word"))  # fmt: skip
    patient.lets_in(right, "10.0.0.1", "owner")
    for _ in range(10):
        patient.lets_in(wrong, "10.0.0.1")
    if patient.lets_in(right, "10.0.0.1") or not patient.lets_in(right, "10.0.0.2"):
        broken.append("ten wrong passwords do not shut out an address, or shut out another")
    if not patient.lets_in(right, "10.0.0.1", "owner"):
        broken.append("another's wrong passwords shut out who was let in before")
    told += [f"passwords: {one}" for one in broken]
    return Row("server", "passwords, timed and tried", 8011, len(broken), time.perf_counter() - started)  # fmt: skip


def rows(told: list[str]) -> Iterator[Row]:
    """All attacks, and what is left of them in memory."""
    before = memory_mb()
    for what in ATTACKS:
        yield attack(what, told=told)
    yield passwords(told=told)
    grown = memory_mb() - before
    broken = [f"{grown:.0f} MB more than before"] if grown > MEMORY_MB else []
    told += broken
    yield Row(
        "server", "what all of these leave in memory", 1, len(broken),
        remark=f"{max(0.0, grown):.0f} MB; no file, no connection",
    )  # fmt: skip
