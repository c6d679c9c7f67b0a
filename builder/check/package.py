"""An EPUB as a reading system sees it: the package document, the files, their order.

Opens whatever it is given, so it trusts nothing: sizes are bounded, names are only looked up
in the archive, XML is parsed without external entities (expat's own limits stop the internal
kind). Shares no code with the writer.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from builder.core.diagnostic import Location
from builder.core.errors import SourceError

# Ten times the largest book seen (1,000 chapters, fonts and pictures: 40 MB unpacked).
MAX_UNPACKED_BYTES = 400_000_000
# Tags and attributes of all documents: a novel of two million characters, a reading beside each.
MAX_TAGS = 8_000_000
# Whatever a damaged archive makes zipfile and its decompressors raise. Encrypted ones raise
# RuntimeError, unknown compression NotImplementedError, places beyond all files ValueError.
_DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, LZMAError, EOFError, RuntimeError, ValueError, OSError,
    struct.error, OverflowError,
)  # fmt: skip
CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"
_CONTAINER_NS = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"

Element = ET.Element


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A file of the package; `name` is its name in the archive."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """`files` are the archive's contents by name; `broken` are XML files that do not parse.

    `documents` are the parsed XHTML files by name, in the order of the manifest; `spine` are
    names in reading order.
    """

    path: Path
    opf_name: str
    opf: Element
    items: tuple[ManifestItem, ...]
    spine: tuple[str, ...]
    files: dict[str, bytes] = field(repr=False)
    documents: dict[str, Element] = field(repr=False)
    broken: tuple[tuple[str, int, int, str], ...] = ()

    def location(self, name: str, line: int = 0, column: int = 0) -> Location:
        """A place in a file of the archive; the archive itself when `name` is empty."""
        return Location(f"{self.path}#{name}" if name else str(self.path), line, column)

    def with_property(self, name: str) -> Iterator[ManifestItem]:
        """The manifest's items that have a property, such as nav or cover-image."""
        return (item for item in self.items if name in item.properties)


def open_package(path: Path, content: bytes | None = None) -> Package:
    """The EPUB at `path`; with `content`, what will be written there.

    Raises SourceError K002 when it is no EPUB that can be opened.
    """
    files = _unpack(path, path if content is None else BytesIO(content))
    opf_name = _package_name(path, files)
    opf = _parse_or_raise(path, opf_name, files)
    items = tuple(_items(opf, opf_name))
    by_id = {item.id: item.name for item in items}
    spine = tuple(
        by_id[reference]
        for itemref in opf.iter(f"{OPF}itemref")
        if (reference := itemref.get("idref", "")) in by_id
    )
    pages = [item.name for item in items if item.media_type == XHTML and item.name in files]
    _require_few_tags(path, [files[name] for name in dict.fromkeys(pages)])
    documents: dict[str, Element] = {}
    broken: list[tuple[str, int, int, str]] = []
    for name in dict.fromkeys(pages):
        try:
            documents[name] = _parse(files[name])
        except ET.ParseError as problem:
            line, column = problem.position
            broken.append((name, line, column + 1, str(problem).partition(":")[0]))
    return Package(path, opf_name, opf, items, spine, files, documents, tuple(broken))


def _unpack(path: Path, file: Path | BytesIO) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise _unreadable(path, f"over {MAX_UNPACKED_BYTES // 1_000_000} MB unpacked")
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except _DAMAGE as problem:
        raise _unreadable(path, str(problem)) from problem


def _unreadable(path: Path, reason: str) -> SourceError:
    return SourceError("K002", location=Location(str(path)), reason=reason)


def _require_few_tags(path: Path, contents: Iterable[bytes]) -> None:
    """Raise K002 for more mark-up than memory has room for: each tag takes a hundred bytes."""
    if sum(content.count(b"<") + content.count(b"=") for content in contents) > MAX_TAGS:
        raise _unreadable(path, f"over {MAX_TAGS:,} tags and attributes")


def _fault(words: str) -> ET.ParseError:
    fault = ET.ParseError(words)
    fault.code, fault.position = 0, (1, 0)
    return fault


def _parse(content: bytes) -> Element:
    # Sizes are bounded, nothing external is loaded; entities of one's own could hold any number
    # of tags, and are declared in no document of a book.
    if b"<!ENTITY" in (content.replace(b"\0", b"") if b"\0" in content[:4] else content):
        raise _fault("undefined entity")
    try:
        return ET.fromstring(content)  # noqa: S314  (see above)
    except (LookupError, ValueError) as problem:  # an encoding that expat does not know
        raise _fault(str(problem)) from problem


def _parse_or_raise(path: Path, name: str, files: dict[str, bytes]) -> Element:
    if name not in files:
        raise _unreadable(path, f"{name} is missing")
    _require_few_tags(path, (files[name],))
    try:
        return _parse(files[name])
    except ET.ParseError as problem:
        raise _unreadable(path, f"{name}: {problem}") from problem


def _package_name(path: Path, files: dict[str, bytes]) -> str:
    container = _parse_or_raise(path, CONTAINER, files)
    rootfile = next(container.iter(f"{_CONTAINER_NS}rootfile"), None)
    if rootfile is None:
        raise _unreadable(path, f"{CONTAINER} names no package document")
    return rootfile.get("full-path", "")


def _items(opf: Element, opf_name: str) -> Iterator[ManifestItem]:
    for item in opf.iter(f"{OPF}item"):
        yield ManifestItem(
            item.get("id", ""),
            resolve(item.get("href", ""), opf_name)[0],
            item.get("media-type", ""),
            frozenset(item.get("properties", "").split()),
        )


def resolve(href: str, base: str) -> tuple[str, str]:
    """The archive name and the fragment that `href` in the file `base` points to."""
    path, _, fragment = href.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
    return (name if path else base), unquote(fragment)
