"""Which font sets what.

`host.PangoChooser` asks Pango, as WeasyPrint would; `InstalledChooser` takes the first installed
family, and `OneFont` one font for all, where there is no WeasyPrint at hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from builder.fonts import Face as InstalledFace
from builder.fonts import faces_of, families_for, installed_faces
from builder.fonts.finding import BOLD, REGULAR
from builder.fonts.licensing import licence_of
from builder.fonts.metrics import axes_of, has_outlines, metrics
from builder.press.frame import FaceKey
from builder.press.program import FontFile

# A character of the writing that a key is for, in its language's forms.
_PROBE = "的"
_BOLD_FROM = 600  # the weight of CSS from which a bold face is nearer than a regular one


class Chooser(Protocol):
    """Which font draws what. Both answers are the same each time."""

    def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
        """The font of the key's Chinese, and whether no other is asked before it."""

    def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        """The font of each character; None where none has it."""


@dataclass(frozen=True, slots=True)
class OneFont:
    """One font for everything, whatever the key asks."""

    file: FontFile

    def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
        """See `Chooser`."""
        del key
        return self.file, True

    def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        """See `Chooser`."""
        del key
        has = metrics(self.file.path, self.file.index, self.file.axes).has
        return tuple(self.file if has(one) else None for one in characters)


class InstalledChooser:
    """The first installed family that has a character, then those of the language, then any."""

    def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
        """The first face of the key with Chinese; LookupError when no font here has any."""
        candidates = list(_candidates(key))
        for face in candidates:
            if face.covers(_PROBE):
                return _file_of(face, key), face is candidates[0]
        raise LookupError(key)

    def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        """See `Chooser`."""
        candidates = list(_candidates(key))
        faces = (
            next((face for face in candidates if face.covers(one)), None) for one in characters
        )
        return tuple(_file_of(face, key) if face else None for face in faces)


def can_be_printed(file: FontFile) -> bool:
    """Whether a font has outlines, and a licence that lets it stand in a PDF."""
    return has_outlines(file.path, file.index) and licence_of(file.path, file.index).is_for_paper


def other_font(key: FaceKey, character: str) -> FontFile | None:
    """Another installed font for a character, when the one chosen cannot be printed."""
    files = (_file_of(face, key) for face in _candidates(key) if face.covers(character))
    return next(filter(can_be_printed, files), None)


def _candidates(key: FaceKey) -> Iterable[InstalledFace]:
    wanted = BOLD if key.weight >= _BOLD_FROM else REGULAR
    for family in (*key.families, *families_for(key.language).serif):
        faces = [face for face in faces_of(family) if face.slant == 0]
        if faces:
            yield min(faces, key=lambda face: abs(face.weight - wanted))
    yield from installed_faces()


def _file_of(face: InstalledFace, key: FaceKey) -> FontFile:
    return FontFile(face.path, face.index, axes_of(face.path, face.index, key.weight))
