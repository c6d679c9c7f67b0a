import struct
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from builder.compose import compose
from builder.core.config import Config
from builder.core.publication import Publication
from builder.epub import write_epub
from tests.compose.sample import sample_book
from tests.epub.golden import GOLDEN, projection

MODIFIED = "2024-02-29T12:00:00Z"
LANGUAGES = ("zh-Hans", "zh-Hant-TW")


def publication(language: str = "zh-Hans") -> Publication:
    return compose(sample_book(language), Config(), modified=MODIFIED)


def entries(content: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(BytesIO(content)).infolist()


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A patch that lets a test travel; the clock and the time zone are put back afterwards."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def travel(patch: pytest.MonkeyPatch, zone: str, moment: float) -> None:
    patch.setenv("TZ", zone)
    time.tzset()
    patch.setattr(time, "time", lambda: moment)


def test_the_same_book_gives_the_same_bytes_on_any_day_in_any_time_zone(
    elsewhere: pytest.MonkeyPatch,
) -> None:
    travel(elsewhere, "Asia/Shanghai", 1_700_000_000)
    east = write_epub(publication())
    travel(elsewhere, "America/St_Johns", 1_900_000_000)
    assert write_epub(publication()) == east


@pytest.mark.parametrize("moment", [86_400, 4_600_000_000])
def test_a_clock_before_1980_or_after_2107_does_not_stop_a_book(
    elsewhere: pytest.MonkeyPatch, moment: int
) -> None:
    """A ZIP has no name for these years, and a machine without a battery begins in 1970."""
    right = write_epub(publication())
    travel(elsewhere, "Asia/Shanghai", moment)
    assert write_epub(publication()) == right
    with pytest.raises((ValueError, struct.error)), zipfile.ZipFile(BytesIO(), "w") as plain:
        plain.writestr("a", b"")


def test_the_mimetype_comes_first_plain_and_bare() -> None:
    content = write_epub(publication())
    first = entries(content)[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert first.extra == b""
    assert content[30:58] == b"mimetypeapplication/epub+zip"


def test_the_other_files_are_sorted_and_tell_no_time_and_no_owner() -> None:
    rest = entries(write_epub(publication()))[1:]
    names = [entry.filename for entry in rest]
    assert names == sorted(set(names))
    assert {entry.date_time for entry in rest} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in rest} == {3}


def test_pictures_are_stored_and_text_is_deflated() -> None:
    kinds = {
        Path(entry.filename).suffix: entry.compress_type
        for entry in entries(write_epub(publication()))
    }
    assert kinds[".png"] == kinds[".jpg"] == zipfile.ZIP_STORED
    assert kinds[".xhtml"] == kinds[".opf"] == kinds[".svg"] == zipfile.ZIP_DEFLATED


def test_every_file_arrives_byte_for_byte() -> None:
    made = publication()
    archive = zipfile.ZipFile(BytesIO(write_epub(made)))
    for item in made.manifest:
        assert archive.read(f"EPUB/{item.href}") == item.content


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    write_epub(publication())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_book_is_as_it_was_reviewed(language: str) -> None:
    """After a change that is meant: python -m tests.epub.golden, then read the difference."""
    golden = (GOLDEN / f"{language}.txt").read_text("utf-8")
    assert projection(write_epub(publication(language))) == golden
