"""An EPUB to be set anew: its spine, its contents, its notes and what it says about itself.

Only the package files are parsed as XML (epub_package.py); the pages go through the HTML reader
like any other page. Pages about the edition are left out (epub_about.py); pages that the spine
forgets are set where the contents name them, and everything else that is left out is told.
"""

import codecs
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.core.book import Asset
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, note, warning
from builder.core.errors import SourceError
from builder.read.archive import Archive
from builder.read.documents import Document, Library
from builder.read.epub_about import Page, is_named_made, made_pages
from builder.read.epub_contents import Contents, contents_of
from builder.read.epub_metadata import hints_of_package
from builder.read.epub_notes import note_pairs
from builder.read.epub_package import Item, Members, Package, all_of, package_of, refuse_locked
from builder.read.html_tokens import attributes

PAGE_TYPE = "application/xhtml+xml"
# More names than these are not listed one by one.
MAX_NAMES_LISTED = 8
# More pages than these that are not there are counted.
MAX_MISSING_TOLD = 20
# What a page may say it is written in. Python has more, some of which are no encodings of text
# (undefined) or take for ever (idna, punycode).
_LOOKED_AT = frozenset(
    ("ascii", "us-ascii", "iso-8859-1", "windows-1252", "gb2312", "gbk", "gb18030", "big5",
     "big5-hkscs", "shift_jis", "euc-jp", "euc-kr", "utf-8", "utf-16")
)  # fmt: skip
_PAGE_NAME = re.compile(r"(?!META-INF/).*\.(?:xhtml|html?)", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\s(?P<rest>[^<>]{1,600})>", re.IGNORECASE)
# Example: <?xml version="1.0" encoding="gb2312"?>.
_DECLARED = re.compile(rb"<\?xml[^<>]{0,100}?encoding\s*=\s*[\"'](?P<name>[A-Za-z0-9._\-]{1,40})")


def epub_library(archive: Archive) -> Library:
    """The pages of an EPUB in reading order.

    Raises SourceError R029 for a book under lock, R030 for one without its package files.
    """
    refuse_locked(archive)
    members = Members(archive)
    package = package_of(members)
    contents = contents_of(members, package)
    found = [warning("R049", archive.location(name)) for name in contents.broken]
    pages = tuple(_pages(members, package, contents, found))
    hints = tuple(hints_of_package(package.root))
    cover_names = tuple(_cover_names(members, package))
    made = made_pages(
        pages,
        members,
        package=package,
        contents=contents,
        hints=dict(hints),
        cover=cover_names[0] if cover_names else "",
    )
    targets: dict[str, set[str]] = {}
    for target, fragment in _targets(members, pages):
        targets.setdefault(target, set()).add(fragment)
    documents = tuple(
        _document(page, archive, made=made, contents=contents, targets=targets) for page in pages
    )
    left_out = [page.item.name for page in pages if page.item.name in made]
    if left_out:
        found.append(note("R032", archive.location(), **_listed(left_out)))
    if len(left_out) == len(documents):
        raise SourceError("R028", location=archive.location())
    pairs = note_pairs((page.item.name, page.source) for page in pages)
    cover = _cover(archive, cover_names)
    return Library(documents, members.find, cover, hints, pairs, tuple(found))


def _document(
    page: Page,
    archive: Archive,
    *,
    made: frozenset[str],
    contents: Contents,
    targets: Mapping[str, set[str]],
) -> Document:
    name = page.item.name
    is_made = name in made
    return Document(
        str(archive.location(name)),
        name,
        page.content,
        is_made=is_made,
        is_page=True,
        titles=() if is_made else contents.titles.get(name, ()),
        targets=frozenset(targets.get(name, ())),
    )


def _listed(names: Iterable[str]) -> dict[str, str | int]:
    """How many files there are, and the first names of them."""
    shown = [posixpath.basename(name)[:120] for name in names]
    more = "…" if len(shown) > MAX_NAMES_LISTED else ""
    return {"count": len(shown), "names": ", ".join(shown[:MAX_NAMES_LISTED]) + more}


# --- the pages ----------------------------------------------------------------------------


def _pages(
    members: Members, package: Package, contents: Contents, found: list[Diagnostic]
) -> Iterator[Page]:
    """The pages that are set, in order, with what to say about the others."""
    archive = members.archive
    place = archive.location(package.name)
    spine = [item for item in package.spine if item.name in archive]
    missing = [item.name for item in package.spine if item.name not in archive]
    found.extend(_missing((*missing, *package.lost), place))
    known = {item.name for item in spine}
    by_name = {item.name: item for item in reversed(package.items.values())}
    added = [_item(by_name, name) for name in contents.titles if name not in known]
    added = [item for item in added if item.name in archive and item.is_page]
    pages = [_page(archive, item) for item in _in_order(spine, added, contents)]
    known |= {item.name for item in added}
    linked = _linked(members, pages, known)
    pages.extend(_page(archive, _item(by_name, name)) for name in linked)
    known |= set(linked)
    if added or linked:
        found.append(note("R040", place, **_listed([*(i.name for i in added), *linked])))
    others = [n for n in archive.names if _PAGE_NAME.fullmatch(n) and n not in known]
    others = [name for name in others if name != contents.nav and not is_named_made(name)]
    if others:
        found.append(warning("R041", place, **_listed(others)))
    return iter(pages)


def _item(by_name: Mapping[str, Item], name: str) -> Item:
    """The entry of the manifest with that name, or one made for it."""
    return by_name.get(name) or Item("", name, PAGE_TYPE, frozenset())


def _missing(names: Sequence[str], place: Location) -> Iterator[Diagnostic]:
    """R031 for each page that is not there; many are counted, for nobody reads a thousand."""
    yield from (warning("R031", place, name=name[:120]) for name in names[:MAX_MISSING_TOLD])
    if (more := len(names) - MAX_MISSING_TOLD) > 0:
        yield warning("R031", place, name=say("epub.missing.more", count=more))


def _page(archive: Archive, item: Item) -> Page:
    content = archive.read(item.name)
    return Page(item, _source(content), content)


def _source(content: bytes) -> str:
    """A page's source for looking at; what it is read from is decoded with all due care."""
    encoding = "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif declared := _DECLARED.match(content):
        encoding = declared["name"].decode().lower()
    return content.decode(encoding if encoding in _LOOKED_AT else "utf-8", "replace")


def _in_order(spine: list[Item], added: list[Item], contents: Contents) -> Iterator[Item]:
    """The spine, each page that it forgets behind the one that the contents name before it."""
    order = {name: index for index, name in enumerate(contents.titles)}
    waiting = sorted(added, key=lambda item: order[item.name])
    places = {item.name: order[item.name] for item in spine if item.name in order}
    for item in spine:
        if item.name in places:
            while waiting and order[waiting[0].name] < places[item.name]:
                yield waiting.pop(0)
        yield item
    yield from waiting


def _linked(members: Members, pages: list[Page], known: set[str]) -> list[str]:
    """Pages outside the spine that a link leads into the midst of: notes, nearly always."""
    targets = sorted({target for target, fragment in _targets(members, pages) if fragment})
    return [
        name
        for name in targets
        if name not in known and name in members.archive and _PAGE_NAME.fullmatch(name)
    ]


def _targets(members: Members, pages: Iterable[Page]) -> frozenset[tuple[str, str]]:
    """The pages and ids that links lead to."""
    return frozenset(
        members.resolved(page.item.name, attributes(match["rest"]).get("href", ""))
        for page in pages
        for match in _LINK.finditer(page.source)
    )


# --- the cover ----------------------------------------------------------------------------


def _cover_names(members: Members, package: Package) -> Iterator[str]:
    """The images that may be the cover, as EPUB 3 or EPUB 2 names it."""
    items = [item for item in package.items.values() if item.media_type.startswith("image/")]
    metas = (meta for meta in all_of(package.root, "meta") if meta.get("name") == "cover")
    named = {meta.get("content", "") for meta in metas}
    names = [item.name for item in items if "cover-image" in item.properties]
    names += [
        item.name
        for item in items
        if item.id in named or item.name in {members.resolved(package.name, n)[0] for n in named}
    ]
    yield from (name for name in names if name in members.archive)


def _cover(archive: Archive, names: tuple[str, ...]) -> Asset | None:
    """The cover image; None when it is missing or broken."""
    from builder.read.assets import cover_asset

    for name in names:
        try:
            return cover_asset(archive.read(name), archive.location(name))
        except SourceError as problem:
            if problem.diagnostic.code != "R018":
                raise
    return None
