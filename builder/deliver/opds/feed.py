"""What a feed says, before it is written in either version of OPDS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlencode

from builder.core.catalogue import say
from builder.deliver.holdings import Copy, Group, Holding, Shelf, folded, search
from builder.deliver.names import device_name

# As many as a page of a reader's list can bear; the slowest want no more (reference: KOReader).
PAGE_SIZE = 50
Version = Literal["1.2", "2.0"]


@dataclass(frozen=True, slots=True)
class Links:
    """Where things are: `base` is the catalogue's absolute address, ending in a slash.

    `cover` gives the address of a holding's cover, which needs no password and cannot be guessed.
    """

    base: str
    cover: Callable[[Holding], str] = field(repr=False)
    version: Version = "1.2"

    @property
    def has_search(self) -> bool:
        """Whether somebody is there to answer."""
        return True

    def to(self, path: str, **asked: object) -> str:
        """The address of a feed."""
        query = urlencode({key: value for key, value in asked.items() if value not in {"", 1}})
        root = self.base + ("v2/" if self.version == "2.0" else "")
        return root + path + (f"?{query}" if query else "")

    def book(self, holding: Holding, copy: Copy) -> str:
        """The address of a file; it ends in the file's name, as readers want it."""
        return f"{self.base}book/{holding.id}/{quote(file_name(holding, copy), safe='')}"


def file_name(holding: Holding, copy: Copy) -> str:
    """What a file is called when it is loaded: title and author, and its ending."""
    author = holding.about.makers[0].name if holding.about.makers else ""
    words = f"{holding.title} - {author}" if author else holding.title
    return device_name(words.replace(".", "．") + copy.ending)


@dataclass(frozen=True, slots=True)
class Entry:
    """A way on: another feed."""

    id: str
    title: str
    href: str
    summary: str
    count: int = 0
    rel: str = "subsection"


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed: ways on (`is_navigation`), or books."""

    id: str
    title: str
    updated: str
    here: str
    up: str = ""
    entries: tuple[Entry, ...] = ()
    books: tuple[Holding, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0
    turns: tuple[tuple[str, str], ...] = ()
    is_navigation: bool = False


def feed_for(
    shelf: Shelf, links: Links, path: str, *, page: int = 1, words: str = ""
) -> Feed | None:
    """The feed at `path` below the catalogue ("" is its root); None when there is none.

    Pages count from 1; a page past the last has no feed.
    """
    name, _, key = path.partition("/")
    match name, key:
        case "", "":
            return _root(shelf, links)
        case "recent", "":
            return _books(shelf, links, path, "opds.recent", shelf.recent, page=page)
        case "all", "":
            return _books(shelf, links, path, "opds.all", shelf.holdings, page=page)
        case "authors", "":
            return _groups(shelf, links, path, "opds.authors", shelf.authors, page=page)
        case "series", "":
            return _groups(shelf, links, path, "opds.series", shelf.series, page=page)
        case (("authors" | "series"), _):
            groups = shelf.authors if name == "authors" else shelf.series
            group = next((one for one in groups if one.id == key), None)
            return _group(shelf, links, path, group, page=page, up=name) if group else None
        case "search", "":
            found = search(shelf, words) if folded(words).split() else ()
            return _page(
                shelf, links, path, say("opds.found", words=words), found, page=page, words=words
            )
    return None


def _root(shelf: Shelf, links: Links) -> Feed:
    ways = (
        ("recent", "opds.recent", len(shelf.recent), "http://opds-spec.org/sort/new"),
        ("all", "opds.all", len(shelf.holdings), "subsection"),
        ("authors", "opds.authors", len(shelf.authors), "subsection"),
        ("series", "opds.series", len(shelf.series), "subsection"),
    )
    entries = tuple(
        Entry(_urn(path), say(key), links.to(path), say(f"{key}.about", count=count), count, rel)
        for path, key, count, rel in ways
        if count or path in {"recent", "all"}
    )
    return Feed(
        _urn("root"),
        say("opds.title"),
        shelf.updated,
        links.to(""),
        entries=entries,
        is_navigation=True,
    )


def _books(
    shelf: Shelf, links: Links, path: str, key: str, books: Sequence[Holding], *, page: int
) -> Feed | None:
    return _page(shelf, links, path, say(key), books, page=page)


def _group(
    shelf: Shelf, links: Links, path: str, group: Group, *, page: int, up: str
) -> Feed | None:
    return _page(shelf, links, path, group.name, group.holdings, page=page, up=up)


def _page(
    shelf: Shelf, links: Links, path: str, title: str, books: Sequence[Holding],
    *, page: int, words: str = "", up: str = "",
) -> Feed | None:  # fmt: skip
    pages = _count(len(books))
    if not 1 <= page <= pages:
        return None
    start = (page - 1) * PAGE_SIZE
    return Feed(
        _urn(path + (f":{words}" if words else "")),
        title,
        shelf.updated,
        links.to(path, q=words, page=page),
        links.to(up),
        books=tuple(books[start : start + PAGE_SIZE]),
        page=page,
        pages=pages,
        total=len(books),
        turns=_turns(links, path, page, pages, words),
    )


def _groups(
    shelf: Shelf, links: Links, path: str, key: str, groups: Sequence[Group], *, page: int
) -> Feed | None:
    pages = _count(len(groups))
    if not 1 <= page <= pages:
        return None
    start = (page - 1) * PAGE_SIZE
    entries = tuple(
        Entry(
            _urn(f"{path}:{group.id}"),
            group.name,
            links.to(f"{path}/{group.id}"),
            say("opds.books", count=len(group.holdings)),
            len(group.holdings),
        )
        for group in groups[start : start + PAGE_SIZE]
    )
    return Feed(
        _urn(path), say(key), shelf.updated, links.to(path, page=page), links.to(""),
        entries=entries, page=page, pages=pages, total=len(groups),
        turns=_turns(links, path, page, pages, ""), is_navigation=True,
    )  # fmt: skip


def _turns(
    links: Links, path: str, page: int, pages: int, words: str
) -> tuple[tuple[str, str], ...]:
    """First, previous, next and last page (RFC 5005), where there are several."""
    if pages == 1:
        return ()
    steps = [("first", 1), ("last", pages)]
    steps += [("previous", page - 1)] if page > 1 else []
    steps += [("next", page + 1)] if page < pages else []
    return tuple((rel, links.to(path, q=words, page=number)) for rel, number in steps)


def _count(items: int) -> int:
    return max(1, -(-items // PAGE_SIZE))


def _urn(name: str) -> str:
    return f"urn:ebook-builder:{quote(name, safe=':/')}"
