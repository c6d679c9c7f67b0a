"""What a person looks at: pages of the PDF, chapters of the EPUB."""

import posixpath
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree

from builder.core.errors import BuilderError

PAGE_WIDTH = 1000
_MOST_MEMBER_BYTES = 60_000_000
_OPS = "{http://www.idpf.org/2007/ops}type"
# PDFium knows one thread.
_PDFIUM = threading.Lock()


@dataclass(frozen=True, slots=True)
class Chapter:
    """An entry of an EPUB's contents; `name` is the file in the archive."""

    title: str
    name: str
    depth: int


# --- the PDF --------------------------------------------------------------------------------


def page_count(pdf: Path) -> int:
    """How many pages a finished PDF has; 0 when it cannot be opened."""
    state = pdf.stat()
    return _page_count(pdf, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _page_count(pdf: Path, _modified: int, _size: int) -> int:
    from builder.preview.document import opened

    with _PDFIUM:
        try:
            with opened(pdf, pdf.name) as document:
                return document.page_count
        except BuilderError:
            return 0


def page_picture(pdf: Path, number: int) -> bytes:
    """A page as PNG, counted from 1; b"" when there is none of that number."""
    from builder.preview.document import opened

    with _PDFIUM, opened(pdf, pdf.name) as document:
        if not 0 < number <= document.page_count:
            return b""
        picture = document.picture(number - 1, PAGE_WIDTH, 2 * PAGE_WIDTH)
    if picture is None:
        return b""
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


# --- the EPUB -------------------------------------------------------------------------------


def chapters(epub: Path) -> tuple[Chapter, ...]:
    """The contents of a finished EPUB, in order."""
    with zipfile.ZipFile(epub) as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        root = etree.fromstring(archive.read(package), _parser())
        nav = root.xpath("string(//*[@properties='nav']/@href)")
        place = _beside(package, str(nav))
        entries = etree.fromstring(archive.read(place), _parser())
    return tuple(_entries(entries, place))


def _entries(nav: etree._Element, place: str) -> Iterator[Chapter]:
    for part in nav.iter("{*}nav"):
        if part.get(_OPS) != "toc":
            continue
        for link in part.iter("{*}a"):
            depth = sum(1 for one in link.iterancestors("{*}ol")) - 1
            title = " ".join("".join(map(str, link.itertext())).splitlines()).strip()
            yield Chapter(title, _beside(place, link.get("href", "")), depth)


def member(epub: Path, name: str) -> bytes:
    """A file of a finished EPUB; b"" when there is none of that name."""
    with zipfile.ZipFile(epub) as archive:
        try:
            told = archive.getinfo(name)
        except KeyError:
            return b""
        return archive.read(told) if told.file_size <= _MOST_MEMBER_BYTES else b""


def _beside(place: str, href: str) -> str:
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(place), unquote(urldefrag(href).url))
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
