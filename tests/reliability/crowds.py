"""Attacks that want to keep others out: by being many, by being slow, by asking for much."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

from PIL import Image

from builder.studio import patience
from builder.studio.limits import MOST_BOOKS, MOST_HELD_BYTES, MOST_RUNNING
from builder.studio.patience import MOST_CONNECTIONS
from tests.reliability.ground import (
    MEMORY_MB,
    Ground,
    Outcome,
    ask,
    begun,
    connections,
    dropped,
    ended,
    head,
    memory_mb,
    open_files,
    person,
    unserved,
    workers,
)

CLIENTS, SLOW, IDLE, KILLS, LEAVERS = 200, 150, 150, 10, 300
# Connections that this machine lets one process have, at both ends.
THRONG = 1_000
# More than the system holds for a client that does not read.
LARGE_BYTES = 4_000_000
CRUMBS = b"1\r\n \r\n" * 40_000


def _ask_on(ground: Ground, content: bytes, *, window: int = 0) -> socket.socket:
    """A connection on which `content` was sent; with a `window` it takes no more than that."""
    client = socket.socket()
    if window:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    client.settimeout(20)
    client.connect((ground.host, ground.port))
    with suppress(ConnectionError):
        client.sendall(content)
    return client


def _all_hung_up(ground: Ground, *, within_s: float) -> list[str]:
    """What is wrong when the server still holds connections after so long."""
    deadline = time.monotonic() + within_s
    while (held := connections(ground)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return [f"{held} clients are still served after {within_s:.0f} s"] if held else []


def slow(ground: Ground) -> Outcome:
    """Clients that never finish asking; others are answered, and the slow are hung up on."""
    asking = head(ground, "POST", "/studio/api/books", {"X-Builder": "1"})[:-2]
    with ExitStack() as stack:
        for at in range(SLOW):
            begin = asking[: 5 + at % 20] if at % 2 else asking + b"Content-Length: 99\r\n\r\n["
            stack.enter_context(_ask_on(ground, begin))
        time.sleep(0.5)
        broken = unserved(ground)
        # What is sent for nobody's use is read for a while, so that the answer is not lost.
        broken += _all_hung_up(ground, within_s=patience.PIECE_S + patience.HEAD_S + 25)
    return SLOW, broken


def dripping(ground: Ground) -> Outcome:
    """Clients that send a byte of a body now and then, so that something always comes."""
    who = person(ground)
    place = f"/studio/api/books/{begun(ground, who)}"
    ways = (("PUT", f"{place}/files/a.txt"), ("PUT", f"{place}/cover"), ("PUT", f"{place}/settings"), ("POST", "/nothing"))  # fmt: skip
    broken = []
    with ExitStack() as stack:
        clients = [
            stack.enter_context(
                _ask_on(ground, head(ground, *ways[at % 4], {**who, "Content-Length": "999999"}))
            )
            for at in range(SLOW)
        ]
        until = time.monotonic() + patience.PIECE_S + patience.HEAD_S + 25
        while connections(ground) and time.monotonic() < until:
            for client in clients:
                with suppress(OSError):
                    client.send(b" ")
            time.sleep(min(1.0, patience.PIECE_S / 5))
        broken += _all_hung_up(ground, within_s=1)
    broken += unserved(ground)
    left = [path.name for path in (ground.folder / "state").rglob("*.part")]
    return SLOW, broken + [f"{name} is left" for name in left]


def idle(ground: Ground) -> Outcome:
    """Clients that ask for everything that is large and take nothing of it: a book, a made file, a
    page, a long list, a chapter's lines. The server hangs up on them.
    """
    places, who = _large_answers(ground)
    before = memory_mb()
    with ExitStack() as stack:
        for at in range(IDLE):
            asking = head(ground, "GET", places[at % len(places)], who)
            stack.enter_context(_ask_on(ground, asking, window=4096))
        broken = unserved(ground)
        if (grown := memory_mb() - before) > MEMORY_MB:
            broken.append(f"{grown:.0f} MB more than before")
        broken += _all_hung_up(ground, within_s=3 * patience.PIECE_S + 20)
    return IDLE, broken


def _large_answers(ground: Ground) -> tuple[Sequence[str], dict[str, str]]:
    """Addresses of large answers, and the headers of whoever may have them."""
    book = next((ground.folder / "shelf").glob("*.epub"))
    book.write_bytes(book.read_bytes() + bytes(LARGE_BYTES))
    who = person(ground)
    mine = dropped(ground, who)
    ask(ground, "POST", f"/studio/api/books/{mine}/analyse", headers=who)
    ended(ground, who, mine)
    (draft,) = (path.parent for path in (ground.folder / "state").glob("users/*/*/source"))
    (draft / "dist").mkdir(exist_ok=True)
    Image.effect_noise((1_200, 1_800), 90).save(draft / "dist" / "a.pdf")
    (draft / "dist" / "a.txt").write_bytes(bytes(LARGE_BYTES))
    feed = ask(ground, "GET", "/opds/all").content.decode()
    api = f"/studio/api/books/{mine}"
    places = (
        urlsplit(next(one for one in feed.split('"') if one.endswith(".epub"))).path,
        f"{api}/made/a.txt", f"{api}/pages/1.png", f"{api}/lines?place=a.txt:1", "/opds/all", api,
    )  # fmt: skip
    return places, who


def throng(ground: Ground) -> Outcome:
    """More connections than the server holds, that ask nothing, or nothing any more."""
    before = open_files()
    broken = []
    with ExitStack() as stack:
        for at in range(THRONG):
            asked = (b"", b"GET / HT", head(ground, "GET", "/favicon.ico", {}))[at % 3]
            stack.enter_context(_ask_on(ground, asked))
            if at % 100 == 99:
                broken += unserved(ground)
        held = open_files() - before - THRONG
        if held > 2 * MOST_CONNECTIONS + 10:
            broken.append(f"the server has {held} of {THRONG} connections")
        broken += unserved(ground)
    return THRONG, broken


def crumbs(ground: Ground) -> Outcome:
    """Bodies in chunks of one byte, which cost a thousand times their size to read."""
    who = person(ground)
    place = f"/studio/api/books/{begun(ground, who)}/files/a.txt"
    asking = head(ground, "PUT", place, {**who, "Transfer-Encoding": "chunked"}) + CRUMBS

    def one(_at: int) -> int:
        with _ask_on(ground, asking):
            return 1

    with ThreadPoolExecutor(8) as pool:
        sent = pool.map(one, range(80))
        broken = [fault for _ in range(5) for fault in unserved(ground)]
        tried = sum(sent)
    return tried, broken + unserved(ground)


def pipelines(ground: Ground) -> Outcome:
    """A thousand requests at once on a connection whose answers nobody takes."""
    many = head(ground, "GET", "/opds", {}) * 1_000
    before = memory_mb()
    with ExitStack() as stack:
        for _ in range(20):
            client = _ask_on(ground, b"", window=4096)
            stack.enter_context(client)
            client.settimeout(0.2)
            with suppress(OSError):
                client.sendall(many)
        broken = unserved(ground)
        if (grown := memory_mb() - before) > MEMORY_MB:
            broken.append(f"{grown:.0f} MB more than before")
    return 20_000, broken


def hoards(ground: Ground) -> Outcome:
    """Bodies that are nearly whole, each in memory for as long as the server is patient."""
    who = person(ground)
    place = f"/studio/api/books/{begun(ground, who)}"
    before, count = memory_mb(), 80
    with ExitStack() as stack:
        for at in range(count):
            key, size = (("cover", 19_999_999), ("settings", 3_999_999))[at % 2]
            asking = head(ground, "PUT", f"{place}/{key}", {**who, "Content-Length": str(size)})
            stack.enter_context(_ask_on(ground, asking + bytes(size - 1)))
        broken = unserved(ground)
        if (grown := memory_mb() - before) > MEMORY_MB + MOST_HELD_BYTES / 1e6:
            broken.append(f"{grown:.0f} MB more than before")
    return count, broken


def leavers(ground: Ground) -> Outcome:
    """Clients that ask for what takes long to make, and leave."""
    places, who = _large_answers(ground)
    page = next(place for place in places if place.endswith(".png"))
    slow_ones = (page, "/cover/x.jpg", page.replace("/pages/1.png", "/covers"))
    for at in range(LEAVERS):
        _ask_on(ground, head(ground, "GET", slow_ones[at % 3], who)).close()
        if at % 50 == 49 and (faults := unserved(ground)):
            return LEAVERS, faults
    started = time.perf_counter()
    status = ask(ground, "GET", page, headers=who).status
    took = time.perf_counter() - started
    return LEAVERS, [] if status == 200 and took < 30 else [f"a page was answered {status} after {took:.0f} s"]  # fmt: skip


def crowd(ground: Ground) -> Outcome:
    """Many clients at once: each is answered, or told to come back; memory stays."""
    before = memory_mb()
    paths = ("/", "/opds", "/opds/search?q=a", "/static/shelf.css", "/studio/")

    def one(at: int) -> int:
        try:
            return ask(ground, "GET", paths[at % len(paths)]).status
        except OSError:
            return 0

    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = list(pool.map(one, range(5 * CLIENTS)))
    broken = [f"answered {status}" for status in set(statuses) - {200, 404, 503}]
    if statuses.count(200) < CLIENTS:
        broken.append(f"only {statuses.count(200)} of {len(statuses)} were served")
    if (grown := memory_mb() - before) > MEMORY_MB:
        broken.append(f"{grown:.0f} MB more than before")
    return len(statuses), broken


def jobs(ground: Ground) -> Outcome:
    """A flood of jobs by many people: few run at once, and who is too late is told."""
    broken = []
    statuses = []
    most = 0
    begun_by = []
    for _ in range(30):
        who = person(ground)
        book = dropped(ground, who)
        begun_by.append((who, book))
        statuses.append(ask(ground, "POST", f"/studio/api/books/{book}/analyse", headers=who).status)  # fmt: skip
        most = max(most, len(workers()))
    if most > MOST_RUNNING:
        broken.append(f"{most} jobs ran at once")
    if set(statuses) - {200, 202, 429, 503}:
        broken.append(f"answered {sorted(set(statuses))}")
    for who, book in begun_by:
        ask(ground, "POST", f"/studio/api/books/{book}/cancel", headers=who)
    who = person(ground)
    asked = [ask(ground, "POST", "/studio/api/books", body=b'{"name": "b"}', headers=who).status for _ in range(MOST_BOOKS + 5)]  # fmt: skip
    if asked.count(201) > MOST_BOOKS:
        broken.append(f"one person began {asked.count(201)} books")
    return len(statuses) + len(asked), broken


def killed(ground: Ground) -> Outcome:
    """Workers that are killed, as by a machine without memory, while another's book is read."""
    broken = []
    for _ in range(KILLS):
        others = person(ground)
        theirs = dropped(ground, others)
        who = person(ground)
        mine = dropped(ground, who)
        ask(ground, "POST", f"/studio/api/books/{mine}/analyse", headers=who)
        victim = next(_awaited(), 0)
        ask(ground, "POST", f"/studio/api/books/{theirs}/analyse", headers=others)
        if victim:
            os.kill(victim, signal.SIGKILL)
        said = ended(ground, who, mine), ended(ground, others, theirs)
        if not victim or said != ("failed", "done"):
            broken.append(f"the killed job ended as {said[0]}, the other's as {said[1]}")
        ask(ground, "POST", f"/studio/api/books/{mine}/analyse", headers=who)
        if (again := ended(ground, who, mine)) != "done":
            broken.append(f"the killed job, done again, ended as {again}")
    return KILLS, broken


def _awaited() -> Iterator[int]:
    """The first worker that runs."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        yield from workers()
        threading.Event().wait(0.01)
