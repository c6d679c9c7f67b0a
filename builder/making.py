"""From a finished book to the bytes of every format that was asked for, all in memory.

What one format learns another may need: the PDF's pages become the page list of the EPUB, so
the PDF is made first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, assert_never

from builder.core.book import Book, Metadata
from builder.core.config import Config, Format
from builder.core.devices import DEVICES
from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import BuilderError, ComposeError, DependencyError
from builder.core.page_starts import PageStart
from builder.core.publication import OwnStyles, Publication
from builder.core.trims import length_mm, trim_named

if TYPE_CHECKING:
    from builder.covers import CoverPage
    from builder.press import Pressed

# A book's pages change its gutter, which changes its pages: so often it is set at most.
MOST_PRESSINGS = 3
# More than anyone binds.
MANY_PAGES = 1_000_000
# The PDF first; see above. Formats come back in the order in which they were asked for.
LaidOut = Literal["pdf", "epub", "kepub", "azw3"]
_ORDER: tuple[LaidOut, ...] = ("pdf", "epub", "kepub", "azw3")


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One finished file; `suffix` is the ending of its name, without the dot."""

    form: Format
    suffix: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """Every format of one book."""

    files: tuple[MadeFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def make(
    book: Book,
    config: Config,
    *,
    modified: str,
    css: Callable[[Format], OwnStyles],
    name: str = "book",
    named: Metadata | None = None,
    fonts: Mapping[str, Path] = MappingProxyType({}),
) -> Made:
    """Every format of `config.output.formats` once; `css` gives the user's style sheets for each.

    `modified` is UTC, ISO 8601, ending in Z; `name` is what the files will be called. A book
    without a cover gets one that is drawn; `named` is what it is called before conversion, so
    that all its editions look alike. `fonts` are where the font files lie that [epub] embed_fonts
    names. Raises BuilderError.
    """
    formats, found = _possible(config)
    laid_out = [form for form in formats if form != "txt" and form != "md"]
    read = book if formats == ("pdf",) else _with_readings(book, config)
    # Plain text has no cover, no style sheet and no page.
    made: dict[Format, tuple[MadeFile, ...]] = {
        form: _text(read, form, name) for form in formats if form == "txt" or form == "md"
    }
    printed = book
    if laid_out:
        covered, printed, told = _with_cover(book, config, named, laid_out)
        found += told
        read = replace(read, assets=covered.assets, cover=covered.cover)
    making = _Making(printed, read, config, modified=modified, css=css, name=name, fonts=fonts)
    for form in sorted(laid_out, key=_ORDER.index):
        made[form] = (making.make(form),)
    diagnostics = (*found, *making.diagnostics)
    return Made(tuple(file for form in formats for file in made[form]), diagnostics)


def _with_cover(
    book: Book, config: Config, named: Metadata | None, formats: Sequence[Format]
) -> tuple[Book, Book, tuple[Diagnostic, ...]]:
    """The book with a cover, for reading and for print, which want it of another size.

    It is drawn by Pillow, and so while Python is loading the press.
    """
    from builder.fonts import list_beside

    is_drawn = not book.cover and config.cover.design != "none"
    if is_drawn or "pdf" in formats:
        list_beside()
    if not is_drawn:
        return book, book, ()
    from concurrent.futures import ThreadPoolExecutor

    from builder.covers import with_cover

    page = _cover_page(config) if "pdf" in formats else None
    with ThreadPoolExecutor(max_workers=2) as beside:
        drawn = [
            beside.submit(with_cover, book, config, named=named, page=size)
            for size in _cover_sizes(page, formats)
        ]
        if "pdf" in formats:
            from builder.press import make_ready

            make_ready()
        (covered, told), (printed, _) = drawn[0].result(), drawn[-1].result()
        return covered, printed, told


def _cover_sizes(page: "CoverPage | None", formats: Sequence[Format]) -> "list[CoverPage | None]":
    """The sizes of which the cover is drawn: for reading (None) first, for print last."""
    for_reading: list[CoverPage | None] = [] if page and tuple(formats) == ("pdf",) else [None]
    return [*for_reading, *([page] if page else [])]


def _cover_page(config: Config) -> "CoverPage | None":
    """The page of the PDF that the cover fills; None when there is none, or it is a screen."""
    from builder.compose.printed import has_cover_page
    from builder.covers import CoverPage

    pdf = config.pdf
    trim = trim_named(pdf.trim)
    if pdf.device or trim is None or not has_cover_page(pdf):
        return None
    return CoverPage(trim.width_mm, trim.height_mm, length_mm(pdf.bleed) or 0.0)


def compose_epub(
    book: Book, config: Config, *, modified: str, css: Callable[[Format], OwnStyles]
) -> Publication:
    """What the EPUB of `book` is made of, before fonts are put into it; see `make`."""
    read = _with_readings(book, config)
    making = _Making(book, read, config, modified=modified, css=css, name="", fonts={})
    return making.composed()


def _with_readings(book: Book, config: Config) -> Book:
    """The book with the readings that [epub] pinyin asks for."""
    scope = config.epub.pinyin
    if scope == "none":
        return book
    from builder.convert import simplified
    from builder.pinyin import annotate

    return annotate(book, scope, script=config.epub.readings, simplify=simplified)


def _text(book: Book, form: Literal["txt", "md"], name: str) -> tuple[MadeFile, ...]:
    """The book as plain text; a Markdown file has its pictures in a folder beside it."""
    from builder.exports import to_markdown, to_txt

    if form == "txt":
        return (MadeFile(form, "txt", to_txt(book)),)
    text, pictures = to_markdown(book, pictures=f"{name}.pictures")
    files = (MadeFile(form, f"pictures/{picture}", content) for picture, content in pictures)
    return (MadeFile(form, "md", text), *files)


def _possible(config: Config) -> tuple[tuple[Format, ...], tuple[Diagnostic, ...]]:
    """The formats that can be made, each once, and why others cannot.

    Raises ComposeError P007 or DependencyError E031 when none can.
    """
    formats = tuple(dict.fromkeys(config.output.formats))
    refused = {form: problem for form in formats if (problem := _obstacle(form, config))}
    if len(refused) == len(formats):
        raise next(iter(refused.values()))
    told = tuple(warning(problem.diagnostic.code) for problem in refused.values())
    return tuple(form for form in formats if form not in refused), told


def _obstacle(form: Format, config: Config) -> BuilderError | None:
    if form == "pdf" and config.typography.vertical and config.pdf.engine == "weasyprint":
        return ComposeError("P007")
    if form == "azw3":
        from builder.epub import converter

        return None if converter() else DependencyError("E031")
    return None


class _Making:
    """A book on its way to its formats; what several of them are made of is made once.

    `read` is the book with the readings that were asked for, which the PDF does not have.
    """

    def __init__(
        self,
        book: Book,
        read: Book,
        config: Config,
        *,
        modified: str,
        css: Callable[[Format], OwnStyles],
        name: str,
        fonts: Mapping[str, Path],
    ) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._book = book
        self._read = read
        self._config = config
        self._modified = modified
        self._css = css
        self._name = name
        self._fonts = fonts
        self._pages: tuple[PageStart, ...] = ()
        self._composed: Publication | None = None
        self._packed = b""

    def make(self, form: LaidOut) -> MadeFile:
        match form:
            case "epub":
                return self._told(MadeFile(form, "epub", self._epub()))
            case "kepub":
                from builder.epub import to_kepub, write_epub

                book = write_epub(to_kepub(self._publication()))
                return self._told(MadeFile(form, "kepub.epub", book))
            case "azw3":
                from builder.epub import epub_to_azw3

                publication = self._publication()
                book = epub_to_azw3(
                    self._epub(),
                    title=publication.metadata.title,
                    identifier=publication.identifier,
                    modified=self._modified,
                )
                return MadeFile(form, "azw3", book)
            case "pdf":
                return MadeFile(form, "pdf", self._pdf())
            case _:
                assert_never(form)

    def _told(self, file: MadeFile) -> MadeFile:
        """The file; what the device would reject in it is among the diagnostics."""
        if self._config.epub.device:
            from builder.check import refused_by

            device = DEVICES[self._config.epub.device]
            path = Path(f"{self._name}.{file.suffix}")
            self.diagnostics += refused_by(device, file.content, path)
        return file

    def _epub(self) -> bytes:
        from builder.epub import write_epub

        if not self._packed:
            self._packed = write_epub(self._publication())
        return self._packed

    def _publication(self) -> Publication:
        from builder.fonts import embed_fonts

        if self._composed is None:
            choice = self._config.epub.embed_fonts
            embedded = embed_fonts(self.composed(), choice, self._fonts)
            self.diagnostics += embedded.diagnostics
            self._composed = embedded.publication
        return self._composed

    def composed(self) -> Publication:
        """The EPUB before fonts are put into it."""
        from builder.compose import compose

        own = self._css("epub")
        self.diagnostics += own.diagnostics
        return compose(
            self._read,
            self._config,
            modified=self._modified,
            theme_css=own.theme,
            user_css=own.sheet,
            style_files=own.files,
            pages=self._pages,
        )

    def _pdf(self) -> bytes:
        pressed = self._pressed(self._css("pdf"))
        self.diagnostics += pressed.diagnostics
        self._pages = pressed.pages
        return pressed.pdf

    def _pressed(self, own: OwnStyles) -> "Pressed":
        """The PDF with the gutter of a book of as many pages.

        The gutter goes by the number of pages, and that by the gutter, where it takes
        characters off the lines. So the book is set with a guess, and again only when the
        guess led to another page than its pages ask for.
        """
        from builder.compose import compose_print, layouts_of, likely_page_count
        from builder.press import press

        layout = layouts_of(self._config)
        thin = layout(0)
        count = 0
        # Mostly the page is the same however thick the book, and there is nothing to guess.
        if layout(MANY_PAGES) != thin:
            count = likely_page_count(self._book, thin.grid)
            count = likely_page_count(self._book, layout(count).grid)
        for pressing in range(1, MOST_PRESSINGS + 1):
            document = compose_print(
                self._book,
                self._config,
                modified=self._modified,
                user_css=own.sheet,
                style_files=own.files,
                page_count=count,
            )
            pressed = press(document, self._config)
            if layout(pressed.page_count) == layout(count):
                break
            # The last time rather too wide a gutter than one that eats the text.
            is_next_last = pressing + 1 == MOST_PRESSINGS
            count = max(pressed.page_count, count * is_next_last)
        return pressed
