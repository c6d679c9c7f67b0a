"""The style sheet of a book's fonts."""

from collections.abc import Iterable

from builder.fonts.cascade import GENERIC
from builder.fonts.rare import CLASS

_HEAD = "/* The fonts inside this book, each cut down to the characters set in it. */\n"


def font_sheet(faces: Iterable[str], body: str, fallbacks: tuple[str, ...]) -> str:
    """The @font-face rules `faces`, the rule of the body and that of rare characters.

    `fallbacks` are the families that draw those; without any there is no such rule.
    """
    rare = rule(f".{CLASS}", (*fallbacks, "serif")) if fallbacks else ""
    return _HEAD + "".join(faces) + body + rare


def font_face(family: str, href: str, *, is_bold: bool) -> str:
    """One @font-face rule; `href` is relative to the sheet."""
    return (
        f"\n@font-face {{\n  font-family: {quoted(family)};\n  font-style: normal;\n"
        f"  font-weight: {'bold' if is_bold else 'normal'};\n"
        f'  src: url("{href}");\n}}\n'
    )


def rule(selector: str, families: Iterable[str]) -> str:
    """A rule that sets a list of families."""
    listed = ", ".join(name if name in GENERIC else quoted(name) for name in families)
    return f"\n{selector} {{\n  font-family: {listed};\n}}\n"


def quoted(family: str) -> str:
    """The name of a family as a CSS string."""
    return '"' + family.replace("\\", "\\\\").replace('"', '\\"') + '"'
