"""The ways into the book: contents, landmarks, the navigation document and the NCX.

All are folds over `Section`. The NCX repeats the contents for readers that know only EPUB 2
(Apple Books asks for it too). A section without a heading is no entry; what lies below it
moves up one level.
"""

from collections.abc import Iterator, Mapping
from itertools import count

from builder.compose.documents import Wrapping, wrap
from builder.compose.placement import NAV_HREF
from builder.compose.xhtml import escape, escape_attribute
from builder.core.book import Section
from builder.core.publication import Landmark, NavPoint, PageTarget

NCX_HREF = "toc.ncx"
NCX_ID = "ncx"  # the name that ebooklib's spine points to
_GROUP = ' class="group"'


def contents_of(
    sections: tuple[Section, ...], hrefs: Mapping[str, str], *, depth: int
) -> tuple[NavPoint, ...]:
    """The contents, at most `depth` levels deep."""
    return tuple(_nav_points(sections, hrefs, depth))


def _nav_points(
    sections: tuple[Section, ...], hrefs: Mapping[str, str], depth: int
) -> Iterator[NavPoint]:
    if depth <= 0:
        return
    for section in sections:
        if section.heading.strip():
            children = tuple(_nav_points(section.children, hrefs, depth - 1))
            yield NavPoint(section.heading, hrefs[section.id], children)
        else:
            yield from _nav_points(section.children, hrefs, depth)


def nav_document(
    contents: tuple[NavPoint, ...],
    landmarks: tuple[Landmark, ...],
    wrapping: Wrapping,
    *,
    pages: tuple[PageTarget, ...] = (),
) -> bytes:
    """The navigation document, which is the contents page of the book as well."""
    words = wrapping.words
    body = (
        '<nav epub:type="toc" role="doc-toc" id="toc" class="contents">\n'
        f'<h1 class="heading">{words.contents}</h1>\n{_list(contents, level=1)}</nav>\n'
        '<nav epub:type="landmarks" id="landmarks" hidden="hidden">\n'
        f"<h2>{words.landmarks}</h2>\n<ol>\n"
        + "".join(
            f'<li><a epub:type="{landmark.type}" href="{escape_attribute(landmark.href)}">'
            f"{escape(landmark.title)}</a></li>\n"
            for landmark in landmarks
        )
        + "</ol>\n</nav>\n"
        + _page_list(pages, words.pages)
    )
    return wrap(
        body, NAV_HREF, wrapping, title=words.contents, body_class="front", body_type="frontmatter"
    )


def _list(points: tuple[NavPoint, ...], *, level: int) -> str:
    """The contents as nested lists; an outermost entry with others below it is a `group`."""
    items = "".join(
        f"<li{_GROUP if point.children and level == 1 else ''}>"
        f'<a href="{escape_attribute(point.href)}">{escape(point.title)}</a>'
        + (f"\n{_list(point.children, level=level + 1)}" if point.children else "")
        + "</li>\n"
        for point in points
    )
    return f"<ol>\n{items}</ol>\n"


def _page_list(pages: tuple[PageTarget, ...], title: str) -> str:
    """The pages of the printed edition, which reading systems offer to go to."""
    if not pages:
        return ""
    items = "".join(
        f'<li><a href="{escape_attribute(page.href)}">{escape(page.label)}</a></li>\n'
        for page in pages
    )
    return (
        '<nav epub:type="page-list" role="doc-pagelist" id="page-list" hidden="hidden">\n'
        f"<h2>{title}</h2>\n<ol>\n{items}</ol>\n</nav>\n"
    )


def ncx_document(
    contents: tuple[NavPoint, ...],
    *,
    identifier: str,
    wrapping: Wrapping,
    pages: tuple[PageTarget, ...] = (),
) -> bytes:
    """The contents as NCX; `identifier` must be the package's own."""
    numbers = iter(range(1, 1 + _count(contents)))
    highest = max((int(page.label) for page in pages if page.label.isdecimal()), default=0)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"'
        f' xml:lang="{escape_attribute(wrapping.language)}">\n<head>\n'
        f'<meta name="dtb:uid" content="{escape_attribute(identifier)}"/>\n'
        f'<meta name="dtb:depth" content="{depth_of(contents)}"/>\n'
        f'<meta name="dtb:totalPageCount" content="{len(pages)}"/>\n'
        f'<meta name="dtb:maxPageNumber" content="{highest}"/>\n'
        f"</head>\n<docTitle><text>{escape(wrapping.book_title)}</text></docTitle>\n"
        f"<navMap>\n{_nav_map(contents, numbers)}</navMap>\n"
        f"{_ncx_pages(pages, contents, wrapping.words.pages)}</ncx>\n"
    ).encode()


def _nav_map(points: tuple[NavPoint, ...], numbers: Iterator[int]) -> str:
    return "".join(
        f'<navPoint id="entry-{(number := next(numbers))}" playOrder="{number}">'
        f"<navLabel><text>{escape(point.title)}</text></navLabel>"
        f'<content src="{escape_attribute(point.href)}"/>'
        f"{_nav_map(point.children, numbers)}</navPoint>\n"
        for point in points
    )


def _ncx_pages(pages: tuple[PageTarget, ...], contents: tuple[NavPoint, ...], title: str) -> str:
    """The page list; a page that leads where an entry leads has to bear that entry's number."""
    if not pages:
        return ""
    orders = {href: number for number, href in enumerate(_hrefs(contents), start=1)}
    numbers = count(len(orders) + 1)
    targets = "".join(
        f'<pageTarget id="page-{escape_attribute(page.label)}"'
        f' type="{"normal" if page.label.isdecimal() else "front"}"'
        f'{_value(page.label)} playOrder="{orders.get(page.href) or next(numbers)}">'
        f"<navLabel><text>{escape(page.label)}</text></navLabel>"
        f'<content src="{escape_attribute(page.href)}"/></pageTarget>\n'
        for page in pages
    )
    label = f"<navLabel><text>{title}</text></navLabel>"
    return f"<pageList>\n{label}\n{targets}</pageList>\n"


def _value(label: str) -> str:
    return f' value="{label}"' if label.isdecimal() else ""


def _hrefs(points: tuple[NavPoint, ...]) -> Iterator[str]:
    for point in points:
        yield point.href
        yield from _hrefs(point.children)


def depth_of(points: tuple[NavPoint, ...]) -> int:
    """How many levels some contents have."""
    return max((1 + depth_of(point.children) for point in points), default=0)


def _count(points: tuple[NavPoint, ...]) -> int:
    return sum(1 + _count(point.children) for point in points)
