"""Bytes to text: what a BOOK is, in which encoding, and its text without mark-up.

`discover` looks at names, `read` at bytes; the manuscript carries a ledger from the decoded
text on. Imports core and nothing of the other stages.
"""

from builder.read.book_names import Named, title_and_author
from builder.read.discovery import (
    IMAGE_SUFFIXES,
    discover,
    is_book_beside_others,
    is_inside,
    looks_like_text,
    select,
    slug_at,
    unreadable,
)
from builder.read.encodings import encode
from builder.read.reading import DecodedText, Reading, decode_bytes, read
from builder.read.series_names import InSeries, led, numbered

__all__ = [
    "IMAGE_SUFFIXES",
    "DecodedText",
    "InSeries",
    "Named",
    "Reading",
    "decode_bytes",
    "discover",
    "encode",
    "is_book_beside_others",
    "is_inside",
    "led",
    "looks_like_text",
    "numbered",
    "read",
    "select",
    "slug_at",
    "title_and_author",
    "unreadable",
]
