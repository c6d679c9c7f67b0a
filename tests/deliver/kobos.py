"""A Kobo's memory as it is laid out: the tables of its list that a series touches."""

import sqlite3
from contextlib import closing
from pathlib import Path

CONTENT = """CREATE TABLE content(
  ContentID TEXT NOT NULL, ContentType TEXT NOT NULL, MimeType TEXT NOT NULL, BookID TEXT,
  BookTitle TEXT, Title TEXT COLLATE NOCASE, Attribution TEXT COLLATE NOCASE, ___UserID TEXT NOT NULL,
  ReadStatus INTEGER, Series TEXT, SeriesNumber TEXT, SeriesID TEXT, SeriesNumberFloat REAL,
  PRIMARY KEY (ContentID))"""
BOOK = "file:///mnt/onboard/渡口.epub"


def a_kobo(folder: Path, *, version: int = 174, content: str = CONTENT, wal: bool = False) -> Path:
    """A Kobo that has taken in 渡口.epub, which has one chapter."""
    root = folder / "KOBOeReader"
    (root / ".kobo").mkdir(parents=True)
    with closing(sqlite3.connect(list_of(root))) as database, database:
        if wal:
            database.execute("PRAGMA journal_mode = WAL")
        database.execute(content)
        database.execute("CREATE TABLE DbVersion(version INTEGER NOT NULL, PRIMARY KEY(version))")
        database.execute("INSERT INTO DbVersion VALUES (?)", (version,))
        columns = "ContentID, ContentType, MimeType, BookID, Title, ___UserID, ReadStatus"
        for row in (
            (BOOK, "6", "application/epub+zip", None, "渡口", "", 1),
            (f"{BOOK}#(3)c1.xhtml", "9", "application/epub+zip", BOOK, "第一章", "", 1),
        ):
            database.execute(f"INSERT INTO content ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return root


def list_of(root: Path) -> Path:
    return root / ".kobo" / "KoboReader.sqlite"


def rows(database: Path) -> list[tuple[object, ...]]:
    """The whole list, a row a book or chapter."""
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute("SELECT * FROM content ORDER BY ContentID").fetchall()


def series(database: Path) -> dict[str, tuple[object, ...]]:
    """What the list says of the series of each book and chapter."""
    with closing(sqlite3.connect(database)) as opened:
        told = "SELECT ContentID, Series, SeriesNumber, SeriesID, SeriesNumberFloat FROM content"
        return {row[0]: row[1:] for row in opened.execute(told)}
