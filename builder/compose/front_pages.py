"""The pages before the text of an EPUB: 书名页 and 版权页."""

from builder.compose.colophon import colophon_rows, series_line
from builder.compose.documents import Wrapping, wrap
from builder.compose.placement import COLOPHON_HREF, TITLE_PAGE_HREF
from builder.compose.xhtml import escape
from builder.core.book import Metadata


def title_page(metadata: Metadata, wrapping: Wrapping) -> bytes:
    """书名页: series, title, subtitle, who made it, publisher."""
    roles = dict(wrapping.words.roles)
    lines = []
    if metadata.series:
        lines.append(f'<p class="book-series">{escape(series_line(metadata.series))}</p>\n')
    lines.append(f'<h1 class="book-title">{escape(wrapping.book_title)}</h1>\n')
    if metadata.subtitle:
        lines.append(
            f'<p class="book-subtitle" role="doc-subtitle">{escape(metadata.subtitle)}</p>\n'
        )
    for creator in metadata.creators:
        role = roles.get(creator.role, "")
        mark = f'<span class="role">\N{IDEOGRAPHIC SPACE}{role}</span>' if role else ""
        lines.append(f'<p class="book-creator">{escape(creator.name)}{mark}</p>\n')
    if metadata.publisher:
        lines.append(f'<p class="book-publisher">{escape(metadata.publisher)}</p>\n')
    body = f'<section class="title-page" epub:type="titlepage">\n{"".join(lines)}</section>\n'
    return wrap(
        body,
        TITLE_PAGE_HREF,
        wrapping,
        title=wrapping.words.title_page,
        body_class="front",
        body_type="frontmatter",
    )


def colophon_page(metadata: Metadata, wrapping: Wrapping) -> bytes:
    """版权页: who made the book, when, and whose it is; one line each."""
    lines = "".join(
        f'<p><span class="item">{label}</span>\N{IDEOGRAPHIC SPACE}{escape(value)}</p>\n'
        for label, value in colophon_rows(metadata)
    )
    body = (
        f'<section class="colophon" epub:type="colophon" role="doc-colophon">\n{lines}</section>\n'
    )
    return wrap(
        body,
        COLOPHON_HREF,
        wrapping,
        title=wrapping.words.colophon,
        body_class="front",
        body_type="frontmatter",
    )
