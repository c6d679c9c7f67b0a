"""Pack a publication with ebooklib, then make the archive the same on every day.

ebooklib writes the container and the package document. It never sees a chapter: its `EpubHtml`
would parse our XHTML as HTML4 and put gaps between Chinese words, so every file is a raw
`EpubItem`, and an empty one, since its archive, full of wall-clock times, is packed again with
fixed ones and with our own bytes. What it leaves out of the package document (`xml:lang`) is
added. Nothing is read from disk and nothing is written there.
"""

import re
import warnings
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from builder.core.publication import Item, Publication
from builder.core.xml_text import xml_safe
from builder.epub.metadata import IDENTIFIER_ID, Entry, entries, has_fonts

PACKAGE_FOLDER = "EPUB"
PACKAGE_PATH = f"{PACKAGE_FOLDER}/content.opf"
MIMETYPE = "mimetype"
# The first moment a ZIP entry can bear: an archive must not tell when it was packed.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_MODE = 0o100644 << 16
DEFLATE_LEVEL = 6
# Formats that are compressed already gain nothing from deflate but time.
_STORED_SUFFIXES = (".jpg", ".png", ".gif", ".webp", ".woff2")
# What XML takes for white space, and other ends of lines. Counter-example: U+3000.
_WHITE_SPACE = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]+")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The vocabulary in which Apple Books is told of fonts.
_APPLE = ("ibooks", "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/")
# Kindle's terms for our landmarks, in EPUB 2's guide; it opens a book at `text`.
_GUIDE_TYPES = {
    "cover": "cover",
    "titlepage": "title-page",
    "colophon": "colophon",
    "toc": "toc",
    "preface": "preface",
    "bodymatter": "text",
}


def write_epub(publication: Publication) -> bytes:
    """The EPUB file: the same bytes for the same publication, on any day in any time zone."""
    return _repack(_pack(publication), publication)


def _pack(publication: Publication) -> BytesIO:
    """What ebooklib makes of it, the files empty and uncompressed, since it is packed again."""
    epub = _ebooklib()
    book = epub.EpubBook()
    book.IDENTIFIER_ID = IDENTIFIER_ID
    book.FOLDER_NAME = PACKAGE_FOLDER
    book.metadata = {}
    book.set_identifier(_xml_text(publication.identifier))
    for entry in entries(publication):
        _add_metadata(book, entry)
    if has_fonts(publication):
        book.add_prefix(*_APPLE)
    book.set_direction(publication.direction)
    items = {item.id: _raw_item(epub, item) for item in publication.manifest}
    for item in items.values():
        book.add_item(item)
    book.spine = [
        (items[entry.item_id], "yes" if entry.is_linear else "no") for entry in publication.spine
    ]
    book.guide = [
        {"type": _GUIDE_TYPES[mark.type], "title": _xml_text(mark.title), "href": mark.href}
        for mark in publication.landmarks
        if mark.type in _GUIDE_TYPES
    ]
    archive = BytesIO()
    options = {
        "mtime": datetime.fromisoformat(publication.modified),
        "compresslevel": 0,
        "raise_exceptions": True,
    }
    writer = epub.EpubWriter(archive, book, options)
    writer.process()
    # As `writer.write()`, whose own archive would ask the clock: a ZIP knows no year before 1980,
    # and a machine without a battery begins in 1970.
    with _Undated(archive, "w") as writer.out:
        writer.out.writestr(MIMETYPE, b"application/epub+zip")
        writer._write_container()  # noqa: SLF001  (see above)
        writer._write_opf()  # noqa: SLF001  (see above)
        writer._write_items()  # noqa: SLF001  (see above)
    return archive


class _Undated(zipfile.ZipFile):
    """An archive whose entries bear no time of the clock's."""

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *_: Any) -> None:
        name = str(getattr(zinfo_or_arcname, "filename", zinfo_or_arcname))
        super().writestr(zipfile.ZipInfo(name, _EPOCH), data)


def _ebooklib() -> Any:
    """The library, imported when a book is packed: it costs a tenth of a second. It is untyped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        from ebooklib import epub
    return epub


def _raw_item(epub: Any, item: Item) -> Any:
    raw = epub.EpubItem(uid=item.id, file_name=item.href, media_type=item.media_type, content=b"")
    raw.properties = list(item.properties)
    return raw


def _add_metadata(book: Any, entry: Entry) -> None:
    attributes = {name: _xml_text(value) for name, value in entry.attributes}
    # Without a namespace ebooklib writes the bare element name, which is what `meta` needs.
    namespace = "DC" if entry.is_dublin_core else None
    lines = entry.text.splitlines() if entry.name == "description" else [entry.text]
    text = "\n".join(filter(None, map(_xml_text, lines)))
    book.add_metadata(namespace, entry.name, text, attributes)


def _xml_text(text: str) -> str:
    """`text` on one line, its plain white space as single spaces, U+FFFD for what XML forbids."""
    return xml_safe(_WHITE_SPACE.sub(" ", text).strip())


def _finish_package(package: bytes, publication: Publication) -> bytes:
    """The package document of ebooklib with the language that it has no setting for."""
    from lxml import etree

    root = etree.fromstring(package)
    root.set(_XML_LANG, publication.metadata.language)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _repack(packed: BytesIO, publication: Publication) -> bytes:
    """The archive again: `mimetype` first and stored, the rest sorted, no times, no owners."""
    result = BytesIO()
    contents = {f"{PACKAGE_FOLDER}/{item.href}": item.content for item in publication.manifest}
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(result, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != MIMETYPE, name))
        for name in names:
            content = contents[name] if name in contents else source.read(name)
            if name == PACKAGE_PATH:
                content = _finish_package(content, publication)
            target.writestr(_entry(name), content, compresslevel=DEFLATE_LEVEL)
    return result.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _FILE_MODE
    is_stored = name == MIMETYPE or name.lower().endswith(_STORED_SUFFIXES)
    entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    return entry
