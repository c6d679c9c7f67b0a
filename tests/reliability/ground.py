"""Where the server is that is attacked, how it is asked, and what it holds of this process."""

import ctypes
import gc
import http.client
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HUNG_UP = 0
PATIENCE_S = 3.0
MEMORY_MB = 150.0
ESTABLISHED = "01"  # in /proc/net/tcp
NOVEL = ("第一章 灯下\n\n" + "　　雨停的时候，老何才把船灯点上。\n\n" * 400).encode()


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the server is, and the folder with a secret beside its shelf and its state."""

    host: str
    port: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes


# What was tried how often, and which laws were broken.
Outcome = tuple[int, list[str]]
Attack = Callable[[Ground], Outcome]


def ask(
    ground: Ground,
    method: str,
    path: str,
    *,
    body: bytes | Iterator[bytes] | None = None,
    headers: dict[str, str] | None = None,
    limit_s: float = 60.0,
) -> Answer:
    """One request on a connection of its own; the path goes out as it is."""
    connection = http.client.HTTPConnection(ground.host, ground.port, timeout=limit_s)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        given = dict(headers or {})
        is_stream = body is not None and not isinstance(body, bytes)
        given |= {"Transfer-Encoding": "chunked"} if is_stream else {"Content-Length": str(len(body or b""))}  # type: ignore[arg-type]  # fmt: skip
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body, encode_chunked=is_stream)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    except (BrokenPipeError, ConnectionResetError):
        return Answer(HUNG_UP, {}, b"")
    finally:
        connection.close()


def person(ground: Ground) -> dict[str, str]:
    """The headers of somebody with a cookie of his own."""
    cookie = ask(ground, "GET", "/studio/").headers["set-cookie"].partition(";")[0]
    return {"Cookie": cookie, "X-Builder": "1"}


def begun(ground: Ground, who: dict[str, str]) -> str:
    """A book that a person begins; its id."""
    made = ask(ground, "POST", "/studio/api/books", body=b'{"name": "a.txt"}', headers=who)
    return str(json.loads(made.content)["id"])


def dropped(ground: Ground, who: dict[str, str]) -> str:
    """A book with a text in it; its id."""
    book = begun(ground, who)
    ask(ground, "PUT", f"/studio/api/books/{book}/files/a.txt", body=NOVEL, headers=who)
    return book


def ended(ground: Ground, who: dict[str, str], book: str, *, within_s: float = 300.0) -> str:
    """How the job of a book ended."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        told = ask(ground, "GET", f"/studio/api/books/{book}/job", headers=who)
        state = str(json.loads(told.content)["job"]["state"])
        if state not in {"queued", "running"}:
            return state
        time.sleep(0.1)
    return "never"


def head(ground: Ground, method: str, path: str, headers: dict[str, str]) -> bytes:
    """The head of a request, to be sent by hand."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {ground.host}:{ground.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def unserved(ground: Ground) -> list[str]:
    """What is wrong with how somebody who behaves is answered now."""
    started = time.perf_counter()
    status = ask(ground, "GET", "/").status
    took = time.perf_counter() - started
    if status == 200 and took <= PATIENCE_S:
        return []
    return [f"others were answered {status} after {took:.1f} s"]


def memory_mb() -> float:
    """What this process, the server's, has in memory, but for what is free and not given back."""
    gc.collect()
    if hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def open_files() -> int:
    """How many files and connections this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def connections(ground: Ground) -> int:
    """How many connections this process holds as the server, by the system's own table."""
    rows = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    local = f":{ground.port:04X}"
    return sum(row[1].endswith(local) and row[3] == ESTABLISHED for row in rows)


def workers() -> list[int]:
    """The workers of this process, by what they run."""
    own, found = str(os.getpid()), []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
                if parent == own and b"builder.studio.worker" in (place / "cmdline").read_bytes():
                    found.append(int(place.name))
            except OSError:
                continue
    return found
