"""How many pages a book will have, near enough to choose its gutter before it is set."""

from math import ceil

from builder.compose.page_grid import PageGrid
from builder.core.book import Book, Section
from builder.core.traversal import section_lines, walk

# Cover, title page and colophon, each with what is blank behind it.
_FRONT_PAGES = 4
# What a heading takes with the room around it, in lines.
_HEADING_LINES = 8
# Roles that stand among the text of others instead of opening a page.
_RUN_ON = frozenset({"subchapter"})


def likely_page_count(book: Book, grid: PageGrid) -> int:
    """The pages that `book` fills with a grid, within some hundredths of them."""
    measure, rows = grid.characters_and_lines
    pages, sections, open_lines = 0, 0, 0.0
    for _, section in walk(book.sections):
        if section.role not in _RUN_ON:
            pages += ceil(open_lines / rows)
            open_lines = 0.0
        sections += 1
        open_lines += _lines(section, measure)
    pages += ceil(open_lines / rows)
    return _FRONT_PAGES + ceil(sections / rows) + pages


def _lines(section: Section, measure: int) -> int:
    indent = 2
    lines = sum(-(-(len(line) + indent) // measure) for line in section_lines(section))
    return lines + (_HEADING_LINES if section.heading else 0)
