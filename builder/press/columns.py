"""Faces as columns see them: the same fonts, measured and coded downwards.

The line breaker asks a face for advances and ink, and does not know in which direction it
breaks; `ColumnFaces` answers for columns.
"""

from builder.press.face import Face, Faces
from builder.press.frame import FaceKey


class ColumnFace:
    """A face whose advances, ink and codes are those of a column."""

    def __init__(self, face: Face, faces: "ColumnFaces") -> None:
        self.face = face
        self.name = face.name
        self.key = face.key
        self.codes = face.column_codes
        self.misread = face.misread
        self._faces = faces

    def advance(self, character: str) -> int:
        """The room of a character down the column, in thousandths of the em."""
        return self.face.column_advances[character]

    def ink(self, character: str) -> tuple[int, int]:
        """Where in that room it has ink: from, to."""
        return self.face.column_inks[character]

    def covers(self, text: str) -> bool:
        """Whether all of `text` is set in this face."""
        return self.face.covers(text)

    def fallback(self, character: str) -> "ColumnFace":
        """The face for a character that this one does not cover."""
        return self._faces.seen(self.face.fallback(character))


class ColumnFaces:
    """The faces of a book that is set in columns."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self._seen: dict[Face, ColumnFace] = {}

    def face(self, key: FaceKey) -> ColumnFace:
        """The face that sets the Chinese of a key."""
        return self.seen(self.faces.face(key))

    def seen(self, face: Face) -> ColumnFace:
        """A face as columns see it; the same one for the same face."""
        known = self._seen.get(face)
        if known is None:
            known = self._seen[face] = ColumnFace(face, self)
        return known
