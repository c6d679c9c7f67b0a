"""Blocks and inlines as XHTML: the markup that the EPUB and the printed book share.

Strings, not a tree: a thousand chapters render in tenths of a second, and no serializer can
put white space between two inline elements, which would be a visible gap in Chinese. The same
book always gives the same bytes. What differs between the media (where notes go, what a link
points to, where images lie) comes in through a `Medium`.

Class names are the contract with `styles/base.css`. Must not import lxml or ebooklib.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from builder.core.book import (
    PLAIN_CELL,
    Block,
    Break,
    CellLook,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.traversal import flat
from builder.core.xml_text import xml_safe

# Of a table; those that only cells across many columns make are not made beyond that. The widest
# tables of books have fifty.
MAX_COLUMNS = 500
Looks = tuple[tuple[CellLook, ...], ...]


@dataclass(frozen=True, slots=True)
class Medium:
    """What rendering needs to know about the place the markup goes to.

    `note_ref` turns a note's id into the whole markup of its mark (for print: of the footnote
    itself). `link_href` turns a `Link.href` into an attribute value not yet escaped, or into
    "" when the place cannot be linked to; the words stay either way. `image_src` does the same
    for an asset's name. With `binds_marks` a note's mark stays on the line of the character
    before it, from which a browser would part it: it breaks after any Chinese character.
    """

    note_ref: Callable[[str], str]
    link_href: Callable[[str], str]
    image_src: Callable[[str], str]
    binds_marks: bool = False


# What a note's mark keeps whole. Example: 1984 in 生于1984, ！？. Counter-example: 灯.
_LAST_WORD = re.compile(r"(?:[A-Za-z0-9]{1,20}|[!?！？]{2})\Z")
MAX_HEADING_LEVEL = 6  # h6 is the last one HTML has


def escape(text: str) -> str:
    """`text` as XML character data; characters that XML forbids become U+FFFD, one for one."""
    return xml_safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """`text` for an attribute value in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def heading_to_xhtml(section: Section, level: int) -> str:
    """The heading of a section as h1 … h6, or "" for a section without one.

    Label and title are spans of their own, so that a style sheet may set them on two lines;
    the ideographic space between them is a third, so that it may then hide the space.
    """
    if not section.heading:
        return ""
    parts = [
        f'<span class="{name}">{escape(text)}</span>'
        for name, text in (("label", section.label), ("title", section.title))
        if text
    ]
    gap = '<span class="gap">\N{IDEOGRAPHIC SPACE}</span>'
    tag = f"h{min(level, MAX_HEADING_LEVEL)}"
    return f'<{tag} class="heading">{gap.join(parts)}</{tag}>'


def blocks_to_xhtml(blocks: tuple[Block, ...], medium: Medium, *, level: int = 1) -> str:
    """Some blocks, one after another, a newline after each.

    `level` is the level of the heading these blocks stand under: a `Heading` of level 1 among
    them becomes `level + 1`.
    """
    return "".join(f"{block_to_xhtml(block, medium, level=level)}\n" for block in blocks)


def block_to_xhtml(block: Block, medium: Medium, *, level: int = 1) -> str:
    """One block as one element; see `blocks_to_xhtml` for `level`."""
    match block:
        case Paragraph(inlines, role):
            name = "pictures" if _is_pictures(inlines) else role
            attribute = "" if name == "body" else f' class="{name}"'
            return f"<p{attribute}>{inlines_to_xhtml(inlines, medium)}</p>"
        case Heading(inlines, inner_level):
            tag = f"h{min(level + inner_level, MAX_HEADING_LEVEL)}"
            return f'<{tag} class="subheading">{inlines_to_xhtml(inlines, medium)}</{tag}>'
        case Verse(lines):
            return _verse(lines, medium)
        case Quote(blocks, kind):
            inner = blocks_to_xhtml(blocks, medium, level=level)
            return f'<blockquote class="{kind}">\n{inner}</blockquote>'
        case ListBlock():
            return _list(block, medium, level)
        case Table():
            return _table(block, medium)
        case Figure(image, caption):
            return _figure(image, caption, medium)
        case Break():
            return '<hr class="break"/>'
        case Raw(text):
            return f'<pre class="raw">{escape(text)}</pre>'
        case _:
            assert_never(block)


def _is_pictures(inlines: tuple[Inline, ...]) -> bool:
    """Whether a paragraph holds pictures and nothing else, so that it needs no indent."""
    return (
        bool(inlines)
        and isinstance(inlines[0], Image)
        and all(
            isinstance(inline, Image | LineBreak)
            or (isinstance(inline, Text) and not inline.value.strip())
            for inline in inlines
        )
    )


def inlines_to_xhtml(inlines: tuple[Inline, ...], medium: Medium) -> str:
    """Some inlines, with nothing between them."""
    # Nearly every paragraph of a novel is one run of text.
    if len(inlines) == 1 and type(inlines[0]) is Text:
        return escape(inlines[0].value)
    if medium.binds_marks and len(inlines) > 1:
        return "".join(_bound(inlines, medium))
    return "".join([_inline(inline, medium) for inline in inlines])


def _bound(inlines: tuple[Inline, ...], medium: Medium) -> Iterator[str]:
    """The inlines one by one; text before a note's mark lends it its last character."""
    is_open = False
    for inline, following in zip(inlines, (*inlines[1:], None), strict=True):
        if isinstance(inline, Text) and inline.value and isinstance(following, NoteRef):
            start = _last_character(inline.value)
            last = escape(inline.value[start:])
            yield f'{escape(inline.value[:start])}<span class="bound">{last}'
            is_open = True
        elif is_open and not isinstance(following, NoteRef):
            yield f"{_inline(inline, medium)}</span>"
            is_open = False
        else:
            yield _inline(inline, medium)


def _last_character(text: str) -> int:
    """Where the last character of `text` starts, with the marks and selectors that shape it.

    A number, a word or a pair of ！？ counts as one: no line ends inside them anyway, and in a
    column they are set as one.
    """
    if whole := _LAST_WORD.search(text):
        return whole.start()
    start = len(text) - 1
    while start and unicodedata.category(text[start]).startswith("M"):
        start -= 1
    return start


def _inline(inline: Inline, medium: Medium) -> str:
    match inline:
        case Text(value):
            return escape(value)
        case Emphasis(children, strong):
            tag = "strong" if strong else "em"
            return f"<{tag}>{inlines_to_xhtml(children, medium)}</{tag}>"
        case Code(value):
            return f"<code>{escape(value)}</code>"
        case Ruby(base, reading, is_added):
            furniture = ' class="furniture"' if is_added else ""
            return f"<ruby>{escape(base)}<rt{furniture}>{escape(reading)}</rt></ruby>"
        case NoteRef(note_id):
            return medium.note_ref(note_id)
        case Link(href, children):
            return _link(href, children, medium)
        case Image():
            return _image(inline, medium)
        case LineBreak():
            return "<br/>"
        case _:
            assert_never(inline)


def _link(href: str, children: tuple[Inline, ...], medium: Medium) -> str:
    target = medium.link_href(href)
    if not target:
        return inlines_to_xhtml(children, medium)
    # HTML allows no link inside a link: a note's mark parts the link it stands in.
    start, end = f'<a href="{escape_attribute(target)}">', "</a>"
    pieces: list[str] = []
    for has_link, some in groupby(children, _has_link):
        inner = inlines_to_xhtml(tuple(some), medium)
        pieces.append(inner if has_link or not inner else f"{start}{inner}{end}")
    return "".join(pieces)


def _has_link(inline: Inline) -> bool:
    return any(isinstance(one, Link | NoteRef) for one in flat((inline,)))


def _image(image: Image, medium: Medium) -> str:
    source = escape_attribute(medium.image_src(image.asset))
    return f'<img src="{source}" alt="{escape_attribute(image.alt)}"/>'


def _verse(lines: tuple[tuple[Inline, ...], ...], medium: Medium) -> str:
    stanzas = "".join(
        f'<div class="stanza">\n{stanza}</div>\n' for stanza in _stanzas(lines, medium)
    )
    return f'<div class="verse">\n{stanzas}</div>'


def _stanzas(lines: tuple[tuple[Inline, ...], ...], medium: Medium) -> Iterator[str]:
    """The lines as paragraphs, a string a stanza; an empty line ends a stanza."""
    stanza = ""
    for line in lines:
        if markup := inlines_to_xhtml(line, medium):
            stanza += f'<p class="line">{markup}</p>\n'
        elif stanza:
            yield stanza
            stanza = ""
    if stanza:
        yield stanza


def _list(block: ListBlock, medium: Medium, level: int) -> str:
    tag = "ol" if block.is_ordered else "ul"
    start = f' start="{block.start}"' if block.is_ordered and block.start != 1 else ""
    items = "".join(
        f"<li>\n{blocks_to_xhtml(item, medium, level=level)}</li>\n" for item in block.items
    )
    return f"<{tag}{start}>\n{items}</{tag}>"


def _table(table: Table, medium: Medium) -> str:
    looks = table.looks or tuple((PLAIN_CELL,) * len(row) for row in table.rows)
    if _columns(looks) > MAX_COLUMNS:
        looks = _narrow(looks, max(map(len, table.rows)))
    if _columns(looks) > MAX_COLUMNS:
        looks = _narrow(looks, 1)

    def part(tag: str, cell_tag: str, scope: str, start: int, end: int | None) -> str:
        rows = zip(table.rows[start:end], looks[start:end], strict=True)
        body = "".join(
            "<tr>"
            + "".join(
                f"<{cell_tag}{scope}{_look(look)}>{inlines_to_xhtml(cell, medium)}</{cell_tag}>"
                for cell, look in zip(row, own, strict=True)
            )
            + "</tr>\n"
            for row, own in rows
        )
        return f"<{tag}>\n{body}</{tag}>\n" if body else ""

    head = part("thead", "th", ' scope="col"', 0, table.header_rows)
    body = part("tbody", "td", "", table.header_rows, None)
    return f"<table>\n{head}{body}</table>"


def _narrow(looks: Looks, most: int) -> Looks:
    """Cells of one row each, and of no more columns than `most`."""
    return tuple(
        tuple(replace(look, columns=min(look.columns, most), rows=1) for look in row)
        for row in looks
    )


def _columns(looks: Looks) -> int:
    """How many columns a table has, at most; those of cells that reach into later rows counted
    in each of these.
    """
    most = carried = 0
    ends: dict[int, int] = {}
    for number, row in enumerate(looks):
        carried -= ends.pop(number, 0)
        most = max(most, carried + sum(look.columns for look in row))
        for look in row:
            if look.rows > 1:
                carried += look.columns
                ends[number + look.rows] = ends.get(number + look.rows, 0) + look.columns
    return most


def _look(look: CellLook) -> str:
    """The attributes of a cell that is not plain."""
    if look == PLAIN_CELL:
        return ""
    columns = f' colspan="{look.columns}"' if look.columns > 1 else ""
    rows = f' rowspan="{look.rows}"' if look.rows > 1 else ""
    return columns + rows + (f' class="{look.align}"' if look.align else "")


def _figure(image: Image, caption: tuple[Inline, ...], medium: Medium) -> str:
    words = f"\n<figcaption>{inlines_to_xhtml(caption, medium)}</figcaption>" if caption else ""
    return f"<figure>\n{_image(image, medium)}{words}\n</figure>"
