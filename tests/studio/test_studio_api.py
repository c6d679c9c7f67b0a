"""The studio's server, over real HTTP and with real child processes."""

import json
import os
import signal
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.studio.desk import Desks
from builder.studio.jobs import JOB, mend
from tests.judges.epubcheck import epubcheck
from tests.judges.finding import require
from tests.studio.shelves import served
from tests.studio.test_catalogue import Answer, ask

NOVEL = "《水账》\n作者：佚名\n\n第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n\n第二章 对暗\n\n　　天亮以前，他数到第十二下。\n\n　　“走吧，”她说。\n"
GUARD = {"X_Builder": "1"}
PATIENCE_S = 120


class Person:
    """A browser with its cookie."""

    def __init__(self, address: str) -> None:
        self.root = f"{address}studio/api/"
        self.cookie = ""

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        import http.client
        from urllib.parse import quote, urlsplit

        parts = urlsplit(self.root + quote(path, safe="/?=&%"))
        assert parts.hostname
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body else None
        named = {
            name.replace("_", "-"): value for name, value in (GUARD | headers).items() if value
        }
        if self.cookie:
            named["Cookie"] = self.cookie
        connection.request(
            method,
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            body=content,
            headers=named,
        )
        answer = connection.getresponse()
        told = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        if "set-cookie" in told.headers:
            self.cookie = told.headers["set-cookie"].partition(";")[0]
        return told

    def got(self, method: str, path: str, body: object = None) -> Any:
        answer = self.ask(method, path, body)
        assert answer.status < 300, answer.content.decode()
        return json.loads(answer.content) if answer.content else None

    def begin(self, name: str, content: bytes) -> str:
        book = self.got("POST", "books", {"name": name})["id"]
        self.got("PUT", f"books/{book}/files/{name}", content)
        return str(book)

    def finished(self, book: str) -> Any:
        """The book once its job has ended."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            shown = self.got("GET", f"books/{book}")
            if shown["job"]["state"] not in {"queued", "running"}:
                return shown
            time.sleep(0.1)
        raise AssertionError("the job did not end")

    def code(self, answer: Answer) -> str:
        return str(json.loads(answer.content)["error"]["code"])


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def address(tmp_path: Path, state: Path) -> Iterator[str]:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with served(shelf, state=state) as address:
        yield address


@pytest.fixture
def me(address: str) -> Person:
    return Person(address)


@pytest.mark.judge
def test_a_gbk_text_becomes_a_traditional_book_in_columns_with_its_chapters_mended(
    me: Person, tmp_path: Path
) -> None:
    book = me.begin("水账.txt", NOVEL.encode("gb18030"))
    me.got("POST", f"books/{book}/analyse")
    seen = me.finished(book)
    assert seen["job"]["state"] == "done"
    assert seen["analysis"]["files"][0]["encoding"] == "gb18030"
    assert seen["title"] == "水账"

    rows = me.got("GET", f"books/{book}/contents")["rows"]
    assert [row["heading"] for row in rows] == ["第一章　灯下", "第二章　对暗"]
    assert all(row["characters"] for row in rows)
    rows[1]["heading"] = "第二章　对岸"
    me.got("PUT", f"books/{book}/contents", {"rows": rows})
    me.got("PUT", f"books/{book}/settings", {"convert.to": "zh-Hant", "typography.vertical": True})
    me.got("POST", f"books/{book}/build", {"formats": ["epub", "pdf"]})
    built = me.finished(book)
    assert built["job"]["state"] == "done", built["job"]

    made = {Path(one["name"]).suffix: one for one in built["made"]}
    epub = tmp_path / "book.epub"
    epub.write_bytes(me.ask("GET", f"books/{book}/made/{made['.epub']['name']}").content)
    require("epubcheck")
    assert epubcheck([epub]) == {epub: []}
    with zipfile.ZipFile(epub) as archive:
        text = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("xhtml")
        )
        opf = next(name for name in archive.namelist() if name.endswith(".opf"))
        package = archive.read(opf).decode()
    assert "對岸" in text
    assert "「走吧，」她說" in text
    assert 'page-progression-direction="rtl"' in package
    page = me.ask("GET", f"books/{book}/pages/1.png")
    assert page.content.startswith(b"\x89PNG")


def test_what_was_chosen_is_a_book_that_the_command_line_builds_alike(
    me: Person, state: Path, tmp_path: Path
) -> None:
    from builder.cli import main

    book = me.begin("水账.txt", NOVEL.encode())
    me.got("PUT", f"books/{book}/settings", {"book.title": '水账 "二"', "epub.theme": "kai"})
    me.got("POST", f"books/{book}/build", {"formats": ["epub"]})
    built = me.finished(book)
    content = me.ask("GET", f"books/{book}/made/{built['made'][0]['name']}").content
    source = next(state.rglob("book.toml")).parent
    assert main(["build", str(source), "--format", "epub", "--out", str(tmp_path / "o")]) == 0
    assert next((tmp_path / "o").rglob("*.epub")).read_bytes() == content


def test_nobody_sees_another_s_books(me: Person, address: str) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    other = Person(address)
    assert other.got("GET", "books") == {"books": []}
    for method, path in (
        ("GET", ""), ("DELETE", ""), ("GET", "/contents"), ("POST", "/analyse"),
        ("PUT", "/settings"), ("GET", "/made/水账.epub"), ("PUT", "/files/a.txt"),
    ):  # fmt: skip
        answer = other.ask(method, f"books/{book}{path}", {})
        assert answer.status == 404, (method, path)
    assert len(me.got("GET", "books")["books"]) == 1
    forged = Person(address)
    forged.cookie = "builder=../../../etc"
    assert forged.got("GET", "books") == {"books": []}


def test_the_cookie_is_hidden_from_scripts_and_other_sites(me: Person) -> None:
    cookie = me.ask("GET", "books").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_another_site_can_change_nothing(me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    for headers in ({"X_Builder": ""}, {"Origin": "http://evil.example"}):
        refused = me.ask("DELETE", f"books/{book}", None, **headers)
        assert (refused.status, me.code(refused)) == (403, "W014")
    assert me.got("GET", f"books/{book}")["name"] == "水账"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..%2f..%2fevil.txt", "evil.txt"), ("a%5cb.txt", "b.txt"), ("问？:.txt", "问？：.txt"),
    ],
)  # fmt: skip
def test_names_of_files_lead_nowhere(name: str, kept: str, me: Person, state: Path) -> None:
    book = me.got("POST", "books", {"name": "x"})["id"]
    answer = me.ask("PUT", f"books/{book}/files/{name}", b"text")
    found = [path.name for path in state.rglob("*.txt")]
    assert answer.status in {201, 404}
    assert found in ([kept], [])
    assert not list(state.parent.glob("*.txt"))


@pytest.mark.parametrize("name", ["a.exe", "book.toml", "contents.plan", "a", "x.sh"])
def test_what_makes_no_book_is_not_taken(name: str, me: Person) -> None:
    book = me.got("POST", "books", {"name": "x"})["id"]
    refused = me.ask("PUT", f"books/{book}/files/{name}", b"text")
    assert (refused.status, me.code(refused)) == (400, "W001")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"mail.host": "evil"}, "W003"), ({"output.dir": "/tmp"}, "W003"),
        ({"normalize.rules": ["x"]}, "W003"), ({"epub.css": "x.css"}, "W003"),
        ({"epub.theme": "../x.css"}, "W003"), ({"structure.patterns": []}, "W003"),
        ({"pdf.trim": "A99"}, "B003"), ({"convert.to": 7}, "B003"),
    ],
)  # fmt: skip
def test_what_may_not_be_chosen_is_refused_and_changes_nothing(
    chosen: dict[str, object], code: str, me: Person
) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    refused = me.ask("PUT", f"books/{book}/settings", chosen)
    assert (refused.status, me.code(refused)) == (400, code)
    assert me.got("GET", f"books/{book}")["settings"] == {}


def test_a_choice_can_be_taken_back(me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    me.got("PUT", f"books/{book}/settings", {"book.title": "渡口", "pdf.trim": "32开"})
    me.got("PUT", f"books/{book}/settings", {"pdf.trim": None})
    assert me.got("GET", f"books/{book}")["settings"] == {"book.title": "渡口"}


@pytest.mark.parametrize(
    "rows",
    [
        [{"level": "chapter", "heading": "x", "place": "no place"}], ["text"],
        [{"level": "chapter\nfront", "heading": "x", "place": "a.txt:1"}],
        [{"level": "chapter", "heading": "x @ b.txt:9", "place": "a.txt:1"}],
    ],
)  # fmt: skip
def test_rows_that_are_none_are_refused(rows: list[object], me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    refused = me.ask("PUT", f"books/{book}/contents", {"rows": rows})
    assert (refused.status, me.code(refused)) == (400, "W010")


def test_a_book_that_cannot_be_read_is_told_with_its_code(me: Person) -> None:
    book = me.begin("空.txt", b"  \n")
    me.got("POST", f"books/{book}/analyse")
    told = me.finished(book)
    assert told["job"]["state"] == "failed"
    assert told["job"]["error"]["code"].startswith("R")


def test_a_book_has_one_job_at_a_time_and_it_can_be_stopped(me: Person) -> None:
    book = me.begin("长.txt", (NOVEL * 20_000).encode())
    me.got("POST", f"books/{book}/analyse")
    again = me.ask("POST", f"books/{book}/analyse")
    assert (again.status, me.code(again)) == (400, "W005")
    me.got("POST", f"books/{book}/cancel")
    assert me.finished(book)["job"]["state"] == "cancelled"


def test_a_child_that_dies_is_told_and_the_server_goes_on(me: Person) -> None:
    book = me.begin("长.txt", (NOVEL * 20_000).encode())
    me.got("POST", f"books/{book}/analyse")
    deadline = time.monotonic() + 20
    killed = False
    while time.monotonic() < deadline and not killed:
        for child in _workers(book):
            os.kill(child, signal.SIGKILL)
            killed = True
        time.sleep(0.02)
    assert killed
    told = me.finished(book)
    assert (told["job"]["state"], told["job"]["error"]["code"]) == ("failed", "W008")
    me.got("POST", f"books/{book}/analyse")
    me.got("POST", f"books/{book}/cancel")


def _workers(book: str) -> list[int]:
    """The child processes of this test that work on `book`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        is_worker = b"builder.studio.worker" in words and any(book.encode() in w for w in words)
        if is_worker and int(parent) == os.getpid():
            found.append(int(folder.name))
    return found


def test_what_a_restart_cut_off_is_said_and_can_be_done_again(
    me: Person, state: Path, tmp_path: Path
) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    desks = Desks(state)
    draft = next(desks.everyone())
    draft.note(JOB, {"kind": "build", "state": "running"})
    mend(desks)
    told = me.got("GET", f"books/{book}")
    assert (told["job"]["state"], told["job"]["error"]["code"]) == ("failed", "W009")
    me.got("POST", f"books/{book}/analyse")
    assert me.finished(book)["job"]["state"] == "done"
    with served(tmp_path / "shelf", state=state) as again:
        later = Person(again)
        later.cookie = me.cookie
        assert later.got("GET", "books")["books"][0]["id"] == book


def test_too_large_a_file_is_refused_and_leaves_nothing(
    me: Person, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.studio.uploads.MOST_FILE_BYTES", 1000)
    book = me.got("POST", "books", {"name": "x"})["id"]
    refused = me.ask("PUT", f"books/{book}/files/a.txt", b"x" * 2000)
    assert (refused.status, me.code(refused)) == (413, "W012")
    assert not list(state.rglob("*.txt*"))


def test_a_book_is_taken_away_whole(me: Person, state: Path) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    me.got("DELETE", f"books/{book}")
    assert me.ask("GET", f"books/{book}").status == 404
    assert not list(state.rglob("*.txt"))


def test_with_a_password_the_studio_asks_for_it(tmp_path: Path) -> None:
    with served(tmp_path, password="right", state=tmp_path / "s") as address:
        assert ask(f"{address}studio/api/books").status == 401


def test_messages_are_in_the_browser_s_language(me: Person) -> None:
    answer = me.ask("GET", "books/000000000000000000000000", None, Accept_Language="zh-CN")
    assert answer.status == 404
    assert json.loads(answer.content)["error"]["message"] == "这里没有这个"


def test_contents_that_were_kept_are_shown_before_they_are_read_anew(me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    me.got("POST", f"books/{book}/analyse")
    me.finished(book)
    rows = me.got("GET", f"books/{book}/contents")["rows"]
    rows[0]["heading"] = "开头"
    me.got("PUT", f"books/{book}/contents", {"rows": rows})
    assert me.got("GET", f"books/{book}/contents")["rows"] == rows


def test_lines_of_a_chapter_are_shown_a_page_at_a_time(me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode("gb18030"))
    me.got("POST", f"books/{book}/analyse")
    me.finished(book)
    place = "place=水账.txt:8&until="
    first = me.ask("GET", f"books/{book}/lines?{place}&count=1")
    assert json.loads(first.content) == {
        "lines": [{"place": "水账.txt:10", "text": "天亮以前，他数到第十二下。"}],
        "left": True,
    }
    rest = json.loads(me.ask("GET", f"books/{book}/lines?{place}&skip=1").content)
    assert [line["place"] for line in rest["lines"]] == ["水账.txt:12"]
    assert not rest["left"]


def test_a_made_book_is_read_chapter_by_chapter_without_scripts(me: Person) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    assert me.ask("GET", f"books/{book}/read").status == 404
    me.got("POST", f"books/{book}/build", {"formats": ["epub"]})
    assert me.finished(book)["job"]["state"] == "done"
    chapters = me.got("GET", f"books/{book}/read")["chapters"]
    assert [one["title"] for one in chapters][-2:] == ["第一章　灯下", "第二章　对暗"]
    page = me.ask("GET", f"books/{book}/read/{chapters[-1]['name']}")
    assert "天亮以前" in page.content.decode()
    policy = page.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert me.ask("GET", f"books/{book}/read/EPUB/none.xhtml").status == 404
    assert me.ask("GET", f"books/{book}/pages/1.png").status == 404
