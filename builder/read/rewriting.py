"""Writing a text anew from its source, so that every difference is an edit.

The source is walked once from left to right; each stretch is kept, or replaced under a rule.
"""

from builder.core.manuscript import Mark
from builder.read.passes import EditRow, Passed

# What a picture without alternative text stands for in a line of text.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Rewriter:
    """The text under construction; `position` is how far the source has been used up."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.length = 0
        self.marks: list[Mark] = []
        self._pieces: list[str] = []
        self._edits: list[EditRow] = []

    @property
    def last(self) -> str:
        """The last character written; empty at the start."""
        return self._pieces[-1][-1] if self._pieces else ""

    def keep(self, end: int) -> None:
        """Take over the source up to `end` as it is."""
        if end > self.position:
            self._write(self.source[self.position : end])
            self.position = end

    def replace(self, rule: str, end: int, after: str = "") -> None:
        """Write `after` instead of the source up to `end`."""
        before = self.source[self.position : end]
        if before != after:
            self._edits.append((rule, self.position, before, after))
        self._write(after)
        self.position = end

    def _write(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self.length += len(piece)

    def passed(self) -> Passed:
        """The finished text, its edits and its marks in reading order, outer ones first."""
        self.keep(len(self.source))
        # Inner marks are closed before outer ones, so of two on the same characters the later
        # one is the outer.
        marks = self.marks[::-1]
        marks.sort(key=lambda mark: (mark.start, -mark.end))
        return Passed("".join(self._pieces), tuple(self._edits), tuple(marks))


# Characters that stand in a square: no space is ever lost or gained between two of them.
_SQUARE_RANGES = (
    ("\u2e80", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff01", "\uff60"),
    ("\U00020000", "\U0003ffff"),
)
_SQUARE_MARKS = frozenset("“”‘’—…·")


def is_square(character: str) -> bool:
    """Whether a character is set in a full Chinese square. Examples: 中 ， “. Not: a 1 é."""
    return character in _SQUARE_MARKS or any(
        first <= character <= last for first, last in _SQUARE_RANGES
    )


def joined(run: str, before: str, after: str) -> str:
    """What a run of white space in mark-up stands for between two characters.

    Source: CSS Text 3, §4.1.2: a line end between two wide characters is nothing, any other
    run is one space.
    """
    if "\n" in run and before and after and is_square(before) and is_square(after):
        return ""
    return " "
