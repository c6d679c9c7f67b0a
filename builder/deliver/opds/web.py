"""OPDS 2.0: the same feeds as Readium web publication manifests in JSON."""

import json
from typing import Any

from builder.core.catalogue import say
from builder.deliver.holdings import Holding
from builder.deliver.opds.feed import PAGE_SIZE, Feed, Links

TYPE = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
AUTHENTICATION = "application/opds-authentication+json"
_ACQUIRE = "http://opds-spec.org/acquisition/open-access"


def web_feed(feed: Feed, links: Links) -> bytes:
    """`feed` as JSON. A feed of ways on has `navigation`, one of books `publications`."""
    document: dict[str, Any] = {"metadata": _metadata(feed), "links": _links(feed, links)}
    if feed.is_navigation:
        document["navigation"] = [
            {
                "title": entry.title,
                "href": entry.href,
                "type": TYPE,
                "rel": entry.rel,
                "properties": {"numberOfItems": entry.count},
            }
            for entry in feed.entries
        ]
    else:
        document["publications"] = [_publication(book, links) for book in feed.books]
    return json.dumps(document, ensure_ascii=False).encode()


def authentication(links: Links) -> bytes:
    """What a reader is told that has to name itself first (OPDS Authentication 1.0)."""
    document = {
        "id": f"{links.base}authentication",
        "title": say("opds.title"),
        "description": say("opds.password"),
        "authentication": [
            {
                "type": "http://opds-spec.org/auth/basic",
                "labels": {"login": say("opds.login"), "password": say("opds.password.label")},
            }
        ],
        "links": [{"rel": "start", "href": links.base, "type": TYPE}],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _metadata(feed: Feed) -> dict[str, Any]:
    told: dict[str, Any] = {"title": feed.title, "identifier": feed.id, "modified": feed.updated}
    if feed.total:
        told |= {
            "numberOfItems": feed.total, "itemsPerPage": PAGE_SIZE, "currentPage": feed.page,
        }  # fmt: skip
    return told


def _links(feed: Feed, links: Links) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"rel": "self", "href": feed.here, "type": TYPE},
        {"rel": "start", "href": links.to(""), "type": TYPE},
        {"rel": "search", "href": links.to("search") + "{?q}", "type": TYPE, "templated": True},
    ]
    if feed.up:
        told.append({"rel": "up", "href": feed.up, "type": TYPE})
    return told + [{"rel": rel, "href": href, "type": TYPE} for rel, href in feed.turns]


def _publication(book: Holding, links: Links) -> dict[str, Any]:
    about = book.about
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "identifier": about.identifier or f"urn:ebook-builder:book:{book.id}",
        "title": book.title,
        "modified": book.modified,
    }
    if about.file_as:
        metadata["sortAs"] = about.file_as
    if about.makers:
        metadata["author"] = [
            {"name": person.name} | ({"sortAs": person.file_as} if person.file_as else {})
            for person in about.makers
        ]
    if about.series:
        series: dict[str, Any] = {"name": about.series}
        metadata["belongsTo"] = {
            "series": series | ({"position": about.position} if about.position else {})
        }
    said = {
        "language": about.language,
        "publisher": about.publisher,
        "published": about.issued,
        "description": about.summary,
        "subject": list(about.subjects),
    }
    metadata |= {key: value for key, value in said.items() if value}
    publication: dict[str, Any] = {
        "metadata": metadata,
        "links": [
            {
                "rel": _ACQUIRE,
                "href": links.book(book, copy),
                "type": copy.media_type.partition(";")[0],
                "size": copy.size_bytes,
            }
            for copy in book.copies
        ],
        "images": [],
    }
    if about.cover:
        cover = links.cover(book)
        publication["images"] = [
            {"href": f"{cover}.jpg", "type": "image/jpeg"},
            {"href": f"{cover}.small.jpg", "type": "image/jpeg", "width": 240},
        ]
    return publication
