"""Every sentence a person reads, in one place a translator can work in.

Beside this file each language has a folder with one JSON file a room, mapping keys to sentences
with `{name}` fields; `any` holds what is the same in all. Diagnostics and errors use their code
as key and `CODE.hint` for what to do; other keys are dotted words. JSON, because it loads in
under a millisecond and `builder --help` has to be quick.

English and Simplified Chinese are written; Traditional Chinese is converted from the latter by
`scripts/translations.py`.
"""

import json
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from builder.core.shown import in_one_line

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_SHARED = "any"
_FOLDER = Path(__file__).parent
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(language: str) -> None:
    """Speak `language` from here on; one of `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language}")
    _language.set(language)


def spoken() -> str:
    """The language that is spoken here; one of `LANGUAGES`."""
    return _language.get()


def language_for(tags: Iterable[str]) -> str | None:
    """The first language among `tags` that is spoken here: tags as in BCP 47, or locale names.

    Examples: zh-CN, zh_TW.UTF-8, zh-Hant-HK, en_US, C; counter-example: fr.
    """
    for tag in tags:
        main, *rest = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower().split("-")
        if main == "zh":
            return "zh-Hant" if _TRADITIONAL & set(rest) and "hans" not in rest else "zh-Hans"
        if main in {"en", "c", "posix"}:
            return "en"
    return None


def say(key: str, /, **values: object) -> str:
    """The sentence for `key`, filled with `values`; a name among them cannot begin a line.

    A missing hint is an empty string, and what is not translated is said in English. Any other
    missing key raises KeyError: a sentence without words is a fault of ours, and tests look for
    them all.
    """
    sentences = sentences_of(_language.get())
    if key not in sentences:
        sentences = sentences_of(LANGUAGES[0])
        if key.endswith(".hint") and key not in sentences:
            return ""
    return sentences[key].format_map({name: _fit(value) for name, value in values.items()})


def _fit(value: object) -> object:
    return in_one_line(str(value)) if isinstance(value, str | Path) else value


@cache
def sentences_of(language: str) -> dict[str, str]:
    """All sentences of one language, by key."""
    sentences: dict[str, str] = {}
    rooms = [*(_FOLDER / _SHARED).iterdir(), *(_FOLDER / language).iterdir()]
    for room in sorted(rooms, key=lambda file: file.name):
        for key, sentence in json.loads(room.read_text(encoding="utf-8")).items():
            if key in sentences:
                raise ValueError(f"{room.name} says {key} a second time")
            sentences[key] = sentence
    return sentences
