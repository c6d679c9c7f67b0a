"""OPDS 1.2: feeds in Atom, which every reader with a catalogue understands."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from builder.core.catalogue import say, spoken
from builder.core.xml_text import xml_safe
from builder.deliver.holdings import Holding
from builder.deliver.opds.feed import Entry, Feed, Links

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
SEARCH = "application/opensearchdescription+xml"
_ACQUIRE = "http://opds-spec.org/acquisition/open-access"
_IMAGE = "http://opds-spec.org/image"
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"'
    ' xmlns:opds="http://opds-spec.org/2010/catalog"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


def kind_of(feed: Feed) -> str:
    """The media type of a feed."""
    return NAVIGATION if feed.is_navigation else ACQUISITION


def atom_feed(feed: Feed, links: Links) -> bytes:
    """`feed` as an Atom document."""
    lines = [f"{_HEAD} xml:lang={quoteattr(spoken())}>", *_head(feed, links)]
    for entry in feed.entries:
        lines += _way(entry, feed)
    for book in feed.books:
        lines += _book(book, links)
    return "\n".join([*lines, "</feed>\n"]).encode()


def search_description(links: Links) -> bytes:
    """How the catalogue is searched, for readers that ask (OpenSearch 1.1)."""
    template = links.to("search") + "?q={searchTerms}"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{_words(say('opds.title'))}</ShortName>\n"
        f"<Description>{_words(say('opds.search.about'))}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding><OutputEncoding>UTF-8</OutputEncoding>\n"
        f'<Url type="{ACQUISITION}" template={quoteattr(template)}/>\n'
        "</OpenSearchDescription>\n"
    ).encode()


def _head(feed: Feed, links: Links) -> Iterator[str]:
    yield f"<id>{_words(feed.id)}</id><title>{_words(feed.title)}</title>"
    yield f"<updated>{feed.updated}</updated><author><name>ebook-builder</name></author>"
    yield _link("self", feed.here, kind_of(feed))
    yield _link("start", links.to(""), NAVIGATION)
    if feed.up:
        yield _link("up", feed.up, NAVIGATION)
    for rel, href in feed.turns:
        yield _link(rel, href, kind_of(feed))
    if links.has_search:
        yield _link("search", links.to("search.xml"), SEARCH)
        # Some readers know this way only, and put the words straight into the address.
        yield _link("search", links.to("search") + "?q={searchTerms}", "application/atom+xml")
    if feed.books or feed.total:
        first = (feed.page - 1) * max(len(feed.books), len(feed.entries)) + 1
        yield (
            f"<opensearch:totalResults>{feed.total}</opensearch:totalResults>"
            f"<opensearch:startIndex>{first}</opensearch:startIndex>"
            f"<opensearch:itemsPerPage>{len(feed.books) or len(feed.entries)}"
            "</opensearch:itemsPerPage>"
        )


def _way(entry: Entry, feed: Feed) -> Iterator[str]:
    leads_to_ways = entry.href.partition("?")[0].endswith(("/authors", "/series"))
    yield f"<entry><id>{_words(entry.id)}</id><title>{_words(entry.title)}</title>"
    yield f'<updated>{feed.updated}</updated><content type="text">{_words(entry.summary)}</content>'
    yield _link(
        entry.rel, entry.href, NAVIGATION if leads_to_ways else ACQUISITION,
        more=f' thr:count="{entry.count}"',
    )  # fmt: skip
    yield "</entry>"


def _book(book: Holding, links: Links) -> Iterator[str]:
    about = book.about
    yield f"<entry><id>urn:ebook-builder:book:{book.id}</id><title>{_words(book.title)}</title>"
    yield f"<updated>{book.modified}</updated>"
    for person in about.makers:
        yield f"<author><name>{_words(person.name)}</name></author>"
    for tag, value in (
        ("dc:language", about.language), ("dc:publisher", about.publisher),
        ("dc:issued", about.issued), ("dc:identifier", about.identifier), ("rights", about.rights),
    ):  # fmt: skip
        if value:
            yield f"<{tag}>{_words(value)}</{tag}>"
    for subject in about.subjects:
        yield f"<category term={quoteattr(xml_safe(subject))} label={quoteattr(xml_safe(subject))}/>"
    if about.series:
        number = f" {about.position:g}" if about.position else ""
        yield f'<content type="text">{_words(f"{about.series}{number}")}</content>'
    if about.summary:
        yield f'<summary type="text">{_words(about.summary)}</summary>'
    if about.cover:
        cover = links.cover(book)
        yield _link(_IMAGE, f"{cover}.jpg", "image/jpeg")
        yield _link(f"{_IMAGE}/thumbnail", f"{cover}.small.jpg", "image/jpeg")
    for copy in book.copies:
        yield _link(
            _ACQUIRE, links.book(book, copy), copy.media_type.partition(";")[0],
            more=f' length="{copy.size_bytes}"',
        )  # fmt: skip
    yield "</entry>"


def _link(rel: str, href: str, kind: str, *, more: str = "") -> str:
    return f"<link rel={quoteattr(rel)} href={quoteattr(href)} type={quoteattr(kind)}{more}/>"


def _words(text: str) -> str:
    return escape(xml_safe(text))
