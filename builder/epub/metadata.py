"""The package document's metadata as plain elements, in a fixed order.

EPUB 3 says more about an element by another that `refines` it, so ids tie them together.
Kindle and calibre read some of it only in EPUB 2's `<meta name="…">` form: cover and series
are said twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.core.book import Creator, Metadata
from builder.core.publication import Accessibility, Publication

IDENTIFIER_ID = "book-id"


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
    for number, creator in enumerate(metadata.creators, start=1):
        yield from _creator(creator, number)
    if metadata.isbn:
        yield _dc("identifier", f"urn:isbn:{metadata.isbn.replace('-', '').replace(' ', '')}")
    for name, text in (
        ("publisher", metadata.publisher),
        ("date", metadata.date),
        ("rights", metadata.rights),
        ("description", metadata.description),
        *(("subject", subject) for subject in metadata.subjects),
    ):
        if text.strip():
            yield _dc(name, text)
    yield from _series(metadata)
    yield from _accessibility(publication.accessibility)
    if publication.cover_id:
        yield Entry("meta", "", (("name", "cover"), ("content", publication.cover_id)))


def _titles(metadata: Metadata) -> Iterator[Entry]:
    yield _dc("title", metadata.title, ("id", "title"))
    yield _refine("title", "title-type", "main")
    if metadata.subtitle.strip():
        yield _dc("title", metadata.subtitle, ("id", "subtitle"))
        yield _refine("subtitle", "title-type", "subtitle")


def _creator(creator: Creator, number: int) -> Iterator[Entry]:
    """An author as dc:creator, everybody else as dc:contributor."""
    if not creator.name.strip():
        return
    identity = f"creator-{number}"
    yield _dc("creator" if creator.role == "aut" else "contributor", creator.name, ("id", identity))
    yield _refine(identity, "role", creator.role, ("scheme", "marc:relators"))
    if creator.file_as.strip():
        yield _refine(identity, "file-as", creator.file_as)


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
