"""An EPUB to be set anew: its spine, its contents, its notes and what it says about itself.

Only the package files (container, package document, contents) are parsed as XML, with every
entity and network access off; the pages go through the HTML reader like any other page. Cover,
title page, contents and colophon are about the edition, not of the book: they are left out.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from builder.core.book import Asset
from builder.core.diagnostic import Diagnostic, note, warning
from builder.core.errors import SourceError
from builder.read.archive import Archive
from builder.read.documents import Document, Find, Library, Title
from builder.read.epub_notes import note_pairs

CONTAINER = "META-INF/container.xml"
# Fonts may be scrambled; a book whose pages are cannot be read.
# Source: EPUB 3.3, §4.2.6.3.1 and Adobe's older scheme.
_FONT_ALGORITHMS = frozenset(
    ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
)
_PAGE_TYPES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))
# Source: EPUB Structural Semantics Vocabulary 1.1, and the guide types of OPF 2.0.
_ABOUT = frozenset(
    (
        "cover",
        "titlepage",
        "title-page",
        "halftitlepage",
        "toc",
        "landmarks",
        "loi",
        "lot",
        "copyright-page",
        "colophon",
    )
)
# The beginning of a page, as far as its own type is looked for.
_HEAD_CHARS = 4_096
_TYPED = re.compile(
    rb"<(?:body|section|div|nav)\b[^<>]{0,400}?\bepub:type\s*=\s*[\"'](?P<types>[^\"'<>]{1,200})[\"']",
    re.IGNORECASE,
)
# Names that tools give such pages. Example: titlepage.xhtml. Counter-example: cover-story.xhtml.
_MADE_NAME = re.compile(
    r"(?:book)?(?:cover|cover[_-]?page|title[_-]?page|half[_-]?title|toc|nav|contents|copyright|colophon)"
    r"[0-9]{0,2}",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[^<>]*>")
# A page that looks made by its name, but holds more than this, is text all the same.
MAX_MADE_BYTES = 3_000
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ISBN = re.compile(
    r"(?:urn:isbn:|isbn[:\s]*)?(?P<digits>97[89][0-9\-]{10,14}|[0-9\-]{9,12}[0-9xX])", re.I
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of the manifest; `name` is its full name in the archive."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]


def epub_library(archive: Archive, find: Find) -> Library:
    """The pages of an EPUB in reading order.

    Raises SourceError R029 for a book under lock, R030 for one without its package files.
    """
    _refuse_locked(archive)
    opf_name = _opf_name(archive)
    opf = _parsed(archive, opf_name)
    items = {item.id: item for item in _items(opf, opf_name)}
    names = {item.name for item in items.values()}
    spine = _spine(opf, items)
    if not spine:
        raise SourceError("R030", location=archive.location(opf_name), reason="spine")
    titles, landmarks = _contents(archive, opf, items)
    about = _about(opf, opf_name) | landmarks
    documents: list[Document] = []
    found: list[Diagnostic] = []
    for item in spine:
        if item.name not in archive:
            found.append(warning("R031", archive.location(opf_name), name=item.name[:120]))
            continue
        content = archive.read(item.name)
        documents.append(
            Document(
                str(archive.location(item.name)),
                item.name,
                content,
                is_made=_is_made(item, content, about),
                is_page=True,
                titles=tuple(titles.get(item.name, ())),
            )
        )
    left_out = [posixpath.basename(one.name) for one in documents if one.is_made]
    if left_out:
        shown = ", ".join(left_out[:8])
        found.append(note("R032", archive.location(), count=len(left_out), names=shown))
    if not any(not document.is_made for document in documents):
        raise SourceError("R028", location=archive.location())
    cover = _cover(archive, opf, items, names)
    pairs = note_pairs((one.name, one.content.decode("utf-8", "replace")) for one in documents)
    return Library(tuple(documents), find, cover, tuple(_hints(opf)), pairs, tuple(found))


# --- the package --------------------------------------------------------------------------


def _parsed(archive: Archive, name: str) -> etree._Element:
    """The root of an XML member. Raises SourceError R030."""
    if name not in archive:
        raise SourceError("R030", location=archive.location(), reason=name[:120])
    content = archive.read(name)
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


def _local(element: etree._Element) -> str:
    """The element's name without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _local(element) == name)


def _words(element: etree._Element) -> str:
    return _SPACE.sub(" ", "".join(str(piece) for piece in element.itertext())).strip()


def _refuse_locked(archive: Archive) -> None:
    """Raise R029 when anything but fonts is encrypted."""
    if "META-INF/encryption.xml" not in archive:
        if "META-INF/rights.xml" in archive or "META-INF/sinf.xml" in archive:
            raise SourceError("R029", location=archive.location())
        return
    root = _parsed(archive, "META-INF/encryption.xml")
    for data in _all(root, "encrypteddata"):
        methods = [method.get("Algorithm", "") for method in _all(data, "encryptionmethod")]
        if not methods or methods[0] not in _FONT_ALGORITHMS:
            raise SourceError("R029", location=archive.location())


def _opf_name(archive: Archive) -> str:
    root = _parsed(archive, CONTAINER)
    for rootfile in _all(root, "rootfile"):
        name = posixpath.normpath(unquote(rootfile.get("full-path", "")))
        if name in archive:
            return name
    raise SourceError("R030", location=archive.location(CONTAINER), reason="rootfile")


def _resolved(base: str, href: str) -> tuple[str, str]:
    """The member and the id that a reference in the member `base` points to."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    path = unquote(parts.path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return joined, unquote(parts.fragment)


def _items(opf: etree._Element, opf_name: str) -> Iterator[_Item]:
    for element in _all(opf, "item"):
        name, _ = _resolved(opf_name, element.get("href", ""))
        yield _Item(
            element.get("id", ""),
            name,
            element.get("media-type", "").strip().lower(),
            frozenset(element.get("properties", "").split()),
        )


def _spine(opf: etree._Element, items: dict[str, _Item]) -> list[_Item]:
    found: dict[str, _Item] = {}
    for element in _all(opf, "itemref"):
        item = items.get(element.get("idref", ""))
        if item is not None and item.media_type in _PAGE_TYPES:
            found.setdefault(item.name, item)
    return list(found.values())


# --- the contents -------------------------------------------------------------------------


def _contents(
    archive: Archive, opf: etree._Element, items: dict[str, _Item]
) -> tuple[dict[str, list[Title]], frozenset[str]]:
    """The titles by page, and the pages that the landmarks call no part of the text."""
    nav = next((item for item in items.values() if "nav" in item.properties), None)
    if nav is not None and nav.name in archive:
        root = _parsed(archive, nav.name)
        titles = _nav_titles(root, nav.name)
        about = frozenset(
            _resolved(nav.name, link.get("href", ""))[0]
            for link in _all(root, "a")
            if _types(link) & _ABOUT
        )
        if titles:
            return titles, about | {nav.name}
    spine = next(_all(opf, "spine"), None)
    ncx = items.get(spine.get("toc", "")) if spine is not None else None
    if ncx is None:
        ncx = next((i for i in items.values() if i.media_type == "application/x-dtbncx+xml"), None)
    if ncx is None or ncx.name not in archive:
        return {}, frozenset()
    return _ncx_titles(_parsed(archive, ncx.name), ncx.name), frozenset()


def _types(element: etree._Element) -> set[str]:
    return set(element.get("{http://www.idpf.org/2007/ops}type", "").split())


def _nav_titles(root: etree._Element, name: str) -> dict[str, list[Title]]:
    navs = list(_all(root, "nav"))
    toc = next((nav for nav in navs if "toc" in _types(nav)), navs[0] if navs else None)
    titles: dict[str, list[Title]] = {}
    if toc is None:
        return titles
    for link in _all(toc, "a"):
        level = sum(1 for above in link.iterancestors() if _local(above) == "ol")
        _add(titles, name, link.get("href", ""), _words(link), level)
    return titles


def _ncx_titles(root: etree._Element, name: str) -> dict[str, list[Title]]:
    titles: dict[str, list[Title]] = {}
    for point in _all(root, "navpoint"):
        level = 1 + sum(1 for above in point.iterancestors() if _local(above) == "navpoint")
        label = next((_words(child) for child in point if _local(child) == "navlabel"), "")
        source = next((child for child in point if _local(child) == "content"), None)
        if source is not None:
            _add(titles, name, source.get("src", ""), label, level)
    return titles


def _add(titles: dict[str, list[Title]], base: str, href: str, text: str, level: int) -> None:
    page, anchor = _resolved(base, href)
    if page and text:
        titles.setdefault(page, []).append(Title(anchor, text, max(level, 1)))


# --- what is not of the book --------------------------------------------------------------


def _about(opf: etree._Element, opf_name: str) -> frozenset[str]:
    """The pages that the guide calls cover, title page, contents, colophon."""
    return frozenset(
        _resolved(opf_name, reference.get("href", ""))[0]
        for reference in _all(opf, "reference")
        if reference.get("type", "").strip().lower() in _ABOUT
    )


def _is_made(item: _Item, content: bytes, about: frozenset[str]) -> bool:
    if "nav" in item.properties or item.name in about:
        return True
    typed = _TYPED.finditer(content[:_HEAD_CHARS])
    if any(set(match["types"].decode("ascii", "replace").split()) & _ABOUT for match in typed):
        return True
    stem = posixpath.splitext(posixpath.basename(item.name))[0]
    is_named_so = _MADE_NAME.fullmatch(stem) or _MADE_NAME.fullmatch(item.id)
    return is_named_so is not None and len(_TAG.sub(b"", content)) <= MAX_MADE_BYTES


def _cover(
    archive: Archive, opf: etree._Element, items: dict[str, _Item], names: set[str]
) -> Asset | None:
    """The cover image, as EPUB 3 or EPUB 2 names it; None when it is missing or broken."""
    from builder.read.assets import cover_asset

    named = {meta.get("content", "") for meta in _all(opf, "meta") if meta.get("name") == "cover"}
    candidates = [item for item in items.values() if "cover-image" in item.properties]
    candidates += [item for item in items.values() if item.id in named or item.name in named]
    for item in candidates:
        if item.name in archive and item.name in names and item.media_type.startswith("image/"):
            try:
                return cover_asset(archive.read(item.name), archive.location(item.name))
            except SourceError as problem:
                if problem.diagnostic.code != "R018":
                    raise
    return None


# --- what it says about itself ------------------------------------------------------------


def _hints(opf: etree._Element) -> Iterator[tuple[str, str]]:
    """The metadata, keyed like [book]; lists are joined with 、."""
    metadata = next(_all(opf, "metadata"), None)
    if metadata is None:
        return
    refined = {
        (meta.get("refines", ""), meta.get("property", "")): _words(meta)
        for meta in _all(metadata, "meta")
        if meta.get("refines")
    }

    def said(name: str) -> list[etree._Element]:
        return [element for element in _all(metadata, name) if _words(element)]

    titles = said("title")
    subtitles = [t for t in titles if refined.get((f"#{t.get('id')}", "title-type")) == "subtitle"]
    main = [title for title in titles if title not in subtitles]
    creators = [_person(_words(one)) for one in said("creator")]
    identifiers = [_words(one) for one in said("identifier")]
    isbn = next((m["digits"] for i in identifiers if (m := _ISBN.fullmatch(i))), "")
    dates = [match[0] for one in said("date") if (match := _DATE.match(_words(one)))]
    values = {
        "title": _words(main[0]) if main else "",
        "subtitle": _words(subtitles[0]) if subtitles else "",
        "creators": "、".join(creators),
        "language": next((_words(one) for one in said("language")), ""),
        "identifier": next((i for i in identifiers if i.startswith("urn:uuid:")), ""),
        "isbn": isbn,
        "publisher": next((_words(one) for one in said("publisher")), ""),
        "date": dates[0] if dates else "",
        "rights": next((_words(one) for one in said("rights")), ""),
        "description": next((_plain(_words(one)) for one in said("description")), ""),
        "subjects": "、".join(_words(one) for one in said("subject")),
    }
    yield from ((key, value) for key, value in values.items() if value)


def _person(name: str) -> str:
    """A name in reading order. Example: Doyle, Arthur Conan → Arthur Conan Doyle."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and name.isascii() else name


def _plain(description: str) -> str:
    """A description without its mark-up."""
    return _SPACE.sub(" ", re.sub(r"<[^<>]{1,200}>", "", description)).strip()
