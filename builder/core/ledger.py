"""The ledger: every change to the text, so that it can be replayed, undone and explained.

The text moves through the house as one string. Each pass that changes it (decode faults,
mark-up, one normalization rule, the structure, the conversion) yields one `Layer`: the edits
that turn the text it received into the text it returned. A `Ledger` is the list of layers
from the decoded source to the finished book, so a place in the book can be followed back to
a line of a file, and a line of a file forward to the book.

Layers keep their edits in columns, because a 20 MB book has a million of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, pairwise
from operator import add, sub

from builder.core.strings import StringsBuilder


@dataclass(frozen=True, slots=True)
class Edit:
    """`before`, at `[start, end)` of the text received, became `after`, because of `rule`."""

    rule: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move:
    """The characters removed from `[start, end)` stand again at `target` of the text returned.

    A move is always backed by two edits of the layer (a removal and an insertion); it adds
    the knowledge that they are the same characters.
    """

    start: int
    end: int
    target: int


@dataclass(frozen=True, slots=True)
class Layer:
    """The edits of one pass: ordered, non-overlapping, minimal.

    The columns run in parallel: `starts` and `ends` are code points in the text received,
    `befores` and `afters` what stood and what stands there, `rule_index` points into `rules`.
    Make one with `LayerBuilder` or `Layer.of`.
    """

    stage: str
    rules: tuple[str, ...] = ()
    rule_index: array[int] = field(default_factory=lambda: array("H"))
    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    befores: Sequence[str] = ()
    afters: Sequence[str] = ()
    moves: tuple[Move, ...] = ()
    # Where each edit's `after` starts in the text returned.
    output_starts: array[int] = field(default_factory=lambda: array("I"))

    @classmethod
    def of(cls, stage: str, edits: Iterable[Edit], moves: Iterable[Move] = ()) -> Layer:
        """A layer from single edits, in order; they are made minimal on the way."""
        building = LayerBuilder(stage)
        for edit in edits:
            building.add(edit.rule, edit.start, edit.before, edit.after)
        for move in moves:
            building.move(move)
        return building.layer()

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Edit]:
        for index in range(len(self.starts)):
            yield self.edit(index)

    def edit(self, index: int) -> Edit:
        """The edit at `index`, counted from 0."""
        return Edit(
            self.rules[self.rule_index[index]],
            self.starts[index],
            self.ends[index],
            self.befores[index],
            self.afters[index],
        )

    def between(self, start: int, end: int) -> Iterator[Edit]:
        """Edits that touch `[start, end)` of the text received, insertions at its edges too."""
        index = max(bisect_right(self.starts, start) - 1, 0)
        while index > 0 and self.ends[index - 1] >= start:
            index -= 1
        for at in range(index, len(self.starts)):
            if self.starts[at] > end:
                return
            if self.ends[at] > start or (self.starts[at] >= start and self.ends[at] <= end):
                yield self.edit(at)

    def forward(self, position: int) -> int:
        """Where the character at `position` of the text received stands in the text returned.

        A removed character answers with the place of the edit that removed it, a moved one
        with the place it was moved to.
        """
        for move in self.moves:
            if move.start <= position < move.end:
                return move.target + position - move.start
        index = bisect_right(self.starts, position) - 1
        if index < 0:
            return position
        output_start = self.output_starts[index]
        if position < self.ends[index]:
            return output_start + min(position - self.starts[index], len(self.afters[index]))
        return output_start + len(self.afters[index]) + position - self.ends[index]

    def backward(self, position: int) -> int:
        """Where the character at `position` of the text returned came from.

        An inserted character answers with the place it was inserted at.
        """
        for move in self.moves:
            if move.target <= position < move.target + move.end - move.start:
                return move.start + position - move.target
        index = bisect_right(self.output_starts, position) - 1
        if index < 0:
            return position
        offset = position - self.output_starts[index]
        length = len(self.afters[index])
        if offset < length:
            return min(self.starts[index] + offset, self.ends[index])
        return self.ends[index] + offset - length


_NOT_ZERO = b"\0" + b"\1" * 255


class LayerBuilder:
    """Collects the edits of one pass in order and closes them into a `Layer`."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._rules: dict[str, int] = {}
        self._rule_index = array("H")
        self._starts = array("I")
        self._ends = array("I")
        # Most edits of a layer remove the same few strings.
        self._strings = StringsBuilder()
        self._moves: list[Move] = []

    def add(self, rule: str, start: int, before: str, after: str) -> None:
        """Record that `before`, found at `start`, became `after`.

        Shared first and last characters are trimmed away; what changes nothing is dropped.
        Raises ValueError when the edit overlaps the one before it.
        """
        self.add_all(rule, ((start, before, after),))

    def add_all(self, rule: str, changes: Iterable[tuple[int, str, str]]) -> None:
        """Record many changes of one rule, in order; the same as `add` for each, and faster."""
        index = self._rules.setdefault(rule, len(self._rules))
        add_rule, add_start, add_end = (
            self._rule_index.append,
            self._starts.append,
            self._ends.append,
        )
        add_strings = self._strings.add
        last = self._ends[-1] if self._ends else 0
        for start, before, after in changes:
            if before == after:
                continue
            at = start
            if before and after and (before[0] == after[0] or before[-1] == after[-1]):
                at, before, after = _trim(start, before, after)
            if at < last:
                raise ValueError(f"{rule}: edit at {at} overlaps the one ending at {last}")
            last = at + len(before)
            add_rule(index)
            add_start(at)
            add_end(last)
            add_strings(before, after)

    def add_paired(self, rule: str, start: int, before: str, after: str) -> None:
        """Record every stretch in which two texts of one length differ, `before` being at `start`.

        The same as `add` for each stretch, and several times as fast: a converted book has a
        million. Raises ValueError when the lengths differ or an edit overlaps the one before it.
        """
        starts, ends = _differing(before, after)
        if not starts:
            return
        if self._ends and start + starts[0] < self._ends[-1]:
            raise ValueError(f"{rule}: the text at {start} overlaps the edit before it")
        index = self._rules.setdefault(rule, len(self._rules))
        self._rule_index.extend(array("H", [index]) * len(starts))
        self._starts.extend(map(start.__add__, starts))
        self._ends.extend(map(start.__add__, ends))
        stretches = tuple(map(slice, starts, ends))
        self._strings.extend(map(before.__getitem__, stretches), map(after.__getitem__, stretches))

    def move(self, move: Move) -> None:
        """Record that a removal and an insertion are the same characters."""
        self._moves.append(move)

    def layer(self) -> Layer:
        """The finished layer, which takes over what was collected: the builder ends with it."""
        befores, afters = self._strings.strings()
        growth = accumulate(map(sub, map(len, afters), map(len, befores)), initial=0)
        output_starts = array("I", map(add, self._starts, growth))
        return Layer(
            self._stage,
            tuple(self._rules) if self._starts else (),
            self._rule_index,
            self._starts,
            self._ends,
            befores,
            afters,
            tuple(self._moves),
            output_starts,
        )


def _differing(before: str, after: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Starts and ends of the stretches without an equal character, by no loop of our own.

    Raises ValueError when the lengths differ.
    """
    size = len(before)
    if size != len(after):
        raise ValueError("texts of different lengths have no pairs")
    here = int.from_bytes(_flags(before, after), "little")
    # Moved by one character: a stretch starts where none was before, and ends where none goes on.
    ahead = here << 8
    starts = (here & ~ahead).to_bytes(size + 1, "little")
    ends = (ahead & ~here).to_bytes(size + 1, "little")
    return tuple(compress(range(size), starts)), tuple(compress(range(size + 1), ends))


def _flags(before: str, after: str) -> bytes:
    """A byte for each character, 1 where the texts differ: their code points as long numbers."""
    one, other = (
        int.from_bytes(text.encode("utf-32-le", "surrogatepass"), "little")
        for text in (before, after)
    )
    codes = (one ^ other).to_bytes(4 * len(before), "little")
    # No code point needs the fourth byte.
    low, middle, high = (int.from_bytes(codes[byte::4], "little") for byte in range(3))
    return (low | middle | high).to_bytes(len(before), "little").translate(_NOT_ZERO)


def _trim(start: int, before: str, after: str) -> tuple[int, str, str]:
    """The same edit without shared first or last characters."""
    if before[0] == after[0]:
        shared = _shared_prefix(before, after)
        start, before, after = start + shared, before[shared:], after[shared:]
    if before and after and before[-1] == after[-1]:
        shared = _shared_prefix(before[::-1], after[::-1])
        before, after = before[:-shared], after[:-shared]
    return start, before, after


def _shared_prefix(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def replay(text: str, layer: Layer) -> str:
    """The text after the layer's edits.

    Raises ValueError when the text is not the one the layer was made from.
    """
    pieces: list[str] = []
    position = 0
    for start, end, before, after in zip(
        layer.starts, layer.ends, layer.befores, layer.afters, strict=True
    ):
        if not text.startswith(before, start):
            raise ValueError(f"{layer.stage}: the text at {start} is not what the ledger recorded")
        pieces.append(text[position:start])
        pieces.append(after)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def invert(layer: Layer) -> Layer:
    """The layer that undoes this one.

    `replay(replay(text, layer), invert(layer)) == text`.
    """
    ends = array(
        "I", (at + len(after) for at, after in zip(layer.output_starts, layer.afters, strict=True))
    )
    moves = tuple(
        Move(move.target, move.target + move.end - move.start, move.start) for move in layer.moves
    )
    return Layer(
        layer.stage,
        layer.rules,
        layer.rule_index,
        layer.output_starts,
        ends,
        layer.afters,
        layer.befores,
        moves,
        layer.starts,
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """All layers, from the decoded source to the finished book, in the order they ran."""

    layers: tuple[Layer, ...] = ()

    def then(self, *layers: Layer) -> Ledger:
        """The ledger with more layers at its end; layers without edits are left out."""
        return Ledger((*self.layers, *(layer for layer in layers if len(layer))))

    def __len__(self) -> int:
        return sum(len(layer) for layer in self.layers)

    def replay(self, text: str) -> str:
        """The finished text, from the decoded source."""
        for layer in self.layers:
            text = replay(text, layer)
        return text

    def restore(self, text: str) -> str:
        """The decoded source, from the finished text."""
        for layer in reversed(self.layers):
            text = replay(text, invert(layer))
        return text

    def to_source(self, position: int) -> int:
        """Where a character of the finished text stood in the decoded source."""
        for layer in reversed(self.layers):
            position = layer.backward(position)
        return position

    def to_book(self, position: int) -> int:
        """Where a character of the decoded source stands in the finished text."""
        for layer in self.layers:
            position = layer.forward(position)
        return position

    def history(self, start: int, end: int) -> Iterator[tuple[str, Edit]]:
        """Every edit that touched `[start, end)` of the decoded source, with its stage."""
        for layer in self.layers:
            yield from ((layer.stage, edit) for edit in layer.between(start, end))
            start, end = layer.forward(start), max(layer.forward(start), layer.forward(end))


def check_order(layer: Layer) -> None:
    """Raise ValueError unless the layer keeps its promises: ordered, apart, minimal, moves true."""
    for (_, end), (start, _) in pairwise(zip(layer.starts, layer.ends, strict=True)):
        if start < end:
            raise ValueError(f"{layer.stage}: edits overlap at {start}")
    for edit in layer:
        if edit.end - edit.start != len(edit.before) or edit.before == edit.after:
            raise ValueError(f"{layer.stage}: {edit} is not an edit")
        if (
            edit.before
            and edit.after
            and (edit.before[0] == edit.after[0] or edit.before[-1] == edit.after[-1])
        ):
            raise ValueError(f"{layer.stage}: {edit} is not minimal")
