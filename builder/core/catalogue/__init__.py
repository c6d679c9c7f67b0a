"""Every sentence a person reads, in one place a translator can work in.

The folder `en/` beside this file holds one JSON file a room, each mapping keys to sentences
with `{name}` fields. Diagnostics and errors
use their code as key and `CODE.hint` for what to do; other keys are dotted words. JSON,
because it loads in under a millisecond and `builder --help` has to be quick.
"""

import json
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

LANGUAGES = ("en",)
_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(language: str) -> None:
    """Speak `language` from here on; one of `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language}")
    _language.set(language)


def say(key: str, /, **values: object) -> str:
    """The sentence for `key`, filled with `values`.

    A missing hint is an empty string. Any other missing key raises KeyError: a sentence
    without words is a fault of ours, and a test looks for them all.
    """
    sentences = sentences_of(_language.get())
    if key.endswith(".hint") and key not in sentences:
        return ""
    return sentences[key].format_map(values)


@cache
def sentences_of(language: str) -> dict[str, str]:
    """All sentences of one language, by key."""
    sentences: dict[str, str] = {}
    for room in sorted(files(__name__).joinpath(language).iterdir(), key=lambda file: file.name):
        for key, sentence in json.loads(room.read_text(encoding="utf-8")).items():
            if key in sentences:
                raise ValueError(f"{room.name} says {key} a second time")
            sentences[key] = sentence
    return sentences
