"""Whether the fonts of this machine can show a text."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import DependencyError
from builder.fonts.families import families_for
from builder.fonts.finding import Face, faces_of, installed_faces, is_within

# Characters every Chinese font has; one that lacks them is no Chinese font.
PROBE = {"Hans": "的国书", "Hant": "的國書"}

# Nothing to draw: spaces, controls, format characters, surrogates.
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
MAX_NAMED = 20  # a message that lists more is not read


@dataclass(frozen=True, slots=True)
class Coverage:
    """`fallback`: characters the wanted families lack and another font has. `missing`: those
    that no font has. Both sorted, without repeats.
    """

    fallback: str
    missing: str


def coverage(text: str, families: Iterable[str]) -> Coverage:
    """Which characters of `text` the installed faces of `families` cannot show.

    Raises DependencyError F003 when fontconfig is not there to ask.
    """
    wanted = _visible(text)
    lacking = _outside(wanted, [face for name in families for face in faces_of(name)])
    missing = _outside(lacking, installed_faces()) if lacking else ""
    return Coverage("".join(sorted(set(lacking) - set(missing))), missing)


def require_chinese(language: str) -> None:
    """Raise DependencyError F001 unless some font can show Chinese in `language`'s script."""
    script = "Hant" if "Hant" in language.split("-") else "Hans"
    if _outside(PROBE[script], installed_faces()):
        raise DependencyError("F001", language=language)


def named(characters: str) -> str:
    """Characters for a message: each with its code point, the first MAX_NAMED of them."""
    shown = " ".join(
        f"{character} (U+{ord(character):04X})" for character in characters[:MAX_NAMED]
    )
    return shown + (" …" if len(characters) > MAX_NAMED else "")


def covered(characters: Iterable[str], face: Face) -> frozenset[str]:
    """Those of the characters that `face` has; selectors of variants it has by their base."""
    ranges = face.ranges
    return frozenset(
        character
        for character in characters
        if is_within(ord(character), ranges) or _is_selector(character)
    )


def missing_characters(text: str, language: str) -> tuple[Diagnostic, ...]:
    """F002 when there are characters that no installed font can show."""
    missing = coverage(text, families_for(language).serif).missing
    if not missing:
        return ()
    return (warning("F002", count=len(missing), characters=named(missing)),)


def _visible(text: str) -> str:
    return "".join(sorted(character for character in set(text) if is_visible(character)))


def is_visible(character: str) -> bool:
    """Whether a character has a shape that a font must draw."""
    return unicodedata.category(character) not in _INVISIBLE and not _is_selector(character)


def _is_selector(character: str) -> bool:
    return any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)


def _outside(characters: str, faces: Iterable[Face]) -> str:
    """The characters that none of the faces covers."""
    left = characters
    for face in faces:
        if not left:
            break
        ranges = face.ranges
        left = "".join(character for character in left if not is_within(ord(character), ranges))
    return left
