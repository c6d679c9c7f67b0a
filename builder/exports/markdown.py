"""Book → Markdown: CommonMark with tables and notes ([^1]), YAML at its head, pictures beside it.

Readings are HTML's ruby, which programs show and `builder` reads. A line of verse ends in a
backslash. Notes stand behind the text of the section that mentions them first.
"""

import re
from collections.abc import Iterator, Mapping
from typing import assert_never
from urllib.parse import quote

from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
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
from builder.core.traversal import block_lines, inlines_of, walk
from builder.exports.escaping import (
    code_span,
    destination,
    escaped,
    escaped_line,
    fence_for,
    is_word,
)
from builder.exports.head import head
from builder.exports.referring import notes_behind, unreferred
from builder.exports.words import words_for

LOWEST_HEADING = 6
HARD_BREAK = "\\\n"
# What GitHub's anchors of headings leave out. Example: ，. Counter-example: 第, a, 1, -, _.
_NO_ANCHOR = re.compile(r"[^\w\- ]")


def to_markdown(book: Book, *, pictures: str) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """The file as UTF-8, and the pictures it shows: names inside the folder `pictures`, bytes."""
    assets = {asset.name: asset for asset in book.assets}
    anchors = {
        section.id: f"#{_NO_ANCHOR.sub('', section.heading).lower().replace(' ', '-')}"
        for _, section in walk(book.sections)
        if section.heading
    }
    writer = _Writer(f"{pictures}/", anchors)
    notes = {note.id: note for note in book.notes}
    given: dict[str, Note] = {}
    parts = [head(book, f"{pictures}/{book.cover}" if book.cover in assets else "")]
    for depth, section in walk(book.sections):
        own = [n for n in notes_behind(section.blocks, notes) if n.id not in given]
        given |= {note.id: note for note in own}
        writer.number(own)
        parts += _section(section, depth + 1, writer)
        parts += [writer.note(note) for note in own]
    if left := unreferred(book):
        parts.append(f"# {words_for(book.metadata.language).notes}")
        for note in left:
            parts += writer.blocks(note.blocks, 1)
    shown = {book.cover} | {
        inline.asset
        for blocks in (
            *(section.blocks for _, section in walk(book.sections)),
            *(note.blocks for note in book.notes),
        )
        for inline in inlines_of(blocks)
        if isinstance(inline, Image)
    }
    files = tuple((name, asset.content) for name, asset in assets.items() if name in shown)
    return "\n\n".join(filter(None, parts)).encode("utf-8", "replace") + b"\n", files


def _section(section: Section, level: int, writer: "_Writer") -> Iterator[str]:
    if section.heading:
        yield f"{'#' * min(level, LOWEST_HEADING)} {escaped(section.heading)}"
    yield from writer.blocks(section.blocks, level)


class _Writer:
    """Blocks and inlines as Markdown; notes are numbered through the book."""

    def __init__(self, folder: str, anchors: Mapping[str, str]) -> None:
        self._folder = folder
        self._anchors = anchors
        self._numbers: dict[str, int] = {}

    def number(self, notes: list[Note]) -> None:
        """Give these notes the next numbers."""
        for note in notes:
            self._numbers[note.id] = len(self._numbers) + 1

    def note(self, note: Note) -> str:
        """The note as one paragraph, its lines parted by line breaks, as every dialect reads it."""
        lines = [line for block in note.blocks for line in self._note_lines(block)]
        text = f"{HARD_BREAK}    ".join(line for line in lines if line.strip())
        return f"[^{self._numbers[note.id]}]: {text}"

    def _note_lines(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(inlines):
                yield from self._lines(inlines).split(HARD_BREAK)
            case Verse(lines):
                for line in lines:
                    yield from self._lines(line).split(HARD_BREAK)
            case Quote(blocks):
                for inner in blocks:
                    yield from self._note_lines(inner)
            case _:
                for words in block_lines(block):
                    yield from (escaped(line) for line in words.split("\n"))

    def blocks(self, blocks: tuple[Block, ...], level: int) -> list[str]:
        """Each block as a text without blank lines around it."""
        return [text for block in blocks if (text := self._block(block, level))]

    def _block(self, block: Block, level: int) -> str:
        match block:
            case Paragraph(inlines):
                return self._lines(inlines)
            case Heading(inlines, inner):
                sign = "#" * min(level + inner, LOWEST_HEADING)
                return f"{sign} {self.inlines(inlines).replace(HARD_BREAK, ' ')}"
            case Verse(lines):
                return self._verse(lines)
            case Quote(blocks):
                inner_text = "\n\n".join(self.blocks(blocks, level))
                return "\n".join(f"> {line}".rstrip() for line in inner_text.split("\n"))
            case ListBlock(items, is_ordered, start):
                return "\n".join(
                    self._item(item, f"{number}." if is_ordered else "-", level)
                    for number, item in enumerate(items, start)
                )
            case Table(rows, header_rows):
                return self._table(rows, header_rows)
            case Figure(image, caption):
                picture = self._picture(image)
                return f"{picture}\n\n{self._lines(caption)}" if caption else picture
            case Break():
                return "* * *"
            case Raw(text):
                fence = fence_for(text, least=3)
                return f"{fence}\n{text}\n{fence}"
            case _:
                assert_never(block)

    def _lines(self, inlines: tuple[Inline, ...]) -> str:
        lines = self.inlines(inlines).strip(" \t").split("\n")
        return "\n".join(escaped_line(line.lstrip(" \t")) for line in lines)

    def _verse(self, lines: tuple[tuple[Inline, ...], ...]) -> str:
        """Stanzas with a blank line between them."""
        stanzas: list[list[str]] = [[]]
        for line in lines:
            if words := self._lines(line):
                stanzas[-1].append(words)
            else:
                stanzas.append([])
        return "\n\n".join(HARD_BREAK.join(stanza) for stanza in stanzas if stanza)

    def _item(self, item: tuple[Block, ...], mark: str, level: int) -> str:
        text = "\n\n".join(self.blocks(item, level))
        indent = " " * (len(mark) + 1)
        lines = [f"{indent}{line}" if line else "" for line in text.split("\n")]
        return mark + ("\n".join(lines))[len(mark) :]

    def _table(self, rows: tuple[tuple[tuple[Inline, ...], ...], ...], header_rows: int) -> str:
        """A table whose first row is a heading; one without headings gets an empty one."""
        cells = [[self._cell(cell) for cell in row] for row in rows]
        width = max((len(row) for row in cells), default=0)
        if not width:
            return ""
        heading = cells.pop(0) if header_rows else [""] * width
        shown = [heading, ["---"] * width, *cells]
        return "\n".join(
            "|"
            + "".join(f" {cell} |" if cell else " |" for cell in (*row, *[""] * (width - len(row))))
            for row in shown
        )

    def _cell(self, cell: tuple[Inline, ...]) -> str:
        return self.inlines(cell).replace(HARD_BREAK, "<br>").replace("|", "\\|").strip(" \t")

    def inlines(self, inlines: tuple[Inline, ...]) -> str:
        """Some inlines; a line break is a backslash and a newline."""
        written = ""
        for inline in inlines:
            written += self._inline(inline, written[-1:])
        return written

    def _inline(self, inline: Inline, before: str) -> str:
        match inline:
            case Text(value):
                return escaped(value)
            case Code(value):
                return code_span(value)
            case Emphasis(children, strong):
                return self._emphasis(children, before, strong=strong)
            case Ruby(base, reading):
                return f"<ruby>{escaped(base)}<rt>{escaped(reading)}</rt></ruby>"
            case NoteRef(note_id):
                number = self._numbers.get(note_id)
                return f"[^{number}]" if number else ""
            case Link(href, children):
                return self._link(href, children)
            case Image():
                return self._picture(inline)
            case LineBreak():
                return HARD_BREAK
            case _:
                assert_never(inline)

    def _link(self, href: str, children: tuple[Inline, ...]) -> str:
        """The words of a link as one; the marks of notes in it, links themselves, behind it."""
        target = self._anchors.get(href[1:], "") if href.startswith("#") else href
        if not target:
            return self.inlines(children)
        marks = tuple(child for child in children if isinstance(child, NoteRef))
        words = self.inlines(tuple(child for child in children if not isinstance(child, NoteRef)))
        link = f"[{words}]({destination(target)})" if words.strip() else words
        return link + self.inlines(marks)

    def _emphasis(self, children: tuple[Inline, ...], before: str, *, strong: bool) -> str:
        """Asterisks, or tags where asterisks would not be understood.

        CommonMark takes asterisks beside punctuation for signs when a word follows outside, as
        it does in Chinese, where no space parts words.
        """
        words = self.inlines(children)
        if not words.strip():
            return words
        is_plain = is_word(words[0]) and is_word(words[-1]) and before != "*" and "*" not in words
        if is_plain:
            sign = "**" if strong else "*"
            return f"{sign}{words}{sign}"
        tag = "strong" if strong else "em"
        return f"<{tag}>{words}</{tag}>"

    def _picture(self, image: Image) -> str:
        target = quote(f"{self._folder}{image.asset}", safe="/!$&'+,:;=@~%", encoding="utf-8")
        return f"![{escaped(image.alt)}]({destination(target)})"
