"""An EPUB's package: its XML files, the names in it, its manifest and spine, and its lock.

Only these files are parsed as XML, with every entity and network access off. People's EPUBs
name their files in the wrong case, with or without percent signs, composed or decomposed;
readers find them all the same, and so does `Members`.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from urllib.parse import unquote, urlsplit

from lxml import etree

from builder.core.errors import SourceError
from builder.read.archive import Archive
from builder.read.documents import Found

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# What DRM leaves in an archive. Source: Adobe ADEPT, Apple FairPlay, Readium LCP.
_LOCKS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
# Fonts may be scrambled; a book whose pages are cannot be read.
# Source: EPUB 3.3, §4.2.6.3.1 and Adobe's older scheme.
_FONT_ALGORITHMS = frozenset(
    ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
)
_FONT_SUFFIXES = frozenset((".otf", ".ttf", ".ttc", ".woff", ".woff2"))
_PAGE_TYPES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))
_PAGE_SUFFIXES = frozenset((".xhtml", ".html", ".htm"))
_SPACE = re.compile(r"\s+")
# A named reference. Examples: &nbsp; &amp;. XML knows five of them, XHTML 253.
_REFERENCE = re.compile(rb"&(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)")
# Half a character by its number, which lxml lets in and cannot read. Example: &#xD83D;, &#55357;.
_SURROGATE = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
_XML_REFERENCES = frozenset((b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"))


class Members:
    """The files of an EPUB, found as forgivingly as readers find them."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._by_key: dict[str, list[str]] = {}
        for name in archive.names:
            self._by_key.setdefault(_key(name), []).append(name)

    def named(self, name: str) -> str:
        """The member that `name` means, or `name` when there is none, or more than one."""
        if name in self.archive:
            return name
        alike = self._by_key.get(_key(name), ())
        return alike[0] if len(alike) == 1 else name

    def resolved(self, base: str, href: str) -> tuple[str, str]:
        """The member and the id that a reference in the member `base` points to."""
        try:
            parts = urlsplit(href.strip())
        except ValueError:
            return "", ""
        if parts.scheme or parts.netloc:
            return "", ""
        if not parts.path:
            return base, unquote(parts.fragment)
        folder = posixpath.dirname(base)
        for path in (unquote(parts.path), parts.path):
            name = self.named(posixpath.normpath(posixpath.join(folder, path)))
            if name in self.archive:
                return name, unquote(parts.fragment)
        return posixpath.normpath(posixpath.join(folder, unquote(parts.path))), ""

    def find(self, name: str, beside: str) -> Found | None:
        """The file that a page refers to; nothing outside the archive is ever looked at."""
        key = self.named(posixpath.normpath(posixpath.join(posixpath.dirname(beside), name)))
        return Found(key, self.archive.read(key)) if key in self.archive else None


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the manifest; `name` is its full name in the archive."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]

    @property
    def is_page(self) -> bool:
        """Whether it is a page of text, by its type or, when that says nothing, by its name."""
        suffix = posixpath.splitext(self.name)[1].lower()
        has_type = self.media_type not in {"", "text/xml", "application/xml"}
        return self.media_type in _PAGE_TYPES if has_type else suffix in _PAGE_SUFFIXES


@dataclass(frozen=True, slots=True)
class Package:
    """The package document; `items` go by id. `lost` are ids of the spine that are no pages."""

    name: str
    root: etree._Element
    items: dict[str, Item]
    spine: tuple[Item, ...]
    lost: tuple[str, ...] = ()


def package_of(members: Members) -> Package:
    """The package of an EPUB. Raises SourceError R030 when it is missing or holds no spine."""
    archive = members.archive
    name = _package_name(members)
    root = parsed(archive, name)
    items = {item.id: item for item in _items(root, members, name)}
    spine: dict[str, Item] = {}
    lost: list[str] = []
    for element in all_of(root, "itemref"):
        item = items.get(element.get("idref", ""))
        if item is not None and item.is_page:
            spine.setdefault(item.name, item)
        else:
            lost.append(item.name if item is not None else element.get("idref", ""))
    if not spine:
        raise SourceError("R030", location=archive.location(name), reason="spine")
    return Package(name, root, items, tuple(spine.values()), tuple(lost))


def _package_name(members: Members) -> str:
    for rootfile in all_of(parsed(members.archive, CONTAINER), "rootfile"):
        name = members.named(posixpath.normpath(unquote(rootfile.get("full-path", ""))))
        if name in members.archive:
            return name
    location = members.archive.location(CONTAINER)
    raise SourceError("R030", location=location, reason="rootfile")


def _items(root: etree._Element, members: Members, base: str) -> Iterator[Item]:
    for element in all_of(root, "item"):
        name, _ = members.resolved(base, element.get("href", ""))
        yield Item(
            element.get("id", ""),
            name,
            element.get("media-type", "").strip().lower(),
            frozenset(element.get("properties", "").split()),
        )


# --- XML ----------------------------------------------------------------------------------


def parsed(archive: Archive, name: str) -> etree._Element:
    """The root of an XML member. Raises SourceError R030."""
    if name not in archive:
        raise SourceError("R030", location=archive.location(), reason=name[:120])
    content = _SURROGATE.sub(b"&#xFFFD;", _REFERENCE.sub(_character, archive.read(name)))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = None if b"<!ENTITY" in content else etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise SourceError(
            "R030", location=archive.location(name), reason=str(problem)[:120]
        ) from problem
    if root is None:
        raise SourceError("R030", location=archive.location(name), reason="XML")
    return root


def _character(match: re.Match[bytes]) -> bytes:
    """HTML's named references as numbers, which need no DTD."""
    characters = "" if match["name"] in _XML_REFERENCES else html5.get(match["name"].decode(), "")
    return "".join(f"&#{ord(one)};" for one in characters).encode() or match[0]


def local(element: etree._Element) -> str:
    """The element's name without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def all_of(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Every element of that name, in document order."""
    return (element for element in root.iter() if local(element) == name)


def words_of(element: etree._Element) -> str:
    """An element's text on one line."""
    return _SPACE.sub(" ", "".join(str(piece) for piece in element.itertext())).strip()


# --- the lock -----------------------------------------------------------------------------


def refuse_locked(archive: Archive) -> None:
    """Raise R029 when anything but fonts is encrypted."""
    if _ENCRYPTION not in archive:
        if any(lock in archive for lock in _LOCKS):
            raise SourceError("R029", location=archive.location())
        return
    for data in all_of(parsed(archive, _ENCRYPTION), "encrypteddata"):
        methods = [method.get("Algorithm", "") for method in all_of(data, "encryptionmethod")]
        is_scrambled = bool(methods) and methods[0] in _FONT_ALGORITHMS
        if not is_scrambled and not _is_font(data):
            raise SourceError("R029", location=archive.location())


def _is_font(data: etree._Element) -> bool:
    """Whether all that an entry encrypts are fonts, which a book to be set anew can spare."""
    names = [reference.get("URI", "") for reference in all_of(data, "cipherreference")]
    return bool(names) and all(
        posixpath.splitext(unquote(name))[1].lower() in _FONT_SUFFIXES for name in names
    )
