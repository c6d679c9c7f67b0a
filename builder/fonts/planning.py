"""Which fonts a book wants, for which of its characters, and what none of them has.

Follows what a reading system does with a list of families: each character goes to the first
that has it. Must not cut fonts and knows nothing of packages.
"""

import string
from dataclasses import dataclass, field
from pathlib import Path

from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import DependencyError
from builder.fonts.cascade import GENERIC, Setting, Uses, families_in, uses_of
from builder.fonts.covering import covered, is_visible
from builder.fonts.families import Kind
from builder.fonts.finding import Face, faces_of
from builder.fonts.rare import needs_a_font, rare_in
from builder.fonts.sheet import rule
from builder.fonts.shelf import Shelf

# What reading systems write themselves, in the font of the body: numbers of lists, marks of
# emphasis, hyphens.
_ALWAYS = string.ascii_letters + string.digits + string.punctuation + (
    " \N{IDEOGRAPHIC SPACE}，。、；：？！…—·～“”‘’「」『』（）《》〈〉【】•●﹅﹆"
)  # fmt: skip
# What the style sheet calls the fonts that draw what the others lack: book-rare, book-rare-2.
RARE_FAMILY = "book-rare"


@dataclass(slots=True)
class Wanted:
    """What one face is wanted for."""

    face: Face
    is_bold: bool
    families: list[str] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    is_fallback: bool = True


@dataclass(slots=True)
class Plan:
    """Which faces a book wants, by their file, place in it and weight; and what they lack."""

    wanted: dict[tuple[Path, int, bool], Wanted] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)

    def of(self, face: Face, *, is_bold: bool) -> Wanted:
        """What `face` is wanted for. A face that is not bold serves bold text as it is."""
        key = (face.path, face.index, is_bold)
        return self.wanted.setdefault(key, Wanted(face, is_bold))


def rare_plan(uses: Uses) -> Plan:
    """No font for the text, one for the rare characters in it."""
    everything = {
        character
        for by_language in uses.characters.values()
        for characters in by_language.values()
        for character in characters
    }
    return Plan(lacking={one for one in rare_in(everything) if needs_a_font(one)})


def body_rule(
    documents: list[bytes], sheets: list[str], shelf: Shelf
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The families that the sheets leave out and the body should have, as a rule; often none.

    Those that the settings list and no style names; without a list, 宋体 (or 黑体, 楷体, as the
    style's generic family says) when the style names nothing for the body that may be embedded.
    """
    # The longest document is a chapter, not the cover.
    setting = uses_of([max(documents, key=len)], sheets).body
    if shelf.given is not None:
        used = {name.casefold() for name in families_in(sheets)}
        extra = [
            name
            for name, faces in shelf.given
            if not used & {name.casefold(), *(own.casefold() for own in faces[0].families)}
        ]
        return (rule("body", (*extra, *(setting.families or ("serif",)))) if extra else ""), ()
    asked = [name for name in setting.families if name not in GENERIC]
    if any(shelf.faces(name) for name in asked):
        return "", ()
    kind: Kind = "sans" if "sans-serif" in setting.families else "serif"
    if "cursive" in setting.families:
        kind = "kai"
    family = shelf.default(kind) or shelf.default("serif") or shelf.default("sans")
    if not family:
        raise DependencyError("F009", language=shelf.language)
    refused = [name for name in asked if faces_of(name)]
    told = tuple(warning("F005", font=name) for name in refused)
    return rule("body", (family, *(setting.families or ("serif",)))), told


def planned(uses: Uses, shelf: Shelf) -> Plan:
    """Each character with the first family of its text's list that has it, as readers choose."""
    plan = Plan()
    for setting, by_language in uses.characters.items():
        for language, characters in by_language.items():
            _plan_text(plan, shelf, setting, language, set(characters))
    for family in uses.body.families:
        if face := shelf.face(family, is_bold=False):
            plan.of(face, is_bold=False).characters |= covered(_ALWAYS, face)
            break
    return plan


def _plan_text(
    plan: Plan, shelf: Shelf, setting: Setting, language: str, characters: set[str]
) -> None:
    left, has_font = characters, False
    for family in setting.families:
        face = None if family in GENERIC else shelf.face(family, is_bold=setting.is_bold)
        if face is None:
            continue
        has_font, here = True, covered(left, face)
        if not any(map(is_visible, here)):
            continue
        is_bold = setting.is_bold and face != shelf.face(family, is_bold=False)
        wanted = plan.of(face, is_bold=is_bold)
        if family not in wanted.families:
            wanted.families.append(family)
        wanted.is_fallback = False
        wanted.characters |= here
        wanted.languages.add(language)
        left = left - here
    # Text in a font of the reader's own needs help only with what readers lack.
    lacking = left if has_font else rare_in(left)
    plan.lacking |= {character for character in lacking if needs_a_font(character)}


def add_fallbacks(plan: Plan, shelf: Shelf) -> tuple[tuple[str, ...], str]:
    """Find faces for what is lacking: their families in order, and what no face has.

    The families have names of their own, with one weight: under a name that has a bold face, too,
    a rare character among bold ones would be looked for in that face.
    """
    left, families = set(plan.lacking), list[str]()
    if not left:
        return (), ""
    for face in shelf.fallbacks():
        here = covered(left, face)
        if not any(map(is_visible, here)):
            continue
        wanted = plan.of(face, is_bold=False)
        wanted.characters |= here
        wanted.languages.add(shelf.language)
        families.append(f"{RARE_FAMILY}-{len(families) + 1}" if families else RARE_FAMILY)
        wanted.families.append(families[-1])
        left -= here
        if not left:
            break
    return tuple(families), "".join(sorted(left))
