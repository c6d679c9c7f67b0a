"""The studio on a drive that is full, and on one that cannot be written to."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.reliability.ground import NOVEL, Ground, Outcome, ask, dropped, ended, person

SIZE = "24m"
MOUNT = ("mount", "-t", "tmpfs", "-o")
# What is answered where nothing can be kept: that it was not, what was there, or that nothing was.
HONEST = frozenset({200, 204, 400, 404, 507})


def is_possible(folder: Path) -> str:
    """Why no drive can be mounted here, or ""."""
    try:
        with _drive(folder):
            return ""
    except (OSError, subprocess.CalledProcessError) as problem:
        return f"no drive can be mounted: {problem}"


@contextmanager
def _drive(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    subprocess.run([*MOUNT, f"size={SIZE}", "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def drives(ground: Ground) -> Outcome:
    """Everything that changes a book, on a drive with no room, and then on one that is locked: it is
    told, what was there is there, and with room again all of it works.
    """
    state = ground.folder / "state"
    broken: list[str] = []
    with _drive(state), patch("builder.studio.uploads.LEAST_FREE_BYTES", 0):
        who = person(ground)
        book = dropped(ground, who)
        mine = f"/studio/api/books/{book}"
        full = ask(ground, "PUT", f"{mine}/files/b.txt", body=bytes(30_000_000), headers=who)
        if full.status != 507:
            broken.append(f"a file larger than the drive was answered {full.status}")
        _fill(state / "fill")
        tried = 1 + _try_all(ground, who, mine, broken)
        (state / "fill").unlink()
        if ask(ground, "POST", f"{mine}/analyse", headers=who).status != 202:
            broken.append("with room again no job begins")
        elif (said := ended(ground, who, book)) != "done":
            broken.append(f"with room again a job ended as {said}")
        subprocess.run(["mount", "-o", "remount,ro", str(state)], check=True)
        tried += _try_all(ground, who, mine, broken)
        shown = ask(ground, "GET", mine, headers=who)
        if shown.status != 200 or b'"a.txt"' not in shown.content:
            broken.append("what was there cannot be seen")
    return tried, broken


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (100_000, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def _try_all(ground: Ground, who: dict[str, str], mine: str, broken: list[str]) -> int:
    """Ask for every change of a book; how many were asked for."""
    rows = b'{"rows": [{"level": "chapter", "heading": "a", "place": "a.txt:1"}]}'
    changes: Sequence[tuple[str, str, bytes]] = (
        ("PUT", f"{mine}/settings", b'{"book.title": "a"}'), ("PUT", f"{mine}/contents", rows), ("DELETE", f"{mine}/contents", b""),
        ("PUT", f"{mine}/files/c.txt", NOVEL), ("PUT", f"{mine}/cover", b"\x89PNG\r\n\x1a\n" + bytes(99_999)), ("DELETE", f"{mine}/cover", b""),
        ("POST", f"{mine}/analyse", b""), ("POST", f"{mine}/build", b""), ("POST", f"{mine}/cancel", b""), ("POST", f"{mine}/shelve", b""),
        ("POST", "/studio/api/books", b'{"name": "b"}'), ("GET", mine, b""), ("GET", "/studio/api/books", b""), ("GET", "/opds/all", b""),
    )  # fmt: skip
    for method, path, body in changes:
        answer = ask(ground, method, path, body=body, headers=who)
        is_begun = (method, path) == ("POST", "/studio/api/books") and answer.status == 201
        is_told = answer.status == 500 and b'"W008"' in answer.content  # a worker that broke off
        if answer.status not in HONEST and not is_begun and not is_told:
            broken.append(f"{method} {path} was answered {answer.status}")
        if str(ground.folder).encode() in answer.content:
            broken.append(f"{method} {path} told where the books are")
    return len(changes)
