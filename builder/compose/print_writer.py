"""The sections of a book as the press's HTML: articles, headings, blocks, notes.

Two things differ from the EPUB's markup. A note stands where its mark is, as `<book-note>`,
which the style sheet floats to the foot of the page: phrasing, because the HTML parser would
end a paragraph at an `<aside>`. And U+200B stands before “ and after ” where a line may break:
Pango never breaks beside these marks. It has no glyph and so never reaches the PDF's text.
"""

import re
from collections.abc import Container
from typing import assert_never

from builder.compose.printed_matter import ID_PREFIX, NOTES_ID, resource_url
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
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Verse,
)
from builder.core.errors import ComposeError
from builder.core.traversal import rewrite_block, walk

NOTE_PREFIX = "n-"
MAX_DEPTH = 6
DIVIDERS = frozenset({"volume", "part"})  # they get a page of their own, on the right
# Example: https://example.org/书. Counter-example: javascript:alert(1), www.example.org.
_WEB_LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
BODY_ID = "body"

# Where a line may break although Pango would not: before an opening quotation mark that
# follows a wide character, and after a closing one that precedes one.
_WIDE = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff…—"
_OPENING = "“‘《〈（「『【［｛〖\N{LEFT TORTOISE SHELL BRACKET}"
_CLOSING = "”’》〉）」』】］｝〗\N{RIGHT TORTOISE SHELL BRACKET}，。、；：！？…—·～"
# Example: 说|“好. Counter-example: （“好, say “yes”.
_BEFORE_QUOTE = re.compile(f"(?<=[{_WIDE}])(?<![{_OPENING}])(?=[“‘])")
# Example: 好”|他. Counter-example: 好”，, don’t.
_AFTER_QUOTE = re.compile(f"(?<=[”’])(?![{_CLOSING}])(?=[{_WIDE}“‘])")
# In a Chinese font ’ is a full-width mark; inside a Latin word it has to be narrow. Not inside
# a tag. Example: King’s. Counter-example: “‘好’”.
_APOSTROPHE = re.compile(r"(?P<tag><[^<>]*+>)|(?<=[A-Za-z])’(?=[A-Za-z])")
# A title of two halves of five characters or more, as markup.
# Example: >甄士隐梦幻识通灵　贾雨村风尘怀闺秀<. Counter-example: >风雪　夜<, >一二三四五六<.
_COUPLET = re.compile("(?<=>)([^<>\u3000]{5,})(\u3000)([^<>\u3000]{5,})(?=<)")
# `start` is a presentational hint, which the press does not follow. Example: <ol start="3">.
# Counter-example: <ol>.
_LIST_START = re.compile(r'<ol start="(-?\d+)">')
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


def loosened(text: str) -> str:
    """`text` with U+200B wherever a line may break beside a quotation mark and Pango would not."""
    text = _BEFORE_QUOTE.sub(ZERO_WIDTH_SPACE, text)
    return _AFTER_QUOTE.sub(ZERO_WIDTH_SPACE, text)


class PrintWriter:
    """Writes the sections of one book; remembers which notes have been set."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._notes = {note.id: note for note in book.notes}
        self._section_ids = {section.id for _, section in walk(book.sections)}
        self._set: set[str] = set()
        self._waiting: list[str] = []
        self._is_inside_note = False
        self._medium = Medium(
            note_ref=self._note,
            link_href=lambda href: link_target(href, self._section_ids),
            image_src=resource_url,
        )

    def articles(self) -> str:
        """Front matter, body, back matter, an article each; notes that nothing refers to last."""
        book = self._book
        front = self._article("front", book.front)
        body = self._article("body", book.body)
        back = self._article("back", book.back)
        left = [note for note in book.notes if note.id not in self._set]
        if left:
            title = words_for(book.metadata.language).notes
            back += (
                f'<section class="left-notes opener" id="{NOTES_ID}">\n<p class="left-notes-title"'
                f' data-heading="{title}">{title}</p>\n<article>\n'
                f"{''.join(map(self._note_markup, left))}</article>\n</section>\n"
            )
        return front + body + back

    def _article(self, name: str, sections: tuple[Section, ...]) -> str:
        if not sections:
            return ""
        identity = f' id="{BODY_ID}"' if name == "body" else ""
        inner = "".join(self._section(section, 1) for section in sections)
        return f'<article class="{name}"{identity}>\n{inner}</article>\n'

    def _section(self, section: Section, level: int) -> str:
        heading = _in_couplets(heading_to_xhtml(section, level))
        blocks = tuple(rewrite_block(block, loosened) for block in section.blocks)
        children = "".join(self._section(child, level + 1) for child in section.children)
        text = polished(blocks_to_xhtml(blocks, self._medium, level=level))
        if heading:
            # An element that ends with the heading: one that lasts to the end of the section
            # would set the running head anew on every page, and `first-except` hide it.
            depth, name = min(level, MAX_DEPTH), escape_attribute(section.heading)
            text = f'<header class="depth-{depth}" data-heading="{name}">{heading}</header>\n{text}'
        if section.role in DIVIDERS:
            text = f'<div class="divider">\n{text}</div>\n'
        opener = "" if section.role == "subchapter" else " opener"
        identity = f'id="{ID_PREFIX}{escape_attribute(section.id)}"'
        return f'<section {identity} class="{section.role}{opener}">\n{text}{children}</section>\n'

    def _note(self, note_id: str) -> str:
        """The note itself, where its mark is; at a second mark, a pointer to the first.

        A note that a note mentions follows it: a footnote inside a footnote would be numbered
        before the one it stands in.
        """
        if note_id not in self._notes:
            raise ComposeError("E004", note=note_id)
        if note_id in self._set or self._is_inside_note:
            if note_id not in self._set:
                self._waiting.append(note_id)
            href = escape_attribute(f"#{NOTE_PREFIX}{note_id}")
            return f'<a class="note-again" href="{href}"></a>'
        markup = self._note_markup(self._notes[note_id])
        while self._waiting:
            waiting = self._waiting.pop(0)
            if waiting not in self._set:
                markup += self._note_markup(self._notes[waiting])
        return markup

    def _note_markup(self, note: Note) -> str:
        self._set.add(note.id)
        self._is_inside_note = True
        blocks = (rewrite_block(block, loosened) for block in note.blocks)
        inner = "".join(phrasing(block, self._medium) for block in blocks)
        self._is_inside_note = False
        identity = escape_attribute(NOTE_PREFIX + note.id)
        return f'<book-note id="{identity}">{polished(inner)}</book-note>'


def link_target(href: str, section_ids: Container[str]) -> str:
    """Where a link leads in print: to a section of the book or to the web, else nowhere ("")."""
    if href.startswith("#"):
        return f"#{ID_PREFIX}{href[1:]}" if href[1:] in section_ids else ""
    return href if _WEB_LINK.match(href) else ""


def _in_couplets(heading: str) -> str:
    """A title of two halves, as of the old novels, on two lines; other headings unchanged."""
    return _COUPLET.sub(
        r'<span class="half">\1</span><span class="gap">\2</span><span class="half">\3</span>',
        heading,
    )


def polished(markup: str) -> str:
    """What only the press needs: narrow apostrophes, and list numbers as CSS counts them."""
    markup = _APOSTROPHE.sub(lambda it: it["tag"] or '<span class="apostrophe">’</span>', markup)
    return _LIST_START.sub(
        lambda it: f'<ol style="counter-reset: list-item {int(it[1]) - 1}">', markup
    )


def phrasing(block: Block, medium: Medium) -> str:
    """A block of a note without block elements, which HTML does not allow inside a paragraph."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            return f'<span class="par">{inlines_to_xhtml(inlines, medium)}</span>'
        case Verse(lines):
            return "".join(
                f'<span class="par line">{inlines_to_xhtml(line, medium)}</span>' for line in lines
            )
        case Quote(blocks):
            return "".join(phrasing(inner, medium) for inner in blocks)
        case ListBlock(items):
            return "".join(phrasing(inner, medium) for item in items for inner in item)
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
