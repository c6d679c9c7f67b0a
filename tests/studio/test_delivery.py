"""Books leave the studio: the shelf is shared, readers belong to who sits at the machine."""

from pathlib import Path

import pytest

from builder.core.errors import DeliverError, SourceError
from builder.deliver import reader_at
from builder.studio import delivery
from builder.studio.desk import Desks, Draft
from tests.deliver.kobos import BOOK, a_kobo, list_of, series
from tests.studio.shelves import package, put_book, served
from tests.studio.test_catalogue import ask
from tests.studio.test_studio_api import Person


def made(state: Path, owner: str, content: bytes) -> Draft:
    draft = Desks(state).begin(owner * 32, "水账.txt")
    draft.made.mkdir()
    (draft.made / "水账.epub").write_bytes(content)
    (draft.made / "水账.kepub.epub").write_bytes(content)
    return draft


def test_on_the_shelf_a_book_renews_itself_and_nobody_else_s(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "水账.epub").write_bytes(b"there before")
    mine, other = made(tmp_path, "1", b"mine"), made(tmp_path, "2", b"other")
    names = ("水账 (2).epub", "水账 (2).kepub.epub")
    assert delivery.shelve(mine, shelf) == names
    assert delivery.shelve(other, shelf) == ("水账 (3).epub", "水账 (3).kepub.epub")
    (mine.made / "水账.epub").write_bytes(b"mine, mended")
    (mine.made / "水账.kepub.epub").unlink()
    assert delivery.shelve(mine, shelf) == names[:1]
    assert {path.name: path.read_bytes() for path in shelf.iterdir()} == {
        "水账.epub": b"there before", "水账 (2).epub": b"mine, mended",
        "水账 (3).epub": b"other", "水账 (3).kepub.epub": b"other",
    }  # fmt: skip


def test_a_reader_that_nothing_suits_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "KOBOeReader"
    (drive / ".kobo").mkdir(parents=True)
    (drive / ".kobo" / "KoboReader.sqlite").write_bytes(b"")
    monkeypatch.setattr(delivery, "readers", lambda: (reader_at(drive),))
    draft = Desks(tmp_path / "state").begin("1" * 32, "水账.txt")
    draft.made.mkdir()
    with pytest.raises(SourceError):
        delivery.send(draft, str(drive))
    (draft.made / "水账.epub").write_bytes(b"epub")
    assert delivery.send(draft, str(drive)) == "水账.epub"


def test_a_kobo_is_told_the_series_once_it_has_taken_the_book_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kobo = a_kobo(tmp_path)
    monkeypatch.setattr(delivery, "readers", lambda: (reader_at(kobo),))
    draft = Desks(tmp_path / "state").begin("1" * 32, "渡口.txt")
    draft.made.mkdir()
    backups = tmp_path / "backups"
    told = {}
    for name, part in (("渡口", "水上"), ("新来", "水上"), ("渡口", "")):
        for old in draft.made.iterdir():
            old.unlink()
        put_book(draft.made, f"{name}.epub", package(name, "佚名", part, 3))
        sent, told[name, part] = delivery.send_with_series(draft, str(kobo), backups)
        assert sent == f"{name}.epub"
    assert told == {("渡口", "水上"): "written", ("新来", "水上"): "unknown", ("渡口", ""): "alone"}
    assert series(list_of(kobo))[BOOK][0] == "水上"
    assert list(backups.glob("KoboReader-*.sqlite"))


def test_only_a_kobo_has_a_list_of_series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = tmp_path / "Kindle"
    (drive / "documents").mkdir(parents=True)
    (drive / "system").mkdir()
    monkeypatch.setattr(delivery, "readers", lambda: (reader_at(drive),))
    draft = Desks(tmp_path / "state").begin("1" * 32, "渡口.txt")
    with pytest.raises(DeliverError) as refused:
        delivery.send_with_series(draft, str(drive), None)
    assert refused.value.diagnostic.code == "D022"


def test_over_the_network_nobody_sees_what_is_plugged_in_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from base64 import b64encode

    told = [{"kind": "kobo", "name": "KOBO", "place": "/media/KOBO"}]
    monkeypatch.setattr("builder.studio.api.delivery.devices", lambda: told)
    with served(tmp_path, state=tmp_path / "state") as address:
        assert Person(address).got("GET", "devices") == {"devices": told}
    with served(tmp_path, password="right", state=tmp_path / "state") as address:
        right = "Basic " + b64encode(b"me:right").decode()
        answer = ask(f"{address}studio/api/devices", Authorization=right)
        assert answer.content == b'{"devices":[]}'


def test_the_address_of_the_shelf_is_a_code_to_scan(tmp_path: Path) -> None:
    with served(tmp_path, state=tmp_path / "state") as address:
        answer = ask(f"{address}studio/api/code.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert b"<svg" in answer.content
    assert answer.content == delivery.code(address)
