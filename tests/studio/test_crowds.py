"""Crowds that want nothing but to keep others out, over real connections."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest
from starlette.requests import Request
from starlette.responses import Response

from builder.studio import headers, patience
from builder.studio.access import Door
from builder.studio.catalogue import Catalogue
from tests.studio.shelves import package, put_book, served
from tests.studio.test_catalogue import ask
from tests.studio.test_studio_api import Person
from tests.studio.wires import head, is_held, opened, status


@pytest.fixture
def crowded() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_who_asks_nothing_gives_way_to_who_asks(
    root: str, crowded: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST_CONNECTIONS", 20)
    idle = [crowded.enter_context(opened(root)) for _ in range(39)]
    answered = crowded.enter_context(opened(root, head(root)))
    assert status(answered) == 200
    for _ in range(5):
        assert ask(root).status == 200
    assert not is_held(idle[0], within_s=1)
    assert is_held(idle[-1], within_s=0.2)


def test_more_connections_than_can_be_held_are_hung_up_on(
    root: str, crowded: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST_CONNECTIONS", 5)
    asking = head(root, "POST", "/studio/api/books", "X-Builder: 1", "Content-Length: 9") + b"{"
    held = [crowded.enter_context(opened(root, asking)) for _ in range(30)]
    time.sleep(0.3)
    assert 5 <= sum(is_held(one, within_s=0.05) for one in held) <= 11


def test_one_address_of_the_network_cannot_have_all_connections(
    root: str, crowded: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST_OF_ONE", 3)
    port = int(root.rstrip("/").rpartition(":")[2])

    def from_elsewhere() -> socket.socket:
        client = socket.create_connection(("127.0.0.1", port), 20, ("127.0.0.2", 0))
        return crowded.enter_context(client)

    try:
        its = [from_elsewhere() for _ in range(6)]
    except OSError:
        pytest.skip("this machine has one loopback address")
    mine = [crowded.enter_context(opened(root)) for _ in range(6)]
    assert [is_held(one, within_s=0.3) for one in its] == [True] * 3 + [False] * 3
    assert all(is_held(one, within_s=0.05) for one in mine)


def test_more_requests_at_once_are_told_to_come_back(
    tmp_path: Path, crowded: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()

    def slow(_catalogue: Catalogue, _request: Request) -> Response:
        waits.wait(20)
        return Response()

    monkeypatch.setattr(headers, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(Catalogue, "_page", slow)
    with served(tmp_path) as root:
        busy = [crowded.enter_context(opened(root, head(root))) for _ in range(2)]
        time.sleep(0.3)
        refused = ask(f"{root}opds/")
        waits.set()
        assert [status(one) for one in busy] == [200, 200]
        assert ask(f"{root}opds/").status == 200
    assert refused.status == 503
    assert "retry-after" in refused.headers
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]


def drip(client: socket.socket, *, for_s: float) -> None:
    until = time.monotonic() + for_s
    while time.monotonic() < until:
        client.sendall(b" ")
        time.sleep(0.1)


def test_who_sends_a_body_byte_by_byte_is_hung_up_on(
    root: str, crowded: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PIECE_S", 0.6)
    monkeypatch.setattr(patience, "HEAD_S", 0.6)
    asking = head(root, "POST", "/studio/api/books", "X-Builder: 1", "Content-Length: 999")
    dripping = crowded.enter_context(opened(root, asking))
    with pytest.raises(ConnectionError):
        drip(dripping, for_s=8)


def test_who_sends_a_body_slowly_but_steadily_is_waited_for(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PIECE_S", 0.6)
    monkeypatch.setattr(patience, "LEAST_GIVEN_BYTES", 1_000)
    lines = ("X-Builder: 1", "Content-Length: 12000")
    with opened(root, head(root, "POST", "/studio/api/books", *lines)) as client:
        for _ in range(12):
            client.sendall(b" " * 998 + b"  ")
            time.sleep(0.15)
        assert status(client) == 400  # blanks are no JSON


def test_pages_and_covers_that_nobody_waits_for_are_not_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_book(tmp_path, "a.epub", package("渡口", "何一舟"))
    drawn, at_once, most = 0, 0, 0
    lock, waits = threading.Lock(), threading.Event()

    def slow(_catalogue: Catalogue, _request: Request) -> Response:
        nonlocal drawn, at_once, most
        with lock:
            drawn, at_once = drawn + 1, at_once + 1
            most = max(most, at_once)
        waits.wait(20)
        with lock:
            at_once -= 1
        return Response()

    monkeypatch.setattr(Catalogue, "_small", slow)
    with served(tmp_path) as root:
        left = [opened(root, head(root, "GET", "/cover/a.jpg")) for _ in range(60)]
        deadline = time.monotonic() + 20
        while drawn < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        with urlopen(root, timeout=20) as answer:  # others are served meanwhile
            assert answer.status == 200
        for client in left:
            client.close()
        time.sleep(0.5)
        waits.set()
        assert ask(f"{root}cover/b.jpg").status == 200
    assert most == 2
    assert drawn <= 4


def test_guesses_of_another_do_not_shut_out_who_was_let_in() -> None:
    door = Door("right")
    right, wrong = "Basic YTpyaWdodA==", "Basic YTp3cm9uZw=="
    assert door.lets_in(right, "10.0.0.1", "c" * 32)
    for _ in range(20):
        door.lets_in(wrong, "10.0.0.1")
        door.lets_in(wrong, "10.0.0.1", "d" * 32)
    assert not door.lets_in(right, "10.0.0.1")
    assert not door.lets_in(right, "10.0.0.1", "d" * 32)
    assert door.lets_in(right, "10.0.0.1", "c" * 32)
    for _ in range(10):
        door.lets_in(wrong, "10.0.0.2", "c" * 32)
    assert door.is_tired_of("10.0.0.3", "c" * 32)
    assert door.lets_in(right, "10.0.0.3")


def test_the_owner_is_let_in_while_a_page_in_his_browser_guesses(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    with served(tmp_path / "shelf", state=tmp_path / "state", password="right") as root:
        right, wrong = "Basic YTpyaWdodA==", "Basic YTp3cm9uZw=="
        me = Person(root)
        assert me.ask("GET", "books", Authorization=right).status == 200
        assert me.ask("GET", "books", Authorization=right).status == 200
        for _ in range(12):
            ask(root, Authorization=wrong)
        assert ask(root, Authorization=right).status == 429
        assert me.ask("GET", "books", Authorization=right).status == 200
        assert ask(root, Authorization=right, Cookie=me.cookie).status == 200
