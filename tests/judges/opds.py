"""Three programs that read OPDS and share no code: Readium (in Thorium), NYPL's (in Palace), and
foliate-js (in Foliate, in a browser).
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.judges.devtools import Browser, Page
from tests.judges.finding import HERE, NODE_MODULES, JudgeError, require
from tests.judges.loopback import serving
from tests.judges.node import run_script

Client = Literal["r2", "nypl", "foliate"]
JUDGE: dict[Client, str] = {"r2": "r2-opds", "nypl": "opds-feed-parser", "foliate": "foliate"}
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Link:
    rels: tuple[str, ...]
    href: str
    type: str
    is_template: bool


@dataclass(frozen=True, slots=True)
class ListedBook:
    title: str
    authors: tuple[str, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed as a program understood it; `ways` are (title, link), `total` is 0 where unknown."""

    title: str
    total: int
    links: tuple[Link, ...]
    ways: tuple[tuple[str, Link], ...]
    books: tuple[ListedBook, ...]

    def first(self, rel: str) -> Link | None:
        return next((link for link in self.links if rel in link.rels), None)


def read_feed(client: Client, content: bytes) -> FeedRead:
    """What `client` makes of a feed. Raises JudgeError when it makes nothing of it."""
    require(JUDGE[client])
    if client == "foliate":
        with _foliate() as page:
            return _read(page.evaluate(f"window.read({json.dumps(content.decode())})"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "feed")
        file.write_bytes(content)
        said = run_script("../opds_read.mjs", client, file, patience_s=_PATIENCE_S)
    try:
        return _read(json.loads(said))
    except ValueError as problem:
        raise JudgeError(f"{client}: {said[:2000]}") from problem


def search_address(description: bytes, words: str) -> str:
    """Where foliate-js looks for `words`, by what a catalogue says of its search."""
    require("foliate")
    with _foliate() as page:
        text = json.dumps(description.decode())
        return str(page.evaluate(f"window.search({text}, {json.dumps(words)})"))


@contextmanager
def _foliate() -> Iterator[Page]:
    shelves = {"pages": HERE / "pages", "modules": NODE_MODULES}
    browser = Browser()
    try:
        with serving(shelves) as address, browser.page(f"{address}/pages/opds.html") as page:
            yield page
    finally:
        browser.close()


def _read(said: Any) -> FeedRead:
    return FeedRead(
        title=said["title"],
        total=int(said["total"] or 0),
        links=_links(said["links"]),
        ways=tuple((way["title"], *_links([way])) for way in said["ways"]),
        books=tuple(
            ListedBook(
                book["title"],
                tuple(book["authors"]),
                _links(book["links"]),
                _links(book["images"]),
            )
            for book in said["books"]
        ),
    )


def _links(items: Any) -> tuple[Link, ...]:
    return tuple(
        Link(tuple(filter(None, item["rel"])), item["href"], item["type"], bool(item["templated"]))
        for item in items
    )
