"""What holds for every address of the server, also for one that is new tomorrow."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from builder.studio.headers import ALWAYS
from tests.studio.addresses import Address, all_addresses
from tests.studio.shelves import served
from tests.studio.test_catalogue import ask
from tests.studio.test_studio_api import GUARD, NOVEL, Person

ADDRESSES = all_addresses()
PASSWORD = "right"
# Whoever has one of these needs no password: nobody can guess it. The rest is no secret.
OPEN = frozenset({
    "/cover/{name}", "/file/{token}/{name}", "/static/shelf.css", "/static/{name:path}", "/favicon.ico",
})  # fmt: skip
CHANGES = frozenset({"POST", "PUT", "DELETE", "PATCH"})
AWKWARD = ("x", "..", "%00", "%0d%0aX-Evil: yes", "%2e%2e%2f", "%ed%a0%80", "%c0%af", "9" * 5_000, "{}", "*")  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("addresses")
    (folder / "shelf").mkdir()
    with served(folder / "shelf", state=folder / "state") as root:
        yield root


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("locked")
    with served(folder, state=folder / "state", password=PASSWORD) as root:
        yield root


@pytest.fixture(scope="module")
def me(root: str) -> Person:
    return Person(root)


def test_the_addresses_are_found() -> None:
    paths = {one.path for one in ADDRESSES}
    assert len(paths) > 25
    assert {"/", "/opds/{path:path}", "/studio/api/books/{id}/files/{name}"} | OPEN <= paths


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_every_answer_tells_browsers_what_they_must_not_do(
    address: Address, root: str, me: Person
) -> None:
    book = me.begin("a.txt", NOVEL.encode())
    for value in AWKWARD:
        path = address.filled({"id": book, "name": quote(value, safe="%"), "path": value})
        for method in {*address.methods, "OPTIONS", "TRACE", "PROPFIND", "POST"}:
            answer = ask(root.rstrip("/") + path.replace(" ", "%20"), method, Cookie=me.cookie, **GUARD)  # fmt: skip
            assert answer.status < 500, (method, path)
            assert not {"server", "x-evil", "x-powered-by"} & set(answer.headers)
            for name, expected in ALWAYS.items():
                said = answer.headers.get(name, "")
                # A book's own pages say that they run nothing, and stand in the studio's frame.
                is_own = said == expected or "sandbox" in answer.headers["content-security-policy"]
                assert is_own, (method, path, name, said)
    me.got("GET", "books")
    me.ask("DELETE", f"books/{book}")


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one.path not in OPEN], ids=str)
def test_every_address_but_those_that_nobody_guesses_asks_for_the_password(
    address: Address, locked: str
) -> None:
    for method in address.methods:
        answer = ask(locked.rstrip("/") + address.filled({}), method, **GUARD)
        assert answer.status == 401, method
        assert "www-authenticate" in answer.headers


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one.methods & CHANGES], ids=str)
def test_no_other_site_changes_anything_at_any_address(
    address: Address, root: str, me: Person
) -> None:
    book = me.begin("a.txt", NOVEL.encode())
    for method in address.methods & CHANGES:
        for headers in ({}, {"X_Builder": "1", "Origin": "http://evil.example"}, {"X_Builder": "1", "Origin": "null"}):  # fmt: skip
            path = root.rstrip("/") + address.filled({"id": book})
            assert ask(path, method, Cookie=me.cookie, **headers).status == 403
    assert me.got("GET", f"books/{book}")["files"]
    me.ask("DELETE", f"books/{book}")
