"""Which pages a person should look at: named kinds of pages, numbers and ranges."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from builder.core.diagnostic import Location
from builder.core.errors import ConfigError

if TYPE_CHECKING:
    from builder.preview.document import Document

Kind = Literal["cover", "title", "contents", "opener", "spread", "picture", "end"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# What fits on one picture with pages still to be seen, and is drawn within seconds.
MOST_PAGES = 200
# Example: 5, 5-8, 20-. Counter-example: -5, 5-8-9, 5..8.
_RANGE = re.compile(r"(?P<first>\d{1,6})(?P<dash>\s*[-–]\s*)?(?P<last>\d{1,6})?")
# How a table of contents is headed. Source: the styles of this press and of publishers at hand.
_CONTENTS = ("目录", "目錄", "目次", "contents", "tableofcontents")
# The contents stand before the first chapter, and not behind this page.
_LAST_FRONT = 60
# Pages that are looked at for pictures.
_SAMPLES = 60


def chosen_pages(document: "Document", asked: str = "") -> tuple[int, ...]:
    """The pages `asked` for, in the order of the book, from 0; a good choice when nothing is.

    `asked` is a list such as cover,contents,5-8,20-; numbers count from 1. A kind that the book
    has not is left out. Raises ConfigError V005 for a page that is not there or a word that
    says nothing, V006 for more than `MOST_PAGES`.
    """
    words = [word.strip().casefold() for word in asked.split(",") if word.strip()]
    pages: set[int] = set()
    for word in words or KINDS:
        if word in KINDS:
            pages.update(_FINDERS[KINDS[KINDS.index(word)]](document))
        else:
            pages.update(_numbered(word, document.page_count))
        if len(pages) > MOST_PAGES:
            raise ConfigError("V006", location=Location("--pages"), most=MOST_PAGES)
    return tuple(sorted(pages))


def _numbered(word: str, count: int) -> range:
    match = _RANGE.fullmatch(word)
    if match is None or (match["last"] and not match["dash"]):
        raise ConfigError(
            "V005", location=Location("--pages"), word=word, count=count, kinds=", ".join(KINDS)
        )
    first = int(match["first"])
    last = int(match["last"] or (count if match["dash"] else first))
    if not 1 <= first <= last <= count:
        raise ConfigError(
            "V005", location=Location("--pages"), word=word, count=count, kinds=", ".join(KINDS)
        )
    return range(first - 1, last)


def _spread_of(page: int, count: int) -> tuple[int, ...]:
    """A page and the one that faces it; the first page faces the inside of the cover."""
    first = page - (page + 1) % 2
    return tuple(at for at in (first, first + 1) if 0 <= at < count)


def _cover(document: "Document") -> tuple[int, ...]:
    return _spread_of(0, document.page_count)


def _title(document: "Document") -> tuple[int, ...]:
    """What comes behind the cover."""
    return _spread_of(min(2, document.page_count - 1), document.page_count)


def _contents(document: "Document") -> tuple[int, ...]:
    page = _contents_page(document)
    return () if page is None else _spread_of(page, document.page_count)


def _contents_page(document: "Document") -> int | None:
    chapters = document.chapters()
    for chapter in chapters[:_LAST_FRONT]:
        if _is_contents(chapter.title):
            return chapter.page
    before = min(chapters[0].page + 1 if chapters else _LAST_FRONT, _LAST_FRONT)
    looked_at = range(min(before, document.page_count))
    return next((page for page in looked_at if _is_contents(document.head(page))), None)


def _is_contents(text: str) -> bool:
    return "".join(text.split()).casefold().startswith(_CONTENTS)


def _opener(document: "Document") -> tuple[int, ...]:
    """Where the first chapter begins, not the volume that it belongs to."""
    chapters = document.chapters()
    following = (*(chapter.level for chapter in chapters[1:]), 0)
    volumes = {
        one.page for one, after in zip(chapters, following, strict=False) if after > one.level
    }
    openers = _openers(document)
    openers = [page for page in openers if page not in volumes] or openers
    return _spread_of(openers[0], document.page_count) if openers else ()


def _openers(document: "Document") -> list[int]:
    """Where volumes and chapters begin; front matter has Roman numbers.

    Without an outline, which KDP wants none of, it is where Roman numbers end.
    """
    pages = [chapter.page for chapter in document.chapters() if not _is_contents(chapter.title)]
    numbered = [page for page in pages if document.label(page).isdecimal()]
    return numbered or pages or _first_of_text(document)


def _first_of_text(document: "Document") -> list[int]:
    """The first page with an Arabic number behind front matter; none when all pages have one."""
    looked_at = range(min(document.page_count, _LAST_FRONT))
    first = next((page for page in looked_at if document.label(page).isdecimal()), 0)
    return [first] if first else []


def _spread(document: "Document") -> tuple[int, ...]:
    """Two facing pages near the middle of the book that are all text, or nearly so."""
    count = document.page_count
    openers = set(_openers(document))
    # The page before a chapter's first is the last of another, and may be white for the most part.
    ends = {page - 1 for page in openers}
    for avoided in (openers | ends, openers):
        for away in range(min(count, _SAMPLES)):
            for page in (count // 2 + away, count // 2 - away):
                pair = _spread_of(page, count) if 0 < page < count else ()
                if len(pair) == 2 and not avoided.intersection(pair):
                    return pair
    return _spread_of(count // 2, count)


def _picture(document: "Document") -> tuple[int, ...]:
    """The first page with a picture among some that are looked at, the cover left out."""
    count = document.page_count
    step = max(count // _SAMPLES, 1)
    for page in range(2, count - 1, step):
        if document.has_picture(page):
            return _spread_of(page, count)
    return ()


def _end(document: "Document") -> tuple[int, ...]:
    return _spread_of(document.page_count - 1, document.page_count)


_FINDERS: dict[Kind, Callable[["Document"], tuple[int, ...]]] = {
    "cover": _cover,
    "title": _title,
    "contents": _contents,
    "opener": _opener,
    "spread": _spread,
    "picture": _picture,
    "end": _end,
}


def spreads(pages: Sequence[int]) -> Iterator[tuple[int | None, int | None]]:
    """Pages in pairs as an open book shows them: verso, recto. A place whose page was not chosen
    is None.
    """
    chosen = set(pages)
    for first in sorted({page - (page + 1) % 2 for page in pages}):
        second = first + 1
        yield first if first in chosen else None, second if second in chosen else None
