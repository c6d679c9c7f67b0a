"""Questions that nobody asks but to break something: numbers, nesting, half characters."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.studio.limits import MOST_JSON_DEPTH
from tests.studio.shelves import served
from tests.studio.test_studio_api import NOVEL, Person

PLACE = "水账.txt:1"
ENDLESS = "9" * 5_000


@pytest.fixture(scope="module")
def me(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    folder = tmp_path_factory.mktemp("studio")
    (folder / "shelf").mkdir()
    with served(folder / "shelf", state=folder / "state") as address:
        yield Person(address)


@pytest.fixture(scope="module")
def book(me: Person) -> str:
    book = me.begin("水账.txt", NOVEL.encode())
    me.got("POST", f"books/{book}/analyse")
    assert me.finished(book)["job"]["state"] == "done"
    return book


def nested(depth: int) -> bytes:
    return b'{"book.subjects": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    "body",
    [
        b'{"book.series": {"name": "x", "position": NaN}}',
        b'{"book.series": {"name": "x", "position": Infinity}}',
        b'{"book.series": {"name": "x", "position": 1e999}}',
        b'{"structure.max_title": ' + ENDLESS.encode() + b"}",
        b'{"book.title": "\\ud800"}',
        b'{"\\uDC00": 1}',
        b'{"book.title": "\xed\xa0\x80"}',
        '{"book.title": "水"}'.encode("utf-16"),
        nested(MOST_JSON_DEPTH),
        nested(900),
        b"[" * 100_000,
        b'{"book.title": "\n"}',
        b"\x1f\x8b\x08",
    ],
)
def test_what_no_text_and_no_number_is_is_refused_and_changes_nothing(
    me: Person, book: str, body: bytes
) -> None:
    before = me.got("GET", f"books/{book}")["settings"]
    answer = me.ask("PUT", f"books/{book}/settings", body)
    assert (answer.status, me.code(answer)) == (400, "W013")
    assert me.got("GET", f"books/{book}")["settings"] == before


def test_a_whole_pair_is_a_character(me: Person, book: str) -> None:
    told = json.loads(
        me.ask("PUT", f"books/{book}/settings", b'{"book.title": "\\ud840\\udc00"}').content
    )
    assert told["settings"]["book.title"] == "\U00020000"


@pytest.mark.parametrize("key", ["contents", "doubts"])
@pytest.mark.parametrize("row", ['"\\ud800"', '{"level": "\\ud800"}', '{"words": ["\\ud800"]}'])
def test_half_a_character_in_a_row_is_refused(me: Person, book: str, key: str, row: str) -> None:
    answer = me.ask("PUT", f"books/{book}/{key}", f'{{"rows": [{row}]}}'.encode())
    assert (answer.status, me.code(answer)) == (400, "W013")


@pytest.mark.parametrize("number", [ENDLESS, "-1", "x", "²", "1e9", "%00", "9" * 10])
def test_numbers_longer_than_any_are_none(me: Person, book: str, number: str) -> None:
    shown = me.got("GET", f"books/{book}/lines?place={PLACE}")
    assert me.got("GET", f"books/{book}/lines?place={PLACE}&skip={number}") == shown
    assert me.got("GET", f"books/{book}/lines?place={PLACE}&count={number}") == shown
    assert me.ask("GET", f"books/{book}/pages/{number}.png").status == 404


def test_a_book_that_is_gone_meanwhile_is_told_to_be_gone(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    with served(tmp_path / "shelf", state=tmp_path / "state") as address:
        me = Person(address)
        book = me.begin("水账.txt", NOVEL.encode())
        (folder,) = (tmp_path / "state").glob("users/*/*/source")
        for path in folder.iterdir():
            path.rename(folder.parent / "elsewhere")
        answer = me.ask("GET", f"books/{book}")
        assert (answer.status, me.code(answer)) == (404, "W011")
        assert me.got("GET", "books") == {"books": []}


def test_a_state_that_cannot_be_written_is_told_without_its_place(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "users").write_text("in the way")
    with served(tmp_path / "shelf", state=tmp_path / "state") as address:
        answer = Person(address).ask("POST", "books", {"name": "水账.txt"})
    assert answer.status == 507
    assert json.loads(answer.content)["error"]["code"] == "B010"
    assert str(tmp_path) not in answer.content.decode()
