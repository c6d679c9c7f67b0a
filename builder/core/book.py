"""The book: what the author meant, apart from any file format.

Everything is frozen and made of tuples; a stage that changes a book makes a new one. The
contents, the landmarks, the PDF outline and the running heads are folds over `Section` and
are stored nowhere else.

The book's text as one string is its *projection* (`project`): headings and blocks one to a
line, in reading order, then the notes. Spans of a freshly structured book point into the
normalized text it was made from; ledger layers of later stages speak about the projection.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, assert_never

from builder.core.span import NOWHERE, Span

# --- inline -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters without line breaks."""

    value: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words: 着重号 or italics; `strong` for bold."""

    children: tuple["Inline", ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ruby:
    """`base` with its reading (拼音, 注音) beside it."""

    base: str
    reading: str


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The mark of a note; `note_id` is the id of one of the book's notes."""

    note_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """`href` is absolute, or `#id` of a section of this book."""

    href: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Image:
    """`asset` names one of the book's assets."""

    asset: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break inside a paragraph that the author meant."""


Inline = Text | Emphasis | Ruby | NoteRef | Link | Image | LineBreak

# --- blocks -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose. In a letter, the salutation starts flush left and the signature ends flush right."""

    inlines: tuple[Inline, ...]
    role: Literal["body", "salutation", "signature"] = "body"
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Verse:
    """A poem or song: lines that stay lines. An empty line parts two stanzas."""

    lines: tuple[tuple[Inline, ...], ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks set apart from the story: a quotation, or a letter."""

    blocks: tuple["Block", ...]
    kind: Literal["quotation", "letter"] = "quotation"
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a tuple of blocks."""

    items: tuple[tuple["Block", ...], ...]
    is_ordered: bool = False
    start: int = 1
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first `header_rows` rows are headings."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    header_rows: int = 0
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands alone, with its caption."""

    image: Image
    caption: tuple[Inline, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Break:
    """A scene break: ＊＊＊ or a blank line that means something."""

    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Raw:
    """Text that must keep its spaces and lines: code, a form, a diagram."""

    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section that is no entry of the contents; `level` counts from 1."""

    inlines: tuple[Inline, ...]
    level: int = 1
    span: Span = NOWHERE


Block = Paragraph | Verse | Quote | ListBlock | Table | Figure | Break | Raw | Heading

# --- the book -----------------------------------------------------------------------------

# EPUB's structural semantics vocabulary, as far as Chinese books use it.
Role = Literal[
    "volume",
    "part",
    "chapter",
    "subchapter",
    "prologue",
    "preface",
    "foreword",
    "introduction",
    "epigraph",
    "dedication",
    "abstract",
    "epilogue",
    "afterword",
    "appendix",
    "acknowledgments",
    "conclusion",
    "bonus",
]


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the book with a heading: 部, 卷, 篇, 章, 回, 节, 番外, 序 …, nested freely.

    `label` is the counting part of the heading (第十二章), `title` its name (风雪); either may
    be empty. `number` is the label's value. `id` is stable, starts with a letter and is unique
    in the book.
    """

    role: Role
    number: int | None
    label: str
    title: str
    blocks: tuple[Block, ...] = ()
    children: tuple["Section", ...] = ()
    id: str = ""
    span: Span = NOWHERE

    @property
    def heading(self) -> str:
        """The whole heading on one line: 第十二章　风雪."""
        return heading_of(self.label, self.title)


def heading_of(label: str, title: str) -> str:
    """`label` and `title` on one line, an ideographic space between them."""
    return "\N{IDEOGRAPHIC SPACE}".join(part for part in (label, title) if part)


@dataclass(frozen=True, slots=True)
class Note:
    """A note, referred to by `NoteRef`. `id` starts with a letter and is unique in the book."""

    id: str
    blocks: tuple[Block, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that belongs to the book: an image, a font. `name` is unique and has no slashes."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made the book; `role` is a MARC relator code (aut, trl, edt, ill)."""

    name: str
    role: str = "aut"
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The series a book belongs to, and its place in it."""

    name: str
    position: float | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the book. `language` is a BCP 47 tag; `date` is ISO 8601."""

    title: str
    language: str
    subtitle: str = ""
    creators: tuple[Creator, ...] = ()
    identifier: str = ""
    isbn: str = ""
    publisher: str = ""
    date: str = ""
    rights: str = ""
    series: Series | None = None
    description: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book. `cover` names one of the assets, or is empty."""

    metadata: Metadata
    front: tuple[Section, ...] = ()
    body: tuple[Section, ...] = ()
    back: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    assets: tuple[Asset, ...] = ()
    cover: str = ""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The outermost sections in reading order."""
        return self.front + self.body + self.back


# --- folds --------------------------------------------------------------------------------


def walk(sections: tuple[Section, ...], depth: int = 0) -> Iterator[tuple[int, Section]]:
    """Every section in reading order, with its depth counted from 0."""
    for section in sections:
        yield depth, section
        yield from walk(section.children, depth + 1)


def inline_text(inlines: tuple[Inline, ...], *, readings: bool = True) -> str:
    """The characters of some inlines; ruby readings follow their base unless left out.

    Note marks and images have no characters; a line break is a newline.
    """
    pieces: list[str] = []
    for inline in inlines:
        match inline:
            case Text(value):
                pieces.append(value)
            case Emphasis(children) | Link(_, children):
                pieces.append(inline_text(children, readings=readings))
            case Ruby(base, reading):
                pieces.append(base + reading if readings else base)
            case LineBreak():
                pieces.append("\n")
            case NoteRef() | Image():
                pass
            case _:
                assert_never(inline)
    return "".join(pieces)


def block_lines(block: Block, *, readings: bool = True) -> Iterator[str]:
    """The lines of one block, in reading order; a scene break has none."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            yield inline_text(inlines, readings=readings)
        case Verse(lines):
            for line in lines:
                yield inline_text(line, readings=readings)
        case Quote(blocks):
            for inner in blocks:
                yield from block_lines(inner, readings=readings)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from block_lines(inner, readings=readings)
        case Table(rows):
            for row in rows:
                for cell in row:
                    yield inline_text(cell, readings=readings)
        case Figure(_, caption):
            if caption:
                yield inline_text(caption, readings=readings)
        case Raw(text):
            yield text
        case Break():
            return
        case _:
            assert_never(block)


def section_lines(section: Section, *, readings: bool = True) -> Iterator[str]:
    """The lines of one section without its children: its heading, then its blocks."""
    if section.heading:
        yield section.heading
    for block in section.blocks:
        yield from block_lines(block, readings=readings)


def project(book: Book, *, readings: bool = True) -> str:
    """The book's text as one string: sections in reading order, then the notes."""
    lines: list[str] = []
    for _, section in walk(book.sections):
        lines.extend(section_lines(section, readings=readings))
    for note in book.notes:
        for block in note.blocks:
            lines.extend(block_lines(block, readings=readings))
    return "\n".join(lines)


def note_ids(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The ids of the notes that some blocks refer to, in reading order, repeats included."""
    return (inline.note_id for inline in inlines_of(blocks) if isinstance(inline, NoteRef))


def inlines_of(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of some blocks in reading order, each before the inlines inside it."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(inlines):
                yield from _flat(inlines)
            case Verse(lines):
                for line in lines:
                    yield from _flat(line)
            case Quote(inner):
                yield from inlines_of(inner)
            case ListBlock(items):
                for item in items:
                    yield from inlines_of(item)
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield from _flat(cell)
            case Figure(image, caption):
                yield image
                yield from _flat(caption)
            case Break() | Raw():
                pass
            case _:
                assert_never(block)


def _flat(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Link):
            yield from _flat(inline.children)


# --- change -------------------------------------------------------------------------------

Rewrite = Callable[[str], str]


def rewrite_inlines(inlines: tuple[Inline, ...], change: Rewrite) -> tuple[Inline, ...]:
    """The same inlines with every run of characters passed through `change`, in order."""
    return tuple(_rewrite_inline(inline, change) for inline in inlines)


def _rewrite_inline(inline: Inline, change: Rewrite) -> Inline:
    match inline:
        case Text(value):
            return Text(change(value))
        case Emphasis(children) | Link(_, children):
            return replace(inline, children=rewrite_inlines(children, change))
        case Ruby(base, reading):
            return Ruby(change(base), change(reading))
        case NoteRef() | Image() | LineBreak():
            return inline
        case _:
            assert_never(inline)


def rewrite_block(block: Block, change: Rewrite) -> Block:
    """The same block with every run of characters passed through `change`, in order."""
    match block:
        case Paragraph(inlines) | Heading(inlines):
            return replace(block, inlines=rewrite_inlines(inlines, change))
        case Verse(lines):
            return replace(block, lines=tuple(rewrite_inlines(line, change) for line in lines))
        case Quote(blocks):
            return replace(block, blocks=tuple(rewrite_block(inner, change) for inner in blocks))
        case ListBlock(items):
            changed = tuple(tuple(rewrite_block(inner, change) for inner in item) for item in items)
            return replace(block, items=changed)
        case Table(rows):
            cells = tuple(tuple(rewrite_inlines(cell, change) for cell in row) for row in rows)
            return replace(block, rows=cells)
        case Figure(_, caption):
            return replace(block, caption=rewrite_inlines(caption, change))
        case Raw() | Break():
            return block
        case _:
            assert_never(block)


def rewrite_section(section: Section, change: Rewrite) -> Section:
    """The same section and its children with every run of characters passed through `change`.

    Order: label, title, blocks, children; the order of `project`.
    """
    return replace(
        section,
        label=change(section.label),
        title=change(section.title),
        blocks=tuple(rewrite_block(block, change) for block in section.blocks),
        children=tuple(rewrite_section(child, change) for child in section.children),
    )
