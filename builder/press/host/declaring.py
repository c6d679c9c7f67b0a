"""What a declaration of a style sheet comes to: the properties that WeasyPrint makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from weasyprint.css.properties import INHERITED, INITIAL_VALUES
from weasyprint.css.validation import preprocess_declarations

from builder.press.host.hearing import listening
from builder.press.host.styles import content_of


@dataclass(frozen=True, slots=True)
class Longhand:
    """A property: `words` are the keywords of its value, or what generated content consists of.

    `is_initial` when it says what holds anyway; `is_inherited` when it counts for all inside.
    """

    name: str
    words: tuple[str, ...]
    is_initial: bool
    is_inherited: bool


def longhands(declaration: Any) -> tuple[Longhand, ...]:
    """What a declaration says, as tinycss2 has it; nothing when WeasyPrint ignores it.

    Of shorthands only what can be seen: no longhand that merely goes with another.
    """
    with listening(""):  # it has been said when the sheet was read
        found = list(preprocess_declarations("", [declaration]))
    own = declaration.lower_name.replace("-", "_")
    return tuple(
        _longhand(name, value) for name, value, _ in found if name == own or not _goes_with(name)
    )


def _goes_with(name: str) -> bool:
    """Whether a property says nothing without another: the width of a border, its colour."""
    if name.startswith("border_"):
        return not name.endswith("_style")
    return name == "text_align_last" or (
        name.startswith("background_") and name not in {"background_color", "background_image"}
    )


def _longhand(name: str, value: Any) -> Longhand:
    words = tuple(_words(name, value))
    initial = INITIAL_VALUES.get(name)
    is_initial = (
        words in {("initial",), ("inherit",), ("transparent",)}
        or _plain(value) == _plain(initial)
        or (name == "content" and not words)
    )
    return Longhand(name.replace("_", "-"), words, is_initial, name in INHERITED)


def _plain(value: Any) -> Any:
    """Lists as tuples, so that a value is equal to one computed otherwise."""
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def _words(name: str, value: Any) -> Iterable[str]:
    if name == "content" and not isinstance(value, str):
        said = [token for token in value if isinstance(token, tuple)]
        return [words if kind == "other" else f"{kind} {words}" for kind, words in content_of(said)]
    if isinstance(value, str):
        return [value]
    if isinstance(value, set | frozenset | tuple | list):
        return sorted(word for word in value if isinstance(word, str))
    return []
