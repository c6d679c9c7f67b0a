"""Two reading engines in a real browser: foliate-js and epub.js open a book as a reader would.

They show what validators cannot: which way the pages turn, whether the fonts load, which way the
lines run, what a contents entry is called on the screen.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from tests.judges.devtools import Browser, Page
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


@dataclass(frozen=True, slots=True)
class View:
    """One section on the screen. `blank` are the addresses of images that show nothing."""

    href: str
    text: str
    writing_mode: str
    fonts: Mapping[str, str]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PopUp:
    """What came up when the mark of a note was clicked; `kind` is what the engine took it for."""

    mark: str
    kind: str
    text: str
    writing_mode: str


class _View(TypedDict):
    href: str
    text: str
    writing: str
    fonts: list[tuple[str, str]]
    blank: list[str]


class _PopUp(TypedDict):
    mark: str
    type: str | None
    text: str
    writing: str


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


def _statuses(faces: list[tuple[str, str]]) -> dict[str, str]:
    """Families with what became of them: `error` if of one face, else `loaded` if of one.

    A page without bold words has no use for the bold face, and does not load it.
    """
    found: dict[str, set[str]] = {}
    for family, status in faces:
        found.setdefault(family.strip("\"'"), set()).add(status)
    order = ("error", "loaded", "loading", "unloaded")
    return {
        family: next(status for status in order if status in some) for family, some in found.items()
    }


def open_in_foliate(epub: Path, *, picture: Path | None = None, section: int = 0) -> Opened:
    """The book in foliate-js; `picture` receives a PNG of the section with that index."""
    return _opened("foliate", epub, picture, section)


def open_in_epubjs(epub: Path, *, picture: Path | None = None, section: int = 0) -> Opened:
    """The book in epub.js; `picture` receives a PNG of the section with that index."""
    return _opened("epubjs", epub, picture, section)


def leaf_through_in_foliate(epub: Path) -> tuple[View, ...]:
    """Every section of the book as foliate-js shows it."""
    return _leaf_through("foliate", epub)


def leaf_through_in_epubjs(epub: Path) -> tuple[View, ...]:
    """Every section of the book as epub.js shows it."""
    return _leaf_through("epubjs", epub)


def pop_ups_in_foliate(epub: Path) -> tuple[PopUp, ...]:
    """What foliate-js shows when each mark of a note is clicked, in the order of the book."""
    with _open("foliate", epub) as page:
        sections = cast(_Said, page.evaluate("window.opened"))["sections"]
        found = [
            one
            for index in range(sections)
            for one in cast(list[_PopUp], page.evaluate(f"window.popUps({index})"))
        ]
    return tuple(
        PopUp(one["mark"], one["type"] or "", one["text"], one["writing"]) for one in found
    )


def _leaf_through(engine: str, epub: Path) -> tuple[View, ...]:
    with _open(engine, epub) as page:
        sections = cast(_Said, page.evaluate("window.opened"))["sections"]
        seen = [cast(_View, page.evaluate(f"window.look({index})")) for index in range(sections)]
    return tuple(
        View(one["href"], one["text"], one["writing"], _statuses(one["fonts"]), tuple(one["blank"]))
        for one in seen
    )


def _opened(engine: str, epub: Path, picture: Path | None, section: int) -> Opened:
    with _open(engine, epub) as page:
        said = cast(_Said, page.evaluate("window.opened"))
        if picture:
            page.evaluate(f"window.show({section}).then(() => null)")
            picture.write_bytes(page.picture())
    return _understood(said)


@contextmanager
def _open(engine: str, epub: Path) -> Iterator[Page]:
    """The engine's page with the book in it; raises Complaints at the end when there are any."""
    require(engine)
    shelves = {"book.epub": epub, "pages": HERE / "pages", "modules": NODE_MODULES}
    try:
        with serving(shelves) as address, _browser().page(f"{address}/pages/{engine}.html") as page:
            yield page
            complaints = page.complaints()
    except JudgeError:
        # After a breakdown nobody knows what the browser still has to say.
        _browser().close()
        _browser.cache_clear()
        raise
    if complaints:
        raise Complaints(f"{engine} about {epub.name}:\n" + "\n".join(complaints))


@cache
def _browser() -> Browser:
    """One browser for all the books of a test process: starting it costs more than a book."""
    return Browser()


def _understood(said: _Said) -> Opened:
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
        fonts=_statuses(said["fonts"]),
    )


def _entries(items: Sequence[_Item]) -> tuple[Entry, ...]:
    return tuple(Entry(item["label"], item["href"], _entries(item["children"])) for item in items)
