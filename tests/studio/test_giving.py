"""Files that are made anew, or taken away, while they are given."""

import logging
import os
import threading
from collections.abc import Iterator
from http.client import IncompleteRead
from pathlib import Path
from urllib.request import urlopen

import pytest

from builder.studio import giving
from tests.studio.shelves import served
from tests.studio.test_catalogue import ask

SHORT, LONG = b"s" * 300_000, b"l" * 900_000


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "a.txt").write_bytes(SHORT)
    with served(tmp_path) as root:
        feed = ask(f"{root}opds/all").content.decode()
        yield next(part for part in feed.split('"') if part.endswith(".txt"))


def test_what_is_given_is_the_old_or_the_new_or_seen_to_be_cut(
    link: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ended = threading.Event()

    def renew() -> None:
        while not ended.is_set():
            for content in (LONG, SHORT):
                (tmp_path / ".new").write_bytes(content)
                (tmp_path / ".new").replace(tmp_path / "a.txt")

    making = threading.Thread(target=renew)
    making.start()
    try:
        for _ in range(60):
            try:
                with urlopen(link, timeout=20) as answer:
                    assert answer.read() in {SHORT, LONG}
            except (IncompleteRead, ConnectionError):
                continue
    finally:
        ended.set()
        making.join()
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR and one.exc_info]


@pytest.mark.parametrize("later", [b"", LONG])
def test_a_file_that_is_written_into_while_it_is_given_is_seen_to_be_cut(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: bytes
) -> None:
    real = giving.GivenFile.set_stat_headers

    def late(answer: giving.GivenFile, found: os.stat_result) -> None:
        real(answer, found)
        (tmp_path / "a.txt").write_bytes(later)

    monkeypatch.setattr(giving.GivenFile, "set_stat_headers", late)
    with pytest.raises((IncompleteRead, ConnectionError)), urlopen(link, timeout=20) as answer:
        answer.read()


def test_a_file_that_is_made_anew_between_two_looks_is_there(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looks = giving._is_at, 0

    def late(path: Path, found: os.stat_result, within: Path | None) -> bool:
        nonlocal looks
        looks += 1
        if looks < 5:
            (tmp_path / ".new").write_bytes(LONG)
            (tmp_path / ".new").replace(tmp_path / "a.txt")
        return real(path, found, within)

    monkeypatch.setattr(giving, "_is_at", late)
    assert ask(link).content == LONG
    assert looks == 5


def test_parts_of_a_file_are_given(link: str) -> None:
    answer = ask(link, Range="bytes=10-19")
    assert (answer.status, answer.content) == (206, SHORT[10:20])
    several = ask(link, Range="bytes=0-1,100-101")
    assert several.status == 206
    assert several.content.count(b"\r\n\r\nss\r\n") == 2
    assert ask(link, "HEAD").headers["content-length"] == str(len(SHORT))


def test_no_link_is_followed_that_takes_the_place_of_a_file_or_its_folder(tmp_path: Path) -> None:
    """Whoever may write into the shelf's folder swaps as fast as he can."""
    shelf, outside = tmp_path / "shelf", tmp_path / "outside"
    for folder in (shelf / "books", outside):
        folder.mkdir(parents=True)
        (folder / "b.txt").write_bytes(SHORT if folder.name == "books" else b"SECRET")
    (shelf / "a.txt").write_bytes(SHORT)
    ended = threading.Event()

    def swap() -> None:
        while not ended.is_set():
            for path, to in ((shelf / "a.txt", outside / "b.txt"), (shelf / "books", outside)):
                path.rename(tmp_path / "aside")
                path.symlink_to(to)
                path.unlink()
                (tmp_path / "aside").rename(path)

    with served(shelf) as root:
        feed = ask(f"{root}opds/all").content.decode()
        links = [part for part in feed.split('"') if part.endswith(".txt")]
        assert len(links) == 2
        swapping = threading.Thread(target=swap)
        swapping.start()
        try:
            for at in range(400):
                assert b"SECRET" not in ask(links[at % 2]).content
        finally:
            ended.set()
            swapping.join()


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "folder outside"])
def test_what_is_no_file_of_the_shelf_is_not_given(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "a.txt").write_bytes(b"SECRET")
    real = giving.GivenFile.__init__

    def late(answer: giving.GivenFile, path: Path, *given: object, **named: object) -> None:
        if kind == "folder outside":
            (tmp_path / "books").symlink_to(outside)
            path = tmp_path / "books" / "a.txt"
        else:
            path.unlink()
        match kind:
            case "link":
                path.symlink_to(outside / "a.txt")
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
        real(answer, path, *given, **named)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(giving.GivenFile, "__init__", late)
    answer = ask(link)
    assert answer.status == 404
    assert b"SECRET" not in answer.content


def test_a_file_that_has_gone_since_it_was_found_is_not_there(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = giving.GivenFile.__init__

    def late(answer: giving.GivenFile, *given: object, **named: object) -> None:
        real(answer, *given, **named)  # type: ignore[arg-type]  # passed on as it came
        (tmp_path / "a.txt").unlink()

    monkeypatch.setattr(giving.GivenFile, "__init__", late)
    assert ask(link).status == 404
