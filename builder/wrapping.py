"""`builder cover --wrap`: back, spine and front of a printed book as one sheet for the printer."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Book
from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.errors import ConfigError, SourceError, WriteError
from builder.core.files import content_of, write_whole
from builder.core.printers import PRINTERS, Printer
from builder.core.trims import SAME_TRIM_MM, Trim, length_mm, trim_named
from builder.own_styles import own_styles
from builder.pipeline import (
    BuildOptions,
    Understood,
    books_of,
    inspect,
    not_ignored,
    spare_source,
)
from builder.settings import edition_name, font_files, modified_date, out_folder

if TYPE_CHECKING:
    from builder.press.about import About

PDF_ENDING = ".pdf"
# More than anyone binds into one book.
MAX_PAGES = 10_000
_MAX_SPINE_MM = 300.0
_LEAF = 2  # pages
# What a cover has all around where no printer says otherwise.
_BLEED_MM = 3.0
# In the file's identifier, so that it can be told from others.
_MARK = "#wrap"
_MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class WrapAsked:
    """What the command line says of a wrap; 0, None and "" leave it open.

    `pages` are those of the finished book, `interior` its PDF, `spine` a length, `volume` counts
    from 1. `redraws` to draw a cover although the book has one.
    """

    pages: int | None = None
    interior: Path | None = None
    spine: str = ""
    volume: int = 0
    shows_folds: bool = False
    redraws: bool = False


@dataclass(frozen=True, slots=True)
class WrappedBook:
    """A wrap that was written; sizes in mm, `width` and `height` with bleed."""

    path: Path
    design: str
    size_bytes: int
    pages: int
    trim: Trim
    spine: float
    bleed: float
    printer: Printer
    paper: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def width(self) -> float:
        return 2 * self.trim.width_mm + self.spine + 2 * self.bleed

    @property
    def height(self) -> float:
        return self.trim.height_mm + 2 * self.bleed


def wrap(
    book: Path,
    options: BuildOptions,
    asked: WrapAsked,
    *,
    out: Path | None = None,
    force: bool = False,
) -> WrappedBook:
    """Draw the cover around the book at `book`.

    Without pages or an interior the book is set to count them. Raises ConfigError B049 when
    `out` is not called a PDF, E050, E051, E060, E061; SourceError E052; WriteError B044 over a
    file that is no such cover, B035 over one of the book; DependencyError F001.
    """
    from builder.covers.wrap import WrapForm, draw_wrap, isbn_of
    from builder.press.artwork import press_artwork

    if out and out.suffix.lower() != PDF_ENDING:
        raise ConfigError("B049", location=Location(str(out)), name=out.name)
    understood = _for_paper(inspect(book, options))
    config = understood.config
    path = out or _usual_place(understood, options, asked)
    _require_free(path, understood, force=force)
    volume = _volume(understood, asked)
    if volume.metadata.isbn:
        isbn_of(volume.metadata.isbn)
    printer, trim = PRINTERS[config.pdf.printer or "home"], _trim(config)
    pages, told = _pages(understood, volume, asked, options, trim=trim)
    spine = _spine(asked, printer, config.pdf.paper, pages)
    form = WrapForm(
        trim=trim,
        spine=spine,
        bleed=_bleed(config, printer),
        pages=pages,
        printer=printer,
        is_left_bound=not config.typography.vertical,
        shows_folds=asked.shows_folds,
    )
    drawn = draw_wrap(
        volume.metadata,
        config.cover,
        form,
        named=understood.book.metadata,
        picture=b"" if asked.redraws else _own_picture(volume),
        price=config.book.price,
        vertical=config.typography.vertical,
    )
    pdf = press_artwork(drawn.sheet, _about(volume, config, options), ink=config.pdf.cover_ink)
    write_whole(path, pdf)
    found = (*told, *_page_range(printer, config.pdf.paper, trim, pages), *drawn.diagnostics)
    return WrappedBook(
        path=path,
        design=drawn.design,
        size_bytes=len(pdf),
        pages=pages,
        trim=trim,
        spine=spine,
        bleed=form.bleed,
        printer=printer,
        paper=config.pdf.paper or printer.default_paper,
        diagnostics=not_ignored(found, config),
    )


# --- where it goes ----------------------------------------------------------------------------


def _usual_place(understood: Understood, options: BuildOptions, asked: WrapAsked) -> Path:
    source, config = understood.source, understood.config
    name = edition_name(source, config, options)
    number = f".{asked.volume:02}" if asked.volume else ""
    return out_folder(options, config) / source.slug / f"{name}{number}.wrap{PDF_ENDING}"


def _require_free(path: Path, understood: Understood, *, force: bool) -> None:
    """Raise WriteError unless nothing stands at `path`, or a wrap that was drawn here."""
    if not path.is_file() or is_wrap(path.read_bytes()):
        return
    spare_source(path, understood.source, understood.config)
    if not force:
        raise WriteError("B044", location=Location(str(path)))


def is_wrap(content: bytes) -> bool:
    """Whether a PDF is a cover that was drawn here."""
    return f"{_MARK}</dc:identifier>".encode() in content


def _for_paper(understood: Understood) -> Understood:
    """The book without the screen that its pages are made for: a cover is of paper."""
    config = understood.config
    return replace(understood, config=replace(config, pdf=replace(config.pdf, device=None)))


# --- the book ---------------------------------------------------------------------------------


def _volume(understood: Understood, asked: WrapAsked) -> Book:
    """The book, or the volume of it that is asked for. Raises ConfigError E061."""
    books = books_of(understood)
    if len(books) == 1 and asked.volume in {0, 1}:
        return books[0]
    if not 0 < asked.volume <= len(books):
        raise ConfigError("E061", count=len(books))
    return books[asked.volume - 1]


def _own_picture(book: Book) -> bytes:
    """The book's own cover; empty when it has none, or one that was drawn here."""
    from builder.covers import is_drawn

    found = next((asset.content for asset in book.assets if asset.name == book.cover), b"")
    return b"" if is_drawn(found) else found


def _about(book: Book, config: Config, options: BuildOptions) -> "About":
    from builder.compose.identity import identifier_of
    from builder.press.about import About

    metadata = book.metadata
    orientation = "vertical" if config.typography.vertical else "horizontal"
    return About(
        title=metadata.title,
        language=metadata.language,
        modified=modified_date(config, options.environment),
        identifier=identifier_of(metadata, orientation) + _MARK,
        authors=tuple(creator.name for creator in metadata.creators),
        publisher=metadata.publisher,
        rights=metadata.rights,
    )


# --- its measures -----------------------------------------------------------------------------


def _trim(config: Config) -> Trim:
    found = trim_named(config.pdf.trim)
    if found is None:
        raise ConfigError("B003", key="pdf.trim", wanted="A5")
    return found


def _bleed(config: Config, printer: Printer) -> float:
    own = length_mm(config.pdf.bleed) if config.pdf.bleed else None
    return own if own is not None else printer.cover_bleed_mm or _BLEED_MM


def _spine(asked: WrapAsked, printer: Printer, paper: str, pages: int) -> float:
    """How wide the spine is. Raises ConfigError B003 for no length, E060 for unknown paper."""
    if asked.spine:
        given = length_mm(asked.spine)
        if given is None or given > _MAX_SPINE_MM:
            place = Location(f"--spine {asked.spine}")
            raise ConfigError("B003", location=place, key="spine", wanted="14.2mm, 0.56in")
        return given
    found = printer.spine_mm(pages, paper)
    if found is None:
        raise ConfigError("E060", printer=printer.title)
    return found


def _page_range(printer: Printer, paper: str, trim: Trim, pages: int) -> tuple[Diagnostic, ...]:
    taken = printer.page_range(paper or printer.default_paper, trim.name)
    if taken is None or taken[0] <= pages <= taken[1]:
        return ()
    fewest, most = taken
    return (warning("E057", printer=printer.title, fewest=fewest, most=most, pages=pages),)


def _pages(
    understood: Understood,
    book: Book,
    asked: WrapAsked,
    options: BuildOptions,
    *,
    trim: Trim,
) -> tuple[int, tuple[Diagnostic, ...]]:
    """How many pages the book has: as said, as its interior has, or as it turns out when set.

    What was counted is rounded up to whole leaves, or to what the printer fills up to.
    """
    if asked.pages is not None:
        if not 0 < asked.pages <= MAX_PAGES:
            raise ConfigError("E051", pages=asked.pages, most=MAX_PAGES)
        return asked.pages, ()
    counted, told = (
        _interior_pages(asked.interior, trim)
        if asked.interior
        else (_built_pages(understood, book, options), ())
    )
    printer = PRINTERS[understood.config.pdf.printer or "home"]
    multiple = max(_LEAF, printer.page_multiple)
    return -(-counted // multiple) * multiple, told


def _built_pages(understood: Understood, book: Book, options: BuildOptions) -> int:
    """Set the book as `builder build` would, and count."""
    from builder.making import make

    source, config = understood.source, understood.config
    config = replace(config, output=replace(config.output, formats=("pdf",)))
    made = make(
        book,
        config,
        modified=modified_date(config, options.environment),
        css=partial(own_styles, source, config),
        name=source.slug,
        named=understood.book.metadata,
        fonts=font_files(source, config),
    )
    pages, _ = _measured(made.files[0].content)
    return pages


def _interior_pages(path: Path, trim: Trim) -> tuple[int, tuple[Diagnostic, ...]]:
    """The pages of a PDF; E058 when they are of another size. Raises SourceError E052."""
    import pikepdf

    place = Location(str(path))
    try:
        content = content_of(path)
    except OSError as problem:
        raise SourceError("E052", location=place, reason=problem.strerror or "") from problem
    try:
        pages, size = _measured(content)
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ) as problem:
        # Before the last colon stands what was read, which is no file's name.
        reason = str(problem).rpartition(": ")[2]
        raise SourceError("E052", location=place, reason=reason) from problem
    if not 0 < pages <= MAX_PAGES:
        raise ConfigError("E051", location=place, pages=pages, most=MAX_PAGES)
    wanted = trim.width_mm, trim.height_mm
    if all(abs(side - right) <= SAME_TRIM_MM for side, right in zip(size, wanted, strict=True)):
        return pages, ()
    width, height = (f"{side:.4g}" for side in size)
    return pages, (warning("E058", place, width=width, height=height, trim=trim.name),)


def _measured(content: bytes) -> tuple[int, tuple[float, float]]:
    """How many pages a PDF has, and how large the first is as cut, in mm."""
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(content)) as document:
        if not len(document.pages):
            return 0, (0.0, 0.0)
        page = document.pages[0]
        left, bottom, right, top = (float(side) for side in page.trimbox.as_list())
        unit = float(page.obj.get("/UserUnit", 1)) * _MM_PER_PT
        width, height = abs(right - left) * unit, abs(top - bottom) * unit
        turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
        return len(document.pages), (height, width) if turned else (width, height)
