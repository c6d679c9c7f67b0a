"""Two reading engines in a real browser: foliate-js and epub.js open a book as a reader would.

They show what validators cannot: which way the pages turn, whether the fonts load, which way the
lines run, what a contents entry is called on the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from tests.judges.devtools import Browser
from tests.judges.finding import HERE, NODE_MODULES, JudgeError, require
from tests.judges.loopback import serving


class Complaints(AssertionError):
    """The engine opened the book and complained: exceptions, console errors, failed requests."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents or of the page list."""

    label: str
    href: str
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    label: str
    href: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A book as an engine understood it.

    `direction` is `"rtl"`, `"ltr"`, or whatever the engine makes of a book that does not say.
    `writing_mode` and `fonts` (family to `"loaded"`, `"error"` …) are those of the last section;
    `dead_entries` are the contents' hrefs that lead to no section.
    """

    title: str
    authors: tuple[str, ...]
    language: str
    direction: str
    toc: tuple[Entry, ...]
    dead_entries: tuple[str, ...]
    landmarks: tuple[Landmark, ...]
    page_list: tuple[Entry, ...]
    sections: int
    first_text: str
    last_text: str
    writing_mode: str
    fonts: Mapping[str, str]


class _Item(TypedDict):
    label: str
    href: str
    children: list["_Item"]


class _Landmark(TypedDict):
    label: str
    href: str
    types: list[str]


class _Said(TypedDict):
    """What the pages in pages/ hand over."""

    title: str
    authors: list[str]
    language: str
    direction: str
    toc: list[_Item]
    dead: list[str]
    landmarks: list[_Landmark]
    pages: list[_Item]
    sections: int
    first: str
    last: str
    writing: str
    fonts: list[tuple[str, str]]


def open_in_foliate(epub: Path, *, picture: Path | None = None, section: int = 0) -> Opened:
    """The book in foliate-js; `picture` receives a PNG of the section with that index."""
    require("foliate")
    return _open("foliate", epub, picture, section)


def open_in_epubjs(epub: Path, *, picture: Path | None = None, section: int = 0) -> Opened:
    """The book in epub.js; `picture` receives a PNG of the section with that index."""
    require("epubjs")
    return _open("epubjs", epub, picture, section)


def _open(engine: str, epub: Path, picture: Path | None, section: int) -> Opened:
    shelves = {"book.epub": epub, "pages": HERE / "pages", "modules": NODE_MODULES}
    try:
        with serving(shelves) as address, _browser().page(f"{address}/pages/{engine}.html") as page:
            said = cast(_Said, page.evaluate("window.opened"))
            if picture:
                page.evaluate(f"window.show({section}).then(() => null)")
                picture.write_bytes(page.picture())
            complaints = page.complaints()
    except JudgeError:
        # After a breakdown nobody knows what the browser still has to say.
        _browser().close()
        _browser.cache_clear()
        raise
    if complaints:
        raise Complaints(f"{engine} about {epub.name}:\n" + "\n".join(complaints))
    return _opened(said)


@cache
def _browser() -> Browser:
    """One browser for all the books of a test process: starting it costs more than a book."""
    return Browser()


def _opened(said: _Said) -> Opened:
    return Opened(
        title=said["title"],
        authors=tuple(said["authors"]),
        language=said["language"],
        direction=said["direction"],
        toc=_entries(said["toc"]),
        dead_entries=tuple(said["dead"]),
        landmarks=tuple(
            Landmark(item["label"], item["href"], tuple(item["types"]))
            for item in said["landmarks"]
        ),
        page_list=_entries(said["pages"]),
        sections=said["sections"],
        first_text=said["first"],
        last_text=said["last"],
        writing_mode=said["writing"],
        fonts=dict(said["fonts"]),
    )


def _entries(items: Sequence[_Item]) -> tuple[Entry, ...]:
    return tuple(Entry(item["label"], item["href"], _entries(item["children"])) for item in items)
