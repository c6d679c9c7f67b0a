"""The order of the stages. Everything a build does can be read here from top to bottom.

A build starts from the source every time and ends with whole files: all formats of a book are
made in memory first and written last, so a failure anywhere leaves what stood in `dist/`.
"""

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from builder.core.book import Book
from builder.core.catalogue import say, sentences_of
from builder.core.config import Config, Format, load, with_environment, with_options
from builder.core.diagnostic import Diagnostic, Location, Severity
from builder.core.errors import CheckFailed, ConfigError, SourceError
from builder.core.events import (
    BookStarted,
    DiagnosticFound,
    Event,
    FileWritten,
    Listener,
    StageStarted,
    ignore,
)
from builder.core.files import write_whole
from builder.core.language import TARGETS, Target, target_of
from builder.core.ledger import Ledger
from builder.core.ledger_file import dump, record
from builder.core.manuscript import Manuscript
from builder.core.source import BookSource

if TYPE_CHECKING:
    from builder.normalize import RuleFile
    from builder.structure import PlanFile

# Never the time of day and never a file's time: the same input gives the same bytes.
FIXED_DATE = "2000-01-01T00:00:00Z"
CODE = re.compile("[A-Z][0-9]{3}")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line may say about a build, over what book.toml says.

    `to` is a language tag, `settings` are `table.key=value`. `out` is the folder that gets one
    folder for each book. `strict` fails the build on warnings.
    """

    to: str = ""
    formats: tuple[str, ...] = ()
    out: Path | None = None
    settings: tuple[str, ...] = ()
    strict: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


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
    book, ledger, diagnostics = turn(understood, telling.listen)

    listener(StageStarted("make", 4))
    edition = source.slug if not options.to else f"{source.slug}.{_target_name(config)}"
    folder = _out_folder(options, config) / source.slug
    made: list[tuple[Path, Format, bytes]] = []
    for form in config.output.formats:
        css = _user_css(source, config, form)
        modified = _modified(config, options.environment)
        content, found = _make(book, config, form, modified=modified, css=css)
        _tell(telling.listen, found)
        diagnostics += found
        made.append((folder / f"{edition}.{form}", form, content))
    told = not_ignored(diagnostics, config)
    _require_good(told, config, options)
    files = tuple(_write(path, form, content, listener) for path, form, content in made)
    recorded = record(understood.manuscript, ledger, str(source.root))
    write_whole(folder / f"{edition}.ledger", dump(recorded))
    return BuildResult(source.slug, book, files, ledger, told)


def turn(
    understood: Understood, listener: Listener = ignore
) -> tuple[Book, Ledger, tuple[Diagnostic, ...]]:
    """The book in the script its settings ask for, with its ledger and all findings so far."""
    target = _target(understood.config)
    if target is None:
        return understood.book, understood.ledger, understood.diagnostics
    from builder.convert import convert

    listener(StageStarted("convert", 3))
    converted = convert(understood.book, target)
    _tell(listener, converted.diagnostics)
    ledger = understood.ledger.then(*converted.layers)
    return converted.book, ledger, understood.diagnostics + converted.diagnostics


def settle(path: Path, options: BuildOptions) -> tuple[BookSource, Config]:
    """What `path` is, and the settings that hold for it."""
    from builder.read import discover

    source = discover(path)
    config = Config()
    for settings in (user_settings(options.environment), source.settings):
        config = load(settings, config) if settings else config
    config = with_environment(config, options.environment)
    config = with_options(config, options.settings)
    if options.to:
        config = replace(config, convert=replace(config.convert, to=options.to))
    if options.formats:
        config = with_options(config, [f"output.formats={','.join(options.formats)}"])
    if name := config.output.name:
        if Path(name).name != name:
            raise ConfigError("B023", name=name)
        source = replace(source, slug=name)
    _target(config)
    _require_codes(config, source)
    return source, config


def user_settings(environment: Mapping[str, str]) -> Path | None:
    """The user's own settings file, if there is one."""
    home = environment.get("XDG_CONFIG_HOME") or (
        f"{environment['HOME']}/.config" if environment.get("HOME") else ""
    )
    path = Path(home, "ebook-builder", "config.toml") if home else None
    return path if path and path.is_file() else None


def understand(source: BookSource, config: Config, listener: Listener = ignore) -> Understood:
    """Read, normalize and structure a book."""
    from builder.convert import detect_language
    from builder.normalize import normalize
    from builder.read import read
    from builder.structure import structure

    listener(StageStarted("read", 0))
    reading = read(source, config)
    _tell(listener, reading.diagnostics)
    listener(StageStarted("normalize", 1))
    normalized = normalize(reading.manuscript, config, _rule_files(source, config))
    _tell(listener, normalized.diagnostics)
    listener(StageStarted("structure", 2))
    manuscript = normalized.manuscript
    language = config.book.language or detect_language(manuscript.text)
    contents = _plan_file(source, config)
    structured = structure(manuscript, config, language=language, source=source, contents=contents)
    _tell(listener, structured.diagnostics)
    return Understood(
        source,
        config,
        manuscript,
        structured.book,
        Ledger().then(*manuscript.layers, structured.layer),
        reading.diagnostics + normalized.diagnostics + structured.diagnostics,
    )


def inspect(path: Path, options: BuildOptions | None = None) -> Understood:
    """What `build` would make of the source, without making it."""
    source, config = settle(path, options or BuildOptions())
    return understand(source, config)


def book_of(path: Path, options: BuildOptions) -> Book:
    """The book that `build` would set from the source at `path`."""
    return turn(inspect(path, options))[0]


def books_under(folder: Path) -> tuple[Path, ...]:
    """Every book in a folder of books, sorted by name. Raises SourceError B020 when none."""
    if folder.is_dir():
        found = sorted(
            entry
            for entry in folder.iterdir()
            if not entry.name.startswith((".", "_")) and (entry.is_dir() or entry.suffix)
        )
        if found:
            return tuple(found)
    raise SourceError("B020", location=Location(str(folder)))


def _make(
    book: Book, config: Config, form: Format, *, modified: str, css: str
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """One format of a book, whole, in memory."""
    match form:
        case "epub":
            from builder.compose import compose
            from builder.epub import write_epub

            return write_epub(compose(book, config, modified=modified, user_css=css)), ()
        case "pdf":
            from builder.compose import compose_print
            from builder.press import press

            pressed = press(compose_print(book, config, modified=modified, user_css=css), config)
            return pressed.pdf, pressed.diagnostics
        case _:
            assert_never(form)


def _rule_files(source: BookSource, config: Config) -> "tuple[RuleFile, ...]":
    """The files of [normalize] rules. Raises ConfigError N206 when one cannot be used."""
    from builder.normalize import RuleFile

    return tuple(RuleFile(name, _own_text(source, name, "N206")) for name in config.normalize.rules)


def _plan_file(source: BookSource, config: Config) -> "PlanFile | None":
    """The file of [structure] plan. Raises ConfigError S205 when it cannot be used."""
    from builder.structure import PlanFile

    name = config.structure.plan
    return PlanFile(name, _own_text(source, name, "S205")) if name else None


def _own_text(source: BookSource, name: str, code: str) -> str:
    """The text of a file in the book's folder. Raises ConfigError `code` with the reason."""
    path = (source.root / name).resolve()
    location = Location(str(source.settings or source.path))
    if not path.is_relative_to(source.root.resolve()):
        raise ConfigError(code, location=location, name=name, reason=say("reason.outside"))
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ConfigError(code, location=location, name=name, reason=reason) from problem
    except UnicodeDecodeError as problem:
        reason = say("reason.not_utf_8")
        raise ConfigError(code, location=location, name=name, reason=reason) from problem


def _user_css(source: BookSource, config: Config, form: Format) -> str:
    """The text of the style sheet that [epub] css or [pdf] css names; empty when none is named.

    Raises ConfigError B026 when it is not there, not UTF-8 or outside the book's folder.
    """
    name = config.epub.css if form == "epub" else config.pdf.css
    if not name:
        return ""
    return _own_text(source, name, "B026")


def _write(path: Path, form: Format, content: bytes, listener: Listener) -> BuiltFile:
    write_whole(path, content)
    listener(FileWritten(path, len(content)))
    return BuiltFile(path, form, len(content))


def _out_folder(options: BuildOptions, config: Config) -> Path:
    return options.out or Path(config.output.dir or "dist")


def _target(config: Config) -> Target | None:
    """What the book is converted to; None to leave it. Raises ConfigError B021."""
    if not config.convert.to:
        return None
    target = target_of(config.convert.to)
    if target is None:
        raise ConfigError("B021", tag=config.convert.to, known=", ".join(TARGETS))
    return target


def _target_name(config: Config) -> str:
    target = _target(config)
    return target.name if target else ""


def _modified(config: Config, environment: Mapping[str, str]) -> str:
    """The one date a build may carry, as UTC: SOURCE_DATE_EPOCH, else the book's own."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            moment = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as problem:
            raise ConfigError("B022", value=epoch) from problem
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        day = datetime.fromisoformat(config.book.date)
    except ValueError:
        return FIXED_DATE
    return day.strftime("%Y-%m-%dT00:00:00Z")


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


def _require_codes(config: Config, source: BookSource) -> None:
    """Raise ConfigError B028 when [check] names a code that does not exist."""
    known = {key for key in sentences_of("en") if CODE.fullmatch(key)}
    severities = {str(severity) for severity in Severity}
    names = dict.fromkeys(config.check.fail_on, known | severities)
    names |= {ignored.code: known for ignored in config.check.ignore}
    for name, allowed in names.items():
        if name not in allowed:
            close = difflib.get_close_matches(name, sorted(allowed), n=1, cutoff=0)
            location = Location(str(source.settings or source.path))
            raise ConfigError("B028", location=location, name=name, nearest=close[0])


__all__ = [
    "BuildOptions",
    "BuildResult",
    "BuiltFile",
    "Understood",
    "book_of",
    "books_under",
    "build",
    "inspect",
    "settle",
    "understand",
]
