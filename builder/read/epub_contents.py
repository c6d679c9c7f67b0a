"""The contents of an EPUB: which title belongs to which page, and how deep it lies.

The nav document of EPUB 3 comes first, the NCX of EPUB 2 after it. An entry without a link
that groups others is a title, too: it stands where the first of its entries stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from builder.core.errors import SourceError
from builder.read.archive import Archive
from builder.read.documents import Title
from builder.read.epub_package import Members, Package, all_of, local, parsed, words_of

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# What tools call an entry when they know no better. Counter-example: 开始 may be a chapter.
_MADE_LABELS = frozenset(("start", "start reading", "begin reading", "unknown", "untitled"))
_NCX_TYPE = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class Contents:
    """`titles` by page, in the order of the contents; `types` what landmarks call pages; `broken`
    the members that should say so and cannot be read.
    """

    titles: dict[str, tuple[Title, ...]]
    types: dict[str, frozenset[str]]
    nav: str = ""
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry; `href` is empty when it only groups others."""

    href: str
    label: str
    level: int


def contents_of(members: Members, package: Package) -> Contents:
    """The titles of the nav document or, when it has none, of the NCX.

    A book can do without: its pages have headings of their own.
    """
    archive = members.archive
    nav = next((item.name for item in package.items.values() if "nav" in item.properties), "")
    types: dict[str, frozenset[str]] = {}
    broken: list[str] = []
    root = _root(archive, nav, broken)
    if root is not None:
        types = {
            members.resolved(nav, link.get("href", ""))[0]: types_of(link)
            for link in all_of(root, "a")
            if types_of(link)
        }
        if titles := _titles(members, nav, _nav_entries(root)):
            return Contents(titles, types, nav)
    ncx = _ncx_name(package)
    root = _root(archive, ncx, broken)
    titles = _titles(members, ncx, _ncx_entries(root)) if root is not None else {}
    return Contents(titles, types, nav, tuple(broken))


def _root(archive: Archive, name: str, broken: list[str]) -> etree._Element | None:
    """The root of a member; None when it is not there, or is one more that cannot be read."""
    try:
        return parsed(archive, name) if name in archive else None
    except SourceError:
        broken.append(name)
        return None


def types_of(element: etree._Element) -> frozenset[str]:
    """The words of an element's epub:type."""
    return frozenset(element.get(EPUB_TYPE, "").split())


def _ncx_name(package: Package) -> str:
    spine = next(all_of(package.root, "spine"), None)
    item = package.items.get(spine.get("toc", "")) if spine is not None else None
    if item is None:
        item = next((i for i in package.items.values() if i.media_type == _NCX_TYPE), None)
    return item.name if item is not None else ""


def _nav_entries(root: etree._Element) -> Iterator[_Entry]:
    navs = list(all_of(root, "nav"))
    toc = next((nav for nav in navs if "toc" in types_of(nav)), navs[0] if navs else None)
    for element in toc.iter() if toc is not None else ():
        name = local(element)
        above = [local(one) for one in element.iterancestors()]
        level = max(sum(1 for one in above if one in {"ol", "ul"}), 1)
        if name == "a":
            yield _Entry(element.get("href", "").strip(), words_of(element), level)
        elif name == "span" and "li" in above and "a" not in above:
            has_link = any(local(inner) == "a" for inner in element.iter())
            if not has_link:
                yield _Entry("", words_of(element), level)


def _ncx_entries(root: etree._Element) -> Iterator[_Entry]:
    for point in all_of(root, "navpoint"):
        level = 1 + sum(1 for above in point.iterancestors() if local(above) == "navpoint")
        label = next((words_of(child) for child in point if local(child) == "navlabel"), "")
        source = next((child for child in point if local(child) == "content"), None)
        yield _Entry(source.get("src", "").strip() if source is not None else "", label, level)


def _titles(members: Members, base: str, entries: Iterable[_Entry]) -> dict[str, tuple[Title, ...]]:
    """The entries by page. A group waits for its first entry, which says where it stands."""
    titles: dict[str, list[Title]] = {}
    waiting: list[_Entry] = []
    for entry in entries:
        waiting = [group for group in waiting if group.level < entry.level]
        if not entry.label or entry.label.casefold() in _MADE_LABELS:
            continue
        if not entry.href:
            waiting.append(entry)
            continue
        page, anchor = members.resolved(base, entry.href)
        if not page:
            continue
        found = titles.setdefault(page, [])
        found.extend(Title(anchor, one.label, one.level, is_group=True) for one in waiting)
        found.append(Title(anchor, entry.label, entry.level))
        waiting = []
    return {page: tuple(found) for page, found in titles.items()}
