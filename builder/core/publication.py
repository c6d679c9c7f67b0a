"""The publication: what is shipped. Files, their order, and the ways into them.

`Book` is what the author meant; `Publication` is what gets packaged. `compose` makes one from
the other, `epub` writes it.
"""

from dataclasses import dataclass, field
from typing import Literal

from builder.core.book import Asset, Book, Metadata
from builder.core.diagnostic import Diagnostic

# The style sheet that names the fonts inside the book.
FONT_SHEET = "styles/fonts.css"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the package. `href` is relative to the package document; `id` starts with a
    letter. `properties` are the manifest's (nav, cover-image, svg, …).
    """

    id: str
    href: str
    media_type: str
    content: bytes = field(repr=False)
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpineItem:
    """A content document's place in the reading order."""

    item_id: str
    is_linear: bool = True


@dataclass(frozen=True, slots=True)
class NavPoint:
    """An entry of the contents; `href` may end in a fragment."""

    title: str
    href: str
    children: tuple["NavPoint", ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place every book has; `type` is of EPUB's structural semantics vocabulary."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class PageTarget:
    """Where a page of the printed edition starts."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What a reader who cannot see, or not well, may expect; terms of schema.org's vocabulary.

    `conforms_to` names a standard only when everything it asks for is there; `certified_by` is
    who says so. Source: EPUB Accessibility 1.1, discovery metadata.
    """

    modes: tuple[str, ...] = ("textual",)
    sufficient: tuple[str, ...] = ("textual",)
    features: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ("none",)
    summary: str = ""
    conforms_to: str = ""
    certified_by: str = ""


@dataclass(frozen=True, slots=True)
class OwnStyles:
    """The text of the style sheets that the settings name: a theme of the book's own, and the
    sheet that has the last word. Empty when none is named. `files` are the pictures and fonts
    that they name, as the package has them.
    """

    theme: str = ""
    sheet: str = ""
    files: tuple[Item, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a package needs. `identifier` is a URN; `modified` is UTC, ISO 8601, ends in Z.

    `page_source` says which printed edition `pages` are those of.
    """

    metadata: Metadata
    identifier: str
    modified: str
    manifest: tuple[Item, ...]
    spine: tuple[SpineItem, ...]
    contents: tuple[NavPoint, ...]
    landmarks: tuple[Landmark, ...]
    direction: Literal["ltr", "rtl"] = "ltr"
    pages: tuple[PageTarget, ...] = ()
    page_source: str = ""
    cover_id: str = ""
    accessibility: Accessibility = Accessibility()


@dataclass(frozen=True, slots=True)
class Hosted:
    """A block that WeasyPrint sets for the press: a table, a list, raw text, a picture.

    `path` leads to it from the section's blocks: its number there, then inside the quotation
    that holds it; a picture hosted apart from its words has −1, −2 … after that. `html` is the block within the elements that it stands in. `notes` are the
    ids of the notes that stand under the block, because their marks are in it. `is_led` of a
    table right after a paragraph, whose last lines stay with it: its caption, most often; or after
    a heading, at path (0,) that of its section.
    """

    section_id: str
    path: tuple[int, ...]
    html: str = field(repr=False)
    notes: tuple[str, ...] = ()
    is_led: bool = False

    @property
    def is_among_words(self) -> bool:
        """Whether it is a picture alone, whose words the press sets."""
        return self.path[-1] < 0


@dataclass(frozen=True, slots=True)
class PrintWords:
    """What a printed book says in its own language.

    A second mark of a note is `again`, where `{}` is the page of the first.
    """

    contents: str = "目录"
    notes: str = "注释"
    again: str = "［见第{}页注］"


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """What is printed: a book, its styles and its files, and HTML for what WeasyPrint lays out.

    All HTML refers to `resources` as `book:/NAME`; nothing else can be reached. `stylesheets`
    are (name, CSS) pairs in cascade order; the last `own_sheet_count` are the book's own. `contents` is the outline the PDF must have. `body_id`
    is the id of the element where the pages are numbered from 1; those before it are numbered
    in Roman numerals. Empty when there is no such place. The pages become a multiple of
    `page_multiple`, and the last of them bare with `ends_bare`, by bare ones at the end. Without `has_links` the PDF
    has neither links nor an outline, for printers who want none.

    With the engine "weasyprint", `html` is the whole book. With "press" it is empty, and the
    press sets `book`; `front_html` are the pages before it (cover, title page, colophon),
    `specimen` has one of each kind of thing in the book, also as `specimen_html`, `hosted` the blocks that are not
    prose; `listed_tables` of the book's tables are lists in `book`, as they are too large.
    """

    metadata: Metadata
    identifier: str
    modified: str
    html: str = field(repr=False)
    stylesheets: tuple[tuple[str, str], ...] = field(repr=False)
    resources: tuple[Asset, ...]
    contents: tuple[NavPoint, ...]
    body_id: str = ""
    book: Book | None = field(default=None, repr=False)
    front_html: str = field(default="", repr=False)
    specimen: Book | None = field(default=None, repr=False)
    specimen_html: str = field(default="", repr=False)
    hosted: tuple[Hosted, ...] = field(default=(), repr=False)
    listed_tables: int = 0
    words: PrintWords = PrintWords()
    own_sheet_count: int = 0
    page_multiple: int = 1
    ends_bare: bool = False
    has_links: bool = True

    @property
    def own_sheets(self) -> tuple[tuple[str, str], ...]:
        """The style sheets that are the book's own."""
        return self.stylesheets[len(self.stylesheets) - self.own_sheet_count :]
