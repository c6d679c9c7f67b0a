"""Running heads and folios (书眉, 页码): what stands in the margins of a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.press.codes import NO_CODE
from builder.press.face import Faces
from builder.press.folios import folio_in
from builder.press.frame import Furniture, PageStyle, TextStyle
from builder.press.paint import Label, label_of
from builder.press.setting import Copy, Run
from builder.press.sorts import Face

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
    # By the box: a label without words, from which those of its numbers are made.
    _empty: dict[int, Label] = field(default_factory=dict)

    def labels(
        self, style: PageStyle, strings: Mapping[str, str], folio: str, *, opens: bool
    ) -> Iterator[tuple[Label, float, float]]:
        """The labels of a page's furniture, each with its start and baseline from the upper left
        corner of the page. A running head is away where something opens.
        """
        for piece in style.furniture:
            if piece.first_except and opens:
                continue
            words = furniture_words(piece, strings, folio)
            if not words:
                continue
            if words == folio and words.isascii():  # which no other page has
                label = self._number(piece, words)
            else:
                # The boxes belong to the frame, which outlives this.
                key = id(piece), words
                label = self._known.get(key) or self._set(piece, words, style.measure_x)
                self._known[key] = label
            x = piece.x
            if piece.align == "end":
                x -= label.width
            elif piece.align == "center":
                x -= label.width / 2
            yield label, x, piece.y

    def _number(self, piece: Furniture, words: str) -> Label:
        """A folio, of which every character is its code."""
        empty = self._empty.get(id(piece))
        if empty is None:
            empty = self._empty[id(piece)] = self._label(piece, "", 0.0)
        worn = empty.worn
        codes, shown = worn.worded.read(words)
        width = width_in(worn.face, words, piece.text)
        if NO_CODE in codes:
            return self._label(piece, words, width)
        return Label(empty.copy, width, worn, (shown, 0, len(codes)))

    def _set(self, piece: Furniture, words: str, room: float) -> Label:
        """Some words on one line; what does not fit beside the text area is left out for …."""
        face = self.faces.face(piece.text.face)
        width = width_in(face, words, piece.text)
        if width > room:
            cut, count = words, max(2, int(len(words) * room / width))
            while count > 1 and width > room:
                cut = words[:count].rstrip() + ELLIPSIS
                width, count = width_in(face, cut, piece.text), count - 1
            words = cut
        return self._label(piece, words, width)

    def _label(self, piece: Furniture, words: str, width: float) -> Label:
        runs = (Run(0, len(words), piece.text),)
        return label_of(Copy(words, runs, width, 0.0, "start", ARTIFACT), width, self.faces)


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
