"""How what a rule took away is put back: the entries of `[normalize] keep` that name it."""

import re
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
# Example: <p>. Counter-example: U+3000.
_WORDS = re.compile(r"\S")

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
        # The line looked at last, and the words of one: hundreds of edits may stand in one line.
        self._line = (0, -1)
        self._plain_line: tuple[int, str] | None = None

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
            if words:
                yield words, "" if words == self._whole(at) else self._place(at)

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

    def _whole(self, start: int) -> str:
        """The words of the line from `start` to its end."""
        if self._plain_line is None or self._plain_line[0] != start:
            self._plain_line = (start, _plain(self._text[start : self._line_end(start)]))
        return self._plain_line[1]

    def _line_start(self, position: int) -> int:
        return self._line_at(position)[0]

    def _line_end(self, position: int) -> int:
        return self._line_at(position)[1]

    # What does not stand in the line is never looked for beyond it: a text without any carriage
    # return would be read to its end for each line.
    def _line_at(self, position: int) -> tuple[int, int]:
        """Where the line of a position begins and where its end stands."""
        if not self._line[0] <= position <= self._line[1]:
            start = self._text.rfind("\n", 0, position) + 1
            start = max(start, self._text.rfind("\r", start, position) + 1)
            end = self._text.find("\n", position)
            end = end if end >= 0 else len(self._text)
            old = self._text.find("\r", position, end)
            self._line = (start, old if old >= 0 else end)
        return self._line

    def _place(self, line: int) -> str:
        """The file and line of a line; the column, too, behind mark-up, which may hold several."""
        position = line
        for earlier in reversed(self._ledger.layers[: self._first]):
            position = earlier.backward(position)
        place = self._manuscript.location(position)
        first = position - place.column + 1
        is_behind_words = _WORDS.search(self._manuscript.decoded, first, position) is not None
        named = Location(self._paths.get(place.file, place.file), place.line)
        return str(replace(named, column=place.column) if is_behind_words else named)


def _plain(words: str) -> str:
    """Words on one line, without what nobody sees."""
    seen = "".join(
        one for one in words if one.isspace() or unicodedata.category(one) not in _UNSEEN
    )
    return " ".join(seen.split())
