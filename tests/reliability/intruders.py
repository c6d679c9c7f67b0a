"""Attacks that want what is not theirs: files, books, another's browser."""

import itertools
import json
import secrets
from urllib.parse import quote

from builder.studio.headers import ALWAYS
from tests.reliability.ground import Ground, Outcome, ask, begun, person
from tests.studio.addresses import all_addresses

SECRET = "CANARY-91c4-不该出现"
GUESSES = 500
NAMES = (
    "..\\..\\a.txt", "../../a.txt", "con.txt", "NUL.md", "com1.txt", "a\0b.txt", "a\r\nX-Evil: yes.txt",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe", "a" * 10_000 + ".txt", ".", "..", ".txt", ".a.txt.part", "book.toml",
    "contents.plan", "names.tsv", "a.txt.", "a.txt ", "\N{COMBINING ACUTE ACCENT}" * 400 + ".txt", "a.txt::$DATA",
    "C:\\a.txt", "/etc/passwd", "a.exe", "a.svg", "水" * 300 + ".txt", "a.epub/../../b.txt", "~/a.txt", "-rf.txt",
    "$(touch escaped).txt", "a.txt;escaped", "%2e%2e%2fa.txt", "\ud800.txt", "\N{ZERO WIDTH NO-BREAK SPACE}.txt",
)  # fmt: skip
VALUES = ("x", "..", "%00", "%0d%0aX-Evil: yes", "%2e%2e%2f", "..%5c", "%ed%a0%80", "%c0%af", "%25%32%65", "9" * 5_000, "-1", "{}", "*", "a" * 9_000)  # fmt: skip


def traversal(ground: Ground) -> Outcome:
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


def names(ground: Ground) -> Outcome:
    """Files and books under names that some system or some header takes for something else."""
    who = person(ground)
    book = begun(ground, who)
    before = {path for path in ground.folder.rglob("*") if "state" not in path.parts}
    broken = []
    for name in NAMES:
        told = quote(name.encode("utf-8", "surrogatepass"), safe="")
        for method, body in (("PUT", b"x"), ("DELETE", b"")):
            answer = ask(ground, method, f"/studio/api/books/{book}/files/{told}", body=body, headers=who)  # fmt: skip
            if answer.status not in {201, 204, 400, 404, 405}:
                broken.append(f"{method} {name[:40]!r} was answered {answer.status}")
        begins = ask(ground, "POST", "/studio/api/books", body=json.dumps({"name": name}).encode(), headers=who)  # fmt: skip
        if begins.status not in {201, 400, 429}:
            broken.append(f"a book named {name[:40]!r} was answered {begins.status}")
    found = {path for path in ground.folder.rglob("*") if "state" not in path.parts}
    broken += [f"{path} was written" for path in found - before]
    state = ground.folder / "state"
    depths = {len(path.relative_to(state).parts) for path in state.rglob("*") if path.is_file()}
    if max(depths, default=0) > 6:
        broken.append("a name made folders")
    return 3 * len(NAMES), broken


def forgery(ground: Ground) -> Outcome:
    """What another site could make a browser ask; and names that point here from elsewhere."""
    who = person(ground)
    book = begun(ground, who)
    changes = [
        (method, one.filled({"id": book}))
        for one in all_addresses()
        for method in sorted(one.methods & {"POST", "PUT", "DELETE"})
    ]
    forged = [
        {"Cookie": who["Cookie"]},
        {"Cookie": who["Cookie"], "Content-Type": "text/plain"},
        {"Cookie": who["Cookie"], "Referer": f"http://{ground.host}:{ground.port}/studio/"},
        {**who, "Origin": "https://evil.example"},
        {**who, "Origin": "null"},
        {**who, "Origin": f"http://{ground.host}:{ground.port}.evil.example"},
        {**who, "Host": "evil.example"},
        {**who, "Host": f"evil.example:{ground.port}"},
        {**who, "Host": f"{ground.host}:@evil.example"},
        {**who, "Host": f"[::1]@evil.example:{ground.port}"},
        {**who, "Host": f"{ground.host}.evil.example"},
    ]
    broken = []
    for (method, path), headers in itertools.product(changes, forged):
        answer = ask(ground, method, path, body=b"{}", headers=headers)
        if answer.status not in {403, 404, 405, 421}:
            broken.append(f"{method} {path} with {headers} was answered {answer.status}")
    if ask(ground, "GET", f"/studio/api/books/{book}", headers=who).status != 200:
        broken.append("the book is gone")
    return len(changes) * len(forged), broken


def headers(ground: Ground) -> Outcome:
    """Every address of the server, with every method and what is no name: each answer, good or bad,
    says what a browser must not do with it.
    """
    who = person(ground)
    tried, broken = 0, []
    for one in all_addresses():
        book = begun(ground, who)
        for value in VALUES:
            path = one.filled({"id": book, "name": value, "path": value}).replace(" ", "%20")
            for method in sorted({*one.methods, "OPTIONS", "TRACE", "PROPFIND"}):
                answer = ask(ground, method, path, headers=who)
                tried += 1
                broken += [f"{method} {path[:80]}: {fault}" for fault in _faults(answer.status, answer.headers)]  # fmt: skip
        ask(ground, "DELETE", f"/studio/api/books/{book}", headers=who)
    cookie = ask(ground, "GET", "/studio/").headers["set-cookie"].lower()
    broken += [f"the cookie is not {word}" for word in ("httponly", "samesite=strict", "path=/") if word not in cookie]  # fmt: skip
    return tried, broken


def _faults(status: int, told: dict[str, str]) -> list[str]:
    """What is wrong with an answer. A book's own pages run nothing, and stand in the studio's frame."""
    is_frame = "sandbox" in told.get("content-security-policy", "")
    faults = [] if is_frame else [f"no {name}" for name, value in ALWAYS.items() if told.get(name) != value]  # fmt: skip
    faults += [f"it says {name}" for name in ("server", "x-evil", "x-powered-by") if name in told]
    return faults + ([f"answered {status}"] if status >= 500 else [])


def guessing(ground: Ground) -> Outcome:
    """Another's book, by its very id and by chance."""
    owner, thief = person(ground), person(ground)
    book = begun(ground, owner)
    ask(ground, "PUT", f"/studio/api/books/{book}/files/a.txt", body=SECRET.encode(), headers=owner)
    broken = []
    ways = [
        (method, one.filled({"id": book, "name": "a.txt"}))
        for one in all_addresses()
        for method in sorted(one.methods)
        if "{id}" in one.path
    ]
    for method, path in ways:
        answer = ask(ground, method, path, body=b"{}", headers=thief)
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
