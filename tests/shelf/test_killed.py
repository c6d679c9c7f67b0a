"""A shelf whose run is killed: nothing is half written, and the next run goes on.

Four kills here; fifty with `python -m pytest -m slow tests/shelf/test_killed.py`.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builder.cli import main
from builder.core.ledger_file import load
from tests.shelf.test_shelf import CODE, a_text

BOOKS = 60
PATIENCE_S = 60


def asked(root: Path, out: Path) -> list[str]:
    settings = ["--jobs", "2", "--format", "epub", "--set", "cover.design=none"]
    return ["shelf", "build", str(root), "--out", str(out), *settings]


def members(process: int) -> list[int]:
    """A process and all below it."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return [process]
    return [process, *(one for child in children for one in members(child))]


def is_running(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def kill(running: "subprocess.Popen[bytes]", chance: random.Random) -> None:
    """All of it at once, as a power cut does; or the first alone, whose helpers then go."""
    family = members(running.pid)
    if chance.random() < 0.7:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        os.kill(running.pid, signal.SIGKILL)
    running.wait()
    deadline = time.monotonic() + PATIENCE_S
    while any(map(is_running, family)):
        assert time.monotonic() < deadline, "a helper outlives its run"
        time.sleep(0.05)


def require_whole(out: Path) -> None:
    """Every file that can be seen is a whole one."""
    for path in out.rglob("[!.]*"):
        content = path.read_bytes() if path.is_file() else b"-"
        match path.suffix:
            case ".epub":
                assert zipfile.ZipFile(path).testzip() is None
            case ".ledger":
                load(content)
            case ".xml":
                ET.fromstring(content)
            case ".jpg":
                assert content.endswith(b"\xff\xd9")
            case ".html":
                assert content.endswith(b"</html>\n")
            case _:
                assert content
    for record in (out / ".shelf").glob("[!.]*.json"):
        told = json.loads(record.read_bytes())
        assert all(Path(file).stat().st_size == size for file, size in told["files"])


def wait_a_while(running: "subprocess.Popen[bytes]", out: Path, chance: random.Random) -> None:
    """Until so many more books are finished (none: it starts; all: the catalogue is written), and
    then a moment more. By books, not by the clock: how fast a machine is decides nothing.
    """
    wanted = min(BOOKS, records(out) + chance.choice((0, 0, 1, 2, 5, 9, 15, BOOKS)))
    deadline = time.monotonic() + PATIENCE_S
    while running.poll() is None and records(out) < wanted and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(chance.uniform(0.0, 0.6))


def records(out: Path) -> int:
    return len(list((out / ".shelf").glob("[!.]*.json")))


def made_at(record: Path) -> tuple[int, ...]:
    """When the files of a finished book were made; its record may be written anew without them."""
    files = json.loads(record.read_bytes())["files"]
    return tuple(Path(file).stat().st_mtime_ns for file, _ in files)


def kill_often(tmp_path: Path, rounds: int, seed: int) -> Counter[str]:
    """Kill runs at random moments: how often, how many whole books were seen after all of them,
    and how many shelves came to an end.
    """
    root, out = tmp_path / "in", tmp_path / "out"
    for number in range(BOOKS):
        a_text(root / f"书稿第{number:02}号.txt", f"书{number}")
    command = [sys.executable, "-c", CODE, *asked(root, out)]
    chance = random.Random(seed)
    told: Counter[str] = Counter()
    finished: dict[Path, tuple[int, ...]] = {}
    while told["kills"] < rounds:
        running = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_a_while(running, out, chance)
        if running.poll() is None:
            kill(running, chance)
            told["kills"] += 1
        require_whole(out)
        told["found"] += len(list(out.rglob("[!.]*.epub")))
        for record in (out / ".shelf").glob("[!.]*.json"):
            stamp = made_at(record)
            assert finished.setdefault(record, stamp) == stamp, "a finished book was built again"
        if running.returncode == 0:
            # All is done: another shelf, so that there is something to kill.
            told["shelves"] += 1
            finished.clear()
            out.rename(tmp_path / f"done-{told['shelves']}")
    assert main(asked(root, out)) == 0
    require_whole(out)
    assert len(list(out.rglob("[!.]*.epub"))) == BOOKS
    for record, stamp in finished.items():
        assert made_at(record) == stamp
    return told


@pytest.mark.parametrize(("rounds", "seed"), [(4, 7), pytest.param(50, 11, marks=pytest.mark.slow)])
def test_killed_at_any_moment_nothing_is_half_written_and_the_next_run_goes_on(
    rounds: int, seed: int, tmp_path: Path
) -> None:
    told = kill_often(tmp_path, rounds, seed)
    assert told["kills"] == rounds
    assert told["found"] > rounds


def test_the_checks_of_this_test_find_half_a_book(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "水账.txt")
    assert main(asked(root, out)) == 0
    require_whole(out)
    book = out / "水账" / "水账.epub"
    book.write_bytes(book.read_bytes()[:-40])
    with pytest.raises((AssertionError, zipfile.BadZipFile)):
        require_whole(out)
