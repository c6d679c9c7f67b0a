"""From the manuscript to the book's projection, character for character.

Whoever builds a block also says, line by line, which stretches of the manuscript the block's
characters are. `layer_of` turns that into the structure's ledger layer: what no line kept was
removed, what came from nowhere was inserted, and what comes late was moved. Every removed
character belongs to one rule: to that of the claim that covers it, else to the rule for line
ends.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from builder.core.ledger import Layer, LayerBuilder, Move

LINE_ENDS = "S001"
REPEATED_TITLE = "S002"
MADE_TITLE = "S003"
HEADING_SPACE = "S004"
TITLE_LINE = "S005"
CONTENTS_LIST = "S006"
NOTE_MARK = "S007"
NOTE_MOVED = "S008"
SCENE_BREAK = "S009"
ORNAMENT = "S010"
ALTERNATIVE_TEXT = "S011"
NOTES_HEADING = "S012"
PLANNED = "S013"
TITLE_REMARK = "S014"


class Piece(NamedTuple):
    """`[start, end)` of the manuscript; with a rule, it stands in the book as `text`.

    What is made from nothing has an empty stretch and is placed where the line before it ends.
    """

    start: int
    end: int
    text: str = ""
    rule: str = ""

    @property
    def is_made(self) -> bool:
        """Whether no character of the manuscript became this."""
        return self.rule != "" and self.start == self.end


Pieces = tuple[Piece, ...]


class Claim(NamedTuple):
    """`[start, end)` of the manuscript is removed, because of `rule`."""

    start: int
    end: int
    rule: str


def made(text: str, rule: str) -> Piece:
    """A piece that no character of the manuscript became."""
    return Piece(0, 0, text, rule)


def pieces_text(text: str, pieces: Pieces) -> str:
    """What the pieces of one line say."""
    return "".join(piece.text if piece.rule else text[piece.start : piece.end] for piece in pieces)


def layer_of(
    text: str, lines: Iterable[Pieces], moved: Iterable[Pieces], claims: Iterable[Claim]
) -> Layer:
    """The layer from `text` to the lines joined by newlines.

    `lines` keep the order of the text; `moved` come after them, from anywhere.
    """
    moved = tuple(moved)
    everything = sorted({*claims, *(Claim(p.start, p.end, NOTE_MOVED) for m in moved for p in m)})
    tracing = _Tracing(text, everything)
    ordered = tuple(lines)
    for index, (pieces, coming) in enumerate(
        zip(ordered, _next_starts(ordered, len(text)), strict=True)
    ):
        if index:
            tracing.newline(coming)
        for piece in pieces:
            tracing.place(piece)
    tracing.remove_until(len(text))
    for index, pieces in enumerate(moved):
        if index or ordered:
            tracing.insert(LINE_ENDS, "\n")
        for piece in pieces:
            tracing.move(piece)
    return tracing.layer()


def _next_starts(lines: tuple[Pieces, ...], end: int) -> list[int]:
    """For each line, where the next characters of the manuscript start that the book keeps."""
    starts = [end] * len(lines)
    following = end
    for index in range(len(lines) - 1, -1, -1):
        following = next((piece.start for piece in lines[index] if not piece.is_made), following)
        starts[index] = following
    return starts


class _Tracing:
    """Walks the manuscript and the projection side by side."""

    def __init__(self, text: str, claims: list[Claim]) -> None:
        self._text = text
        self._claims = claims
        self._next_claim = 0
        self._position = 0
        self._growth = 0
        self._building = LayerBuilder("structure")

    def newline(self, coming: int) -> None:
        """Part two lines: keep a newline that stands before `coming`, else insert one."""
        at = self._free_newline(coming)
        if at < 0:
            self.insert(LINE_ENDS, "\n")
        else:
            self.remove_until(at)
            self._position = at + 1

    def _free_newline(self, coming: int) -> int:
        at = self._text.find("\n", self._position, coming)
        index = self._next_claim
        while at >= 0:
            while index < len(self._claims) and self._claims[index].end <= at:
                index += 1
            if index == len(self._claims) or self._claims[index].start > at:
                return at
            at = self._text.find("\n", self._claims[index].end, coming)
        return at

    def place(self, piece: Piece) -> None:
        """Put the next piece of a line."""
        if piece.is_made:
            self.insert(piece.rule, piece.text)
            return
        self.remove_until(piece.start)
        if piece.rule:
            self._edit(piece.rule, piece.start, self._text[piece.start : piece.end], piece.text)
        self._position = piece.end

    def remove_until(self, end: int) -> None:
        """Remove what stands before `end`, each stretch under its own rule."""
        while self._position < end:
            while (
                self._next_claim < len(self._claims)
                and self._claims[self._next_claim].end <= self._position
            ):
                self._next_claim += 1
            stop, rule = end, LINE_ENDS
            if self._next_claim < len(self._claims):
                claim = self._claims[self._next_claim]
                if claim.start > self._position:
                    stop = min(end, claim.start)
                else:
                    stop, rule = min(end, claim.end), claim.rule
            self._edit(rule, self._position, self._text[self._position : stop], "")
            self._position = stop

    def insert(self, rule: str, made: str) -> None:
        """Put characters that the manuscript does not have."""
        self._edit(rule, self._position, "", made)

    def move(self, piece: Piece) -> None:
        """Put characters that were removed further up."""
        if piece.rule:
            self.insert(piece.rule, piece.text)
        elif piece.start < piece.end:
            target = self._position + self._growth
            self.insert(NOTE_MOVED, self._text[piece.start : piece.end])
            self._building.move(Move(piece.start, piece.end, target))

    def _edit(self, rule: str, start: int, before: str, after: str) -> None:
        self._building.add(rule, start, before, after)
        self._growth += len(after) - len(before)

    def layer(self) -> Layer:
        return self._building.layer()


def claims_of_gaps(pieces: Pieces, start: int, end: int, rule: str) -> Iterator[Claim]:
    """Claims on what a line's pieces leave out of `[start, end)`."""
    position = start
    for piece in pieces:
        if not piece.is_made:
            if piece.start > position:
                yield Claim(position, piece.start, rule)
            position = piece.end
    if position < end:
        yield Claim(position, end, rule)
