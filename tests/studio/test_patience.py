"""Clients that ask for much and take nothing, over real connections to this machine."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from starlette.requests import Request
from starlette.responses import Response

from builder.studio import patience
from builder.studio.catalogue import Catalogue
from tests.studio.shelves import package, put_book, served

# More than the system holds for a client that does not read.
SIZE = 4_000_000
PIECE_S = 0.5


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a book of many megabytes on a server of little patience."""
    monkeypatch.setattr(patience, "PIECE_S", PIECE_S)
    book = put_book(tmp_path / "shelf", "a.epub", package("渡口", "何一舟"))
    book.write_bytes(book.read_bytes() + bytes(SIZE))
    (tmp_path / "shelf" / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(SIZE))
    with served(tmp_path / "shelf") as root:
        with urlopen(f"{root}opds/all", timeout=20) as answer:
            feed = answer.read().decode()
        link = next(part for part in feed.split('"') if part.endswith(".pdf"))
        yield link


def asked(address: str, *, window: int = 4096) -> socket.socket:
    """A connection with a small window that has asked for the book."""
    parts = urlsplit(address)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    client.settimeout(20)
    client.connect((parts.hostname, parts.port))
    client.sendall(
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    )
    return client


def taken(client: socket.socket) -> int:
    """How much comes until nothing more does, or until the server hangs up."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SIZE)
    count = 0
    try:
        while count < SIZE and (piece := client.recv(1_000_000)):
            count += len(piece)
    except ConnectionResetError:
        pass
    return count


def test_who_never_takes_the_answer_is_hung_up_on(address: str) -> None:
    with asked(address) as client:
        time.sleep(PIECE_S * 4)
        assert taken(client) < SIZE


def test_who_comes_back_in_time_gets_it_whole(address: str) -> None:
    with asked(address) as client:
        time.sleep(PIECE_S / 2)
        assert taken(client) >= SIZE


def test_who_takes_it_slowly_but_steadily_gets_it_whole(address: str) -> None:
    count, until = 0, time.monotonic() + PIECE_S * 5
    with asked(address, window=262_144) as client:
        while time.monotonic() < until and count < SIZE:
            count += len(client.recv(30_000))
            time.sleep(0.02)
        assert count + taken(client) >= SIZE


def test_an_answer_that_was_written_whole_is_waited_for_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(_catalogue: Catalogue, _request: Request) -> Response:
        return Response(bytes(SIZE))

    monkeypatch.setattr(patience, "PIECE_S", PIECE_S)
    monkeypatch.setattr(Catalogue, "_page", whole)
    with served(tmp_path) as root:
        with asked(root) as client:
            assert taken(client) >= SIZE
        with asked(root) as client:
            time.sleep(PIECE_S * 4)
            assert taken(client) < SIZE
