"""What a book's text comes from, file by file: files of a folder, members of an archive.

A `Document` holds the bytes of one file and what stands around it; where those bytes came from
no longer matters after this.
"""

import os
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from builder.core.book import Asset
from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import SourceError
from builder.core.source import BookSource
from builder.read.archive import Archive
from builder.read.discovery import (
    CONTAINER_SUFFIXES,
    chapters_among,
    cover_among,
    folders_of,
    select,
    unreadable,
)
from builder.read.epub_notes import NotePairs
from builder.read.limits import MAX_BOOK_BYTES, MAX_FILE_BYTES, MAX_IMAGE_BYTES, MIB


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the contents: the id it points to (empty: the file's start), and its level.

    `is_group` tells one that links to nothing itself and stands above the title after it.
    """

    anchor: str
    text: str
    level: int
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file of text.

    `shown` is what people are told it is called, `name` what references from it are relative
    to. `is_made` tells pages that are about the book and not of it: cover, title page,
    contents. `titles` are those of the contents that point into it, `targets` the ids in it that
    links of the book lead to.
    """

    shown: str
    name: str
    content: bytes = field(repr=False)
    folders: tuple[str, ...] = ()
    is_made: bool = False
    is_page: bool = False
    titles: tuple[Title, ...] = ()
    targets: frozenset[str] = frozenset()

    @property
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot."""
        return ".xhtml" if self.is_page else posixpath.splitext(self.name)[1].lower()


@dataclass(frozen=True, slots=True)
class Found:
    """A file that a text refers to; `key` is the same for the same file."""

    key: str
    content: bytes = field(repr=False)


# Takes a reference and the name of the document it stands in.
Find = Callable[[str, str], Found | None]


@dataclass(frozen=True, slots=True)
class Library:
    """All texts of a book in reading order, and what was found out on the way."""

    documents: tuple[Document, ...]
    find: Find
    cover: Asset | None = None
    hints: tuple[tuple[str, str], ...] = ()
    pairs: NotePairs | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def library_of(source: BookSource, config: Config) -> Library:
    """The texts of a book. Raises SourceError R015, R016, R024–R030 and those of `select`."""
    paths = select(source, config)
    if len(paths) == 1 and paths[0].suffix.lower() in CONTAINER_SUFFIXES:
        return _contained(file_bytes(paths[0]), str(paths[0]), paths[0].suffix.lower())
    size_bytes = 0
    documents: list[Document] = []
    for path in paths:
        content = file_bytes(path)
        size_bytes += len(content)
        if size_bytes > MAX_BOOK_BYTES:
            raise too_large(str(path), MAX_BOOK_BYTES)
        documents.append(Document(str(path), str(path), content, folders_of(path, source.root)))
    return Library(tuple(documents), _on_disk(source.root))


def file_bytes(path: Path) -> bytes:
    """All bytes of a file. Raises SourceError R015, R016."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if len(content) > MAX_FILE_BYTES:
        raise too_large(str(path), MAX_FILE_BYTES)
    return content


def too_large(shown: str, limit_bytes: int) -> SourceError:
    """The error for more text than a book can hold."""
    return SourceError("R015", location=Location(shown), limit=limit_bytes // MIB)


def _on_disk(root: Path) -> Find:
    """Looks for files beside the text, never outside the book's folder."""

    def find(name: str, beside: str) -> Found | None:
        try:
            home = root.resolve()
            path = (Path(beside).parent / name).resolve()
            if not path.is_relative_to(home) or not path.is_file():
                return None
            if path.stat().st_size > MAX_IMAGE_BYTES:
                return Found(str(path), b"")
            key = os.fsencode(path.relative_to(home)).decode("utf-8", "replace")
            return Found(key, path.read_bytes())
        except (OSError, ValueError):
            return None

    return find


def in_archive(archive: Archive) -> Find:
    """Looks for members beside the text, never outside the archive."""

    def find(name: str, beside: str) -> Found | None:
        key = posixpath.normpath(posixpath.join(posixpath.dirname(beside), name))
        return Found(key, archive.read(key)) if key in archive else None

    return find


def _contained(content: bytes, shown: str, suffix: str) -> Library:
    """The texts in an archive: an EPUB, or files as in a folder, or one EPUB in a ZIP."""
    archive = Archive(content, shown)
    if suffix == ".epub" or "META-INF/container.xml" in archive:
        from builder.read.epub import epub_library

        return epub_library(archive)
    names = chapters_among(archive.names)
    if not names:
        books = [name for name in archive.names if name.lower().endswith(".epub")]
        if len(books) != 1:
            raise SourceError("R028", location=archive.location())
        return _contained(archive.read(books[0]), f"{shown}!/{books[0]}", ".epub")
    top = _common_folder(names)
    documents: list[Document] = []
    for name in names:
        inner = name.removeprefix(top)
        documents.append(
            Document(
                str(archive.location(name)),
                name,
                archive.read(name),
                tuple(inner.split("/")[:-1]),
            )
        )
    cover = cover_among(archive.names, top)
    return Library(
        tuple(documents),
        in_archive(archive),
        _asset(archive.read(cover), archive.location(cover)) if cover else None,
    )


def _common_folder(names: tuple[str, ...]) -> str:
    """The folder that all names lie in, with its slash; empty when there is none."""
    folders = [name.split("/")[:-1] for name in names]
    shared = folders[0]
    for parts in folders[1:]:
        same = next(
            (i for i, (a, b) in enumerate(zip(shared, parts, strict=False)) if a != b), None
        )
        shared = shared[: min(len(shared), len(parts)) if same is None else same]
    return "".join(f"{part}/" for part in shared)


def _asset(content: bytes, location: Location) -> Asset:
    from builder.read.assets import cover_asset

    return cover_asset(content, location)
