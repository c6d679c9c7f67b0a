"""What holds for a book: its settings from all their sources, and the files they name.

`settle` puts together what the defaults, the user's settings, book.toml, the environment and
the command line say, lowest first. The files that settings name are read from inside the
book's folder only.
"""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Series
from builder.core.catalogue import say, sentences_of
from builder.core.config import (
    DEFAULT_FORMATS,
    Config,
    PdfConfig,
    load,
    parts_of,
    with_environment,
    with_options,
)
from builder.core.devices import DEVICE_NAMES, DEVICES, Device
from builder.core.diagnostic import Location, Severity
from builder.core.errors import ConfigError
from builder.core.files import content_of
from builder.core.language import TARGETS, Target, target_of
from builder.core.printers import PRINTER_NAMES, Printer, printer_named
from builder.core.source import BookSource
from builder.core.toml_lines import key_lines
from builder.core.trims import length_mm

if TYPE_CHECKING:
    from builder.check import Printing
    from builder.convert import GlossaryFile
    from builder.normalize import RuleFile
    from builder.structure import PlanFile

# Never the time of day and never a file's time: the same input gives the same bytes.
FIXED_DATE = "2000-01-01T00:00:00Z"
CODE = re.compile("[A-Z][0-9]{3}")
# A name that no system takes for another place or for a device, and that steers no terminal.
# Example: 水账.v2. Counter-example: .., a/b, a., CON.
FILE_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z))"
    r"[^/\\\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?<![\s.])",
    re.IGNORECASE,
)
MAX_NAME_BYTES = 200  # of 255, for the edition's name and the ending
# Example: "S101", 'a'. Counter-example: "a.
_STRING = re.compile(r"""\"([^\"]*+)\"|'([^']*+)'""")
# Settings that name files: given to --set, they are looked for from where the user stands.
FILE_KEYS = frozenset((
    "book.cover", "structure.plan", "normalize.rules", "convert.glossary", "epub.css",
    "epub.embed_fonts", "epub.theme", "pdf.css",
))  # fmt: skip
PAPER_KEYS = frozenset({"pdf.trim", "pdf.bleed", "pdf.marks", "pdf.printer"})
FILE_LISTS = frozenset({"normalize.rules", "convert.glossary", "epub.embed_fonts"})
# The theme that is made for columns, and so asks for them.
VERTICAL_THEME = "vertical"
# What only `builder inspect` looks for.
INSPECTION = "I"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line may say about a build, over what book.toml says.

    `to` is a language tag, `settings` are `table.key=value`. `out` is the folder that gets one
    folder for each book. `strict` fails the build on warnings. `vertical` asks for an edition in
    columns, `device` one for an e-reader, `printer` a PDF for who prints it, `pinyin` one with
    readings. `taken` are files that earlier books of the same run have made. `series` is what the
    other books of the shelf say, where the book says nothing.
    """

    to: str = ""
    formats: tuple[str, ...] = ()
    out: Path | None = None
    settings: tuple[str, ...] = ()
    strict: bool = False
    vertical: bool = False
    device: str = ""
    printer: str = ""
    pinyin: str = ""
    taken: frozenset[Path] = frozenset()
    series: Series | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


def settle(path: Path, options: BuildOptions) -> tuple[BookSource, Config]:
    """What `path` is, and the settings that hold for it."""
    from builder.read import discover

    source = discover(path)
    if options.series:
        source = replace(source, series=options.series)
    config = Config()
    if shelf := user_settings(options.environment):
        config = load(shelf, config)
    shared = _shared_glossaries(shelf, config)
    config = replace(config, convert=replace(config.convert, glossary=()))
    if source.settings:
        config = _without_mail(load(source.settings, config), config, source.settings)
    config = with_environment(config, options.environment)
    config = with_options(config, options.settings)
    if options.to:
        config = replace(config, convert=replace(config.convert, to=options.to))
    if options.formats:
        config = with_options(config, [f"output.formats={','.join(options.formats)}"])
    if options.vertical or config.epub.theme == VERTICAL_THEME:
        config = replace(config, typography=replace(config.typography, vertical=True))
    if options.pinyin:
        config = with_options(config, [f"epub.pinyin={options.pinyin}"])
    config = _for_printer(_for_device(config, options), options)
    _require_pages(config, source)
    if name := config.output.name:
        if not FILE_NAME.fullmatch(name) or len(name.encode("utf-8", "replace")) > MAX_NAME_BYTES:
            raise ConfigError("B023", name=name)
        source = replace(source, slug=name)
    glossary = (*shared, *config.convert.glossary)
    config = replace(config, convert=replace(config.convert, glossary=glossary))
    named = {("convert.glossary", name) for name in shared}
    source = replace(source, named=files_in(options.settings) | named)
    if not config.output.formats:
        place = Location("[output] formats")
        raise ConfigError("B003", location=place, key="output.formats", wanted='["epub", "pdf"]')
    target_in(config)
    _require_codes(config, source)
    return source, config


def _without_mail(config: Config, before: Config, settings: Path) -> Config:
    """`config`, unless a book set where mail goes: then ConfigError B048. Books come from
    strangers, and the password would go there too.
    """
    if config.mail != before.mail:
        line = key_lines(settings.read_bytes().decode("utf-8-sig")).get(("mail",), 0)
        raise ConfigError("B048", location=Location(str(settings), line))
    return config


def _for_device(config: Config, options: BuildOptions) -> Config:
    """`config` for the device it names, whose own format is made when no other is asked for."""
    if options.device:
        name = device_named(options.device).name
        config = replace(config, epub=replace(config.epub, device=name))
        # What book.toml says of paper gives way to what the command line says of a screen; paper
        # that the command line asks for beside it does not: then only the EPUB is for the device.
        if PAPER_KEYS.isdisjoint(one.partition("=")[0].strip() for one in options.settings):
            pages = replace(config.pdf, device=name, printer=None, bleed="", marks=())
            config = replace(config, pdf=pages)
    # The very tuple: who asks for these formats by name gets them.
    if config.epub.device and config.output.formats is DEFAULT_FORMATS:
        formats = (DEVICES[config.epub.device].software.book_format,)
        config = replace(config, output=replace(config.output, formats=formats))
    return config


def _for_printer(config: Config, options: BuildOptions) -> Config:
    """`config` for the printer it names, who gets a PDF and nothing else when no format is named.

    Raises ConfigError B003 for an unknown printer.
    """
    if options.printer:
        if not options.device:
            config = replace(config, pdf=replace(config.pdf, device=None))
        config = with_options(config, [f"pdf.printer={options.printer}"])
        if config.output.formats is DEFAULT_FORMATS:
            config = replace(config, output=replace(config.output, formats=("pdf",)))
    return config


def _require_pages(config: Config, source: BookSource) -> None:
    """Raise ConfigError when [pdf] asks for pages that are paper and a screen (P031), or that
    have no room for text (P030), where it says so.
    """
    pages, plain = config.pdf, PdfConfig()
    paper = (("printer", pages.printer), ("bleed", pages.bleed), ("marks", pages.marks))
    asked = [name for name, value in paper if value]
    if pages.device and asked:
        place = _place(source, "pdf", "device", pages.device)
        raise ConfigError("P031", location=place, device=pages.device, asked=asked[0])
    sizes = [
        key for key in ("grid", "margin", "trim") if getattr(pages, key) != getattr(plain, key)
    ]
    if sizes and "pdf" in config.output.formats:
        from builder.compose import layouts_of

        try:
            layouts_of(config)(0)
        except ConfigError as refusal:
            told = refusal.diagnostic
            place = _place(source, "pdf", sizes[0], getattr(pages, sizes[0]))
            raise ConfigError(told.code, location=place, **dict(told.values)) from refusal


def device_named(name: str) -> Device:
    """The device that the command line names. Raises ConfigError B060."""
    if name not in DEVICES:
        close = difflib.get_close_matches(name, DEVICE_NAMES, n=1, cutoff=0)
        known = ", ".join(DEVICE_NAMES)
        raise ConfigError("B060", name=name, nearest=close[0], known=known)
    return DEVICES[name]


def printer_asked(name: str) -> Printer:
    """The printer that the command line names. Raises ConfigError B062."""
    printer = printer_named(name)
    if printer is None:
        close = difflib.get_close_matches(name, PRINTER_NAMES, n=1, cutoff=0)
        raise ConfigError("B062", name=name, nearest=close[0], known=", ".join(PRINTER_NAMES))
    return printer


def printing_asked(
    printer: str, *, paper: str, cover_of: Path | None, bound: str
) -> "Printing | None":
    """What the command line says of a book to be printed; None when it names no printer.

    Raises ConfigError B062 for an unknown printer, B063 for what needs one, B064 for a paper or a
    side that there is none of.
    """
    from builder.check import Printing

    if not printer:
        for option, given in (("--paper", paper), ("--cover-of", cover_of), ("--bound", bound)):
            if given:
                raise ConfigError("B063", option=option)
        return None
    known = printer_asked(printer)
    papers = dict.fromkeys((*known.papers, *known.pages))
    if paper and paper not in papers and not length_mm(paper):
        wanted = ", ".join((*papers, "0.1mm"))
        raise ConfigError("B064", option="--paper", given=paper, wanted=wanted)
    if bound not in {"", "left", "right"}:
        raise ConfigError("B064", option="--bound", given=bound, wanted="left, right")
    is_right_bound = bound == "right" if bound else None
    return Printing(known, paper, cover_of, is_right_bound=is_right_bound)


def files_in(settings: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The files that `table.key=value` settings of the command line name, each with its key."""
    pairs = (setting.partition("=") for setting in settings)
    return frozenset(
        (key.strip(), name.strip())
        for key, _, names in pairs
        if key.strip() in FILE_KEYS
        for name in (parts_of(names.strip()) if key.strip() in FILE_LISTS else [names])
    )


def user_settings(environment: Mapping[str, str]) -> Path | None:
    """The user's own settings file, if there is one."""
    home = environment.get("XDG_CONFIG_HOME") or (
        f"{environment['HOME']}/.config" if environment.get("HOME") else ""
    )
    path = Path(home, "ebook-builder", "config.toml") if home else None
    # os.path, because a folder that may not be entered, such as root's under sudo, is no error.
    return path if path and os.path.isfile(path) else None  # noqa: PTH113  (see above)


def state_folder(environment: Mapping[str, str]) -> Path | None:
    """Where the studio, the shelf and copies of readers' lists keep what lasts (XDG base
    directories); None for nowhere.
    """
    home = environment.get("XDG_STATE_HOME") or (
        f"{environment['HOME']}/.local/state" if environment.get("HOME") else ""
    )
    return Path(home, "ebook-builder") if home else None


def _shared_glossaries(settings: Path | None, config: Config) -> tuple[str, ...]:
    """The glossaries of the user's own settings, which hold for every book and may lie anywhere.

    Their names are relative to the folder of the settings.
    """
    if settings is None:
        return ()
    names = config.convert.glossary
    return tuple(str(settings.parent / Path(name).expanduser()) for name in names)


def out_folder(options: BuildOptions, config: Config) -> Path:
    return options.out or Path(config.output.dir or "dist")


def target_in(config: Config) -> Target | None:
    """What the book is converted to; None to leave it. Raises ConfigError B021."""
    if not config.convert.to:
        return None
    target = target_of(config.convert.to)
    if target is None:
        raise ConfigError("B021", tag=config.convert.to, known=", ".join(TARGETS))
    return target


def edition_name(source: BookSource, config: Config, options: BuildOptions) -> str:
    """What the files are called: the book, and how this edition differs: 水账.zh-Hant.vertical.kobo."""
    asked = (
        (options.to, target_name(config)),
        (options.vertical, "vertical"),
        (options.pinyin not in {"", "none"}, "pinyin"),
        (options.device, options.device),
        (options.printer, config.pdf.printer or ""),
    )
    return ".".join((source.slug, *(name for is_asked, name in asked if is_asked)))


def target_name(config: Config) -> str:
    target = target_in(config)
    return target.name if target else ""


def modified_date(config: Config, environment: Mapping[str, str]) -> str:
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


def rule_files(source: BookSource, config: Config) -> "tuple[RuleFile, ...]":
    """The files of [normalize] rules. Raises ConfigError N206 when one cannot be used."""
    from builder.normalize import RuleFile

    return tuple(
        RuleFile(name, own_text(source, "normalize.rules", name, code="N206"))
        for name in config.normalize.rules
    )


def rule_place(source: BookSource, key: str, code: str) -> Location:
    """Where book.toml names a rule under `[normalize] key`; the key when it came from elsewhere."""
    return _place(source, "normalize", key, code)


def _place(source: BookSource, table: str, key: str, word: str) -> Location:
    """Where book.toml says `word` under `[table] key`; the key when it came from elsewhere."""
    said: Mapping[str, int] = {}
    if source.settings is not None:
        try:
            about = source.settings.stat()
            said = _said(source.settings, about.st_mtime_ns, about.st_size, table, key)
        except (OSError, UnicodeDecodeError):
            said = {}
    if word in said:
        return Location(str(source.settings), said[word])
    return Location(f"[{table}] {key}")


@lru_cache(maxsize=8)
def _said(
    settings: Path, changed_ns: int, size_bytes: int, table: str, key: str
) -> Mapping[str, int]:
    """The lines of a settings file in which strings stand from a key on, each where it is first.

    One file is asked about thousands of words; when it was changed tells that it is the same.
    """
    del changed_ns, size_bytes
    lines = content_of(settings).decode("utf-8-sig").splitlines()
    first = key_lines("\n".join(lines)).get((table, key), len(lines) + 1)
    found: dict[str, int] = {}
    for number, line in enumerate(lines[first - 1 :], first):
        for string in _STRING.finditer(line):
            found.setdefault(string[1] or string[2] or "", number)
    return found


def plan_file(source: BookSource, config: Config) -> "PlanFile | None":
    """The file of [structure] plan. Raises ConfigError S205 when it cannot be used."""
    from builder.structure import PlanFile

    name = config.structure.plan
    if not name:
        return None
    return PlanFile(name, own_text(source, "structure.plan", name, code="S205"))


def glossary_files(source: BookSource, config: Config) -> "tuple[GlossaryFile, ...]":
    """The files of [convert] glossary, the user's shared ones first.

    Raises ConfigError C201 when one cannot be used.
    """
    from builder.convert import GlossaryFile

    return tuple(
        GlossaryFile(name, own_text(source, "convert.glossary", name, code="C201"))
        for name in config.convert.glossary
    )


def own_text(source: BookSource, key: str, name: str, *, code: str) -> str:
    """The text of the file that the setting `key` names. Raises ConfigError `code` and why."""
    path = source.locate(key, name)
    is_given = (key, name) in source.named
    location = Location(f"--set {key}={name}" if is_given else str(source.settings or source.path))
    if path is None:
        raise ConfigError(code, location=location, name=name, reason=say("reason.outside"))
    try:
        return content_of(path).decode("utf-8-sig")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ConfigError(code, location=location, name=name, reason=reason) from problem
    except UnicodeDecodeError as problem:
        reason = say("reason.not_utf_8")
        raise ConfigError(code, location=location, name=name, reason=reason) from problem


def font_files(source: BookSource, config: Config) -> dict[str, Path]:
    """Where the font files lie that [epub] embed_fonts names.

    Raises ConfigError F006 when one is not there or outside the book's folder.
    """
    from builder.fonts import is_font_file

    listed = config.epub.embed_fonts
    names = () if isinstance(listed, bool) else filter(is_font_file, listed)
    found: dict[str, Path] = {}
    for name in names:
        path = source.locate("epub.embed_fonts", name)
        if path is None or not path.is_file():
            key = "reason.outside" if path is None else "reason.missing"
            place = _place(source, "epub", "embed_fonts", name)
            raise ConfigError("F006", location=place, name=name, reason=say(key))
        found[name] = path
    return found


def _require_codes(config: Config, source: BookSource) -> None:
    """Raise ConfigError when [check] names a code that does not exist (B028) or that no build
    looks for (B038), or ignores one without a reason (B029).
    """
    known = {key for key in sentences_of("en") if CODE.fullmatch(key)}
    for ignored in config.check.ignore:
        place = _place(source, "check", "ignore", ignored.code)
        _require_known(ignored.code, known, place)
        if not ignored.reason.strip():
            raise ConfigError("B029", location=place, name=ignored.code)
    known |= {str(severity) for severity in Severity}
    for name in config.check.fail_on:
        place = _place(source, "check", "fail_on", name)
        _require_known(name, known, place)
        if name.startswith(INSPECTION):
            raise ConfigError("B038", location=place, name=name)


def _require_known(name: str, known: set[str], place: Location) -> None:
    if name not in known:
        close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0)
        raise ConfigError("B028", location=place, name=name, nearest=close[0])
