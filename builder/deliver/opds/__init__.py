"""OPDS: catalogues that e-readers browse and load books from. Pure: values in, bytes out.

`Place` says what a feed lists and which page of it; `atom` writes OPDS 1.2, `web` OPDS 2.0.
Source: OPDS Catalog 1.2 and 2.0 (specs.opds.io), RFC 5005 (paging), OpenSearch 1.1.
"""

from builder.deliver.opds.atom import atom_feed, search_description
from builder.deliver.opds.feed import PAGE_SIZE, Entry, Feed, Links, feed_for
from builder.deliver.opds.web import authentication, web_feed

__all__ = [
    "PAGE_SIZE",
    "Entry",
    "Feed",
    "Links",
    "atom_feed",
    "authentication",
    "feed_for",
    "search_description",
    "web_feed",
]
