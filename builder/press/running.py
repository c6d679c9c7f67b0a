"""Running heads and folios (书眉, 页码): what stands in the margins of a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.press.face import Face, Faces
from builder.press.folios import folio_in
from builder.press.frame import Furniture, PageStyle, TextStyle
from builder.press.paint import Label, label_of
from builder.press.setting import Copy, Line, Run

ARTIFACT = -2
ELLIPSIS = "…"


def furniture_words(piece: Furniture, strings: Mapping[str, str], folio: str) -> str:
    """What a margin box says. `strings` are the values of CSS strings on this page."""
    words = ""
    for kind, said in piece.content:
        if kind == "words":
            words += said
        else:
            words += folio_in(folio, said) if kind == "folio" else strings.get(said, "")
    return words


@dataclass(slots=True, eq=False)
class Margins:
    """Sets margin boxes. What several pages say (a running head) is set once."""

    faces: Faces
    _known: dict[tuple[int, str], Label] = field(default_factory=dict)
    _faces: dict[int, Face] = field(default_factory=dict)

    def labels(
        self, style: PageStyle, strings: Mapping[str, str], folio: str, *, opens: bool
    ) -> Iterator[tuple[Label, float, float]]:
        """The lines of a page's furniture, each with its start and baseline from the upper left
        corner of the page. A running head is away where something opens.
        """
        for piece in style.furniture:
            if piece.first_except and opens:
                continue
            words = furniture_words(piece, strings, folio)
            if not words:
                continue
            # The boxes belong to the frame, which outlives this.
            key = id(piece), words
            known = self._known.get(key)
            if known is None:
                known = label_of(*self._set(piece, words, style.measure_x), self.faces)
                if words != folio:  # which no other page has
                    self._known[key] = known
            x = piece.x
            if piece.align == "end":
                x -= known.line.width
            elif piece.align == "center":
                x -= known.line.width / 2
            yield known, x, piece.y

    def _set(self, piece: Furniture, words: str, room: float) -> tuple[Copy, Line]:
        """Some words on one line; what does not fit beside the text area is left out for …."""
        face = self._faces.get(id(piece))
        if face is None:
            face = self._faces[id(piece)] = self.faces.face(piece.text.face)
        width = width_in(face, words, piece.text)
        if width > room:
            cut, count = words, max(2, int(len(words) * room / width))
            while count > 1 and width > room:
                cut = words[:count].rstrip() + ELLIPSIS
                width, count = width_in(face, cut, piece.text), count - 1
            words = cut
        copy = Copy(words, (Run(0, len(words), piece.text),), width, 0.0, "start", ARTIFACT)
        return copy, Line(0, len(words), 0.0, width)


def width_of(words: str, style: TextStyle, faces: Faces) -> float:
    """The room that some words take up on one line, in points."""
    return width_in(faces.face(style.face), words, style)


def width_in(face: Face, words: str, style: TextStyle) -> float:
    """The same, of the face of the style."""
    if face.covers(words):
        total = sum(map(face.advances.__getitem__, words))
    else:
        own = (face if face.covers(one) else face.fallback(one) for one in words)
        total = sum(one.advances[character] for one, character in zip(own, words, strict=True))
    return total * style.size / 1000 + len(words) * style.spacing
