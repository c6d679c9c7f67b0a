"""The shelf as a page: covers, titles, files to load. Made for a phone that scanned the code."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from builder.core.catalogue import say, spoken
from builder.deliver.holdings import Group, Holding, Shelf
from builder.deliver.opds import Feed

Hrefs = Callable[[Holding], tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Twins:
    """Books with the same text; or, with `of`, one that has `share` (0 to 1) of its text there."""

    books: tuple[Holding, ...]
    of: Holding | None = None
    share: float = 1.0


def shelf_page(feed: Feed, words: str, hrefs: Hrefs, *, has_studio: bool = False) -> str:
    """One page of the shelf, as HTML."""
    studio = f'<nav><a href="/studio/">{escape(say("studio.ui.title"))}</a></nav>\n'
    books = "".join(_book(book, *hrefs(book)) for book in feed.books)
    empty = f"<p>{escape(say('shelf.empty'))}</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head><meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(say('opds.title'))}</title>\n"
        '<link rel="stylesheet" href="/static/shelf.css"/>\n'
        '<link rel="alternate" type="application/atom+xml;profile=opds-catalog" href="/opds/"/>\n'
        "</head>\n<body>\n<header>\n"
        f"<h1>{escape(say('opds.title'))}</h1>\n{studio if has_studio else ''}"
        '<form action="/" role="search">'
        f'<label for="q">{escape(say("shelf.search"))}</label>'
        f'<input id="q" name="q" type="search" value="{escape(words)}"/>'
        f"<button>{escape(say('shelf.find'))}</button></form>\n"
        f"</header>\n<main>\n"
        f"<p>{escape(say('opds.books', count=feed.total))}</p>\n"
        f"{f'<ul>{books}</ul>' if books else empty}\n{_turns(feed, words)}</main>\n"
        f"<footer><p>{escape(say('shelf.opds'))} <code>/opds/</code></p></footer>\n</body>\n</html>\n"
    )


def static_page(
    shelf: Shelf, hrefs: Hrefs, sheet: str, feed: str, *, alike: Sequence[Twins] = ()
) -> str:
    """All books on one page that needs no server; `sheet` is the text of its style sheet.

    The books of a series stand together in their order, where the first by title stands.
    """
    items = "".join(_items(shelf, hrefs))
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head><meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(say('opds.title'))}</title>\n<style>\n{sheet}</style>\n"
        f'<link rel="alternate" type="application/atom+xml;profile=opds-catalog" href="{feed}"/>\n'
        f"</head>\n<body>\n<header><h1>{escape(say('opds.title'))}</h1></header>\n<main>\n"
        f"<p>{escape(say('opds.books', count=len(shelf.holdings)))}</p>\n<ul>{items}</ul>\n"
        f"{_alike(alike)}</main>\n</body>\n</html>\n"
    )


def _items(shelf: Shelf, hrefs: Hrefs) -> Iterator[str]:
    groups = {one.id: group for group in shelf.series for one in group.holdings}
    shown: set[str] = set()
    for book in shelf.holdings:
        group = groups.get(book.id)
        if group is None or len(group.holdings) == 1:
            yield _book(book, *hrefs(book))
        elif group.id not in shown:
            shown.add(group.id)
            yield _series(group, hrefs)


def _series(group: Group, hrefs: Hrefs) -> str:
    """A series, over the whole width, with its books in order."""
    books = "".join(_book(book, *hrefs(book)) for book in group.holdings)
    return f'<li class="series"><h2>{escape(group.name)}</h2>\n<ul>{books}</ul></li>\n'


def _alike(twins: Sequence[Twins]) -> str:
    """Which books have the same text. Nothing is taken away for that: it is for a person to say."""
    if not twins:
        return ""
    lines = []
    for one in twins:
        names = " = ".join(map(_link, one.books))
        if one.of:
            names = say("shelf.part", book="\0", of="\1", percent=round(one.share * 100))
            names = escape(names).replace("\0", _link(one.books[0])).replace("\1", _link(one.of))
        lines.append(f"<li>{names}</li>\n")
    return (
        f'<section class="alike"><h2>{escape(say("shelf.alike"))}</h2>\n'
        f"<ul>{''.join(lines)}</ul></section>\n"
    )


def _link(book: Holding) -> str:
    """The book's title, and the file it is where the title would not tell it from others."""
    file = "" if book.stem == book.title else f" <small>{escape(book.stem)}</small>"
    return f'<a href="#b-{book.id}">{escape(book.title)}</a>{file}'


def _book(book: Holding, cover: str, files: list[tuple[str, str]]) -> str:
    names = "、".join(person.name for person in book.about.makers)
    picture = f'<img src="{escape(cover)}" alt="" loading="lazy"/>' if cover else "<span></span>"
    ways = "".join(f'<a href="{escape(href)}">{escape(kind)}</a> ' for kind, href in files)
    language = f' lang="{escape(book.about.language)}"' if book.about.language else ""
    about = book.about
    place = f"{about.series}·{about.position:g}" if about.position else about.series
    series = f"<p{language}>{escape(place)}</p>" if place else ""
    return (
        f'<li id="b-{book.id}">{picture}<div><h2{language}>{escape(book.title)}</h2>'
        f'<p{language}>{escape(names)}</p>{series}<p class="files">{ways}</p></div></li>\n'
    )


def _turns(feed: Feed, words: str) -> str:
    if feed.pages == 1:
        return ""
    query = f"q={escape(words)}&amp;" if words else ""
    links = [
        f'<a rel="{rel}" href="/?{query}page={page}">{escape(say(f"shelf.{rel}"))}</a>'
        for rel, page, shown in (
            ("prev", feed.page - 1, feed.page > 1),
            ("next", feed.page + 1, feed.page < feed.pages),
        )
        if shown
    ]
    return f"<nav>{' '.join(links)}</nav>\n"
