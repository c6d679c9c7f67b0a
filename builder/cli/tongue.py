"""In which language the command line speaks: `--lang`, then BUILDER_LANG, then the system's."""

from collections.abc import Mapping, Sequence

from builder.core.catalogue import LANGUAGES, language_for
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError

_OPTION = "--lang"
_VARIABLE = "BUILDER_LANG"
# What the system says of itself, the strongest first (POSIX, environment variables).
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def tongue(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, list[str]]:
    """The language to speak, and the arguments without the option that asked for it.

    The option may stand anywhere before `--`. A system in another language hears English.
    Raises ConfigError B046 for a language that is not spoken here.
    """
    asked, rest = _asked(arguments)
    if asked is not None:
        return _known(asked, f"{_OPTION} {asked}"), rest
    if wanted := environment.get(_VARIABLE, ""):
        return _known(wanted, _VARIABLE), rest
    system = next(filter(None, map(environment.get, _LOCALE)), "")
    return language_for([system]) or "en", rest


def _asked(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    given = list(arguments)
    end = given.index("--") if "--" in given else len(given)
    for at, argument in enumerate(given[:end]):
        name, equals, value = argument.partition("=")
        if name == _OPTION and equals:
            return value, given[:at] + given[at + 1 :]
        if argument == _OPTION and at + 1 < end:
            return given[at + 1], given[:at] + given[at + 2 :]
    return None, given


def _known(tag: str, place: str) -> str:
    language = language_for([tag])
    if language is None:
        raise ConfigError("B046", location=Location(place), tag=tag, known=", ".join(LANGUAGES))
    return language
