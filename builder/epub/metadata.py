"""The package document's metadata as plain elements, in a fixed order.

EPUB 3 says more about an element by another that `refines` it, so ids tie them together.
Kindle and calibre read some of it only in EPUB 2's `<meta name="…">` form: cover and series
are said twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.core.book import Creator, Metadata
from builder.core.publication import Accessibility, Publication

IDENTIFIER_ID = "book-id"
# The dates that dc:date may hold: W3C's profile of ISO 8601.
# Example: 2024, 2024-02, 2024-02-29T08:00:00+08:00. Counter-example: 2024-2-9, 民国廿三年.
_W3C_DATE = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?",
)
# What an ISBN is without its hyphens. Example: 9787532100008, 753210000X. Counter-example: 12-3.
_ISBN = re.compile(r"(?:[0-9]{3})?[0-9]{9}[0-9Xx]")
_ISBN_EXTRAS = re.compile(r"^\s*ISBN|[\s:：-]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One element: `dc:NAME` when `is_dublin_core`, else `meta`; text and attributes."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()
    is_dublin_core: bool = False


def entries(publication: Publication) -> tuple[Entry, ...]:
    """All metadata but the identifier and the time of change, which ebooklib writes itself."""
    return tuple(_entries(publication))


def _entries(publication: Publication) -> Iterator[Entry]:
    metadata = publication.metadata
    yield from _titles(metadata)
    yield _dc("language", metadata.language)
    yield from _creators(metadata.creators)
    if metadata.isbn.strip():
        yield _dc("identifier", _isbn_urn(metadata.isbn))
    yield from _date(metadata.date)
    for name, text in (
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("description", metadata.description),
        *(("subject", subject) for subject in metadata.subjects),
    ):
        if text.strip():
            yield _dc(name, text)
    yield from _series(metadata)
    yield from _accessibility(publication.accessibility)
    if publication.page_source:
        # Preferred over dc:source with source-of (W3C, Page Source Identification, 2023).
        yield Entry("meta", publication.page_source, (("property", "pageBreakSource"),))
    if publication.direction == "rtl":
        # Kindle asks here, and not the style sheets, how the lines of a book run.
        mode = (("name", "primary-writing-mode"), ("content", "vertical-rl"))
        yield Entry("meta", "", mode)
    if has_fonts(publication):
        # Without it Apple Books leaves embedded fonts alone (Apple Books Asset Guide, layout).
        yield Entry("meta", "true", (("property", "ibooks:specified-fonts"),))
    if publication.cover_id:
        yield Entry("meta", "", (("name", "cover"), ("content", publication.cover_id)))


def has_fonts(publication: Publication) -> bool:
    """Whether the book brings fonts of its own."""
    return any(item.media_type.startswith("font/") for item in publication.manifest)


def _titles(metadata: Metadata) -> Iterator[Entry]:
    yield _dc("title", metadata.title, ("id", "title"))
    yield _refine("title", "title-type", "main")
    if metadata.file_as.strip():
        yield _refine("title", "file-as", metadata.file_as)
    if metadata.subtitle.strip():
        yield _dc("title", metadata.subtitle, ("id", "subtitle"))
        yield _refine("subtitle", "title-type", "subtitle")


def _creators(creators: tuple[Creator, ...]) -> Iterator[Entry]:
    """Authors as dc:creator, everybody else as dc:contributor.

    In a book without authors, such as a collection, whoever made it stands in their place:
    shelves sort by dc:creator.
    """
    named = [creator for creator in creators if creator.name.strip()]
    has_author = any(creator.role == "aut" for creator in named)
    for number, creator in enumerate(named, start=1):
        identity = f"creator-{number}"
        is_author = creator.role == "aut" or not has_author
        yield _dc("creator" if is_author else "contributor", creator.name, ("id", identity))
        if creator.role.strip():
            yield _refine(identity, "role", creator.role, ("scheme", "marc:relators"))
        if creator.file_as.strip():
            yield _refine(identity, "file-as", creator.file_as)


def _isbn_urn(isbn: str) -> str:
    """The ISBN as a URN, or as it was given when it is none."""
    digits = _ISBN_EXTRAS.sub("", isbn)
    return f"urn:isbn:{digits.upper()}" if _ISBN.fullmatch(digits) else isbn


def _date(date: str) -> Iterator[Entry]:
    """The date as dc:date, or, when that may not hold it, in the words that were given."""
    if _W3C_DATE.fullmatch(date.strip()):
        yield _dc("date", date)
    elif date.strip():
        yield Entry("meta", date, (("property", "dcterms:issued"),))


def _series(metadata: Metadata) -> Iterator[Entry]:
    series = metadata.series
    if series is None or not series.name.strip():
        return
    yield Entry("meta", series.name, (("property", "belongs-to-collection"), ("id", "series")))
    yield _refine("series", "collection-type", "series")
    if series.position is not None:
        yield _refine("series", "group-position", f"{series.position:g}")
    yield Entry("meta", "", (("name", "calibre:series"), ("content", series.name)))
    if series.position is not None:
        position = f"{series.position:g}"
        yield Entry("meta", "", (("name", "calibre:series_index"), ("content", position)))


def _accessibility(accessibility: Accessibility) -> Iterator[Entry]:
    for name, values in (
        ("schema:accessMode", accessibility.modes),
        ("schema:accessModeSufficient", accessibility.sufficient),
        ("schema:accessibilityFeature", accessibility.features),
        ("schema:accessibilityHazard", accessibility.hazards),
        ("schema:accessibilitySummary", (accessibility.summary,)),
        ("dcterms:conformsTo", (accessibility.conforms_to,)),
        ("a11y:certifiedBy", (accessibility.certified_by,)),
    ):
        for value in values:
            if value:
                yield Entry("meta", value, (("property", name),))


def _dc(name: str, text: str, *attributes: tuple[str, str]) -> Entry:
    return Entry(name, text, attributes, is_dublin_core=True)


def _refine(identity: str, name: str, text: str, *attributes: tuple[str, str]) -> Entry:
    return Entry("meta", text, (("refines", f"#{identity}"), ("property", name), *attributes))
