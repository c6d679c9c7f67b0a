"""Files that are made anew, or taken away, while they are given."""

import logging
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


def test_a_file_that_changes_after_it_was_looked_at_is_seen_to_be_cut(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = giving.GivenFile.set_stat_headers

    def late(answer: giving.GivenFile, found: object) -> None:
        real(answer, found)  # type: ignore[arg-type]  # passed on as it came
        (tmp_path / "a.txt").write_bytes(LONG)

    monkeypatch.setattr(giving.GivenFile, "set_stat_headers", late)
    with pytest.raises(IncompleteRead), urlopen(link, timeout=20) as answer:
        answer.read()


def test_a_file_that_has_gone_since_it_was_found_is_not_there(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = giving.GivenFile.__init__

    def late(answer: giving.GivenFile, *given: object) -> None:
        real(answer, *given)  # type: ignore[arg-type]  # passed on as it came
        (tmp_path / "a.txt").unlink()

    monkeypatch.setattr(giving.GivenFile, "__init__", late)
    assert ask(link).status == 404
