"""Book → PrintDocument: one HTML document for the press, with the style sheets it needs.

Order: cover, title page, contents, the book's own front matter, body, back matter, colophon
(版权页). The book's text stands in `<article>` elements and nowhere else, and nothing else
stands in them, so a reader of the PDF's structure tree can tell text from apparatus.

Two things differ from the EPUB's markup. A note stands where its mark is, as `<book-note>`,
which the style sheet floats to the foot of the page: phrasing, because the HTML parser would
end a paragraph at an `<aside>`. And U+200B stands before “ and after ” where a line may break:
Pango never breaks beside these marks. It has no glyph and so never reaches the PDF's text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from builder.compose.words import words_for
from builder.compose.xhtml import (
    Medium,
    blocks_to_xhtml,
    escape,
    escape_attribute,
    heading_to_xhtml,
    inlines_to_xhtml,
)
from builder.core.book import (
    Block,
    Book,
    Break,
    Creator,
    Figure,
    Heading,
    ListBlock,
    Metadata,
    Note,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Verse,
    rewrite_block,
    walk,
)
from builder.core.config import Config, Trim
from builder.core.diagnostic import Location
from builder.core.errors import ComposeError, ConfigError
from builder.core.files import style
from builder.core.language import is_traditional
from builder.core.publication import NavPoint, PrintDocument

ID_PREFIX = "s-"  # apart from the ids of ours, such as `body`
NOTE_PREFIX = "n-"
MAX_DEPTH = 6
DIVIDERS = frozenset({"volume", "part"})  # they get a page of their own, on the right
# Example: https://example.org/书. Counter-example: javascript:alert(1), www.example.org.
_WEB_LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
BODY_ID = "body"
MADE_WITH = "ebook-builder"
MAX_LEADERS = 300  # beyond, dotted leaders cost more than the rest of the contents pages

# Where a line may break although Pango would not: before an opening quotation mark that
# follows a wide character, and after a closing one that precedes one.
_WIDE = "\u2e80-\u303f\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff…—"
_OPENING = "“‘《〈（「『【〔［｛〖"
_CLOSING = "”’》〉）」』】〕］｝〗，。、；：！？…—·～"
# Example: 说|“好. Counter-example: （“好, say “yes”.
_BEFORE_QUOTE = re.compile(f"(?<=[{_WIDE}])(?<![{_OPENING}])(?=[“‘])")
# Example: 好”|他. Counter-example: 好”，, don’t.
_AFTER_QUOTE = re.compile(f"(?<=[”’])(?![{_CLOSING}])(?=[{_WIDE}“‘])")
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


# --- the page -----------------------------------------------------------------------------

FONT_SIZE_PT = 10.5  # 五号, the book size (clreq, considerations_in_designing_type_area)
LEADING_PT = 17.85  # 1.7 of it
_MM_TO_PT = 72 / 25.4


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A page as a grid: `columns` characters of the text size by `lines` lines."""

    width_mm: float
    height_mm: float
    columns: int
    lines: int

    def margins_pt(self) -> tuple[float, float, float, float]:
        """Top, outer, bottom, inner: what the grid leaves, 46 % of it at the top and inside."""
        free_width = self.width_mm * _MM_TO_PT - self.columns * FONT_SIZE_PT
        free_height = self.height_mm * _MM_TO_PT - self.lines * LEADING_PT
        top, inner = round(free_height * 0.46, 3), round(free_width * 0.48, 3)
        # A hair of air, or the last character of a full line would not fit for rounding.
        return top, free_width - inner - 0.05, free_height - top - 0.05, inner


GRIDS: dict[Trim, PageGrid] = {
    "A5": PageGrid(148, 210, columns=28, lines=25),
    "B6": PageGrid(125, 176, columns=23, lines=20),
    "B5": PageGrid(176, 250, columns=34, lines=31),
    "A4": PageGrid(210, 297, columns=40, lines=37),
}


def page_style(trim: Trim, title: str) -> str:
    """The part of the style sheet that depends on the settings and on the book's title."""
    grid = GRIDS[trim]
    top, outer, bottom, inner = (f"{margin:.3f}pt" for margin in grid.margins_pt())
    return (
        f"@page {{ size: {grid.width_mm}mm {grid.height_mm}mm }}\n"
        f"@page :right {{ margin: {top} {outer} {bottom} {inner} }}\n"
        f"@page :left {{ margin: {top} {inner} {bottom} {outer} }}\n"
        f".opener {{ string-set: book {_css_string(title)}, chapter attr(data-heading) }}\n"
    )


def _css_string(text: str) -> str:
    """`text` as a CSS string in which every character that could end it is escaped."""
    return '"' + re.sub(r'["\\\n\r\f\x00]', lambda it: f"\\{ord(it[0]) or 0xFFFD:x} ", text) + '"'


# --- the document -------------------------------------------------------------------------


def compose_print(book: Book, config: Config, *, modified: str) -> PrintDocument:
    """The printed edition of `book`; `modified` is UTC, ISO 8601, ends in Z.

    Raises ConfigError P007 when `[pdf] css` cannot be read.
    """
    metadata = book.metadata
    parts = (
        _cover(book),
        _title_page(metadata),
        _contents(book),
        _Writer(book).articles(),
        _colophon(metadata),
    )
    sheets = [("print.css", style("print.css")), ("page", page_style(config.pdf.trim, metadata.title))]
    if config.pdf.css:
        sheets.append((config.pdf.css, _user_style(config.pdf.css)))
    return PrintDocument(
        metadata=metadata,
        identifier=metadata.identifier or metadata.title,
        modified=modified,
        html=_page(metadata, modified, "".join(parts)),
        stylesheets=tuple(sheets),
        resources=book.assets,
        contents=_nav_points(book.sections),
        body_id=BODY_ID,
    )


def _user_style(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise ConfigError("P007", location=Location(path), reason=reason) from problem


def _page(metadata: Metadata, modified: str, content: str) -> str:
    metas = [("author", creator.name) for creator in metadata.creators]
    metas += [
        ("description", metadata.description),
        ("keywords", ", ".join(metadata.subjects)),
        ("generator", MADE_WITH),
        ("dcterms.created", modified),
        ("dcterms.modified", modified),
    ]
    lines = "".join(
        f'<meta name="{name}" content="{escape_attribute(value)}"/>\n' for name, value in metas if value
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape_attribute(metadata.language)}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(metadata.title)}</title>\n{lines}</head>\n'
        f"<body>\n{content}</body>\n</html>\n"
    )


def _nav_points(sections: tuple[Section, ...]) -> tuple[NavPoint, ...]:
    """The contents: every section that has a heading, under the nearest above that has one."""
    points: list[NavPoint] = []
    for section in sections:
        children = _nav_points(section.children)
        if section.heading:
            points.append(NavPoint(section.heading, f"#{ID_PREFIX}{section.id}", children))
        else:
            points.extend(children)
    return tuple(points)


# --- front and back -----------------------------------------------------------------------


def _cover(book: Book) -> str:
    metadata = book.metadata
    if book.cover:
        alt = escape_attribute(metadata.title)
        return (
            f'<section class="cover cover-image"><img src="{_resource(book.cover)}" alt="{alt}"/>'
            "</section>\n"
        )
    lines = [f'<p class="cover-title">{escape(metadata.title)}</p>\n']
    if metadata.subtitle:
        lines.append(f'<p class="cover-subtitle">{escape(metadata.subtitle)}</p>\n')
    authors = [creator for creator in metadata.creators if creator.role == "aut"]
    lines += [f'<p class="cover-author">{escape(author.name)}</p>\n' for author in authors]
    return f'<section class="cover cover-words">\n{"".join(lines)}</section>\n'


def _title_page(metadata: Metadata) -> str:
    roles = dict(words_for(metadata.language).roles)
    lines = []
    if metadata.series:
        lines.append(f'<p class="series">{escape(_series(metadata))}</p>\n')
    lines.append(f'<p class="book-title">{escape(metadata.title)}</p>\n')
    if metadata.subtitle:
        lines.append(f'<p class="book-subtitle">{escape(metadata.subtitle)}</p>\n')
    for creator in metadata.creators:
        role = f'<span class="role">{roles.get(creator.role, "")}</span>'
        lines.append(f'<p class="creator">{escape(creator.name)}{role}</p>\n')
    if metadata.publisher:
        lines.append(f'<p class="publisher">{escape(metadata.publisher)}</p>\n')
    return f'<section class="title-page">\n{"".join(lines)}</section>\n'


def _series(metadata: Metadata) -> str:
    if metadata.series is None:
        return ""
    position = metadata.series.position
    return metadata.series.name + ("" if position is None else f"·{position:g}")


def _contents(book: Book) -> str:
    """The contents pages: every entry a link, its page number added by the style sheet."""
    entries: list[str] = []
    front = _nav_points(book.front)
    for points, folio in ((front, " roman"), (_nav_points(book.body + book.back), "")):
        entries += _entries(points, folio, 1)
    if not entries:
        return ""
    leaders = " leaders" if len(entries) <= MAX_LEADERS else ""
    title = words_for(book.metadata.language).contents
    return (
        f'<nav class="contents opener{leaders}" data-heading="{title}">\n'
        f'<p class="contents-title">{title}</p>\n{"".join(entries)}</nav>\n'
    )


def _entries(points: tuple[NavPoint, ...], folio: str, level: int) -> Iterator[str]:
    for point in points:
        kind = " group" if point.children else ""
        yield (
            f'<contents-entry class="level-{min(level, 4)}{kind}"><a class="entry{folio}"'
            f' href="{escape_attribute(point.href)}">{escape(point.title)}</a></contents-entry>\n'
        )
        yield from _entries(point.children, folio, level + 1)


@dataclass(frozen=True, slots=True)
class _ColophonWords:
    title: str
    creators: tuple[tuple[str, str], ...]
    publisher: str
    date: str
    series: str
    rights: str
    made: str


_SIMPLIFIED = _ColophonWords(
    title="书名",
    creators=(("aut", "著者"), ("trl", "译者"), ("edt", "编者"), ("ill", "绘者")),
    publisher="出版",
    date="日期",
    series="丛书",
    rights="版权",
    made="排版",
)
_TRADITIONAL = _ColophonWords(
    title="書名",
    creators=(("aut", "著者"), ("trl", "譯者"), ("edt", "編者"), ("ill", "繪者")),
    publisher="出版",
    date="日期",
    series="叢書",
    rights="版權",
    made="排版",
)


def _colophon(metadata: Metadata) -> str:
    words = _TRADITIONAL if is_traditional(metadata.language) else _SIMPLIFIED
    title = metadata.title + (f"：{metadata.subtitle}" if metadata.subtitle else "")
    rows = [(words.title, title)]
    rows += [
        (label, "、".join(_names(metadata.creators, role)))
        for role, label in words.creators
    ]
    rows += [
        (words.publisher, metadata.publisher),
        (words.date, metadata.date),
        ("ISBN", metadata.isbn),
        (words.series, _series(metadata)),
        (words.rights, metadata.rights),
        (words.made, MADE_WITH),
    ]
    lines = "".join(
        f'<p><span class="item">{label}</span>{escape(value)}</p>\n' for label, value in rows if value
    )
    return f'<section class="colophon"><div class="colophon-rows">\n{lines}</div></section>\n'


def _names(creators: tuple[Creator, ...], role: str) -> Iterator[str]:
    return (creator.name for creator in creators if creator.role == role)


def _resource(name: str) -> str:
    return escape_attribute(f"book:/{name}")


# --- the text -----------------------------------------------------------------------------


def loosened(text: str) -> str:
    """`text` with U+200B wherever a line may break beside a quotation mark and Pango would not."""
    text = _BEFORE_QUOTE.sub(ZERO_WIDTH_SPACE, text)
    return _AFTER_QUOTE.sub(ZERO_WIDTH_SPACE, text)


class _Writer:
    """Writes the sections of one book; remembers which notes have been set."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._notes = {note.id: note for note in book.notes}
        self._section_ids = {section.id for _, section in walk(book.sections)}
        self._set: set[str] = set()
        self._medium = Medium(
            note_ref=self._note, link_href=self._link_target, image_src=lambda name: f"book:/{name}"
        )

    def articles(self) -> str:
        """Front matter, body and back matter, each an article; notes that nothing refers to last."""
        book = self._book
        front = self._article("front", book.front)
        body = self._article("body", book.body)
        back = self._article("back", book.back)
        left = [note for note in book.notes if note.id not in self._set]
        if left:
            back += '<article class="left-notes">\n' + "".join(map(self._note_markup, left)) + "</article>\n"
        return front + body + back

    def _article(self, name: str, sections: tuple[Section, ...]) -> str:
        if not sections:
            return ""
        identity = f' id="{BODY_ID}"' if name == "body" else ""
        inner = "".join(self._section(section, 1) for section in sections)
        return f'<article class="{name}"{identity}>\n{inner}</article>\n'

    def _section(self, section: Section, level: int) -> str:
        heading = heading_to_xhtml(section, level)
        blocks = tuple(rewrite_block(block, loosened) for block in section.blocks)
        children = "".join(self._section(child, level + 1) for child in section.children)
        opening = (f"{heading}\n" if heading else "") + blocks_to_xhtml(
            blocks, self._medium, level=level
        )
        if section.role in DIVIDERS:
            opening = f'<div class="divider">\n{opening}</div>\n'
        return f"<section{_attributes(section, level)}>\n{opening}{children}</section>\n"

    def _note(self, note_id: str) -> str:
        """The note itself, where its mark is; at a second mark, only the number of the first."""
        if note_id not in self._notes:
            raise ComposeError("E004", note=note_id)
        if note_id in self._set:
            return f'<a class="note-again" href="#{NOTE_PREFIX}{escape_attribute(note_id)}"></a>'
        return self._note_markup(self._notes[note_id])

    def _note_markup(self, note: Note) -> str:
        self._set.add(note.id)
        identity = escape_attribute(NOTE_PREFIX + note.id)
        blocks = (rewrite_block(block, loosened) for block in note.blocks)
        inner = "".join(_phrasing(block, self._medium) for block in blocks)
        return f'<book-note id="{identity}">{inner}</book-note>'

    def _link_target(self, href: str) -> str:
        if href.startswith("#"):
            return f"#{ID_PREFIX}{href[1:]}" if href[1:] in self._section_ids else ""
        return href if _WEB_LINK.match(href) else ""


def _attributes(section: Section, level: int) -> str:
    """The class tells the role; one that opens a page sets the running heads."""
    names = [section.role, f"depth-{min(level, MAX_DEPTH)}"]
    if section.role != "subchapter":
        names.append("opener")
    heading = escape_attribute(section.heading)
    marks = f' data-heading="{heading}"' if heading else ""
    return f' id="{ID_PREFIX}{escape_attribute(section.id)}" class="{" ".join(names)}"{marks}'


def _phrasing(block: Block, medium: Medium) -> str:
    """A block of a note without block elements, which HTML does not allow inside a paragraph."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            return f'<span class="par">{inlines_to_xhtml(inlines, medium)}</span>'
        case Verse(lines):
            return "".join(
                f'<span class="par line">{inlines_to_xhtml(line, medium)}</span>' for line in lines
            )
        case Quote(blocks):
            return "".join(_phrasing(inner, medium) for inner in blocks)
        case ListBlock(items):
            return "".join(_phrasing(inner, medium) for item in items for inner in item)
        case Table(rows):
            cells = (inlines_to_xhtml(cell, medium) for row in rows for cell in row)
            return "".join(f'<span class="par">{cell}</span>' for cell in cells)
        case Figure(image, caption):
            return f'<span class="par">{inlines_to_xhtml((image, *caption), medium)}</span>'
        case Raw(text):
            return f'<span class="par raw">{escape(text)}</span>'
        case Break():
            return ""
        case _:
            assert_never(block)
