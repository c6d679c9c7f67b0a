"""Covers to choose from: drawn once, with the book's own words; a picture of one's own."""

import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from builder.core.choices import COVER_DESIGNS
from builder.pipeline import inspect
from builder.studio.api.covers import Covering
from builder.studio.desk import Desks
from tests.studio.test_studio_api import NOVEL, Person


def picture(colour: str, kind: str = "PNG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (600, 900), colour).save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def book(me: Person) -> str:
    return read(me, "水账.txt", NOVEL.encode("gb18030"))


def read(me: Person, name: str, content: bytes) -> str:
    book = me.begin(name, content)
    me.got("POST", f"books/{book}/analyse")
    assert me.finished(book)["job"]["state"] == "done"
    return book


def seen(me: Person, book: str, covers: Any, name: str) -> Image.Image:
    answer = me.ask("GET", f"books/{book}/covers/{covers['version']}/{name}.jpg")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    assert "max-age" in answer.headers["cache-control"]
    return Image.open(BytesIO(answer.content))


def folder(state: Path, me: Person, book: str) -> Path:
    draft = Desks(state).book(me.cookie.partition("=")[2], book)
    assert draft
    return draft.source


def test_eight_designs_are_drawn_once_for_what_they_show(
    me: Person, book: str, state: Path
) -> None:
    covers = me.got("GET", f"books/{book}/covers")
    assert (covers["own"], covers["is_given"]) == (False, False)
    assert covers["suits"] in COVER_DESIGNS
    shown = {name: seen(me, book, covers, name).tobytes() for name in COVER_DESIGNS}
    assert len(set(shown.values())) == len(COVER_DESIGNS) == 8
    begun = time.monotonic()
    assert me.got("GET", f"books/{book}/covers") == covers
    assert time.monotonic() - begun < 0.5
    # What no cover shows draws none anew; another title does, and so does another script.
    same = {"book.title": "水账", "book.creators": [{"name": "佚名"}], "pdf.trim": "32开"}
    me.got("PUT", f"books/{book}/settings", same | {"cover.design": "moon"})
    assert me.got("GET", f"books/{book}/covers") == covers
    for change in (
        {"book.title": "渡口"},
        {"convert.to": "zh-Hant"},
        {"typography.vertical": True},
    ):
        me.got("PUT", f"books/{book}/settings", change)
        changed = me.got("GET", f"books/{book}/covers")
        assert changed["version"] != covers["version"]
        assert seen(me, book, changed, "minimal").tobytes() != shown["minimal"]
        seen(me, book, covers, "moon")  # for a page that still shows it
        covers = changed
        shown["minimal"] = seen(me, book, covers, "minimal").tobytes()
    places = list((folder(state, me, book).parents[1] / "covers").iterdir())
    assert len(places) == 3


def test_the_design_that_suits_is_the_one_that_the_book_gets(me: Person, book: str) -> None:
    suits = me.got("GET", f"books/{book}/covers")["suits"]
    covers = []
    for design in (None, suits):
        me.got("PUT", f"books/{book}/settings", {"cover.design": design})
        me.got("POST", f"books/{book}/build", {"formats": ["epub"]})
        made = me.finished(book)["made"][0]["name"]
        covers.append(me.ask("GET", f"books/{book}/made/{made}").content)
    assert covers[0] == covers[1]


def test_a_picture_of_one_s_own_becomes_the_cover_and_can_be_taken_away(
    me: Person, book: str, state: Path
) -> None:
    red = picture("#f00")
    given = me.ask("PUT", f"books/{book}/cover", red)
    assert given.status == 200
    covers = me.got("GET", f"books/{book}/covers")
    assert (covers["own"], covers["is_given"], covers["shown"]) == (True, True, "given")
    assert seen(me, book, covers, "given").getpixel((9, 9))[0] > 250  # type: ignore[index]  # three colours
    understood = inspect(folder(state, me, book))
    (cover,) = [one for one in understood.book.assets if one.name == understood.book.cover]
    assert cover.content == red
    blue = me.ask("PUT", f"books/{book}/cover", picture("#00f", "JPEG"))
    assert blue.status == 200
    assert [one.name for one in folder(state, me, book).glob("own-cover*")] == ["own-cover.jpg"]
    assert me.got("GET", f"books/{book}/covers")["version"] != covers["version"]
    # It stays while another is looked at, and a design takes its place only when that is chosen.
    me.got("PUT", f"books/{book}/settings", {"cover.own": False})
    assert not inspect(folder(state, me, book)).book.cover
    left = me.got("DELETE", f"books/{book}/cover")
    assert (left["own"], left["is_given"]) == (False, False)
    assert not list(folder(state, me, book).glob("own-cover*"))
    assert "cover" not in str(me.got("GET", f"books/{book}")["settings"].get("book.cover", ""))


def test_a_book_s_own_cover_can_be_left_and_chosen_again(me: Person, state: Path) -> None:
    green = picture("#0f0", "JPEG")
    dropped = me.begin("水账.txt", NOVEL.encode())
    me.got("PUT", f"books/{dropped}/files/cover.jpg", green)
    me.got("POST", f"books/{dropped}/build", {"formats": ["epub"]})
    made = me.finished(dropped)["made"][0]["name"]
    epub = read(me, "水账.epub", me.ask("GET", f"books/{dropped}/made/{made}").content)
    for book in (dropped, epub):
        me.got("PUT", f"books/{book}/settings", {"cover.own": False, "cover.design": "moon"})
        me.got("POST", f"books/{book}/analyse")
        assert me.finished(book)["job"]["state"] == "done"
        covers = me.got("GET", f"books/{book}/covers")
        assert (covers["own"], covers["is_given"], covers["shown"]) == (True, False, "own")
        assert seen(me, book, covers, "own").getpixel((9, 9))[1] > 250  # type: ignore[index]  # three colours
        assert not inspect(folder(state, me, book)).book.cover
        me.got("PUT", f"books/{book}/settings", {"cover.own": None})
        assert inspect(folder(state, me, book)).book.cover
        # A picture that is given goes before it, and it comes back when that is taken away.
        assert me.got("PUT", f"books/{book}/cover", picture("#f00"))["shown"] == "given"
        assert me.got("DELETE", f"books/{book}/cover")["shown"] == "own"


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"no picture", 400), (b"\x89PNG\r\n\x1a\n broken", 400), (b"<svg/>", 400), (bytes(20_000_001), 413)],
)  # fmt: skip
def test_what_is_no_picture_is_told_and_not_kept(
    content: bytes, status: int, me: Person, book: str, state: Path
) -> None:
    answer = me.ask("PUT", f"books/{book}/cover", content)
    assert (answer.status, me.code(answer)) == (status, "W012" if status == 413 else "R018")
    assert not list(folder(state, me, book).glob("own-cover*"))
    assert me.got("GET", f"books/{book}/covers")["own"] is False


def test_what_changes_while_covers_are_drawn_is_drawn_too(
    me: Person, book: str, state: Path
) -> None:
    from threading import Thread

    draft = Desks(state).book(me.cookie.partition("=")[2], book)
    assert draft
    answers: list[Any] = []
    asking = Thread(target=lambda: answers.append(me.got("GET", f"books/{book}/covers")))
    asking.start()
    time.sleep(0.3)
    draft.choose({"book.title": "渡口"})
    asking.join(60)
    assert answers == [me.got("GET", f"books/{book}/covers")]


def test_covers_are_their_owner_s(me: Person, book: str) -> None:
    covers = me.got("GET", f"books/{book}/covers")
    other = Person(me.root.removesuffix("studio/api/"))
    for path in ("covers", f"covers/{covers['version']}/moon.jpg"):
        assert other.ask("GET", f"books/{book}/{path}").status == 404
    assert other.ask("PUT", f"books/{book}/cover", picture("#f00")).status == 404
    for name in ("..%2f..%2fsource", "nothing"):
        assert me.ask("GET", f"books/{book}/covers/{covers['version']}/{name}.jpg").status == 404


def test_a_book_that_was_read_before_covers_were_shown_has_them_too(
    me: Person, book: str, state: Path
) -> None:
    (folder(state, me, book).parents[1] / "about.json").unlink()
    assert me.got("GET", f"books/{book}/covers")["suits"] in COVER_DESIGNS


def test_drawing_that_takes_too_long_is_ended(me: Person, book: str, state: Path) -> None:
    import asyncio

    from builder.core.errors import ConfigError

    draft = Desks(state).book(me.cookie.partition("=")[2], book)
    assert draft
    with pytest.raises(ConfigError) as caught:
        asyncio.run(Covering(wall_s=0.01)._draw(draft))
    assert caught.value.diagnostic.code == "W007"
