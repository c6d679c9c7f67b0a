"""Settings: `book.toml` and what stands above and below it.

Every table is a frozen dataclass, every key a field with a default, so the reference page of
the docs, the check for unknown keys and the environment variables all come from the classes.
What a key means is said in the catalogue under `config.TABLE.KEY`.

Precedence, lowest first: defaults, the user's settings, book.toml, `BUILDER_TABLE_KEY`
variables, `--set table.key=value`.
"""

import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.core.book import Creator, Series
from builder.core.catalogue import say
from builder.core.choices import CoverDesign
from builder.core.config_laws import NAMES, Kinsoku, Squeeze, named_as, wanted_instead
from builder.core.devices import DeviceName
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.printers import PRINTERS, PrinterName
from builder.core.toml_lines import key_lines

Format = Literal["epub", "pdf", "kepub", "azw3", "txt", "md"]
Engine = Literal["press", "weasyprint"]
PdfStandard = Literal["pdf/ua-1", "pdf/a-2u"]
Mark = Literal["crop", "registration"]
Colour = Literal["rgb", "grey", "cmyk"]
CoverPage = Literal["auto", "yes", "no"]
Profile = Literal["minimal", "standard", "thorough"]
Level = Literal["part", "volume", "division", "chapter", "section"]
Pinyin = Literal["none", "rare", "all"]
Readings = Literal["pinyin", "zhuyin"]
Split = Literal["none", "volume"]
MailSecurity = Literal["starttls", "tls", "none"]
CoverWriting = Literal["auto", "vertical", "horizontal"]


@dataclass(frozen=True, slots=True)
class BookConfig:
    title: str = ""
    file_as: str = ""
    subtitle: str = ""
    creators: tuple[Creator, ...] = ()
    language: str = ""
    identifier: str = ""
    isbn: str = ""
    price: str = ""
    publisher: str = ""
    date: str = ""
    rights: str = ""
    series: Series | None = None
    description: str = ""
    subjects: tuple[str, ...] = ()
    cover: str = ""


@dataclass(frozen=True, slots=True)
class SourceConfig:
    files: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class NormalizeConfig:
    profile: Profile = "standard"
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingPattern:
    """How a line of one level looks: 第{n}关 {t}, where {n} is a numeral and {t} the title."""

    level: Level
    pattern: str


@dataclass(frozen=True, slots=True)
class StructureConfig:
    plan: str = ""
    patterns: tuple[HeadingPattern, ...] = ()
    exclude: tuple[str, ...] = ()
    max_title: int = 35
    split: Split = "none"


@dataclass(frozen=True, slots=True)
class ConvertConfig:
    to: str = ""
    glossary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypographyConfig:
    vertical: bool = False
    readings: bool = True
    squeeze: Squeeze = "standard"
    hanging: bool = False
    latin_gap: float = 0.25
    kinsoku: Kinsoku = "gb"


@dataclass(frozen=True, slots=True)
class CoverConfig:
    own: bool = True
    design: CoverDesign = "auto"
    colour: str = ""
    writing: CoverWriting = "auto"


@dataclass(frozen=True, slots=True)
class EpubConfig:
    theme: str = "plain"
    css: str = ""
    contents_depth: int = 3
    device: DeviceName | None = None
    pinyin: Pinyin = "none"
    readings: Readings = "pinyin"
    embed_fonts: bool | tuple[str, ...] = False


@dataclass(frozen=True, slots=True)
class PdfConfig:
    css: str = ""
    trim: str = "A5"
    grid: str = ""
    margin: str = ""
    bleed: str = ""
    marks: tuple[Mark, ...] = ()
    colour: Colour | None = None
    printer: PrinterName | None = None
    paper: str = ""
    device: DeviceName | None = None
    cover: CoverPage = "auto"
    engine: Engine = "press"
    variant: tuple[PdfStandard, ...] = ()

    @property
    def ink(self) -> Colour:
        """The colours of the pages: those set, else black where the printer takes no RGB."""
        return self.colour or ("rgb" if self._takes_rgb else "grey")

    @property
    def cover_ink(self) -> Colour:
        """The colours of a cover around the book: those set, else inks where its printer takes no
        RGB.
        """
        return self.colour or ("rgb" if self._takes_rgb else "cmyk")

    @property
    def _takes_rgb(self) -> bool:
        inks = PRINTERS[self.printer].inks if self.printer else ()
        return not inks or "rgb" in inks


@dataclass(frozen=True, slots=True)
class MailConfig:
    host: str = ""
    port: int = 0
    security: MailSecurity = "starttls"
    user: str = ""
    sender: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that does not matter in this book, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckConfig:
    fail_on: tuple[str, ...] = ()
    ignore: tuple[Ignored, ...] = ()


# What is made when nothing says otherwise; a device may then ask for something else.
DEFAULT_FORMATS: tuple[Format, ...] = ("epub", "pdf")


@dataclass(frozen=True, slots=True)
class OutputConfig:
    formats: tuple[Format, ...] = DEFAULT_FORMATS
    dir: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one book."""

    book: BookConfig = field(default_factory=BookConfig)
    source: SourceConfig = field(default_factory=SourceConfig)
    normalize: NormalizeConfig = field(default_factory=NormalizeConfig)
    structure: StructureConfig = field(default_factory=StructureConfig)
    convert: ConvertConfig = field(default_factory=ConvertConfig)
    typography: TypographyConfig = field(default_factory=TypographyConfig)
    cover: CoverConfig = field(default_factory=CoverConfig)
    epub: EpubConfig = field(default_factory=EpubConfig)
    pdf: PdfConfig = field(default_factory=PdfConfig)
    check: CheckConfig = field(default_factory=CheckConfig)
    output: OutputConfig = field(default_factory=OutputConfig)
    mail: MailConfig = field(default_factory=MailConfig)


ENVIRONMENT_PREFIX = "BUILDER_"
# Lists that nearly always have one item, which may stand without brackets.
ONE_OR_MANY = frozenset({"convert.glossary", "epub.embed_fonts", "pdf.marks"})
# Larger than anything that is measured or counted here.
MAX_NUMBER = 10**15
# What tomllib says. Example: Invalid value (at line 3, column 9).
_SYNTAX_PLACE = re.compile(r"\(at line (?P<line>[0-9]+), column (?P<column>[0-9]+)\)")
_TRUTHS = {"true": True, "false": False}


def load(path: Path, base: Config | None = None) -> Config:
    """The settings in the TOML file at `path`, on top of `base`.

    Raises ConfigError: B001 syntax, B002 unknown key, B003 wrong type, B004 unknown table.
    """
    try:
        document = _within_limits(path).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigError("B005", location=Location(str(path)), offset=problem.start) from problem
    except OSError as problem:
        raise ConfigError(
            "B006", location=Location(str(path)), reason=problem.strerror or str(problem)
        ) from problem
    return parse(document, str(path), base or Config())


def _within_limits(path: Path) -> bytes:
    """The file's bytes. Raises ConfigError B006 when they are more than settings have, and OSError."""
    from builder.core.toml_file import MAX_CHARACTERS

    with path.open("rb") as file:
        content = file.read(4 * MAX_CHARACTERS + 1)
    if len(content) > 4 * MAX_CHARACTERS:
        reason = say("toml.long", limit=f"{MAX_CHARACTERS:,}")
        raise ConfigError("B006", location=Location(str(path)), reason=reason)
    return content


def parse(document: str, name: str, base: Config) -> Config:
    """The settings in a TOML document, on top of `base`; `name` is what errors call it."""
    from builder.core.toml_file import tables_in

    try:
        tables = tables_in(document)
    except ValueError as problem:
        raise ConfigError(
            "B001", location=_syntax_location(name, problem), reason=str(problem)
        ) from problem
    lines = key_lines(document)

    def locate(*path: str) -> Location:
        while path and path not in lines:
            path = path[:-1]
        return Location(name, lines.get(path, 0))

    config = base
    for table_name, table in tables.items():
        _require_known(table_name, _names(Config), "B004", locate(table_name))
        if not isinstance(table, dict):
            raise ConfigError(
                "B004", location=locate(table_name), key=table_name, nearest=f"[{table_name}]"
            )
        for key, value in table.items():
            config = _set(config, table_name, key, value, locate(table_name, key))
    return config


def with_environment(config: Config, environment: Mapping[str, str]) -> Config:
    """`config` under the `BUILDER_TABLE_KEY` variables of `environment`, like BUILDER_PDF_TRIM."""
    for variable, value in sorted(environment.items()):
        table, _, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().partition("_")
        if variable.startswith(ENVIRONMENT_PREFIX) and table in _names(Config):
            config = _set_text(config, table, key, value, Location(variable))
    return config


def with_options(config: Config, options: Iterable[str]) -> Config:
    """`config` under `table.key=value` options, as given to `--set`."""
    for option in options:
        location = Location(f"--set {option}")
        path, equals, value = option.partition("=")
        table, dot, key = path.strip().partition(".")
        if not equals or not dot:
            raise ConfigError("B007", location=location)
        _require_known(table, _names(Config), "B004", location)
        config = _set_text(config, table, key, value.strip(), location)
    return config


def _set_text(config: Config, table: str, key: str, text: str, location: Location) -> Config:
    """Set one key from a string: lists are split at commas, numbers and booleans read."""
    table_class = type(getattr(config, table))
    _require_known(key, _names(table_class), "B002", location)
    kind = get_type_hints(table_class)[key]
    kinds = get_args(kind) if get_origin(kind) in {Union, types.UnionType} else (kind,)
    lists = [one for one in kinds if get_origin(one) is tuple]
    value: object = text
    if bool in kinds and text.lower() in _TRUTHS:
        value = _TRUTHS[text.lower()]
    elif lists:
        item = get_args(lists[0])[0]
        parts = parts_of(text)
        value = [{"name": part} for part in parts] if is_dataclass(item) else parts
    elif {int, float} & set(kinds):
        value = _number(text)
    elif any(map(is_dataclass, kinds)):
        value = {"name": text}
    return _set(config, table, key, value, location)


def parts_of(text: str) -> list[str]:
    """A list as `a, b`, or as TOML has it: `["a", "b"]`."""
    if text.startswith("["):
        from builder.core.toml_file import tables_in

        try:
            listed = tables_in(f"list = {text}")["list"]
        except ValueError:
            listed = []
        if listed and all(isinstance(part, str) for part in listed):
            return [str(part) for part in listed]
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


def _set(config: Config, table: str, key: str, value: object, location: Location) -> Config:
    current = getattr(config, table)
    _require_known(key, _names(type(current)), "B002", location)
    kind = get_type_hints(type(current))[key]
    if f"{table}.{key}" in ONE_OR_MANY and isinstance(value, str):
        value = [value] if value else []
    if isinstance(value, str):
        value = named_as(f"{table}.{key}", value)
    checked = _checked(value, kind, f"{table}.{key}", location)
    if wanted := wanted_instead(f"{table}.{key}", checked):
        raise _wrong(f"{table}.{key}", location, _near(f"{table}.{key}", checked, say(wanted)))
    changed = replace(current, **{key: checked})
    return replace(config, **{table: changed})


def _checked(value: object, kind: Any, path: str, location: Location) -> object:
    """`value` as the type `kind` wants it, or ConfigError."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        if bool in arguments and isinstance(value, bool):
            return value
        kind = next(kind for kind in arguments if kind not in {types.NoneType, bool})
        return _checked(value, kind, path, location)
    if origin is Literal:
        if value not in arguments:
            raise _wrong(path, location, _choice(arguments, value))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise _wrong(path, location, say("kind.list", example=_example(arguments[0])))
        return tuple(_checked(item, arguments[0], path, location) for item in value)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(value, kind, path, location)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        # What is larger than any float is wrong too, and is told below.
        value = float(value) if abs(value) <= MAX_NUMBER else value
    if kind is str and path.endswith(".date") and hasattr(value, "isoformat"):
        return str(value.isoformat())
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _wrong(path, location, say(f"kind.{_KIND_NAMES[kind]}"))
    return value


_KIND_NAMES = {str: "text", int: "whole", float: "number", bool: "truth"}


def _record(value: object, kind: type, path: str, location: Location) -> object:
    """An inline table as a dataclass; plain text stands for its name, where it has one."""
    hints = get_type_hints(kind)
    needed = [item.name for item in fields(kind) if item.default is MISSING]
    if isinstance(value, str) and needed == ["name"]:
        value = {"name": value}
    if not isinstance(value, dict) or any(key not in value for key in needed):
        raise _wrong(path, location, "{ " + ", ".join(f'{key} = "…"' for key in needed) + " }")
    for key in value:
        _require_known(key, tuple(hints), "B002", location)
    return kind(
        **{
            key: _checked(item, hints[key], f"{path}.{key}", location)
            for key, item in value.items()
        }
    )


def _wrong(path: str, location: Location, wanted: str) -> ConfigError:
    return ConfigError("B003", location=location, key=path, wanted=wanted)


def _choice(choices: tuple[object, ...], value: object) -> str:
    names = [str(choice) for choice in choices]
    close = _close(str(value), names)
    known = ", ".join(names)
    return (
        say("kind.choice", nearest=close[0], known=known) if close else say("kind.one", known=known)
    )


def _near(path: str, value: object, wanted: str) -> str:
    """What a setting wants, after the name that `value` may have meant."""
    close = _close(str(value), NAMES.get(path, ()))
    return say("kind.near", nearest=close[0], wanted=wanted) if close else wanted


def _close(name: str, known: Iterable[str], cutoff: float = 0.6) -> list[str]:
    """The known name that is most like `name`, if one is."""
    import difflib

    return difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)


def _example(kind: object) -> str:
    return "[{ … }]" if is_dataclass(kind) else '["…", "…"]'


def _require_known(name: str, known: tuple[str, ...], code: str, location: Location) -> None:
    if name not in known:
        close = _close(name, known, cutoff=0.5)
        nearest = close[0] if close else ", ".join(known)
        raise ConfigError(code, location=location, key=name, nearest=nearest)


def _names(table: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(table))


def _syntax_location(name: str, problem: ValueError) -> Location:
    # Python 3.14 has lineno and colno; before that they are only in the message.
    if place := _SYNTAX_PLACE.search(str(problem)):
        return Location(name, int(place["line"]), int(place["column"]))
    return Location(name)
