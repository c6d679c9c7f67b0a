"""The shelf as a page: covers, titles, files to load. Made for a phone that scanned the code."""

from collections.abc import Callable, Sequence
from html import escape

from builder.core.catalogue import say, spoken
from builder.deliver.holdings import Holding
from builder.deliver.opds import Feed

Hrefs = Callable[[Holding], tuple[str, list[tuple[str, str]]]]


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


def static_page(books: Sequence[Holding], hrefs: Hrefs, sheet: str, feed: str) -> str:
    """All books on one page that needs no server; `sheet` is the text of its style sheet."""
    items = "".join(_book(book, *hrefs(book)) for book in books)
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head><meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(say('opds.title'))}</title>\n<style>\n{sheet}</style>\n"
        f'<link rel="alternate" type="application/atom+xml;profile=opds-catalog" href="{feed}"/>\n'
        f"</head>\n<body>\n<header><h1>{escape(say('opds.title'))}</h1></header>\n<main>\n"
        f"<p>{escape(say('opds.books', count=len(books)))}</p>\n<ul>{items}</ul>\n</main>\n"
        "</body>\n</html>\n"
    )


def _book(book: Holding, cover: str, files: list[tuple[str, str]]) -> str:
    names = "、".join(person.name for person in book.about.makers)
    picture = f'<img src="{escape(cover)}" alt="" loading="lazy"/>' if cover else "<span></span>"
    ways = "".join(f'<a href="{escape(href)}">{escape(kind)}</a> ' for kind, href in files)
    language = f' lang="{escape(book.about.language)}"' if book.about.language else ""
    return (
        f"<li>{picture}<div><h2{language}>{escape(book.title)}</h2>"
        f'<p{language}>{escape(names)}</p><p class="files">{ways}</p></div></li>\n'
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
