"""What a finished file says of itself: the metadata of an EPUB, and its cover.

Files come from anywhere: XML is read without entities and network, archives within bounds, and
one that cannot be read says nothing. Source: EPUB 3.3, package document; calibre's metas.
"""

import os
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from itertools import islice
from math import isfinite
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

_MOST_XML = 4_000_000
# The list of an archive: 20,000 entries with long names.
MOST_LIST = 4_000_000
# What a shelf shows of one book; it is kept in memory, for thousands of books.
MOST_WORDS, MOST_SUMMARY = 500, 10_000
MOST_PEOPLE = 50
MOST_COVER = 20_000_000
_CONTAINER = "META-INF/container.xml"
_SPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}
_MAKERS = frozenset({"", "aut", "trl", "edt", "ill", "com"})
IMAGES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a book; `file_as` is how shelves sort the name."""

    name: str
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """What a file says of its book; everything is empty where it says nothing."""

    title: str = ""
    file_as: str = ""
    makers: tuple[Person, ...] = ()
    language: str = ""
    series: str = ""
    position: float = 0.0
    publisher: str = ""
    issued: str = ""
    rights: str = ""
    summary: str = ""
    subjects: tuple[str, ...] = ()
    identifier: str = ""
    cover: str = ""


def described(path: Path) -> Described:
    """What the file at `path` says; nothing unless it is an EPUB that can be read."""
    if path.suffix.lower() != ".epub":
        return Described()
    try:
        with _opened(path) as archive:
            opened = _package(archive)
            return _read(*opened) if opened else Described()
    except (
        OSError,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        etree.LxmlError,
    ):
        return Described()


def cover_of(path: Path, name: str) -> bytes:
    """The picture `name` in the EPUB at `path`; b"" when it cannot be had."""
    try:
        with _opened(path) as archive:
            return _bounded(archive, name, MOST_COVER)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return b""


class _Listed(FileIO):
    """A file that gives no more at once than the list of a book's archive may be long."""

    most = MOST_LIST

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises ValueError for more than `most`."""
        left = os.fstat(self.fileno()).st_size - self.tell()
        if min(left, left if size is None or size < 0 else size) > self.most:
            raise ValueError(size)
        return super().read(size)


def _unfollowed(path: str, flags: int) -> int:
    """A file, open; no link, which may have taken its place since it was found on the shelf."""
    return os.open(path, flags | os.O_NOFOLLOW)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`. Raises ValueError for a list of entries that no book has: it would
    be taken into memory whole, at ten times its size.
    """
    with _Listed(path, opener=_unfollowed) as file, zipfile.ZipFile(file) as archive:
        file.most = MOST_COVER + 1
        yield archive


def _package(archive: zipfile.ZipFile) -> "tuple[etree._Element, str] | None":
    """The package document of an EPUB, and the folder it lies in."""
    container = _parsed(_bounded(archive, _CONTAINER, _MOST_XML))
    roots = container.xpath("//c:rootfile/@full-path", namespaces=_SPACES)
    if not isinstance(roots, list) or not roots:
        return None
    name = str(roots[0])
    return _parsed(_bounded(archive, name, _MOST_XML)), posixpath.dirname(name)


def _bounded(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The entry `name`; its real bytes are counted, not what its header says of them."""
    try:
        with archive.open(name) as entry:
            content = entry.read(most + 1)
    except KeyError as problem:
        raise ValueError(name) from problem
    if len(content) > most:
        raise ValueError(name)
    return content


def _parsed(document: bytes) -> "etree._Element":
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(document, parser)
    declared = root.getroottree().docinfo.internalDTD
    # A few of them can stand for gigabytes, and no package document needs any.
    if declared is not None and any(True for _ in declared.iterentities()):  # type: ignore[union-attr]  # lxml-stubs lack it
        raise ValueError(_CONTAINER)
    return root


def _read(package: "etree._Element", folder: str) -> Described:
    refined = _refinements(package)
    metas = {
        str(meta.get("name")): str(meta.get("content") or "")[:MOST_WORDS]
        for meta in _all(package, "//o:meta[@name]")
    }
    titles = _all(package, "//d:title")
    collection = next(
        (meta for meta in _all(package, "//o:meta[@property='belongs-to-collection']")), None
    )
    number = refined.get((_own_id(collection), "group-position"), "") or metas.get(
        "calibre:series_index", ""
    )
    return Described(
        title=_text(titles[0]) if titles else "",
        file_as=refined.get((_own_id(titles[0]), "file-as"), "") if titles else "",
        makers=tuple(islice(_makers(package, refined), MOST_PEOPLE)),
        language=_first(package, "//d:language"),
        series=_text(collection) if collection is not None else metas.get("calibre:series", ""),
        position=_number(number),
        publisher=_first(package, "//d:publisher"),
        issued=_first(package, "//d:date")[:10],
        rights=_first(package, "//d:rights"),
        summary=_first(package, "//d:description", most=MOST_SUMMARY),
        subjects=tuple(islice(filter(None, map(_text, _all(package, "//d:subject"))), MOST_PEOPLE)),
        identifier=_first(package, "//d:identifier"),
        cover=_cover(package, folder, metas.get("cover", "")),
    )


def _refinements(package: "etree._Element") -> dict[tuple[str, str], str]:
    """What metas say of other elements: (id, property) → value."""
    return {
        (str(meta.get("refines")).removeprefix("#"), str(meta.get("property"))): _text(meta)
        for meta in _all(package, "//o:meta[@refines]")
    }


def _makers(package: "etree._Element", refined: dict[tuple[str, str], str]) -> "Iterator[Person]":
    for creator in _all(package, "//d:creator"):
        role = refined.get((_own_id(creator), "role"), "") or creator.get(
            f"{{{_SPACES['o']}}}role", ""
        )
        if _text(creator) and role in _MAKERS:
            file_as = refined.get((_own_id(creator), "file-as"), "")
            yield Person(_text(creator), file_as)


def _cover(package: "etree._Element", folder: str, named: str) -> str:
    """The name of the cover picture in the archive; "" when there is none that can be shown."""
    for item in _all(package, "//o:manifest/o:item"):
        is_cover = "cover-image" in str(item.get("properties") or "").split()
        is_named = bool(named) and item.get("id") == named
        if (is_cover or is_named) and str(item.get("media-type")) in IMAGES:
            return posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href")))))
    return ""


def _all(package: "etree._Element", path: str) -> "list[etree._Element]":
    found = package.xpath(path, namespaces=_SPACES)
    return [one for one in found if etree.iselement(one)] if isinstance(found, list) else []


def _first(package: "etree._Element", path: str, *, most: int = MOST_WORDS) -> str:
    texts = (_text(one, most=most) for one in _all(package, path))
    return next(filter(None, texts), "")


def _text(element: "etree._Element | None", *, most: int = MOST_WORDS) -> str:
    if element is None:
        return ""
    return " ".join("".join(map(str, element.itertext())).split())[:most]


def _own_id(element: "etree._Element | None") -> str:
    return "" if element is None else str(element.get("id") or "")


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0
