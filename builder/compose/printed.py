"""Book → PrintDocument: what the press needs, with the style sheets and the files.

Order: cover, title page with the colophon (版权页) on its back, contents, the book's own front
matter, body, back matter. The book's text stands in `<article>` elements and nowhere else,
and nothing else stands in them, so whoever reads the PDF's structure tree (Art, without Lbl)
can tell text from apparatus.
"""

from dataclasses import replace

from builder.compose.bleed import bleed_style
from builder.compose.colophon import MADE_WITH
from builder.compose.hosted import hosted_blocks
from builder.compose.images import printable
from builder.compose.listed import with_large_tables_listed
from builder.compose.page_layout import layout_of
from builder.compose.page_rules import line_rules, page_rules
from builder.compose.print_writer import BODY_ID, PrintWriter
from builder.compose.printed_matter import (
    colophon,
    contents,
    contents_specimen,
    cover,
    nav_points,
    title_page,
)
from builder.compose.words import words_for
from builder.compose.xhtml import escape, escape_attribute
from builder.core.book import Asset, Book, Metadata
from builder.core.config import Config, PdfConfig
from builder.core.files import style
from builder.core.printers import PRINTERS
from builder.core.publication import Item, PrintDocument, PrintWords
from builder.core.specimen import specimen

# What style sheets may say of prose that the press sets itself, apart from what WeasyPrint does.
SPECIMEN_CLASS = "set-by-press"
# A page of so few lines or columns has no room for large headings.
SMALL_PAGE_LINES = 13


def compose_print(
    book: Book,
    config: Config,
    *,
    modified: str,
    user_css: str = "",
    style_files: tuple[Item, ...] = (),
    page_count: int = 0,
) -> PrintDocument:
    """The printed edition of `book`.

    `modified` is UTC, ISO 8601, ends in Z. `user_css` is the text of the style sheet that
    [pdf] css names, which comes last in the cascade, and `style_files` are the files that it
    names. `page_count` is how many pages it is likely to have; the gutter goes by it. Raises
    ComposeError E004 when the text refers to a note that the book does not have, ConfigError
    P030 when the page has no room for text.
    """
    metadata = book.metadata
    words = words_for(metadata.language)
    sheets = _sheets(config, metadata.title, page_count)
    if bleed := bleed_style(config.pdf):
        sheets.append(("bleed", bleed))
    if user_css:
        sheets.append((config.pdf.css, user_css))
    printer = PRINTERS[config.pdf.printer] if config.pdf.printer else None
    points = nav_points(book.sections)
    document = PrintDocument(
        metadata=metadata,
        identifier=metadata.identifier or metadata.title,
        modified=modified,
        html="",
        stylesheets=tuple(sheets),
        resources=(*map(printable, book.assets), *map(_resource, style_files)),
        contents=points,
        body_id=BODY_ID,
        words=PrintWords(words.contents, words.notes, words.note_on_page),
        own_sheet_count=1 if user_css else 0,
        page_multiple=printer.page_multiple if printer else 1,
        ends_bare=printer.needs_blank_last if printer else False,
        has_links=not printer.wants_bare if printer else True,
    )
    front = title_page(metadata) + colophon(metadata)
    if has_cover_page(config.pdf):
        front = cover(book) + front
    if config.pdf.engine == "weasyprint":
        text = contents(book) + PrintWriter(book).articles()
        return replace(document, html=_page(metadata, modified, front + text))
    listed = with_large_tables_listed(book)
    book, small = listed.book, specimen(listed.book)
    text = contents_specimen(points, metadata.language) + PrintWriter(small).articles()
    return replace(
        document,
        book=book,
        listed_tables=listed.count,
        front_html=_page(metadata, modified, front),
        specimen=small,
        specimen_html=_page(metadata, modified, text, body_class=SPECIMEN_CLASS),
        hosted=hosted_blocks(book),
    )


def _sheets(config: Config, title: str, page_count: int) -> list[tuple[str, str]]:
    """Our style sheets, in cascade order: what holds for all pages, for columns, for paper or a
    screen, for these very pages.
    """
    is_vertical = config.typography.vertical
    layout = layout_of(config.pdf, is_vertical=is_vertical, page_count=page_count)
    names = ["print.css", *(["print-columns.css"] if is_vertical else [])]
    if layout.is_screen:
        names.append("print-screen.css")
    else:
        names += ["print-paper.css", *(["print-paper-columns.css"] if is_vertical else [])]
    if layout.grid.characters_and_lines[1] <= SMALL_PAGE_LINES:
        names.append("print-small.css")
    printer = PRINTERS[config.pdf.printer] if config.pdf.printer else None
    lines = line_rules(printer.min_line_pt) if printer and printer.min_line_pt else ""
    page = page_rules(layout, title) + lines
    return [*((name, style(name)) for name in names), ("page", page)]


def has_cover_page(pdf: PdfConfig) -> bool:
    """Whether the cover is the first page: not where the printer prints it apart."""
    if pdf.cover == "auto":
        return not (pdf.printer and PRINTERS[pdf.printer].prints_cover_apart)
    return pdf.cover == "yes"


def _resource(file: Item) -> Asset:
    return Asset(file.href, file.media_type, file.content)


def _page(metadata: Metadata, modified: str, content: str, *, body_class: str = "") -> str:
    metas = [("author", creator.name) for creator in metadata.creators]
    metas += [
        ("description", metadata.description),
        ("keywords", ", ".join(metadata.subjects)),
        ("generator", MADE_WITH),
        ("dcterms.created", modified),
        ("dcterms.modified", modified),
    ]
    lines = "".join(
        f'<meta name="{name}" content="{escape_attribute(value)}"/>\n'
        for name, value in metas
        if value
    )
    body = f'<body class="{body_class}">' if body_class else "<body>"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape_attribute(metadata.language)}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(metadata.title)}</title>\n'
        f"{lines}</head>\n"
        f"{body}\n{content}</body>\n</html>\n"
    )
