"""What holds for a book: its settings from all their sources, and the files they name.

`settle` puts together what the defaults, the user's settings, book.toml, the environment and
the command line say, lowest first. The files that settings name are read from inside the
book's folder only.
"""

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.catalogue import say, sentences_of
from builder.core.config import Config, Format, load, with_environment, with_options
from builder.core.diagnostic import Location, Severity
from builder.core.errors import ConfigError
from builder.core.language import TARGETS, Target, target_of
from builder.core.source import BookSource
from builder.core.toml_lines import key_lines

if TYPE_CHECKING:
    from builder.convert import GlossaryFile
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
    target_in(config)
    _require_codes(config, source)
    return source, config


def user_settings(environment: Mapping[str, str]) -> Path | None:
    """The user's own settings file, if there is one."""
    home = environment.get("XDG_CONFIG_HOME") or (
        f"{environment['HOME']}/.config" if environment.get("HOME") else ""
    )
    path = Path(home, "ebook-builder", "config.toml") if home else None
    return path if path and path.is_file() else None


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

    return tuple(RuleFile(name, _own_text(source, name, "N206")) for name in config.normalize.rules)


def rule_place(source: BookSource, key: str, code: str) -> Location:
    """Where book.toml names a rule under `[normalize] key`; the key when it came from elsewhere."""
    lines: list[str] = []
    if source.settings is not None:
        try:
            lines = source.settings.read_bytes().decode("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            lines = []
    first = key_lines("\n".join(lines)).get(("normalize", key), len(lines) + 1)
    named = re.compile(rf"""["']{re.escape(code)}["']""")
    for number, line in enumerate(lines[first - 1 :], first):
        if named.search(line):
            return Location(str(source.settings), number)
    return Location(f"[normalize] {key}")


def plan_file(source: BookSource, config: Config) -> "PlanFile | None":
    """The file of [structure] plan. Raises ConfigError S205 when it cannot be used."""
    from builder.structure import PlanFile

    name = config.structure.plan
    return PlanFile(name, _own_text(source, name, "S205")) if name else None


def glossary_file(source: BookSource, config: Config) -> "GlossaryFile | None":
    """The file of [convert] glossary. Raises ConfigError C201 when it cannot be used."""
    from builder.convert import GlossaryFile

    name = config.convert.glossary
    return GlossaryFile(name, _own_text(source, name, "C201")) if name else None


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


def user_css(source: BookSource, config: Config, form: Format) -> str:
    """The text of the style sheet that [epub] css or [pdf] css names; empty when none is named.

    Raises ConfigError B026 when it is not there, not UTF-8 or outside the book's folder.
    """
    name = config.epub.css if form == "epub" else config.pdf.css
    if not name:
        return ""
    return _own_text(source, name, "B026")


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
