"""Attacks by what is said: requests spelt in two ways, questions without sense, books without bounds."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from functools import cache
from html import escape
from http.client import HTTPException
from io import BytesIO
from urllib.parse import quote, urlsplit
from urllib.request import urlopen
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from builder.studio.limits import MOST_FILE_BYTES
from tests.reliability.ground import (
    HUNG_UP,
    MEMORY_MB,
    NOVEL,
    Ground,
    Outcome,
    ask,
    begun,
    dropped,
    ended,
    head,
    memory_mb,
    person,
    unserved,
)
from tests.studio.shelves import package, put_book

WORDY, REPLACED = 300, 200
ENDLESS = "9" * 5_000
CHUNKED = "Transfer-Encoding: chunked"
# Headers of a request with the body `0\r\n\r\n` that two readers may end in two places.
LENGTHS = (
    ("Content-Length: 5", CHUNKED), (CHUNKED, "Content-Length: 5"), ("Content-Length: 0", "Content-Length: 5"),
    ("Content-Length: 0, 5",), ("Content-Length: +5",), ("Content-Length: -5",), ("Content-Length: 0x5",),
    ("Content-Length: 1_0",), (f"Content-Length: {ENDLESS}",), ("Content-Length: 5 5",), ("Content-Length: ٥".encode().decode("latin-1"),),
    (CHUNKED, CHUNKED), (f"{CHUNKED}, identity",), ("Transfer-Encoding: gzip, chunked",), ("Transfer-Encoding: xchunked",),
    ("Transfer-Encoding : chunked", "Content-Length: 5"), ("Transfer-Encoding:\x0bchunked", "Content-Length: 5"),
    ("Transfer-Encoding:\r\n chunked", "Content-Length: 5"), ("X-A: b\rContent-Length: 0", CHUNKED),
    ("Host: evil.example",), ("X-A: b\0c",), (": empty",), ("X A: b",),
)  # fmt: skip
CHUNKS = (b"-1\r\n{\r\n", b"0x1\r\n{\r\n", b"1\r\n{}}\r\n", b"1 1\r\n{\r\n", b"1\n{\n", b"\r\n", b"g\r\n", b"f" * 21 + b"\r\n", b"1;a=\n{\r\n")  # fmt: skip
QUESTIONS = (
    b"[" * 100_000, b'{"a":' * 50_000, b'{"book.title": "\\ud800"}', b'{"\\udfff": 1}', b'{"book.title": "\xed\xa0\x80"}',
    b'{"book.series": {"name": "x", "position": NaN}}', b'{"book.series": {"name": "x", "position": 1e999}}',
    b'{"structure.max_title": ' + ENDLESS.encode() + b"}", b'{"structure.max_title": -0.0}', b'{"book.title": "a", "book.title": 1}',
    b'{"book.subjects": ' + b"[" * 500 + b"]" * 500 + b"}", b'{"rows": [' + b"{}," * 60_000 + b"{}]}", b'{"rows": [null, 1, "a", [], {}]}',
    b'{"rows": [{"level": "chapter", "heading": "\\ud800", "place": "a.txt:1"}]}', b'{"rows": [{"words": ["\\ud800"]}]}',
    b'{"rows": [{"level": "chapter", "heading": "a", "place": "a.txt:999999999999"}]}', b'{"formats": ["' + b"x" * 10_000 + b'"]}',
    b'{"name": {"a": 1}}', b'{"to": "\\u0000"}', b"null", b"0", b'"', b"\xff\xfe{\0}\0", b"\x1f\x8b\x08\0" + b"\0" * 100,
    b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" * 10_000 + b"--x--", b"a=1&" * 100_000,
    b'{"book.title": "' + b"x" * 3_900_000 + b'"}', b'{"pdf.margin": "1e999mm"}', b'{"pdf.grid": "99999999999x99999999999"}',
)  # fmt: skip
NUMBERS = (ENDLESS, "-1", "0", "NaN", "1e9", "0x1", "٣", "1_0", "%00", "", "a" * 9_000, "(a%2B)%2B$", "%ed%a0%80", "'%20or%201=1", "{{7*7}}", "${7*7}", "%0d%0aX-Evil: yes")  # fmt: skip
WAYS = (
    "/?page={}", "/?q={}", "/opds/all?page={}", "/opds/v2/all?page={}", "/opds/search?q={}", "/opds/search?q={}&page={}",
    "/opds/v2/search?query={}", "/opds/authors/{}", "/opds/series/{}?page={}", "{api}/lines?place=a.txt:1&skip={}",
    "{api}/lines?place=a.txt:{}", "{api}/lines?place=a.txt:1&count={}&until={}", "{api}/pages/{}.png", "{api}/covers/{}/a.jpg",
    "{api}/read/{}", "/cover/{}.jpg",
)  # fmt: skip
RANGES = (
    ",".join(f"{at}-{at}" for at in range(0, 6_000, 2)), ",".join("0-" for _ in range(90)), ",".join(f"0-{at}" for at in range(90)),
    ",".join(f"{at}-{at}" for at in range(180, 0, -2)), f"0-{ENDLESS}", f"{ENDLESS}-", f"-{ENDLESS}", "5-1", "-0", "", "-", ",", "0-0,-1,0-", "a-b", "1_0-2_0", "+1-2",
)  # fmt: skip


def spelling(ground: Ground) -> Outcome:
    """Requests that a proxy and the server may read in two ways: none hides another."""
    who = person(ground)
    hidden = head(ground, "DELETE", f"/studio/api/books/{begun(ground, who)}", who)
    broken = []
    begin = (
        f"POST /studio/api/books HTTP/1.1\r\nHost: {ground.host}:{ground.port}\r\nX-Builder: 1\r\n"
    )
    for lines in LENGTHS:
        request = (begin + "\r\n".join([*lines, "", ""])).encode("latin-1") + b"0\r\n\r\n" + hidden
        statuses = _said(ground, request)
        if statuses != [400]:
            broken.append(f"{lines} was answered {statuses}")
    for chunk in CHUNKS:
        request = f"{begin}{CHUNKED}\r\n\r\n".encode() + chunk + b"0\r\n\r\n" + hidden
        if (statuses := _said(ground, request)) not in ([400], []):
            broken.append(f"the chunk {chunk!r} was answered {statuses}")
    others = (b"GET /\r\n\r\n", b"\x16\x03\x01\x02\0\x01\0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n", b"GET /\0 HTTP/1.1\r\n\r\n", b"\r\n" * 100_000, b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 20_000 + b"\r\n")  # fmt: skip
    broken += [
        f"{request[:40]!r} was answered"
        for request in others
        if set(_said(ground, request)) - {400, 421, 431}
    ]
    targets = (("CONNECT", "evil.example:80"), ("OPTIONS", "*"), ("GET", "http://evil.example/opds/"), ("GET", "//evil.example/studio"), ("GET", "/studio/../../x"), ("TRACE", "/"))  # fmt: skip
    for method, path in targets:
        answer = ask(ground, method, path, headers={"X-Secret": "told"})
        if answer.status not in {307, 404, 405, 421} or b"told" in answer.content or "evil" in answer.headers.get("location", ""):  # fmt: skip
            broken.append(f"{method} {path} was answered {answer.status}")
    if not any((ground.folder / "state").glob("users/*/*/source")):
        broken.append("a hidden request took a book away")
    return len(LENGTHS) + len(CHUNKS) + len(others) + len(targets), broken


def _said(ground: Ground, request: bytes) -> list[int]:
    """The statuses of all answers to bytes on a connection."""
    told = b""
    with socket.create_connection((ground.host, ground.port), 20) as client:
        try:
            client.sendall(request)
            client.settimeout(0.5)
            while piece := client.recv(65_536):
                told += piece
        except OSError:
            pass
    return [int(line.split()[1]) for line in told.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


def questions(ground: Ground) -> Outcome:
    """JSON that is deep, endless, no JSON at all, or says half characters, to whoever reads it."""
    who = person(ground)
    book = dropped(ground, who)
    keys = ("PUT settings", "PUT contents", "PUT doubts", "PUT cover", "POST build", "POST link", "POST send")  # fmt: skip
    ways = [("POST", "/studio/api/books")]
    ways += [(way.split()[0], f"/studio/api/books/{book}/{way.split()[1]}") for way in keys]
    broken = []
    for body in QUESTIONS:
        for method, path in ways:
            for more in ({}, {"Content-Encoding": "gzip", "Content-Type": "multipart/form-data; boundary=x"}):  # fmt: skip
                answer = ask(ground, method, path, body=body, headers=who | more)
                if answer.status not in {200, 201, 202, 204, 400, 404, 413, 429}:
                    broken.append(f"{method} {path} {body[:40]!r} was answered {answer.status}")
    broken += unserved(ground)
    if ask(ground, "GET", f"/studio/api/books/{book}", headers=who).status != 200:
        broken.append("the book cannot be shown any more")
    return 2 * len(ways) * len(QUESTIONS), broken


def parameters(ground: Ground) -> Outcome:
    """Numbers, words, ranges and conditions that are none."""
    who = person(ground)
    book = dropped(ground, who)
    ask(ground, "POST", f"/studio/api/books/{book}/analyse", headers=who)
    ended(ground, who, book)
    api = f"/studio/api/books/{book}"
    paths = [
        way.replace("{api}", api).replace("{}", quote(number, safe="%"))
        for number in NUMBERS
        for way in WAYS
    ]
    broken = []
    for path in paths:
        answer = ask(ground, "GET", path.replace(" ", "%20"), headers=who)
        if answer.status not in {200, 400, 404} or "x-evil" in answer.headers:
            broken.append(f"{path[:80]} was answered {answer.status}")
    feed = ask(ground, "GET", "/opds/all").content.decode()
    link = urlsplit(next(one for one in feed.split('"') if one.endswith(".epub"))).path
    whole = ask(ground, "GET", link).content
    conditions = [{"Range": f"{unit}={told}"} for told in RANGES for unit in ("bytes", "lines")]
    conditions += [{"If-None-Match": ",".join(f'"{at}"' for at in range(3_000))}, {"If-Modified-Since": "never"}, {"If-Range": '"x"', "Range": "bytes=0-0"}, {"Accept-Language": "x;q=nan,y;q=1e999,zh;q=-1"}, {"Accept-Encoding": "gzip;q=" + ENDLESS}, {"Cookie": "builder=" + "a" * 20_000}, {"Authorization": "Basic " + "A" * 20_000}]  # fmt: skip
    for headers in conditions:
        answer = ask(ground, "GET", link, headers=headers)
        if answer.status not in {200, 206, 304, 400, 416, 431} or len(answer.content) > 3 * len(whole):  # fmt: skip
            broken.append(f"{str(headers)[:80]} was answered {answer.status}, {len(answer.content):,} bytes")  # fmt: skip
    return len(paths) + len(conditions), broken


def large(ground: Ground) -> Outcome:
    """More than is taken, told or untold; archives that explode; what is a picture and an archive."""
    who = person(ground)
    api = f"/studio/api/books/{begun(ground, who)}"
    block = b"x" * 1_000_000
    broken = []

    def endless() -> Iterator[bytes]:
        for _ in range(MOST_FILE_BYTES // len(block) + 50):
            yield block

    answer = ask(ground, "PUT", f"{api}/files/a.txt", body=endless(), headers=who)
    if answer.status not in {413, HUNG_UP}:
        broken.append(f"an endless upload was answered {answer.status}")
    told = head(ground, "PUT", f"{api}/files/a.txt", {**who, "Content-Length": str(10**13)})
    with socket.create_connection((ground.host, ground.port)) as raw:
        raw.sendall(told + block)
    header = ask(ground, "GET", "/", headers={"X-Long": "y" * 200_000})
    if 0 < header.status < 400:
        broken.append("a header of 200 kB was taken")
    body = ask(ground, "POST", "/studio/api/books", body=b"[" * 5_000_000, headers=who)
    if body.status not in {400, 413, HUNG_UP}:
        broken.append(f"5 MB of JSON were answered {body.status}")
    time.sleep(0.5)
    left = sum(path.stat().st_size for path in ground.folder.rglob("*") if path.is_file())
    if left > MOST_FILE_BYTES:
        broken.append(f"{left:,} bytes are left on the disk")
    files = {"bomb.zip": _bomb(), "bomb.epub": _bomb(), "both.html": _picture() + _bomb(), "both.png": _picture() + _bomb(), "both.txt": NOVEL + _bomb()}  # fmt: skip
    for name, content in files.items():
        mine = f"/studio/api/books/{(book := begun(ground, who))}"
        ask(ground, "PUT", f"{mine}/files/{name}", body=content, headers=who)
        ask(ground, "POST", f"{mine}/analyse", headers=who)
        if (state := ended(ground, who, book)) not in {"done", "failed"}:
            broken.append(f"{name} ended as {state}")
        ask(ground, "PUT", f"{mine}/cover", body=content, headers=who)
        if ask(ground, "GET", mine, headers=who).status != 200:
            broken.append(f"{name} cannot be shown")
    return 4 + 2 * len(files), broken + unserved(ground)


@cache
def _bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for at in range(3):
            archive.writestr(f"{at}.txt", bytes(50_000_000))
    return stream.getvalue()


def _picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (60, 90), "#7a1f1f").save(stream, "PNG")
    return stream.getvalue()


def wordy(ground: Ground) -> Outcome:
    """Books on the shelf that say megabytes of themselves, in scripts and numbers that are none."""
    words = escape('"><script>ran=1</script>\r\nX-Evil: yes') * 2_000
    for at in range(WORDY):
        opf = (
            package(words, words, words, 1, words)
            .replace("渡口的故事", words * 10)
            .replace("小说", words)
        )
        put_book(ground.folder / "shelf", f"{at}.epub", opf.replace(">1<", ">NaN<"))
    before, broken = memory_mb(), []
    for path in ("/", "/opds/all", "/opds/v2/all", "/opds/authors", "/opds/series", "/opds/v2/recent", "/opds/search?q=script"):  # fmt: skip
        for page in (1, 2):
            answer = ask(ground, "GET", f"{path}{'&' if '?' in path else '?'}page={page}")
            is_json = "json" in answer.headers["content-type"]
            if (b"<script>ran" in answer.content and not is_json) or "x-evil" in answer.headers:
                broken.append(f"{path}: words of a book became markup")
            if len(answer.content) > 10_000_000:
                broken.append(f"{path}: {len(answer.content):,} bytes")
            if "v2" in path and answer.status == 200:
                json.loads(answer.content, parse_constant=broken.append)
    if (grown := memory_mb() - before) > MEMORY_MB:
        broken.append(f"{grown:.0f} MB more than before")
    return WORDY, broken + unserved(ground)


def replaced(ground: Ground) -> Outcome:
    """Files that are loaded while they are made anew: the old, the new, or seen to be cut."""
    place = ground.folder / "shelf" / "b.txt"
    contents = b"s" * 300_000, b"l" * 900_000
    place.write_bytes(contents[0])
    time.sleep(2.5)
    feed = ask(ground, "GET", "/opds/all").content.decode()
    link = next(one for one in feed.split('"') if one.endswith(".txt"))
    is_over = threading.Event()

    def renew() -> None:
        while not is_over.is_set():
            for content in contents:
                place.with_name(".b.part").write_bytes(content)
                place.with_name(".b.part").replace(place)

    making = threading.Thread(target=renew)
    making.start()
    broken = []
    for _ in range(REPLACED):
        try:
            with urlopen(link, timeout=20) as answer:
                if answer.read() not in contents:
                    broken.append("half a file was given as a whole one")
        except (HTTPException, ConnectionError):
            continue
        except OSError as problem:
            broken.append(f"a file was not given: {problem}")
    is_over.set()
    making.join()
    return REPLACED, broken
