"""The book: what the author meant, apart from any file format.

Everything is frozen and made of tuples; a stage that changes a book makes a new one. The
contents, the landmarks, the PDF outline and the running heads are folds over `Section` and
are stored nowhere else.

Spans of a freshly structured book point into the normalized text it was made from. How a book
is walked, read as one string and rewritten is in `traversal`.
"""

from dataclasses import dataclass, field
from typing import Literal

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
    """`base` with its reading (拼音, 注音) beside it; `is_added` when no source has the reading."""

    base: str
    reading: str
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Words for a machine: no rule cleans them and no conversion changes them."""

    value: str


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


Inline = Text | Emphasis | Ruby | Code | NoteRef | Link | Image | LineBreak

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
class CellLook:
    """How many columns and rows a cell takes up, and where its words stand; "" is the start."""

    columns: int = 1
    rows: int = 1
    align: Literal["", "center", "right"] = ""


PLAIN_CELL = CellLook()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first `header_rows` rows are headings.

    `looks` runs parallel to `rows`; it is empty when all cells are plain.
    """

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    header_rows: int = 0
    span: Span = NOWHERE
    looks: tuple[tuple[CellLook, ...], ...] = ()


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
    """What is known about the book. `language` is a BCP 47 tag; `date` is ISO 8601.

    `file_as` is the title as it is sorted.
    """

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
    file_as: str = ""


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
