"""What a printed book has around its text: cover, title page, colophon (版权页), contents."""

from collections.abc import Iterator
from urllib.parse import quote

from builder.compose.colophon import colophon_rows, series_line
from builder.compose.words import words_for
from builder.compose.xhtml import escape, escape_attribute
from builder.core.book import Book, Metadata, Section
from builder.core.publication import NavPoint

ID_PREFIX = "s-"  # of sections, to keep them apart from ids of ours such as `body`
# Of what is no section of the book.
COVER_ID, TITLE_PAGE_ID, COLOPHON_ID = "cover", "title-page", "colophon"
CONTENTS_ID, NOTES_ID = "contents", "notes"
MAX_LEVEL = 4  # entries further down look like those of this level
MAX_LEADERS = 300  # beyond, dotted leaders cost more than the rest of the contents pages


def nav_points(sections: tuple[Section, ...]) -> tuple[NavPoint, ...]:
    """The contents: every section that has a heading, under the nearest above that has one."""
    points: list[NavPoint] = []
    for section in sections:
        children = nav_points(section.children)
        if section.heading:
            points.append(NavPoint(section.heading, f"#{ID_PREFIX}{section.id}", children))
        else:
            points.extend(children)
    return tuple(points)


def cover(book: Book) -> str:
    metadata = book.metadata
    if book.cover:
        source, alt = escape_attribute(resource_url(book.cover)), escape_attribute(metadata.title)
        return f'<section class="cover cover-image" id="{COVER_ID}"><img src="{source}" alt="{alt}"/></section>\n'
    lines = [f'<p class="cover-title">{escape(metadata.title)}</p>\n']
    if metadata.subtitle:
        lines.append(f'<p class="cover-subtitle">{escape(metadata.subtitle)}</p>\n')
    authors = [creator for creator in metadata.creators if creator.role == "aut"]
    lines += [f'<p class="cover-author">{escape(author.name)}</p>\n' for author in authors]
    return f'<section class="cover cover-words" id="{COVER_ID}">\n{"".join(lines)}</section>\n'


def title_page(metadata: Metadata) -> str:
    roles = dict(words_for(metadata.language).roles)
    lines = []
    if metadata.series:
        lines.append(f'<p class="series">{escape(series_line(metadata.series))}</p>\n')
    lines.append(f'<p class="book-title">{escape(metadata.title)}</p>\n')
    if metadata.subtitle:
        lines.append(f'<p class="book-subtitle">{escape(metadata.subtitle)}</p>\n')
    for creator in metadata.creators:
        role = f'<span class="role">{roles.get(creator.role, "")}</span>'
        lines.append(f'<p class="creator">{escape(creator.name)}{role}</p>\n')
    if metadata.publisher:
        lines.append(f'<p class="publisher">{escape(metadata.publisher)}</p>\n')
    return f'<section class="title-page" id="{TITLE_PAGE_ID}">\n{"".join(lines)}</section>\n'


def contents(book: Book) -> str:
    """The contents pages: every entry a link, its page number added by the style sheet."""
    entries: list[str] = []
    front = nav_points(book.front)
    for points, folio in ((front, " roman"), (nav_points(book.body + book.back), "")):
        entries += _entries(points, folio, 1)
    return _contents_of(entries, len(entries), book.metadata.language)


def contents_specimen(points: tuple[NavPoint, ...], language: str) -> str:
    """Contents pages like those of `points`, with one entry of each kind there can be."""
    entries = [
        _entry(NavPoint("", "#"), folio, level, is_group=is_group)
        for level in range(1, MAX_LEVEL + 1)
        for is_group in (True, False)
        for folio in (" roman", "")
    ]
    return _contents_of(entries, _count(points), language)


def _count(points: tuple[NavPoint, ...]) -> int:
    return sum(1 + _count(point.children) for point in points)


def _contents_of(entries: list[str], entry_count: int, language: str) -> str:
    if not entry_count:
        return ""
    leaders = " leaders" if entry_count <= MAX_LEADERS else ""
    title = words_for(language).contents
    return (
        f'<nav class="contents opener{leaders}" id="{CONTENTS_ID}">\n'
        f'<p class="contents-title" data-heading="{title}">{title}</p>\n{"".join(entries)}</nav>\n'
    )


def _entries(points: tuple[NavPoint, ...], folio: str, level: int) -> Iterator[str]:
    for point in points:
        yield _entry(point, folio, level, is_group=bool(point.children))
        yield from _entries(point.children, folio, level + 1)


def _entry(point: NavPoint, folio: str, level: int, *, is_group: bool) -> str:
    kind = " group" if is_group else ""
    return (
        f'<contents-entry class="level-{min(level, MAX_LEVEL)}{kind}"><a class="entry{folio}"'
        f' href="{escape_attribute(point.href)}">{escape(point.title)}</a></contents-entry>\n'
    )


def colophon(metadata: Metadata) -> str:
    lines = "".join(
        f'<p><span class="item">{label}</span>{escape(value)}</p>\n'
        for label, value in colophon_rows(metadata)
    )
    return (
        f'<section class="colophon" id="{COLOPHON_ID}"><div class="colophon-rows">\n'
        f"{lines}</div></section>\n"
    )


def resource_url(name: str) -> str:
    """Where the press finds an asset; not yet escaped."""
    return f"book:/{quote(name)}"
