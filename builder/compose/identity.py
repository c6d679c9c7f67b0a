"""What makes a book this book: its identifier, and what it promises to every reader."""

import uuid

from builder.compose.words import Words
from builder.core.book import Metadata
from builder.core.publication import Accessibility

# The namespace of our identifiers. Its value means nothing but must never change, because
# every reading position and annotation hangs on the identifiers made with it.
_NAMESPACE = uuid.UUID("b5dd81ee-1dd3-5c4d-a2ec-6a3e23e1c0a7")
CERTIFIER = "ebook-builder"


def identifier_of(metadata: Metadata, orientation: str = "horizontal") -> str:
    """The identifier given, or a UUID of title, authors, language and orientation.

    Simplified, Traditional and vertical editions are different books to a reading system,
    which keeps one reading position an identifier.
    """
    if metadata.identifier.strip():
        return metadata.identifier.strip()
    authors = [creator.name for creator in metadata.creators if creator.role == "aut"]
    return _urn(metadata.title, *authors, metadata.language, orientation)


def identifier_of_edition(metadata: Metadata, *, is_vertical: bool) -> str:
    """An identifier for another edition of the book that the given identifier names."""
    orientation = "vertical" if is_vertical else "horizontal"
    return _urn(metadata.identifier.strip(), metadata.language, orientation)


def _urn(*parts: str) -> str:
    # The unit separator stands in no title, so that no two books run together.
    name = "\N{INFORMATION SEPARATOR ONE}".join(parts)
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name.encode('utf-8', 'replace').decode())}"


def accessibility_of(
    words: Words,
    *,
    has_images: bool,
    has_undescribed_images: bool,
    has_pages: bool,
    has_readings: bool = False,
) -> Accessibility:
    """The accessibility metadata; conformance is claimed only if every image is described."""
    features = [
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
    ]
    if has_images and not has_undescribed_images:
        features.append("alternativeText")
    if has_readings:
        features.append("rubyAnnotations")
    if has_pages:
        features += ("pageBreakMarkers", "pageNavigation")
    summary = words.accessibility_images if has_images else words.accessibility
    return Accessibility(
        modes=("textual", "visual") if has_images else ("textual",),
        sufficient=("textual,visual",) if has_undescribed_images else ("textual",),
        features=tuple(features),
        summary=summary + (words.accessibility_pages if has_pages else ""),
        conforms_to="" if has_undescribed_images else "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
        certified_by="" if has_undescribed_images else CERTIFIER,
    )
