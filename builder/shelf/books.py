"""The books under a folder: texts, EPUBs and archives one by one, folders of chapters as one.

A folder with book.toml is a book. So is one whose files are chapters: numbered by their names, and
several. Any other folder is a shelf of its own, and what lies in it are books.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, SourceError
from builder.read import is_book_beside_others, looks_like_text

SETTINGS = "book.toml"
# What lies beside each finished book.
_RESULT = ".ledger"
_DEEPEST = 60
MOST_BOOKS = 200_000
# A chapter's name says which it is. Examples: 001_1f3a.txt, 第十二回 夜雨.txt, 12.md, 楔子.txt.
# Counter-examples: 三国演义.txt, 《渡口》作者：佚名.txt, 1984.txt beside other years.
_CHAPTER = re.compile(
    r"[\s_（(【\[]*(?:[0-9]{1,5}(?![0-9])|第[0-9〇零一二三四五六七八九十百千两]+[章回节節卷部篇集话話]"
    r"|楔子|序|前言|引子|尾声|尾聲|后记|後記|番外|chapter|ch)",
    re.IGNORECASE,
)
_LEAST_CHAPTERS = 2
_MOSTLY = 0.8
# Chapters are small; a folder of numbered novels is a shelf.
_LARGEST_CHAPTER_BYTES = 400_000


@dataclass(frozen=True, slots=True)
class Found:
    """A book on the shelf; `shelf` is where it lies below the shelf's root, "" for the root."""

    path: Path
    shelf: str


@dataclass(frozen=True, slots=True)
class Search:
    """The books under a folder, in the order of their paths, and files with text that are none:
    named like drafts (_旧.txt, ~1.txt), links, without an ending, or too deep.
    """

    books: tuple[Found, ...]
    passed_by: tuple[Path, ...] = ()


def books_on(root: Path) -> tuple[Found, ...]:
    """Every book under `root`, in the order of their paths; see `search`."""
    return search(root).books


def search(root: Path, *, out: Path | None = None) -> Search:
    """Every book under `root`, but for what lies in `out`. What a folder holds that the system does
    not show cannot be told; it counts as a book, which fails.

    Raises SourceError R001 without such a folder, B020 when there is no book, L003 when there are
    too many; ConfigError L010 when the results would lie among the books.
    """
    if not root.is_dir():
        raise SourceError("R001", location=Location(str(root)))
    if out and root.resolve().is_relative_to(out.resolve()):
        raise ConfigError("L010", location=Location(str(out)), folder=str(root))
    found: list[Found] = []
    passed: list[Path] = []
    for one in _books(_Walk(root, out.resolve() if out else None, passed), root, 0):
        found.append(one)
        if len(found) > MOST_BOOKS:
            raise SourceError("L003", location=Location(str(root)), limit=MOST_BOOKS)
    if not found:
        raise SourceError("B020", location=Location(str(root)))
    return Search(tuple(found), tuple(passed))


@dataclass(frozen=True, slots=True)
class _Walk:
    root: Path
    out: Path | None
    passed: list[Path]


def _books(walk: _Walk, folder: Path, depth: int) -> Iterator[Found]:
    shelf = "" if folder == walk.root else folder.relative_to(walk.root).as_posix()
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        is_link = entry.is_symlink()
        if is_link or not is_book_beside_others(entry):
            if looks_like_text(entry):
                walk.passed.append(entry)
        elif not entry.is_dir():
            yield Found(entry, shelf)
        elif walk.out and entry.resolve() == walk.out:
            continue
        elif not os.access(entry, os.R_OK | os.X_OK) or is_one_book(entry):
            yield Found(entry, shelf)
            # A book in the folder of another is no part of it, and no less a book.
            inner = entry.relative_to(walk.root).as_posix()
            for one in sorted(entry.glob(f"*/{SETTINGS}")):
                yield Found(one.parent, inner)
        elif depth < _DEEPEST:
            yield from _books(walk, entry, depth + 1)
        else:
            walk.passed.append(entry)


def lying_in(out: Path, root: Path) -> tuple[Path, ...]:
    """Files in the folder for the results of `root`, inside of it, that look like books and are no
    results: those lie beside a ledger. Sorted.
    """
    if not out.resolve().is_relative_to(root.resolve()):
        return ()
    found: list[Path] = []
    for folder, folders, names in os.walk(out):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if not any(name.endswith(_RESULT) for name in names):
            files = (Path(folder, name) for name in names)
            found += [file for file in files if is_book_beside_others(file) and file.is_file()]
    return tuple(sorted(found))


def is_one_book(folder: Path) -> bool:
    """Whether a folder is one book rather than a shelf of several; not when it cannot be told."""
    try:
        return _is_one_book(folder)
    # Not ours to read, or taken away just now.
    except OSError:
        return False


def _is_one_book(folder: Path) -> bool:
    if (folder / SETTINGS).is_file():
        return True
    entries = [entry for entry in folder.iterdir() if is_book_beside_others(entry)]
    files = [entry for entry in entries if entry.is_file()]
    if any(entry.suffix.lower() in {".epub", ".zip"} for entry in files):
        return False
    chapters = [entry for entry in files if _CHAPTER.match(entry.stem)]
    if len(chapters) < max(_LEAST_CHAPTERS, _MOSTLY * len(files)):
        # 第一卷/ 第二卷/ with chapters in them, and no text beside.
        volumes = [entry for entry in entries if entry.is_dir()]
        return not files and len(volumes) > 1 and all(_is_volume(volume) for volume in volumes)
    return sum(entry.stat().st_size > _LARGEST_CHAPTER_BYTES for entry in files) <= len(files) / 2


def _is_volume(folder: Path) -> bool:
    return bool(_CHAPTER.match(folder.name)) and is_one_book(folder)
