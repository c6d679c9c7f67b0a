"""The letters of a cover: installed faces at any size, with others for what they lack.

Pillow's own simple layout is used and never Raqm, because one character is set at a time and
the result must not hang on which shaping library is there.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from builder.core.errors import DependencyError
from builder.fonts import Face, faces_of, families_for, installed_faces
from builder.fonts.licensing import licence_of

Style = Literal["song", "kai", "sans"]
Weight = Literal["light", "regular", "bold"]

# On fontconfig's scale.
_WEIGHTS: dict[Weight, float] = {"light": 50, "regular": 80, "bold": 200}
_UPRIGHT = 0
# What a Chinese font has; see builder.fonts.covering.
_PROBES = {"Hans": "的国书", "Hant": "的國書"}
_SANS = {
    "CN": ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "SimHei"),
    "TW": ("Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC"),
    "HK": ("Noto Sans CJK HK", "Source Han Sans HK", "Noto Sans HK", "PingFang HK"),
}
# What stands for a character that no font has: the printer's turned sort.
GETA = "〓"


class Typeface:
    """Faces in order of choice; a character is set in the first that has it.

    `missing` collects the characters that no installed font has; they are set as 〓.
    """

    def __init__(self, faces: tuple[Face, ...], *, embeds: bool = False) -> None:
        self._faces = faces
        self._embeds = embeds
        self._chosen: dict[str, Face] = {}
        self._fonts: dict[tuple[str, int, int], FreeTypeFont] = {}
        self.missing: dict[str, None] = {}

    def has(self, character: str) -> bool:
        """Whether the first choice has a glyph for `character`."""
        return self._faces[0].covers(character)

    def shown(self, character: str) -> str:
        """`character`, or 〓 when no font has it."""
        return character if self._face_of(character) else GETA

    def face(self, text: str) -> Face:
        """The face to set `text` in, by its first character."""
        return self._face_of(text[0]) or self._faces[0]

    def font(self, text: str, size_px: int) -> FreeTypeFont:
        """The font to set `text` in, by its first character."""
        face = self.face(text)
        key = (str(face.path), face.index, size_px)
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(
                key[0], size_px, index=face.index, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[key]

    def width_em(self, text: str) -> float:
        """How wide `text` is, in ems; all of it in one font."""
        return self.font(text, _MEASURING_PX).getlength(text) / _MEASURING_PX

    def _face_of(self, character: str) -> Face | None:
        if character not in self._chosen:
            face = next((face for face in self._all if face.covers(character)), None)
            if face is None:
                self.missing[character] = None
                return None
            self._chosen[character] = face
        return self._chosen[character]

    @cached_property
    def _all(self) -> tuple[Face, ...]:
        """The faces of choice, then every other that can be drawn at any size."""
        others = (face for face in installed_faces() if face not in self._faces)
        drawn = (face for face in others if _is_scalable(face))
        return (
            *self._faces,
            *(face for face in drawn if not self._embeds or _may_be_printed(face)),
        )


_MEASURING_PX = 100


def typeface(style: Style, weight: Weight, language: str, *, embeds: bool = False) -> Typeface:
    """The typeface of a style for a book in `language`.

    Where it `embeds`, only faces are taken whose licences let a PDF have them. A style that is not installed is replaced by another. Raises DependencyError F001 when no
    installed font has Chinese characters, F003 without fontconfig.
    """
    probe = _PROBES["Hant" if "Hant" in language.split("-") else "Hans"]
    found: list[Face] = []
    for family in _families(style, language):
        faces = [face for face in faces_of(family) if all(map(face.covers, probe))]
        found += _best(faces, _WEIGHTS[weight], embeds=embeds)
    if not found:
        rest = [face for face in installed_faces() if all(map(face.covers, probe))]
        scalable = [face for face in rest if _is_scalable(face)]
        found += _best(scalable, _WEIGHTS[weight], embeds=embeds)
    if not found:
        raise DependencyError("F001", language=language)
    return Typeface(tuple(found), embeds=embeds)


def _families(style: Style, language: str) -> tuple[str, ...]:
    families = families_for(language)
    subtags = language.split("-")
    region = "CN" if "Hant" not in subtags else "HK" if {"HK", "MO"} & set(subtags) else "TW"
    match style:
        case "song":
            return (*families.serif, *_SANS[region])
        case "kai":
            return (*families.kai, *families.serif, *_SANS[region])
        case "sans":
            return (*_SANS[region], *families.serif)


def _best(faces: list[Face], weight: float, *, embeds: bool) -> Iterator[Face]:
    """The upright face whose weight is nearest, if there is one."""
    upright = [face for face in faces if face.slant == _UPRIGHT]
    if embeds:
        upright = [face for face in upright if _may_be_printed(face)]
    if upright:
        yield min(upright, key=lambda face: abs(face.weight - weight))


def _may_be_printed(face: Face) -> bool:
    return licence_of(face.path, face.index).is_for_paper


def _is_scalable(face: Face) -> bool:
    return face.path.suffix.lower() in {".ttf", ".otf", ".ttc", ".otc"} and not any(
        "Emoji" in family for family in face.families
    )
