"""The fonts that may go into one book: the installed ones, or those that its settings list."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.errors import ConfigError
from builder.fonts.families import RARE, Kind, families_for, family_names
from builder.fonts.finding import BOLD, REGULAR, Face, faces_in, faces_of, installed_faces
from builder.fonts.licensing import Permission, licence_of

# What [epub] embed_fonts may say: nothing, what the styles name, or a list of fonts.
Choice = bool | tuple[str, ...]
RARE_ONLY = "rare"

_FILE_ENDINGS = (".otf", ".ttf", ".ttc", ".otc", ".woff", ".woff2")
_LIGHT = 70.0  # what is lighter than book (75) is too thin among the others
_HEAVY = 150.0  # what is heavier than medium (100) and demibold's lower end counts as bold
_SETTING = Location("[epub] embed_fonts")


def is_font_file(name: str) -> bool:
    """Whether an entry of embed_fonts names a file, not a family."""
    return name.lower().endswith(_FILE_ENDINGS)


@dataclass(frozen=True, slots=True)
class Shelf:
    """`given` are the families that the settings list, each with its faces; None when any
    installed font will do, as far as its licence is open.
    """

    language: str
    given: tuple[tuple[str, tuple[Face, ...]], ...] | None = None

    def faces(self, family: str) -> tuple[Face, ...]:
        """The upright faces of a family that may be embedded; none when there are none."""
        if self.given is None:
            return tuple(face for face in _upright(faces_of(family)) if permission(face) == "open")
        wanted = family.casefold()
        return tuple(
            face
            for name, faces in self.given
            for face in faces
            if wanted in {name.casefold(), *(own.casefold() for own in face.families)}
        )

    def face(self, family: str, *, is_bold: bool) -> Face | None:
        """The face for text in `family`; for bold text its bold one, if it has one."""
        faces = self.faces(family)
        if is_bold and (heavy := [face for face in faces if face.weight >= _HEAVY]):
            return min(heavy, key=lambda face: (face.slant, abs(face.weight - BOLD)))
        return min(faces, key=lambda face: (face.slant, abs(face.weight - REGULAR)), default=None)

    def default(self, kind: Kind) -> str:
        """The family for text whose font no style names; empty when there is none."""
        names = family_names(self.language, kind)
        return next((name for name in names if self.faces(name)), "")

    def fallbacks(self) -> Iterable[Face]:
        """Every face that may draw what the others lack, the likeliest first."""
        wanted = families_for(self.language)
        names = (*(name for name, _ in self.given or ()), *wanted.serif, *wanted.sans, *wanted.kai)
        anything = Shelf(self.language)
        for name in (*names, *RARE):
            if face := self.face(name, is_bold=False) or anything.face(name, is_bold=False):
                yield face
        for face in _upright(installed_faces()):
            if (
                _LIGHT < face.weight < _HEAVY
                and permission(face) == "open"
                and not _is_coloured(face)
            ):
                yield face


def shelf_of(
    choice: Choice, files: Mapping[str, Path], language: str
) -> tuple[Shelf, tuple[Diagnostic, ...]]:
    """The fonts that `choice` allows; `files` are where the files lie that it names.

    F005 tells of a font that may not be embedded, F008 of one whose licence nobody knows. Raises
    ConfigError F006 for a file that is no font and a family that is not installed.
    """
    listed = () if isinstance(choice, bool) else tuple(one for one in choice if one != RARE_ONLY)
    if not listed:
        return Shelf(language), ()
    found: list[Diagnostic] = []
    given: dict[str, tuple[Face, ...]] = {}
    for name in listed:
        family, faces = _listed(name, files, language)
        allowed = [face for face in faces if permission(face) != "forbidden"]
        if not allowed:
            found.append(warning("F005", _SETTING, font=family))
        elif any(permission(face) == "unknown" for face in allowed):
            found.append(warning("F008", _SETTING, font=family))
        if allowed:
            given[family] = (*given.get(family, ()), *allowed)
    return Shelf(language, tuple(given.items())), tuple(found)


def permission(face: Face) -> Permission:
    """Whether the face may be embedded."""
    return licence_of(face.path, face.index).permission


def _listed(name: str, files: Mapping[str, Path], language: str) -> tuple[str, tuple[Face, ...]]:
    """The family and the faces that an entry of the list means."""
    if not is_font_file(name):
        faces = _upright(faces_of(name))
        if not faces:
            known = sorted({family for face in installed_faces() for family in face.families})
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            reason = say("fonts.not_installed")
            if near:
                reason = say("fonts.not_installed.near", nearest=near[0])
            raise ConfigError("F006", location=_SETTING, name=name, reason=reason)
        return name, faces
    faces = faces_in(files[name])
    if not faces:
        raise ConfigError("F006", location=_SETTING, name=name, reason=say("fonts.no_font"))
    # A collection has a family for each region, told by a word of its name.
    regions = _regions(language)
    own = next(
        (face for at in regions for face in faces if at in face.families[0].split()), faces[0]
    )
    family = own.families[0]
    return family, tuple(face for face in faces if family in face.families)


def _regions(language: str) -> tuple[str, ...]:
    """What fonts call the region whose forms a book in `language` wants, the best first."""
    subtags = language.split("-")
    if "Hant" not in subtags:
        return ("SC", "CN")
    return ("HK", "TC", "TW") if {"HK", "MO"} & set(subtags) else ("TC", "TW", "HK")


def _upright(faces: Iterable[Face]) -> tuple[Face, ...]:
    return tuple(face for face in faces if face.slant == 0)


def _is_coloured(face: Face) -> bool:
    from builder.fonts.cutting import opened_face

    opened = opened_face(face.path, face.index)
    return bool(opened.has_color_png or opened.has_color_layers or opened.has_color_paint)
