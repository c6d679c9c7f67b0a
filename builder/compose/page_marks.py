"""Marks in the text where a page of the printed edition starts, and the list of those pages.

The press counts in blocks and visible characters (`core.page_starts`); here the places are
found in the files of the EPUB and in their finished markup. A mark stands only where HTML has
words: never between two rows or items, never inside ruby or a link.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.compose.placement import (
    COLOPHON_HREF,
    COVER_HREF,
    NAV_HREF,
    NOTES_HREF,
    TITLE_PAGE_HREF,
    Document,
    Placement,
)
from builder.compose.printed_matter import (
    COLOPHON_ID,
    CONTENTS_ID,
    COVER_ID,
    ID_PREFIX,
    NOTES_ID,
    TITLE_PAGE_ID,
)
from builder.compose.splitting import Place
from builder.compose.xhtml import escape_attribute
from builder.core.page_starts import BEFORE_ALL, PageStart, visible, visible_places
from builder.core.publication import PageTarget

PAGE_PREFIX = "page-"
_BEFORE_TEXT = {
    COVER_ID: COVER_HREF,
    TITLE_PAGE_ID: TITLE_PAGE_HREF,
    COLOPHON_ID: COLOPHON_HREF,
    CONTENTS_ID: NAV_HREF,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The start of the page `label`, after `characters` visible ones of a block."""

    characters: int
    label: str


# The marks of one file, by section id and by the number of the block among those that this file
# has of the section; of several in one block the first comes first.
FileMarks = Mapping[tuple[str, int], tuple[Mark, ...]]
NO_MARKS: FileMarks = {}


@dataclass(frozen=True, slots=True)
class PageMarks:
    """`targets` are the pages in order, `by_href` the marks that the texts of files need."""

    targets: tuple[PageTarget, ...]
    by_href: Mapping[str, FileMarks]


def mark_pages(pages: Iterable[PageStart], placement: Placement) -> PageMarks:
    """Find the places of the pages.

    Left out are pages that would step back in the book, and those after the first of the
    contents or of the notes: the EPUB cannot tell where in its own contents they start.
    """
    finder = _Finder(placement)
    targets: list[PageTarget] = []
    by_href: dict[str, dict[tuple[str, int], tuple[Mark, ...]]] = {}
    reached: tuple[int, ...] = ()
    for page in pages:
        found = finder.find(page)
        if found is None or found.place < reached:
            continue
        if not found.section_id and found.place == reached:
            continue
        reached, href = found.place, found.href
        if found.section_id:
            key, mark = (found.section_id, found.block), Mark(found.characters, page.label)
            marks = by_href.setdefault(href, {})
            marks[key] = (*marks.get(key, ()), mark)
            href += f"#{PAGE_PREFIX}{page.label}"
        targets.append(PageTarget(page.label, href))
    return PageMarks(tuple(targets), by_href)


@dataclass(frozen=True, slots=True)
class _Found:
    """`orders` are those of the file and of the section in it; without a `section_id` the page
    starts with the file.
    """

    orders: tuple[int, int]
    href: str
    section_id: str = ""
    block: int = BEFORE_ALL
    characters: int = 0

    @property
    def place(self) -> tuple[int, ...]:
        """What sorts as the book reads."""
        return *self.orders, self.block, self.characters


class _Finder:
    """Knows which files a section is in, and from which of its places on."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self._files = list(_BEFORE_TEXT.values())
        self._parts: dict[str, list[tuple[tuple[int, int], Document, int]]] = {}
        for order, document in enumerate(placement.documents, start=len(self._files)):
            for inner, section in enumerate(document.sections):
                one = ((order, inner), document, len(section.blocks))
                self._parts.setdefault(section.id, []).append(one)

    def find(self, page: PageStart) -> _Found | None:
        if page.element_id in _BEFORE_TEXT:
            href = _BEFORE_TEXT[page.element_id]
            return _Found((self._files.index(href), 0), href)
        if page.element_id == NOTES_ID and self._placement.unreferenced:
            return _Found((len(self._files) + len(self._placement.documents), 0), NOTES_HREF)
        own_id = page.element_id.removeprefix(ID_PREFIX)
        section_id = self._placement.renamed.get(own_id, own_id)
        found: _Found | None = None
        for orders, document, block_count in self._parts.get(section_id, ()):
            start = document.part.start
            if start.section_id != section_id:
                if section_id in document.part.continued:
                    break
                start = Place(section_id)
            if (page.block, page.characters) < (start.block, start.characters):
                break
            block = page.block - max(start.block, 0)
            characters = page.characters - (start.characters if page.block == start.block else 0)
            if block < block_count:
                found = _Found(orders, document.href, section_id, block, characters)
        return found


# --- markup -------------------------------------------------------------------------------

# Example: <p class="verse">, </p>, <br/>, &amp;, words. Counter-example: &lt without its end.
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[^\s/<>]++)(?P<rest>[^<>]*+)>|&[^;&<]++;|[^<&]++")
# Elements that hold words and may hold a mark; the others in a block only hold elements.
_HOSTS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "pre", "em", "strong"}
)
_HOLDERS = frozenset(
    {"blockquote", "div", "figure", "li", "ol", "table", "tbody", "thead", "tr", "ul"}
)
_OPEN = _HOSTS | _HOLDERS
_NOT_COUNTED = frozenset({"rt", "rp", "sup"})


_BEFORE = -1  # in front of the block, where no place in it will do


def before_section(marks: Iterable[Mark]) -> str:
    """The marks of pages that start with the heading of a section, to stand in front of it."""
    return "".join(f"{_mark(mark.label, 'div')}\n" for mark in marks)


def with_marks(markup: str, marks: tuple[Mark, ...]) -> str:
    """The markup of one block with marks at their places, or before it where it has no words.

    Marks that belong where none may stand go before the element that forbids it.
    """
    places = _places(markup, [mark.characters for mark in marks])
    pieces: list[str] = []
    reached = 0
    for place, mark in zip(places, marks, strict=True):
        if place == _BEFORE:
            pieces.append(f"{_mark(mark.label, 'div')}\n")
            continue
        pieces += (markup[reached:place], _mark(mark.label, "span"))
        reached = place
    return "".join(pieces) + markup[reached:]


def _places(markup: str, counts: list[int]) -> list[int]:
    """For each count, which ascend, the offset in `markup` before the visible character of that
    number.
    """
    places: list[int] = []
    tags: list[str] = []
    barred_at, barred, hidden, count = _BEFORE, 0, 0, 0
    for token in _TOKEN.finditer(markup):
        tag = token["tag"]
        if tag is None:
            if hidden:
                continue
            length = 1 if token[0][0] == "&" else len(visible(token[0]))
            first = len(places)
            here = counts[first : bisect_left(counts, count + length, first)]
            is_host = bool(tags) and tags[-1] in _HOSTS
            places.extend(
                barred_at if barred else token.start() + inner if is_host else _BEFORE
                for inner in visible_places(token[0], (number - count for number in here))
            )
            count += length
        elif token["end"]:
            tag = tags.pop()
            barred -= tag not in _OPEN
            hidden -= tag in _NOT_COUNTED
        elif not token["rest"].endswith("/"):
            if tag not in _OPEN and not barred:
                barred_at = token.start() if tags and tags[-1] in _HOSTS else _BEFORE
            barred += tag not in _OPEN
            hidden += tag in _NOT_COUNTED
            tags.append(tag)
    return places + [_BEFORE] * (len(counts) - len(places))


def _mark(label: str, tag: str) -> str:
    name = escape_attribute(label)
    return (
        f'<{tag} epub:type="pagebreak" role="doc-pagebreak" id="{PAGE_PREFIX}{name}"'
        f' aria-label="{name}"></{tag}>'
    )
