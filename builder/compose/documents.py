"""The XHTML files of an EPUB: cover, title page, chapters with their notes.

Every file carries the XML declaration, both language attributes and its own title. Hrefs in a
`Placement` are relative to the package document; `relative` makes them relative to the file
they stand in, which is why no renderer needs to know where files lie.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from builder.compose.page_marks import NO_MARKS, FileMarks, before_section, with_marks
from builder.compose.placement import (
    COVER_HREF,
    NOTES_HREF,
    Document,
    NotePlace,
    Placement,
    stays_whole,
)
from builder.compose.stylesheets import COLUMNS_SHEET
from builder.compose.upright import upright
from builder.compose.words import Words
from builder.compose.xhtml import (
    Medium,
    block_to_xhtml,
    blocks_to_xhtml,
    escape,
    escape_attribute,
    heading_to_xhtml,
    inlines_to_xhtml,
)
from builder.core.book import Metadata, Note, Paragraph, Section
from builder.core.page_starts import BEFORE_ALL

# Roles that ARIA's publishing module has a name for (DPUB-ARIA 1.1); the others have none.
_ARIA_ROLES = frozenset(
    {
        "part",
        "chapter",
        "prologue",
        "preface",
        "foreword",
        "epigraph",
        "dedication",
        "abstract",
        "introduction",
        "epilogue",
        "afterword",
        "appendix",
        "acknowledgments",
        "conclusion",
    }
)
# EPUB's structural semantics vocabulary has no term for 番外, which reads like a chapter, and
# deprecates the one for a subchapter.
_EPUB_TYPES = {"bonus": "chapter", "subchapter": ""}

_NOTES_RULE = '<hr class="notes-rule"/>\n'
# Example: https://example.org/书, mailto:a@b.c. Counter-example: javascript:alert(1), www.a.b.
_WEB_LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
# What a URL may hold as it stands; the rest is percent-encoded. A % is left for sequences
# that are encoded already.
_URL_SAFE = "!#$%&'()*+,/:;=?@_.~-"
# Example: "% 5" in "100% 5". Counter-example: "%E4" in "%E4%B9%A6".
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What every file of one book has in common; `is_vertical` when it is set in columns."""

    language: str
    stylesheets: tuple[str, ...]
    book_title: str
    words: Words
    is_vertical: bool = False


def relative(href: str, start: str) -> str:
    """`href` as seen from the file `start`; both relative to the package document."""
    path, hash_sign, fragment = href.partition("#")
    return posixpath.relpath(path, posixpath.dirname(start) or ".") + hash_sign + fragment


def wrap(
    body: str,
    href: str,
    wrapping: Wrapping,
    *,
    title: str = "",
    body_class: str = "text",
    body_type: str = "",
) -> bytes:
    """A whole XHTML file around the markup `body`."""
    sheets = [escape_attribute(relative(sheet, href)) for sheet in wrapping.stylesheets]
    links = "".join(
        f'<link rel="stylesheet" type="text/css" href="{sheet}"/>\n' for sheet in sheets
    )
    language = escape_attribute(wrapping.language)
    epub_type = f' epub:type="{body_type}"' if body_type else ""
    columns = ' class="vertical"' if wrapping.is_vertical else ""
    if wrapping.is_vertical:
        body = upright(body)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f'{columns} lang="{language}" xml:lang="{language}">\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{escape(title or wrapping.book_title)}</title>\n{links}</head>\n"
        f'<body class="{body_class}"{epub_type}>\n{body}</body>\n</html>\n'
    ).encode()


def cover_page(image_href: str, wrapping: Wrapping) -> bytes:
    """The page that shows the cover image."""
    words = wrapping.words
    source = escape_attribute(relative(image_href, COVER_HREF))
    alt = escape_attribute(f"{words.cover}：{wrapping.book_title}")
    body = f'<div class="cover-image"><img src="{source}" alt="{alt}" role="doc-cover"/></div>\n'
    # In columns a picture would stand at the right edge of its page.
    sheets = tuple(sheet for sheet in wrapping.stylesheets if sheet != COLUMNS_SHEET)
    wrapping = replace(wrapping, is_vertical=False, stylesheets=sheets)
    return wrap(
        body, COVER_HREF, wrapping, title=words.cover, body_class="cover", body_type="cover"
    )


def cover_words(metadata: Metadata, wrapping: Wrapping) -> bytes:
    """The cover of a book without an image: its title and authors, well set."""
    makers = [creator.name for creator in metadata.creators if creator.role == "aut"]
    authors = "\N{IDEOGRAPHIC SPACE}".join(
        makers or [creator.name for creator in metadata.creators]
    )
    lines = [
        f'<p class="book-title">{escape(wrapping.book_title)}</p>\n',
        f'<p class="book-subtitle">{escape(metadata.subtitle)}</p>\n' if metadata.subtitle else "",
        f'<p class="book-author">{escape(authors)}</p>\n' if authors else "",
    ]
    body = f'<div class="cover-words">\n{"".join(lines)}</div>\n'
    return wrap(
        body,
        COVER_HREF,
        wrapping,
        title=wrapping.words.cover,
        body_class="cover",
        body_type="cover",
    )


def text_page(
    document: Document,
    notes: Mapping[str, Note],
    placement: Placement,
    wrapping: Wrapping,
    images: Mapping[str, str],
    *,
    marks: FileMarks = NO_MARKS,
) -> bytes:
    """The file of one section with the sections inside it, and its notes at the end.

    `images` maps asset names to hrefs; `marks` are the pages that start in it. Raises ComposeError E003 for an image the book lacks.
    """
    medium = medium_for(document.href, placement, images, is_vertical=wrapping.is_vertical)
    part = document.part
    body = _section(part.section, document.depth + 1, medium, continued=part.continued, marks=marks)
    if part.is_inside_paragraph:
        body = body.replace("<p>", '<p class="continued">', 1)
    if document.note_ids:
        own = tuple(notes[note_id] for note_id in document.note_ids)
        body += _note_list(own, placement.notes, medium, is_vertical=wrapping.is_vertical)
    has_text = bool(document.section.blocks) or bool(
        document.section.children and stays_whole(document.section)
    )
    return wrap(
        body,
        document.href,
        wrapping,
        title=document.section.heading,
        body_class="text" if has_text else "opening",
        body_type=document.matter,
    )


def notes_page(
    href: str, placement: Placement, wrapping: Wrapping, images: Mapping[str, str]
) -> bytes:
    """The file `href` of the notes that no text mentions; the first one has a heading."""
    medium = medium_for(href, placement, images, is_vertical=wrapping.is_vertical)
    title = wrapping.words.notes
    heading = f'<h1 class="heading furniture">{title}</h1>\n' if href == NOTES_HREF else ""
    notes = tuple(note for note in placement.unreferenced if placement.notes[note.id].href == href)
    body = heading + _note_list(
        notes,
        placement.notes,
        medium,
        is_vertical=wrapping.is_vertical,
        has_backlinks=False,
    )
    return wrap(body, href, wrapping, title=title, body_type="backmatter")


def _section(
    section: Section, level: int, medium: Medium, *, continued: frozenset[str], marks: FileMarks
) -> str:
    """A section; without its heading when it is one of those that an earlier file began."""
    if section.id in continued:
        start = f'<section class="{section.role} continued">\n'
    else:
        pages = before_section(marks.get((section.id, BEFORE_ALL), ()))
        heading = heading_to_xhtml(section, level)
        start = (
            f'{pages}<section class="{section.role}" id="{section.id}"{_semantics(section)}>\n'
            + (f"{heading}\n" if heading else "")
        )
    inner = (
        "".join(
            _section(child, level + 1, medium, continued=continued, marks=marks)
            for child in section.children
        )
        if stays_whole(section)
        else ""
    )
    return f"{start}{_blocks(section, level, medium, marks=marks)}{inner}</section>\n"


def _semantics(section: Section) -> str:
    term = _EPUB_TYPES.get(section.role, section.role)
    semantics = f' epub:type="{term}"' if term else ""
    if term in _ARIA_ROLES:
        semantics += f' role="doc-{term}"'
    return semantics


def _blocks(section: Section, level: int, medium: Medium, *, marks: FileMarks) -> str:
    if not marks:
        return blocks_to_xhtml(section.blocks, medium, level=level)
    pieces = []
    for number, block in enumerate(section.blocks):
        markup = block_to_xhtml(block, medium, level=level)
        pages = marks.get((section.id, number), ())
        pieces.append(f"{with_marks(markup, pages) if pages else markup}\n")
    return "".join(pieces)


def medium_for(
    href: str, placement: Placement, images: Mapping[str, str], *, is_vertical: bool = False
) -> Medium:
    """How notes, links and images are written in the file `href`.

    The first mark of a note in a file carries the id that the note links back to, so a medium
    serves one rendering of one file.
    """
    marked: set[str] = set()

    def note_ref(note_id: str) -> str:
        target = placement.notes[note_id]
        is_first = target.href == href and target.anchor not in marked
        marked.add(target.anchor)
        identity = f' id="{_mark_id(target)}"' if is_first else ""
        where = (
            f"#{target.anchor}"
            if target.href == href
            else relative(f"{target.href}#{target.anchor}", href)
        )
        mark = _note_number(target, is_vertical=is_vertical)
        return (
            '<sup class="note-mark"><a class="duokan-footnote" epub:type="noteref"'
            f' role="doc-noteref"{identity} href="{where}">{mark}</a></sup>'
        )

    def link_href(target: str) -> str:
        if target.startswith("#"):
            found = placement.sections.get(target[1:])
            return relative(found, href) if found else ""
        if not _WEB_LINK.match(target):
            return ""
        return quote(_STRAY_PERCENT.sub("%25", target), safe=_URL_SAFE)

    def image_src(name: str) -> str:
        return relative(images[name], href)

    return Medium(note_ref, link_href, image_src, binds_marks=True)


def _note_number(note: NotePlace, *, is_vertical: bool) -> str:
    """In a column the number stands upright, between brackets that have a form for columns."""
    opening, closing = "〔〕" if is_vertical else "[]"
    return f"{opening}{note.number}{closing}"


def _mark_id(note: NotePlace) -> str:
    return note.anchor.replace("note-", "ref-", 1)


def _note_list(
    notes: tuple[Note, ...],
    places: Mapping[str, NotePlace],
    medium: Medium,
    *,
    is_vertical: bool,
    has_backlinks: bool = True,
) -> str:
    """The notes of a file as the list that reading systems show as pop-ups.

    `epub:type` stands on each note and never on the list, and the way back wraps nothing but
    the number: Apple Books, KOReader, Kobo and 多看 all understand that form.
    """
    items = "".join(
        _note(
            note,
            places[note.id],
            medium,
            number=_note_number(places[note.id], is_vertical=is_vertical),
            has_backlink=has_backlinks,
        )
        for note in notes
    )
    note_list = f'<ol class="duokan-footnote-content">\n{items}</ol>\n'
    return f'<div class="notes">\n{_NOTES_RULE}{note_list}</div>\n'


def _note(note: Note, place: NotePlace, medium: Medium, *, number: str, has_backlink: bool) -> str:
    if has_backlink:
        number = (
            f'<a class="note-number" role="doc-backlink" href="#{_mark_id(place)}">{number}</a>'
        )
    else:
        number = f'<span class="note-number">{number}</span>'
    first, rest = note.blocks[:1], note.blocks[1:]
    match first:
        case (Paragraph(inlines, "body"),):
            start = f"<p>{number}{inlines_to_xhtml(inlines, medium)}</p>\n"
        case _:
            start = f"<p>{number}</p>\n" + blocks_to_xhtml(first, medium)
    body = start + blocks_to_xhtml(rest, medium)
    return (
        f'<li class="duokan-footnote-item" id="{place.anchor}" epub:type="footnote">\n{body}</li>\n'
    )
