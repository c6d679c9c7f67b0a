"""The studio and the catalogue, attacked over loopback by a process that means harm.

Each attack yields how often it tried and the laws that were broken. The server runs in this
process, so its memory is ours; whoever behaves is answered meanwhile.
"""

import base64
import http.client
import json
import os
import secrets
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from builder.studio import patience
from builder.studio.access import Door
from builder.studio.limits import MOST_BOOKS, MOST_FILE_BYTES, MOST_RUNNING
from tests.reliability.record import Row
from tests.studio.shelves import package, put_book, served

SECRET = "CANARY-91c4-不该出现"
PATIENCE_S = 3.0
HUNG_UP = 0
NOVEL = ("第一章 灯下\n\n" + "　　雨停的时候，老何才把船灯点上。\n\n" * 400).encode()
CLIENTS, GUESSES, SLOW, IDLE = 200, 500, 150, 150
# More than the system holds for a client that does not read.
LARGE_BYTES = 4_000_000
ESTABLISHED = "01"  # in /proc/net/tcp
MEMORY_MB = 150.0
WANTED_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "frame-ancestors 'none'",
    "permissions-policy": "camera=()",
}


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


Attack = Callable[[Ground], tuple[int, list[str]]]


def traversal(ground: Ground) -> tuple[int, list[str]]:
    """Out of every folder that is served, by every spelling of the way up."""
    ups = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//", "%252e%252e/", "..;/", "%c0%ae%c0%ae/")  # fmt: skip
    who = person(ground)
    book = begun(ground, who)
    places = ("/static/", "/cover/", "/opds/", "/opds/book/", "/opds/v2/", "/file/", f"/studio/api/books/{book}/files/", f"/studio/api/books/{book}/made/", f"/studio/api/books/{book}/read/", "/studio/api/books/", "/")  # fmt: skip
    targets = ("secret.txt", "etc/passwd", f"{str(ground.folder)[1:]}/secret.txt", "secret.txt%00.css")  # fmt: skip
    paths = [place + up * deep + target for place in places for up in ups for deep in (1, 3, 9) for target in targets]  # fmt: skip
    paths += [f"{place}/{ground.folder}/secret.txt" for place in places]
    broken = []
    for path in paths:
        answer = ask(ground, "GET", path, headers=who)
        if SECRET.encode() in answer.content or b"root:" in answer.content:
            broken.append(f"GET {path} told the secret")
        if answer.status >= 500:
            broken.append(f"GET {path} answered {answer.status}")
    for up in ups:
        name = f"{up}escaped.txt"
        ask(ground, "PUT", f"/studio/api/books/{book}/files/{name}", body=b"x", headers=who)
    broken += [f"{path} was written" for path in ground.folder.rglob("*escaped*") if "source" not in path.parts]  # fmt: skip
    return len(paths) + len(ups), broken


def large(ground: Ground) -> tuple[int, list[str]]:
    """More than is taken, told or untold."""
    who = person(ground)
    place = f"/studio/api/books/{begun(ground, who)}/files/a.txt"
    block = b"x" * 1_000_000
    broken = []

    def endless() -> Iterator[bytes]:
        for _ in range(MOST_FILE_BYTES // len(block) + 50):
            yield block

    answer = ask(ground, "PUT", place, body=endless(), headers=who)
    if answer.status not in {413, HUNG_UP}:
        broken.append(f"an endless upload was answered {answer.status}")
    told = {**who, "Content-Length": str(10**13)}
    with socket.create_connection((ground.host, ground.port)) as raw:
        lines = [f"PUT {place} HTTP/1.1", f"Host: {ground.host}:{ground.port}", *(f"{name}: {value}" for name, value in told.items())]  # fmt: skip
        raw.sendall("\r\n".join([*lines, "", ""]).encode() + block)
    header = ask(ground, "GET", "/", headers={"X-Long": "y" * 200_000})
    if 0 < header.status < 400:
        broken.append("a header of 200 kB was taken")
    body = ask(ground, "POST", "/studio/api/books", body=b"[" * 5_000_000, headers=who)
    if body.status not in {400, 413, HUNG_UP}:
        broken.append(f"5 MB of JSON were answered {body.status}")
    deep = ask(ground, "POST", "/studio/api/books", body=b"[" * 100_000, headers=who)
    if deep.status not in {400, 413}:
        broken.append(f"deep JSON was answered {deep.status}")
    time.sleep(0.5)
    left = sum(path.stat().st_size for path in ground.folder.rglob("*") if path.is_file())
    if left > MOST_FILE_BYTES:
        broken.append(f"{left:,} bytes are left on the disk")
    return 5, broken


def slow(ground: Ground) -> tuple[int, list[str]]:
    """Clients that never finish asking; others are answered, and the slow are hung up on."""
    broken = []
    head = f"POST /studio/api/books HTTP/1.1\r\nHost: {ground.host}\r\nX-Builder: 1\r\n"
    holders = []
    for at in range(SLOW):
        holder = socket.create_connection((ground.host, ground.port))
        holder.sendall((head[: 5 + at % 20] if at % 2 else f"{head}Content-Length: 99\r\n\r\n[").encode())  # fmt: skip
        holders.append(holder)
    time.sleep(0.5)
    started = time.perf_counter()
    served_meanwhile = ask(ground, "GET", "/")
    took = time.perf_counter() - started
    if served_meanwhile.status != 200 or took > PATIENCE_S:
        broken.append(f"others were answered {served_meanwhile.status} after {took:.1f} s")
    deadline = time.monotonic() + 60
    waiting = holders
    while waiting and time.monotonic() < deadline:
        time.sleep(1)
        waiting = [one for one in waiting if not _is_closed(one)]
    if waiting:
        broken.append(f"{len(waiting)} slow clients are still served after 60 s")
    for one in holders:
        one.close()
    return SLOW, broken


def idle(ground: Ground) -> tuple[int, list[str]]:
    """Clients that ask for a large book and take nothing of it; the server hangs up on them."""
    book = next((ground.folder / "shelf").glob("*.epub"))
    book.write_bytes(book.read_bytes() + bytes(LARGE_BYTES))
    feed = ask(ground, "GET", "/opds/all").content.decode()
    path = urlsplit(next(one for one in feed.split('"') if one.endswith(".epub"))).path
    broken, before, holders = [], _memory_mb(), []
    for _ in range(IDLE):
        holder = socket.socket()
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        holder.connect((ground.host, ground.port))
        holder.sendall(f"GET {path} HTTP/1.1\r\nHost: {ground.host}\r\n\r\n".encode())
        holders.append(holder)
    started = time.perf_counter()
    served_meanwhile = ask(ground, "GET", "/")
    took = time.perf_counter() - started
    if served_meanwhile.status != 200 or took > PATIENCE_S:
        broken.append(f"others were answered {served_meanwhile.status} after {took:.1f} s")
    if (grown := _memory_mb() - before) > MEMORY_MB:
        broken.append(f"{grown:.0f} MB more than before")
    deadline = time.monotonic() + 3 * patience.PIECE_S
    while (held := _held(ground)) and time.monotonic() < deadline:
        time.sleep(0.2)
    if held:
        broken.append(f"{held} clients that take nothing are still served")
    for one in holders:
        one.close()
    return IDLE, broken


def _held(ground: Ground) -> int:
    """How many connections this process holds as the server, by the system's own table."""
    rows = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    local = f":{ground.port:04X}"
    return sum(row[1].endswith(local) and row[3] == ESTABLISHED for row in rows)


def _is_closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        while data := connection.recv(65_536):
            del data
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def crowd(ground: Ground) -> tuple[int, list[str]]:
    """Many clients at once: each is answered, or told to come back; memory stays."""
    before = _memory_mb()
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
    if (grown := _memory_mb() - before) > MEMORY_MB:
        broken.append(f"{grown:.0f} MB more than before")
    return len(statuses), broken


def _memory_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def jobs(ground: Ground) -> tuple[int, list[str]]:
    """A flood of jobs by many people: few run at once, and who is too late is told."""
    broken = []
    statuses = []
    most = 0
    for _ in range(30):
        who = person(ground)
        book = begun(ground, who)
        ask(ground, "PUT", f"/studio/api/books/{book}/files/a.txt", body=NOVEL, headers=who)
        statuses.append(ask(ground, "POST", f"/studio/api/books/{book}/analyse", headers=who).status)  # fmt: skip
        most = max(most, _children())
    if most > MOST_RUNNING:
        broken.append(f"{most} jobs ran at once")
    if set(statuses) - {200, 202, 429, 503}:
        broken.append(f"answered {sorted(set(statuses))}")
    who = person(ground)
    asked = [ask(ground, "POST", "/studio/api/books", body=b'{"name": "b"}', headers=who).status for _ in range(MOST_BOOKS + 5)]  # fmt: skip
    if asked.count(201) > MOST_BOOKS:
        broken.append(f"one person began {asked.count(201)} books")
    return len(statuses) + len(asked), broken


def _children() -> int:
    """The workers of this process, by what they run."""
    own, found = str(os.getpid()), 0
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
                found += parent == own and b"builder.studio.worker" in (place / "cmdline").read_bytes()  # fmt: skip
            except OSError:
                continue
    return found


def forgery(ground: Ground) -> tuple[int, list[str]]:
    """What another site could make a browser ask; and names that point here from elsewhere."""
    who = person(ground)
    book = begun(ground, who)
    changes = [("POST", "/studio/api/books"), ("DELETE", f"/studio/api/books/{book}"), ("PUT", f"/studio/api/books/{book}/files/a.txt"), ("POST", f"/studio/api/books/{book}/analyse"), ("PUT", f"/studio/api/books/{book}/settings")]  # fmt: skip
    forged = [
        {"Cookie": who["Cookie"]},
        {"Cookie": who["Cookie"], "Content-Type": "text/plain"},
        {**who, "Origin": "https://evil.example"},
        {**who, "Origin": "null"},
        {**who, "Host": "evil.example"},
        {**who, "Host": f"evil.example:{ground.port}"},
    ]
    broken = []
    for method, path in changes:
        for headers in forged:
            answer = ask(ground, method, path, body=b"{}", headers=headers)
            if answer.status not in {403, 404, 405, 421}:
                broken.append(f"{method} {path} with {headers} was answered {answer.status}")
    if ask(ground, "GET", f"/studio/api/books/{book}", headers=who).status != 200:
        broken.append("the book is gone")
    return len(changes) * len(forged), broken


def headers(ground: Ground) -> tuple[int, list[str]]:
    """Every kind of answer, good or bad, says what a browser must not do with it."""
    who = person(ground)
    book = begun(ground, who)
    paths = ("/", "/opds", "/opds/v2/", "/static/shelf.css", "/nothing", "/studio/", "/studio/api/books", f"/studio/api/books/{book}", "/studio/api/books/x", "/file/x/y", "/favicon.ico", "/%0d%0aX-Evil:%20yes", "/studio/api/books/%0d%0aX-Evil:%20yes")  # fmt: skip
    broken = []
    for path in paths:
        for method in ("GET", "HEAD", "POST", "OPTIONS", "TRACE"):
            answer = ask(ground, method, path, headers=who)
            for name, value in WANTED_HEADERS.items():
                if value not in answer.headers.get(name, ""):
                    broken.append(f"{method} {path}: no {name}")
            if "server" in answer.headers or "x-evil" in answer.headers or "x-powered-by" in answer.headers:  # fmt: skip
                broken.append(f"{method} {path}: {answer.headers}")
            if answer.status >= 500:
                broken.append(f"{method} {path} answered {answer.status}")
    cookie = ask(ground, "GET", "/studio/").headers["set-cookie"].lower()
    broken += [f"the cookie is not {word}" for word in ("httponly", "samesite=strict", "path=/") if word not in cookie]  # fmt: skip
    name = "%0d%0aX-Evil:%20yes%22.txt"
    ask(ground, "PUT", f"/studio/api/books/{book}/files/{name}", body=b"x", headers=who)
    return len(paths) * 5 + 2, broken


def guessing(ground: Ground) -> tuple[int, list[str]]:
    """Another's book, by its very id and by chance."""
    owner, thief = person(ground), person(ground)
    book = begun(ground, owner)
    ask(ground, "PUT", f"/studio/api/books/{book}/files/a.txt", body=SECRET.encode(), headers=owner)
    broken = []
    ways = [("GET", ""), ("DELETE", ""), ("GET", "/contents"), ("GET", "/job"), ("PUT", "/files/b.txt"), ("POST", "/analyse"), ("GET", "/settings"), ("GET", "/made/a.epub")]  # fmt: skip
    for method, path in ways:
        answer = ask(ground, method, f"/studio/api/books/{book}{path}", body=b"{}", headers=thief)
        if answer.status not in {404, 405} or SECRET.encode() in answer.content:
            broken.append(f"{method} {path} of another's book was answered {answer.status}")
    for _ in range(GUESSES):
        guess = secrets.token_hex(len(book) // 2) if len(book) % 2 == 0 else secrets.token_urlsafe(12)  # fmt: skip
        broken += [
            f"{path} was there"
            for path in (f"/studio/api/books/{guess}", f"/file/{guess}/a.epub")
            if ask(ground, "GET", path, headers=thief).status not in {404, 410}
        ]
    if ask(ground, "GET", f"/studio/api/books/{book}", headers=owner).status != 200:
        broken.append("the owner's book is gone")
    return len(ways) + 2 * GUESSES, broken


ATTACKS: dict[str, Attack] = {
    "ways out of the folders": traversal,
    "uploads, headers and JSON too large": large,
    "clients that never finish": slow,
    "clients that never take the answer": idle,
    f"{CLIENTS} clients at once": crowd,
    "floods of jobs and books": jobs,
    "forged requests and foreign names (CSRF, DNS rebinding)": forgery,
    "what answers tell browsers (clickjacking, injected headers)": headers,
    "others' books and links, guessed": guessing,
}


def attack(what: str, *, told: list[str]) -> Row:
    """One attack on a fresh server."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="builder-attack-") as name:
        folder = Path(name)
        (folder / "secret.txt").write_text(SECRET, "utf-8")
        put_book(folder / "shelf", "a.epub", package("渡口", "何一舟"))
        with served(folder / "shelf", state=folder / "state") as address:
            parts = urlsplit(address)
            assert parts.hostname
            assert parts.port
            ground = Ground(parts.hostname, parts.port, folder)
            tried, broken = ATTACKS[what](ground)
            if ask(ground, "GET", "/").status != 200:
                broken.append("nobody is served afterwards")
    told += [f"{what}: {one}" for one in broken]
    return Row("server", what, tried, len(broken), time.perf_counter() - started)


def passwords(*, told: list[str]) -> Row:
    """How long a wrong password takes says nothing of it; too many, and an address has to wait."""
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
    for _ in range(10):
        patient.lets_in(wrong, "10.0.0.1")
    if patient.lets_in(right, "10.0.0.1") or not patient.lets_in(right, "10.0.0.2"):
        broken.append("ten wrong passwords do not shut out an address, or shut out another")
    told += [f"passwords: {one}" for one in broken]
    return Row("server", "passwords, timed and tried", 8010, len(broken), time.perf_counter() - started)  # fmt: skip


def rows(told: list[str]) -> Iterator[Row]:
    """All attacks."""
    for what in ATTACKS:
        yield attack(what, told=told)
    yield passwords(told=told)
