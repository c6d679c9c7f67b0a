"""The order of the stages. Everything a build does can be read here from top to bottom.

A build starts from the source every time and ends with whole files: all formats of a book are
made in memory first and written last, so a failure anywhere leaves what stood in `dist/`.
"""

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Book
from builder.core.collector import paused_collector
from builder.core.config import Config, Format
from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import CheckFailed, SourceError, WriteError
from builder.core.events import (
    BookStarted,
    DiagnosticFound,
    Event,
    FileWritten,
    Listener,
    StageStarted,
    ignore,
)
from builder.core.files import write_together
from builder.core.language import is_traditional, target_of
from builder.core.ledger import Ledger
from builder.core.ledger_file import dump, record
from builder.core.manuscript import Manuscript
from builder.core.source import BookSource
from builder.doubts import NO_DOUBTS, report_of
from builder.making import MadeFile, make
from builder.own_styles import own_styles
from builder.safekeeping import keep_out, spare_source
from builder.settings import (
    BuildOptions,
    edition_name,
    font_files,
    glossary_files,
    modified_date,
    out_folder,
    plan_file,
    rule_files,
    rule_place,
    settle,
    target_in,
)

if TYPE_CHECKING:
    from builder.convert import Converted

# What a volume's file is called. Example: 水账.02 and 水账.zh-Hant.02; counter-example: 水账.
VOLUME_NUMBER = re.compile(r".*\.(?P<number>[0-9]{2,4})")


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A finished file."""

    path: Path
    format: Format
    size_bytes: int


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of one book."""

    slug: str
    book: Book
    files: tuple[BuiltFile, ...]
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]
    # What is in doubt after a conversion, to be edited; None when nothing is.
    conversion_report: Path | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A book as the source has it, before any conversion."""

    source: BookSource
    config: Config
    manuscript: Manuscript
    book: Book
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]


def build(
    path: Path, options: BuildOptions | None = None, listener: Listener = ignore
) -> BuildResult:
    """Build the book at `path` and write its files, the ledger beside them.

    Raises BuilderError; then nothing was written.
    """
    options = options or BuildOptions()
    source, config = settle(path, options)
    listener(BookStarted(source.slug, stages=5))
    telling = _Telling(listener, config)
    understood = understand(source, config, telling.listen)
    book, ledger, diagnostics = understood.book, understood.ledger, understood.diagnostics
    converted = converted_of(understood, telling.listen)
    if converted:
        book, ledger = converted.book, ledger.then(*converted.layers)
        diagnostics += converted.diagnostics

    book = _shelved(_as_edition(book, understood, options), config)
    listener(StageStarted("make", 4))
    edition = edition_name(source, config, options)
    folder = out_folder(options, config) / source.slug
    modified = modified_date(config, options.environment)
    fonts = font_files(source, config)
    made: list[tuple[Path, MadeFile]] = []
    for name, part in _parts(book, config, edition):
        finished = make(
            part,
            config,
            modified=modified,
            css=partial(own_styles, source, config),
            name=name,
            named=understood.book.metadata,
            fonts=fonts,
        )
        _tell(telling.listen, finished.diagnostics)
        diagnostics += finished.diagnostics
        for file in finished.files:
            path = folder / f"{name}.{file.suffix}"
            if path in options.taken:
                raise WriteError("B042", location=Location(str(path)))
            spare_source(path, source, config)
            if file.form in {"txt", "md"}:
                keep_out(path, source, config)
            made.append((path, file))
    doubts = report_of(converted, folder / f"{edition}.conversion.tsv") if converted else NO_DOUBTS
    _tell(telling.listen, doubts.diagnostics)
    told = not_ignored(diagnostics + doubts.diagnostics, config)
    _require_good(told, config, options)
    recorded = record(understood.manuscript, ledger, str(source.root))
    beside = [(folder / f"{edition}.ledger", dump(recorded))]
    if doubts.path and doubts.content:
        beside.append((doubts.path, doubts.content))
    write_together([*((path, file.content) for path, file in made), *beside])
    files = tuple(_told(path, file, listener) for path, file in made)
    return BuildResult(source.slug, book, files, ledger, told, doubts.path)


def _as_edition(book: Book, understood: Understood, options: BuildOptions) -> Book:
    """`book` under an identifier of its own when it is another edition than the one named.

    An identifier that is given names what the settings make of the source. What the command
    line makes beside it is another book to a reading system, and so is a conversion of an EPUB
    that brought its identifier along.
    """
    from builder.compose.identity import identifier_of_edition

    metadata, config = book.metadata, understood.config
    is_vertical = config.typography.vertical
    is_other = is_vertical or metadata.language != understood.book.metadata.language
    is_named_so = bool(config.book.identifier) and not (options.to or options.vertical)
    if not metadata.identifier or not is_other or is_named_so:
        return book
    identifier = identifier_of_edition(metadata, is_vertical=is_vertical)
    return replace(book, metadata=replace(metadata, identifier=identifier))


def _shelved(book: Book, config: Config) -> Book:
    """The book with the forms in which shelves sort its title and names; a PDF has no place for
    them.
    """
    if set(config.output.formats) == {"pdf"}:
        return book
    from builder.convert import simplified
    from builder.pinyin import with_sort_forms

    simplify = simplified if is_traditional(book.metadata.language) else list
    return replace(book, metadata=with_sort_forms(book.metadata, simplify))


def _parts(book: Book, config: Config, edition: str) -> list[tuple[str, Book]]:
    """What is made of a book: itself, or with [structure] split its volumes, numbered."""
    if config.structure.split == "none":
        return [(edition, book)]
    from builder.structure import split_volumes

    volumes = split_volumes(book)
    if len(volumes) == 1:
        return [(edition, book)]
    return [(f"{edition}.{number:02}", volume) for number, volume in enumerate(volumes, 1)]


def turn(
    understood: Understood, listener: Listener = ignore
) -> tuple[Book, Ledger, tuple[Diagnostic, ...]]:
    """The book in the script its settings ask for, with its ledger and all findings so far."""
    converted = converted_of(understood, listener)
    if converted is None:
        return understood.book, understood.ledger, understood.diagnostics
    ledger = understood.ledger.then(*converted.layers)
    return converted.book, ledger, understood.diagnostics + converted.diagnostics


def converted_of(understood: Understood, listener: Listener = ignore) -> "Converted | None":
    """The book's conversion; None when its settings ask for none."""
    target = target_in(understood.config)
    if target is None:
        return None
    from builder.convert import convert

    listener(StageStarted("convert", 3))
    glossaries = glossary_files(understood.source, understood.config)
    converted = convert(understood.book, target, *glossaries)
    _tell(listener, converted.diagnostics)
    return converted


def understand(source: BookSource, config: Config, listener: Listener = ignore) -> Understood:
    """Read, normalize and structure a book."""
    with paused_collector():
        return _understand(source, config, listener)


def _understand(source: BookSource, config: Config, listener: Listener) -> Understood:
    from builder.convert import detect_language
    from builder.normalize import normalize
    from builder.read import read
    from builder.structure import structure

    listener(StageStarted("read", 0))
    reading = read(source, config)
    _tell(listener, reading.diagnostics)
    listener(StageStarted("normalize", 1))
    normalized = normalize(
        reading.manuscript,
        config,
        rule_files(source, config),
        place=partial(rule_place, source),
    )
    _tell(listener, normalized.diagnostics)
    listener(StageStarted("structure", 2))
    manuscript = normalized.manuscript
    language = config.book.language or _language(manuscript, detect_language(manuscript.text))
    contents = plan_file(source, config)
    structured = structure(manuscript, config, language=language, source=source, contents=contents)
    _tell(listener, structured.diagnostics)
    book, ledger = structured.book, Ledger().then(*manuscript.layers, structured.layer)
    if config.typography.readings:
        book, ledger = _with_own_readings(book, ledger, manuscript.text)
    return Understood(
        source,
        config,
        manuscript,
        book,
        ledger,
        reading.diagnostics + normalized.diagnostics + structured.diagnostics,
    )


def _with_own_readings(book: Book, ledger: Ledger, text: str) -> tuple[Book, Ledger]:
    """The book with the readings that its text gives in brackets, 汉字（hànzì）, as readings."""
    from builder.pinyin import find_readings, may_have_readings

    if not may_have_readings(text):
        return book, ledger
    found = find_readings(book)
    return (found.book, ledger.then(found.layer)) if len(found.layer) else (book, ledger)


def _language(manuscript: Manuscript, detected: str) -> str:
    """What a book that is set anew says of its language, where its text bears it out."""
    said = target_of(dict(manuscript.hints).get("language", ""))
    found = target_of(detected)
    return said.tag if said and found and said.script == found.script else detected


def inspect(path: Path, options: BuildOptions | None = None) -> Understood:
    """What `build` would make of the source, without making it."""
    source, config = settle(path, options or BuildOptions())
    return understand(source, config)


def books_of(understood: Understood) -> tuple[Book, ...]:
    """The books that `build` would set: one, or with [structure] split its volumes in order."""
    book = turn(understood)[0]
    return tuple(part for _, part in _parts(book, understood.config, ""))


def volume_in(path: Path, books: tuple[Book, ...]) -> Book | None:
    """Which of the `books` the finished file at `path` holds: its name tells the volume."""
    if len(books) < 2:
        return books[0] if books else None
    named = VOLUME_NUMBER.fullmatch(path.stem.removesuffix(".kepub"))
    if named is None or not 0 < int(named["number"]) <= len(books):
        raise SourceError("B040", location=Location(str(path)), count=len(books))
    return books[int(named["number"]) - 1]


def books_under(folder: Path) -> tuple[Path, ...]:
    """Every book in a folder of books, sorted by name. Raises SourceError B020 when none."""
    from builder.read import is_book_beside_others

    if folder.is_dir():
        found = sorted(filter(is_book_beside_others, folder.iterdir()))
        if found:
            return tuple(found)
    raise SourceError("B020", location=Location(str(folder)))


def _told(path: Path, file: MadeFile, listener: Listener) -> BuiltFile:
    size = len(file.content)
    listener(FileWritten(path, size))
    return BuiltFile(path, file.form, size)


def _tell(listener: Listener, diagnostics: tuple[Diagnostic, ...]) -> None:
    for diagnostic in diagnostics:
        listener(DiagnosticFound(diagnostic))


class _Telling:
    """Passes events on, without the findings that the book's settings ignore."""

    def __init__(self, listener: Listener, config: Config) -> None:
        self._listener = listener
        self._ignored = {ignored.code for ignored in config.check.ignore}

    def listen(self, event: Event) -> None:
        if not (isinstance(event, DiagnosticFound) and event.diagnostic.code in self._ignored):
            self._listener(event)


def not_ignored(diagnostics: tuple[Diagnostic, ...], config: Config) -> tuple[Diagnostic, ...]:
    """The findings without those that [check] ignore names."""
    ignored = {entry.code for entry in config.check.ignore}
    return tuple(item for item in diagnostics if item.code not in ignored)


def _require_good(
    diagnostics: tuple[Diagnostic, ...], config: Config, options: BuildOptions
) -> None:
    """Raise CheckFailed B027 when a finding is one that fails the build."""
    fatal = {*config.check.fail_on, "error", *(["warning"] if options.strict else [])}
    bad = [item for item in diagnostics if item.code in fatal or str(item.severity) in fatal]
    if bad:
        codes = ", ".join(sorted({item.code for item in bad}))
        raise CheckFailed("B027", count=len(bad), codes=codes)


__all__ = [
    "BuildOptions",
    "BuildResult",
    "BuiltFile",
    "Understood",
    "books_of",
    "books_under",
    "build",
    "converted_of",
    "inspect",
    "keep_out",
    "not_ignored",
    "settle",
    "spare_source",
    "understand",
    "volume_in",
]
