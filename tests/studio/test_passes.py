"""A link to one finished file: for who has it, for an hour, for that file."""

import logging
import re
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from builder.studio.passes import LASTS_S, MOST, Passes
from tests.studio.shelves import served
from tests.studio.test_catalogue import ask
from tests.studio.test_delivery import made
from tests.studio.test_studio_api import Person

PASSWORD = "right"
LAN = ("192.0.2.7",)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(passes: Passes, address: str) -> Path | None:
    return passes.file(address.split("/")[1])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "水账.epub"
    path.write_bytes(b"PK book")
    return path


def test_a_link_ends_with_its_hour(book: Path) -> None:
    clock = Clock()
    passes = Passes(clock=clock)
    address = passes.give(book)
    clock.now = LASTS_S - 1
    assert opened(passes, address) == book
    clock.now = LASTS_S
    assert opened(passes, address) is None


@pytest.mark.parametrize("end", ["gone", "made anew"])
def test_a_link_ends_with_its_file(book: Path, end: str) -> None:
    passes = Passes()
    address = passes.give(book)
    book.unlink()
    if end == "made anew":
        book.write_bytes(b"PK book, another edition")
    assert opened(passes, address) is None


def test_no_two_links_are_alike_and_none_can_be_made_up(book: Path) -> None:
    passes = Passes()
    links = {passes.give(book) for _ in range(50)}
    assert len(links) == 50
    assert all(len(link.split("/")[1]) >= 27 for link in links)
    for guess in ("", "x", "水账.epub", "../水账.epub", next(iter(links)).split("/")[1][:-1]):
        assert passes.file(guess) is None


def test_a_flood_of_links_costs_the_oldest(book: Path) -> None:
    passes = Passes()
    first, *_, last = [passes.give(book) for _ in range(MOST + 1)]
    assert opened(passes, first) is None
    assert opened(passes, last) == book


def test_what_is_kept_of_a_link_does_not_open_it(book: Path) -> None:
    passes = Passes()
    token = passes.give(book).split("/")[1]
    assert token not in repr(passes._open)


def a_person(state: Path, address: str, password: str = "") -> tuple[Person, str]:
    """Somebody with a finished book of his own."""
    me = Person(address)
    draft = made(state, "1", b"PK" * 500)
    me.cookie = f"builder={'1' * 32}"
    if password:
        basic = "Basic " + b64encode(f"me:{password}".encode()).decode()
        asked = me.ask

        def with_password(method: str, path: str, body: object = None, **headers: str) -> object:
            return asked(method, path, body, Authorization=basic, **headers)

        me.ask = with_password  # type: ignore[assignment,method-assign]  # the same, with a password
    return me, draft.id


def test_on_the_local_network_a_phone_gets_one_file_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("builder.studio.server.own_addresses", lambda: LAN)
    state = tmp_path / "state"
    with caplog.at_level(logging.DEBUG), served(
        tmp_path, password=PASSWORD, state=state, lan=True
    ) as address:  # fmt: skip
        me, book = a_person(state, address, PASSWORD)
        told = me.got("POST", f"books/{book}/link", {"name": "水账.epub"})
        link = urlsplit(told["address"])
        assert link.hostname == LAN[0]
        assert link.path.endswith(quote("/水账.epub"))
        assert told["minutes"] == 60
        assert told["code"].startswith("<?xml")
        here = address.rstrip("/") + link.path
        answer = ask(here)
        assert (answer.status, answer.content) == (200, b"PK" * 500)
        assert answer.headers["content-type"] == "application/epub+zip"
        assert answer.headers["content-disposition"].endswith(quote("水账.epub", safe=""))
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert ask(here, "HEAD").status == 200
        assert ask(here, Range="bytes=0-1").content == b"PK"
        # That file, whatever name is asked for, and nothing else.
        assert ask(here.replace(quote(".epub"), ".kepub.epub")).content == b"PK" * 500
        token = link.path.split("/")[2]
        for other in ("studio/", "opds/", f"file/{token}", f"file/{token}/a/b", "file/x/y"):
            assert ask(address + other).status in {401, 404}
        assert ask(here, "POST").status == 405
        (state_file,) = state.rglob("水账.epub")
        state_file.write_bytes(b"PK another edition")
        ended = ask(here, Accept_Language="zh")
        assert (ended.status, "失效" in ended.content.decode()) == (404, True)
    assert token not in caplog.text
    assert not re.search(r"GET /", caplog.text)
    kept = [path for path in state.rglob("*") if path.is_file()]
    assert not any(token.encode() in path.read_bytes() for path in kept)


def test_whoever_came_over_the_network_gets_the_address_that_he_came_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.studio.server.own_addresses", lambda: (*LAN, "198.51.100.7"))
    state = tmp_path / "state"
    with served(tmp_path, password=PASSWORD, state=state, lan=True) as address:
        me, book = a_person(state, address, PASSWORD)
        host = f"198.51.100.7:{urlsplit(address).port}"
        asked = {"name": "水账.epub"}
        answer = me.ask("POST", f"books/{book}/link", asked, Host=host)
        assert f'"address":"http://{host}/file/' in answer.content.decode()


def test_on_this_machine_only_it_is_said_how_a_phone_could_reach_it(tmp_path: Path) -> None:
    shelf, state = tmp_path / "my shelf", tmp_path / "state"
    shelf.mkdir()
    with served(shelf, state=state) as address:
        me, book = a_person(state, address)
        told = me.got("POST", f"books/{book}/link", {"name": "水账.epub"})
        assert told == {"command": f"builder serve '{shelf}' --lan"}


def test_nobody_opens_what_is_another_s_or_not_made(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with served(tmp_path, state=state) as address:
        me, book = a_person(state, address)
        for name in ("", "job.json", "../job.json", "book.toml"):
            answer = me.ask("POST", f"books/{book}/link", {"name": name})
            assert (answer.status, me.code(answer)) == (404, "W011")
        other = Person(address)
        assert other.ask("POST", f"books/{book}/link", {"name": "水账.epub"}).status == 404
        assert me.ask("POST", f"books/{book}/link", {}, X_Builder="").status == 403
