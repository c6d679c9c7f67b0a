"""Links between the HTML files of a folder or archive: which places of a file are wanted.

In an EPUB the package says what is where; loose files say it by the links in them. A file whose
places nobody asks for is read as before, so that a book without links keeps the ids it had.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from builder.read.discovery import HTML_SUFFIXES
from builder.read.documents import Document
from builder.read.html_notes import note_id
from builder.read.html_tokens import attributes

# Example: <a class="x" href="02.html#a">. Counter-example: <area href="a">, <abbr>.
_LINK = re.compile(r"<a\s(?P<rest>[^<>]{1,2000})>", re.IGNORECASE)
# Example: https://a.b/c, mailto:a@b, //a.b/c. Counter-example: 02.html, #a.
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """What a file is called in links, and the ids in it that links lead to ("" is its start)."""

    name: str
    wanted: frozenset[str]


def linked_places(documents: Sequence[Document], texts: Sequence[str]) -> tuple[Place | None, ...]:
    """For each document its place; None for what is no loose HTML file or has no part in links."""
    names = _names(documents)
    linked: dict[str, set[str]] = {}
    linking: set[str] = set()
    for name, text in zip(names, texts, strict=True):
        for match in _LINK.finditer(text) if name else ():
            href = attributes(match["rest"]).get("href", "").strip()
            target, _, fragment = note_id(name, href).partition("#")
            if href and not _SCHEME.match(href) and target in names and target:
                linked.setdefault(target, set()).add(unquote(fragment))
                linking.add(name)
    return tuple(
        Place(name, frozenset(("", *linked.get(name, ()))))
        if name in linking or name in linked
        else None
        for name in names
    )


def _names(documents: Sequence[Document]) -> list[str]:
    """What each loose HTML file is called, seen from the folder that all lie in; else empty."""
    own = [document.name.replace("\\", "/") for document in documents]
    folders = {name.rpartition("/")[0] for name in own}
    top = os.path.commonpath(folders) if "" not in folders else ""
    return [
        name[len(top) :].lstrip("/")
        if document.suffix in HTML_SUFFIXES and not document.is_page
        else ""
        for name, document in zip(own, documents, strict=True)
    ]
