"""A Kobo's own list is written only when it is asked for, known, whole and nobody else's turn."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from builder.core.errors import DeliverError
from builder.deliver import back_up, list_series
from builder.deliver.kobo import MOST_BACKUPS
from tests.deliver.kobos import BOOK, CONTENT, a_kobo, list_of, rows, series
from tests.studio.shelves import package, put_book

NOTHING = (None, None, None, None)


def a_book(root: Path, name: str = "渡口.epub", title: str = "渡口", position: int = 2) -> Path:
    return put_book(root, name, package(title, "佚名", "水上", position))


def told(root: Path, backups: Path) -> str:
    """The code of what `back_up` refuses."""
    before = list_of(root).read_bytes() if list_of(root).is_file() else b""
    with pytest.raises(DeliverError) as caught:
        back_up(root, backups)
    assert (list_of(root).read_bytes() if list_of(root).is_file() else b"") == before
    assert not backups.exists()
    return caught.value.diagnostic.code


@pytest.mark.parametrize("wal", [False, True])
def test_a_series_stands_in_the_list_and_nothing_else_has_changed(
    tmp_path: Path, wal: bool
) -> None:
    root = a_kobo(tmp_path, wal=wal)
    book = a_book(root)
    before = rows(list_of(root))
    backup = back_up(root, tmp_path / "kept")
    listed = list_series(root, [book], backup)
    assert (listed.written, listed.unknown, listed.alone) == ((book,), (), ())
    assert series(list_of(root)) == {
        BOOK: ("水上", "2", "水上", 2.0),
        f"{BOOK}#(3)c1.xhtml": NOTHING,
    }
    assert rows(backup) == before
    assert [row[:9] for row in rows(list_of(root))] == [row[:9] for row in before]
    assert sorted(path.name for path in (root / ".kobo").iterdir()) == ["KoboReader.sqlite"]


def test_a_list_from_before_series_ids_gets_name_and_number_only(tmp_path: Path) -> None:
    old = CONTENT.replace(", SeriesID TEXT, SeriesNumberFloat REAL", "")
    root = a_kobo(tmp_path, version=100, content=old)
    book = a_book(root)
    list_series(root, [book], back_up(root, tmp_path / "kept"))
    assert rows(list_of(root))[0][-2:] == ("水上", "2")


def test_what_the_reader_does_not_know_yet_and_what_has_no_series_is_said(tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    new, single = a_book(root, "灯下.epub"), put_book(root, "单.epub", package("单", "佚名"))
    listed = list_series(root, [new, single], back_up(root, tmp_path / "kept"))
    assert (listed.written, listed.unknown, listed.alone) == ((), (new,), (single,))
    assert set(series(list_of(root)).values()) == {NOTHING}


@pytest.mark.parametrize(
    ("version", "content"),
    [(64, CONTENT), (223, CONTENT), (174, CONTENT.replace("SeriesID", "SeriesKey"))],
)
def test_a_layout_that_is_not_known_is_left_alone(
    version: int, content: str, tmp_path: Path
) -> None:
    assert told(a_kobo(tmp_path, version=version, content=content), tmp_path / "kept") == "D019"


def test_a_reader_without_a_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "KOBOeReader" / ".kobo").mkdir(parents=True)
    assert told(tmp_path / "KOBOeReader", tmp_path / "kept") == "D019"


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_changes_that_are_not_finished_are_nobody_s_to_finish(suffix: str, tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    list_of(root).with_name(f"KoboReader.sqlite{suffix}").write_bytes(b"unfinished")
    assert told(root, tmp_path / "kept") == "D020"


def test_a_list_that_is_locked_is_not_waited_for(tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    book = a_book(root)
    backup = back_up(root, tmp_path / "kept")
    before = rows(list_of(root))
    with closing(sqlite3.connect(list_of(root), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DeliverError) as caught:
            list_series(root, [book], backup)
    assert caught.value.diagnostic.code == "D020"
    assert rows(list_of(root)) == before


def test_a_list_that_has_changed_since_its_copy_was_kept_is_left_alone(tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    book = a_book(root)
    backup = back_up(root, tmp_path / "kept")
    with closing(sqlite3.connect(list_of(root))) as other, other:
        other.execute("UPDATE content SET Series = '别的'")
    with pytest.raises(DeliverError) as caught:
        list_series(root, [book], backup)
    assert caught.value.diagnostic.code == "D020"
    assert {row[0] for row in series(list_of(root)).values()} == {"别的"}


def test_the_copy_just_kept_stays_whatever_the_clock_says(tmp_path: Path) -> None:
    root, kept = a_kobo(tmp_path), tmp_path / "kept"
    kept.mkdir()
    for number in range(MOST_BACKUPS):
        old = kept / f"KoboReader-{number}.sqlite"
        old.write_bytes(b"from a clock that was wrong")
        os.utime(old, (4_000_000_000 + number, 4_000_000_000 + number))
    backup = back_up(root, kept)
    assert backup.is_file()
    assert len(list(kept.iterdir())) == MOST_BACKUPS
    assert not (kept / "KoboReader-0.sqlite").exists()


@pytest.mark.parametrize("spoil", ["text", "pages"])
def test_a_damaged_list_is_told_and_left_as_it_is(spoil: str, tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    content = bytearray(list_of(root).read_bytes())
    if spoil == "text":
        content[:] = b"no list at all " * 100
    else:
        content[4096:8192] = bytes(range(256)) * 16
    list_of(root).write_bytes(content)
    assert told(root, tmp_path / "kept") == "D021"


def test_a_writer_that_is_killed_leaves_the_list_as_it_was(tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    a_book(root)
    before = rows(list_of(root))
    code = (
        "import os, signal, sys; from pathlib import Path; from builder.deliver import kobo;"
        "root, kept = map(Path, sys.argv[1:]); was = kobo._set\n"
        "def die(*a, **k):\n was(*a, **k); a[0].execute('PRAGMA cache_spill = 1');"
        " a[0].execute('PRAGMA cache_size = 1');"
        " [a[0].execute('UPDATE content SET Title = Title') for _ in range(9)];"
        " os.kill(os.getpid(), signal.SIGKILL)\n"
        "kobo._set = die\n"
        "kobo.list_series(root, [root / '渡口.epub'], kobo.back_up(root, kept))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(tmp_path / "kept")],
        check=False, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert rows(list_of(root)) == before


def test_the_last_copies_are_kept_and_no_two_of_the_same(tmp_path: Path) -> None:
    root = a_kobo(tmp_path)
    for number in range(MOST_BACKUPS + 2):
        with closing(sqlite3.connect(list_of(root))) as other, other:
            other.execute("UPDATE content SET ReadStatus = ?", (number,))
        last = back_up(root, tmp_path / "kept")
        assert back_up(root, tmp_path / "kept") == last
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == MOST_BACKUPS
    assert last in kept
