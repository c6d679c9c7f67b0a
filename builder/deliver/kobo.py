"""The series of books in a Kobo's own list, which it does not read from the books it is given.

`.kobo/KoboReader.sqlite` is the reader's own: it is written only when somebody asks for it, only
when its layout is one that is known, never while the reader or another program writes it, and
after a sound copy of it is kept on this machine. One transaction changes the four series columns
of the books named, and nothing else.
Source: the layouts that calibre's driver and kepubify's `seriesmeta` have published (the series
since version 65, its own list since 136, up to 222). Covers need nothing: the reader draws them
from the EPUB.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from builder.core.diagnostic import Location
from builder.core.errors import DeliverError
from builder.core.files import write_through
from builder.deliver.package import Described, described

DATABASE = Path(".kobo", "KoboReader.sqlite")
# Versions of the layout whose series columns mean what is written here.
OLDEST, NEWEST = 65, 222
MOST_BACKUPS = 5
_COLUMNS = frozenset({"ContentID", "ContentType", "BookID", "Series", "SeriesNumber"})
# Since version 136 the reader lists series by these.
_LISTED = ("SeriesID", "SeriesNumberFloat")
_LISTED_SINCE = 136
_BOOK = "6"
# What the reader calls its memory.
_ONBOARD = "file:///mnt/onboard/"
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# Changes that were not put into the database yet: somebody is at work, or was cut off.
_UNFINISHED = ("-journal", "-wal")


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of some books in a Kobo's list.

    `written` have their series now; the reader has not taken in `unknown` yet; `alone` say
    nothing of a series, or cannot. All are paths on the reader.
    """

    written: tuple[Path, ...]
    unknown: tuple[Path, ...]
    alone: tuple[Path, ...]
    backup: Path


def back_up(root: Path, folder: Path) -> Path:
    """Keep a copy of the list of the Kobo at `root` in `folder`, where the last five stay.

    Raises DeliverError: D019 the layout is not known, D020 it is being written, D021 damaged.
    """
    with _opened(root) as database:
        _require_known(database, root)
        content = _copied(database, root)
    name = f"KoboReader-{hashlib.sha256(content).hexdigest()[:12]}.sqlite"
    path = folder / name
    write_through(path, lambda file: file.write(content))
    # The newest is the one just made, whatever the clock says.
    others = [one for one in folder.glob("KoboReader-*.sqlite") if one != path]
    others.sort(key=lambda one: one.stat().st_mtime_ns)
    for old in others[: max(0, len(others) + 1 - MOST_BACKUPS)]:
        old.unlink(missing_ok=True)
    return path


def list_series(root: Path, books: Sequence[Path], backup: Path) -> Listed:
    """Write the series of `books`, which stand on the Kobo at `root`, into its list.

    `backup` is what `back_up` kept; when the list has changed since, nothing is written.
    Raises as `back_up`.
    """
    told = [(path, described(path)) for path in books]
    in_series = [(path, about) for path, about in told if about.series]
    alone = tuple(path for path, about in told if not about.series)
    written: list[Path] = []
    unknown: list[Path] = []
    with _opened(root) as database:
        has_list = _require_known(database, root)
        database.execute("BEGIN EXCLUSIVE")
        if not _is_as_kept(database, backup):
            raise DeliverError("D020", location=_place(root))
        for path, about in in_series:
            known = _set(database, _content_id(root, path), about, has_list=has_list)
            (written if known else unknown).append(path)
        database.execute("COMMIT")
    return Listed(tuple(written), tuple(unknown), alone, backup)


def _set(database: sqlite3.Connection, book: str, about: Described, *, has_list: bool) -> bool:
    """Write the series of one book; whether the reader knows the book."""
    number = about.position or None
    shown = f"{number:g}" if number else None
    changed = database.execute(
        "UPDATE content SET Series = ?, SeriesNumber = ?"
        " WHERE ContentID = ? AND ContentType = ? AND coalesce(BookID, '') = ''",
        (about.series, shown, book, _BOOK),
    )
    if has_list:
        database.execute(
            "UPDATE content SET SeriesID = ?, SeriesNumberFloat = ?"
            " WHERE ContentID = ? AND ContentType = ? AND coalesce(BookID, '') = ''",
            (about.series, number, book, _BOOK),
        )
    return changed.rowcount > 0


def _content_id(root: Path, book: Path) -> str:
    return _ONBOARD + book.relative_to(root).as_posix()


@contextmanager
def _opened(root: Path) -> Iterator[sqlite3.Connection]:
    """The list of the Kobo at `root`. What SQLite says is told in our words."""
    path = root / DATABASE
    if not path.is_file():
        raise DeliverError("D019", location=_place(root), version="–", newest=NEWEST)
    for suffix in _UNFINISHED:
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and beside.stat().st_size:
            raise DeliverError("D020", location=_place(root))
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=rw"
        with closing(
            sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
        ) as database:
            yield database
    except sqlite3.DatabaseError as problem:
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise DeliverError("D020", location=_place(root)) from problem
        raise DeliverError("D021", location=_place(root), reason=str(problem)) from problem


def _require_known(database: sqlite3.Connection, root: Path) -> bool:
    """Raise DeliverError D019 unless the layout is known; returns whether series are listed."""
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    version = 0
    if {"DbVersion", "content"} <= tables:
        found = database.execute("SELECT version FROM DbVersion").fetchone()
        version = found[0] if found and isinstance(found[0], int) else 0
    columns = {row[1] for row in database.execute("PRAGMA table_info(content)")}
    has_list = version >= _LISTED_SINCE
    wanted = _COLUMNS | set(_LISTED if has_list else ())
    if not OLDEST <= version <= NEWEST or not wanted <= columns:
        raise DeliverError("D019", location=_place(root), version=version or "–", newest=NEWEST)
    return has_list


def _copied(database: sqlite3.Connection, root: Path) -> bytes:
    """The whole list as it is now. Raises DeliverError D021 when it is damaged."""
    with closing(sqlite3.connect(":memory:")) as copy:
        database.backup(copy)
        (told,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if told != "ok":
            raise DeliverError("D021", location=_place(root), reason=str(told))
        return copy.serialize()


def _is_as_kept(database: sqlite3.Connection, backup: Path) -> bool:
    """Whether the books in the list are those of the copy."""
    rows = "SELECT ContentID, Series, SeriesNumber FROM content ORDER BY ContentID"
    address = f"file:{quote(str(backup.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as kept:
        return database.execute(rows).fetchall() == kept.execute(rows).fetchall()


def _place(root: Path) -> Location:
    return Location(str(root / DATABASE))
