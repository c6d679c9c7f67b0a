"""How what a rule took away is put back: the entries of `[normalize] keep` that name it."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from builder.core.diagnostic import Location
from builder.core.ledger import Layer, Ledger, replay
from builder.core.line_ends import line_ends
from builder.core.manuscript import Manuscript

READING = "read"
# What structure takes from behind a title, and leaves when it is kept.
TITLE_REMARK = "S014"
# Of what was cut out of so many lines, each place is an entry of its own; of more, the words are.
MOST_PLACES = 20
_UNSEEN = frozenset({"Cc", "Cf"})

# Which layer of the ledger, and which of its edits.
At = tuple[int, int]


class Keeping:
    """Finds the words that an edit of normalizing took, as the source has them."""

    def __init__(self, ledger: Ledger, manuscript: Manuscript) -> None:
        def is_reading(layer: Layer) -> bool:
            return layer.stage == READING

        self._ledger = ledger
        self._manuscript = manuscript
        reading = tuple(takewhile(is_reading, ledger.layers))
        self._first = len(reading)
        self._later = sum(1 for layer in manuscript.layers if len(layer))
        self._paths = manuscript.short_paths()
        self._text = manuscript.decoded
        for layer in reading:
            self._text = replay(self._text, layer)

    def entries(self, edits: Sequence[At], *, count: int) -> tuple[str, ...]:
        """What keeps the words of these edits, of which there are `count` that look alike.

        A whole line is named by its words, wherever it stands; what was cut out of a line by its
        words and its place. Nothing when the edits are not those of cleaning, or took only spaces.
        """
        if not all(self._can_keep(index, edit) for index, edit in edits):
            return ()
        found: dict[str, None] = {}
        for at in edits:
            for words, place in self._lines(*at):
                is_one_of_few = place and count <= MOST_PLACES
                found[f"{words} @ {place}" if is_one_of_few else words] = None
        return tuple(found)

    def _can_keep(self, index: int, edit: int) -> bool:
        layer = self._ledger.layers[index]
        is_cleaning = self._first <= index < self._later
        return is_cleaning or layer.rules[layer.rule_index[edit]] == TITLE_REMARK

    def _lines(self, index: int, edit: int) -> Iterator[tuple[str, str]]:
        """The words of an edit, line by line, with the place of those that are no whole line."""
        start, end = self._stretch(index, edit)
        text = self._text
        first = self._line_start(start)
        for at, ending in self._split(first, end):
            words = _plain(text[max(at, start) : min(ending, end)])
            whole = _plain(text[at : self._line_end(at)])
            if words:
                yield words, "" if words == whole else self._place(at)

    def _stretch(self, index: int, edit: int) -> tuple[int, int]:
        """Where in the text as it was read an edit took its words."""
        layer = self._ledger.layers[index]
        before = layer.befores[edit]
        stripped = before.strip()
        start = layer.starts[edit] + (before.find(stripped) if stripped else 0)
        end = start + len(stripped)
        for earlier in reversed(self._ledger.layers[self._first : index]):
            start, end = earlier.backward(start), earlier.backward(end)
        if "\n" not in stripped:
            # What an earlier rule took from the next lines is not this one's.
            end = min(end, self._line_end(start))
        return start, end

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for following in line_ends(self._text, start, end):
            yield start, following
            start = following
        if start < end:
            yield start, end

    # What does not stand in the line is never looked for beyond it: a text without any carriage
    # return would be read to its end for each line.
    def _line_start(self, position: int) -> int:
        start = self._text.rfind("\n", 0, position) + 1
        return max(start, self._text.rfind("\r", start, position) + 1)

    def _line_end(self, start: int) -> int:
        end = self._text.find("\n", start)
        end = end if end >= 0 else len(self._text)
        old = self._text.find("\r", start, end)
        return old if old >= 0 else end

    def _place(self, line: int) -> str:
        """The file and line of a line; the column, too, behind mark-up, which may hold several."""
        position = line
        for earlier in reversed(self._ledger.layers[: self._first]):
            position = earlier.backward(position)
        place = self._manuscript.location(position)
        before = self._manuscript.decoded[position - place.column + 1 : position]
        named = Location(self._paths.get(place.file, place.file), place.line)
        return str(replace(named, column=place.column) if before.strip() else named)


def _plain(words: str) -> str:
    """Words on one line, without what nobody sees."""
    seen = "".join(
        one for one in words if one.isspace() or unicodedata.category(one) not in _UNSEEN
    )
    return " ".join(seen.split())
